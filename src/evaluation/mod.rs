//! `y_true` × probability → numbers. Knows no model.

pub mod scores;

pub use scores::{ConfusionMatrix, Evaluation, Scores, ThresholdCurve};
