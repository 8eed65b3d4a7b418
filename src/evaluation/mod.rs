//! `y_true` × probability → numbers. Knows no model.

pub mod curve;
pub mod scores;

pub use curve::{RocPoint, ThresholdCurve};
pub use scores::{ConfusionMatrix, Evaluation, Scores};
