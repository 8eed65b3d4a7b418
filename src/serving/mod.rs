//! Model + explainer → [`Endpoint`]: requests in, explained predictions out.

pub mod call;
pub mod deploy;
pub mod endpoint;
pub mod example;

pub use call::{CallError, call};
pub use deploy::{DeployError, deploy};
pub use endpoint::{Build, Endpoint, EndpointId, Prediction, PredictionResponse};
