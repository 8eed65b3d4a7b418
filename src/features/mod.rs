//! Dataset → [`FeatureMatrix`]: levels to columns, numbers to a common scale.

pub mod encoded;
pub mod matrix;
pub mod one_hot;
pub mod pipeline;
pub mod scaler;
pub mod space;

pub use encoded::{EncodedRecords, Rows};
pub use matrix::FeatureMatrix;
pub use one_hot::{LevelColumns, OneHotEncoder};
pub use pipeline::{FeatureError, FeaturePipeline};
pub use scaler::StandardScaler;
pub use space::{Domain, EncodedRecord, Feature, FeatureSpace, RecordError};
