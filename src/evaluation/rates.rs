//! What is read off the 2 × 2 counts.

use serde::{Deserialize, Serialize};

use super::curve::ThresholdCurve;
use super::scores::ConfusionMatrix;

/// Rates of a confusion matrix; `None` where there is nothing to take a share of.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rates {
    /// The counts.
    pub confusion: ConfusionMatrix,
    /// (tp + tn) / n.
    pub accuracy: Option<f64>,
    /// (tp + fp) / n: the share predicted positive.
    pub predicted_positive_share: Option<f64>,
    /// tp / (tp + fn), the true positive rate.
    pub recall: Option<f64>,
    /// tn / (tn + fp).
    pub specificity: Option<f64>,
    /// fp / (tn + fp).
    pub false_positive_rate: Option<f64>,
    /// fn / (tp + fn).
    pub false_negative_rate: Option<f64>,
    /// tp / (tp + fp).
    pub precision: Option<f64>,
    /// tn / (tn + fn).
    pub negative_predictive_value: Option<f64>,
    /// 2·tp / (2·tp + fp + fn).
    pub f1: Option<f64>,
    /// (recall + specificity) / 2.
    pub balanced_accuracy: Option<f64>,
    /// (tp·tn − fp·fn) / √((tp + fp)·(tp + fn)·(tn + fp)·(tn + fn)); Matthews (1975).
    pub matthews_correlation: Option<f64>,
}

impl ConfusionMatrix {
    /// Every rate.
    #[must_use]
    pub fn rates(self) -> Rates {
        let [tn, fp, fn_, tp] = [self.tn, self.fp, self.fn_, self.tp].map(f64::from);
        let recall = share(tp, tp + fn_);
        let specificity = share(tn, tn + fp);
        let margins = (tp + fp) * (tp + fn_) * (tn + fp) * (tn + fn_);
        Rates {
            confusion: self,
            accuracy: share(tp + tn, tn + fp + fn_ + tp),
            predicted_positive_share: share(tp + fp, tn + fp + fn_ + tp),
            recall,
            specificity,
            false_positive_rate: share(fp, tn + fp),
            false_negative_rate: share(fn_, tp + fn_),
            precision: share(tp, tp + fp),
            negative_predictive_value: share(tn, tn + fn_),
            f1: share(2.0 * tp, 2.0 * tp + fp + fn_),
            balanced_accuracy: recall.zip(specificity).map(|(a, b)| (a + b) / 2.0),
            matthews_correlation: share(tp * tn - fp * fn_, margins.sqrt()),
        }
    }
}

impl ThresholdCurve {
    /// Every rate when `p ≥ threshold` is predicted positive.
    #[must_use]
    pub fn rates_at(&self, threshold: f64) -> Rates {
        self.confusion_at(threshold).rates()
    }
}

fn share(part: f64, whole: f64) -> Option<f64> {
    (whole > 0.0).then(|| part / whole)
}
