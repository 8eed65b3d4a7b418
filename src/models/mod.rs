//! FeatureMatrix → model: Params → checked → Fitted, behind linfa's traits.

mod groups;
pub mod logistic;
pub mod named;
pub mod params;
pub mod provenance;
pub mod svc;
pub mod train;
pub mod trained;
mod weights;

pub use logistic::FittedLogistic;
pub use logistic::cross_validation::{FittedLogisticCv, LogisticCvParams};
pub use logistic::elastic_net::ElasticNetParams;
pub use params::{ClassWeight, Gamma, LogisticParams, ModelParams, SvcKernel, SvcParams};
pub use provenance::{ModelId, Provenance, RunId, Split};
pub use svc::FittedSvc;
pub use train::{TrainError, Trained};
pub use trained::{FittedModel, TrainedModel};
