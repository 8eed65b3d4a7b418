//! Dataset → `FeatureMatrix`: levels to columns, numbers to a common scale.

pub mod pipeline;
pub mod scaler;
pub mod space;

pub use pipeline::FeaturePipeline;
pub use scaler::StandardScaler;
pub use space::{Domain, EncodedRecord, Feature, FeatureSpace, RecordError};
