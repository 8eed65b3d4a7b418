//! Model + explainer → [`Endpoint`]: requests in, explained predictions out.

pub mod endpoint;

pub use endpoint::{Build, Endpoint, EndpointId, Prediction, PredictionResponse};
