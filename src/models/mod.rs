//! FeatureMatrix → model: Params → checked → Fitted, behind linfa's traits.

pub mod baseline;
pub mod boosting;
pub mod catalogue;
pub mod error;
pub mod estimator;
mod groups;
pub mod knn;
mod linear;
mod log_odds;
pub mod logistic;
pub mod naive_bayes;
pub mod named;
pub mod onnx;
mod packed;
pub mod params;
pub mod provenance;
pub mod settings;
pub mod svc;
pub mod train;
pub mod trained;
pub mod trees;
mod weights;

pub use baseline::{BaselineParams, FittedBaseline};
pub use boosting::{BoostingParams, FittedBoosting};
pub use error::FitError;
pub use estimator::Estimator;
pub use knn::{FittedKnn, KnnParams, KnnWeights};
pub use linear::LinearTerms;
pub use log_odds::LogOddsTable;
pub use logistic::FittedLogistic;
pub use logistic::cross_validation::{
    FittedLogisticCv, LogisticCvParams, StrengthScore, WeightedLogisticCvParams,
};
pub use logistic::elastic_net::{ElasticNetParams, WeightedLogisticParams};
pub use naive_bayes::{FittedNaiveBayes, NaiveBayesKind, NaiveBayesParams};
pub use params::{ClassWeight, Gamma, LogisticParams, ModelParams, SvcKernel, SvcParams};
pub use provenance::{ModelId, Provenance, RunId, Split};
pub use settings::Setting;
pub use svc::FittedSvc;
pub use train::{TrainError, Trained};
pub use trained::{FittedModel, TrainedModel};
pub use trees::{Criterion, FittedForest, FittedTree, ForestParams, MaxFeatures, TreeParams};
