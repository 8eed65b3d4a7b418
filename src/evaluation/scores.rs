//! The shapes of an evaluation.

use serde::{Deserialize, Serialize};

/// Counts of true × predicted class; "positive" is the class whose probability is predicted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConfusionMatrix {
    /// Truly negative, predicted negative.
    pub tn: u32,
    /// Truly negative, predicted positive.
    pub fp: u32,
    /// Truly positive, predicted negative.
    #[serde(rename = "fn")]
    pub fn_: u32,
    /// Truly positive, predicted positive.
    pub tp: u32,
}

/// The usual scores of one set of rows, at threshold 0.5 where one is needed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Scores {
    /// (tp + tn) / n.
    pub accuracy: f64,
    /// tp / (tp + fp); 0 when nothing is predicted positive.
    pub precision: f64,
    /// tp / (tp + fn); 0 when nothing is positive.
    pub recall: f64,
    /// 2·tp / (2·tp + fp + fn); 0 when undefined.
    pub f1: f64,
    /// Area under the ROC curve (ties count half); `None` when only one class is present.
    pub roc_auc: Option<f64>,
    /// Σ (recallₖ − recallₖ₋₁)·precisionₖ; `None` when no row is positive.
    pub average_precision: Option<f64>,
    /// Mean of −ln p(true class), in nats.
    pub log_loss: f64,
    /// Mean of (p − y)².
    pub brier: f64,
    /// Counts at threshold 0.5.
    pub confusion: ConfusionMatrix,
    /// Rows.
    pub n: u32,
}

/// Counts at every threshold that changes a prediction: the ROC curve, and the confusion matrix at
/// any threshold.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ThresholdCurve {
    /// Distinct probabilities, descending.
    pub thresholds: Vec<f64>,
    /// True positives when `p ≥ thresholds[k]` is predicted positive.
    pub tp: Vec<u32>,
    /// False positives likewise.
    pub fp: Vec<u32>,
    /// Positive rows in all.
    pub positives: u32,
    /// Negative rows in all.
    pub negatives: u32,
}

/// How good a model is on the rows it learned from and on rows it never saw.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Evaluation {
    /// On the training rows.
    pub train: Scores,
    /// On the test rows.
    pub test: Scores,
    /// On the test rows.
    pub test_curve: ThresholdCurve,
}
