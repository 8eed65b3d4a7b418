//! FeatureMatrix → model: Params → checked → Fitted, behind linfa's traits.

pub mod logistic;
pub mod params;
pub mod provenance;
pub mod train;
pub mod trained;

pub use logistic::FittedLogistic;
pub use params::{LogisticParams, ModelParams};
pub use provenance::{ModelId, Provenance, RunId, Split};
pub use train::{TrainError, Trained};
pub use trained::{FittedModel, TrainedModel};
