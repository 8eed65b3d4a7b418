//! What a moving threshold does.

use serde::{Deserialize, Serialize};

use super::scores::ConfusionMatrix;

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

/// What predicting positive from a threshold on comes to.
#[derive(Clone, Copy)]
pub(super) struct Step {
    pub threshold: f64,
    pub tp: u32,
    pub fp: u32,
}

impl ThresholdCurve {
    /// Counts of probabilities of the positive class, one a row.
    #[must_use]
    pub fn of(y_true: &[bool], y_pred: &[f64]) -> Self {
        let mut ranked: Vec<(f64, bool)> =
            y_pred.iter().copied().zip(y_true.iter().copied()).collect();
        ranked.sort_unstable_by(|a, b| b.0.total_cmp(&a.0));
        let mut curve = Self::default();
        for (p, truth) in ranked {
            if truth {
                curve.positives += 1;
            } else {
                curve.negatives += 1;
            }
            if curve.thresholds.last() == Some(&p) {
                curve.tp.pop();
                curve.fp.pop();
            } else {
                curve.thresholds.push(p);
            }
            curve.tp.push(curve.positives);
            curve.fp.push(curve.negatives);
        }
        curve
    }

    /// Counts when `p ≥ threshold` is predicted positive.
    #[must_use]
    pub fn confusion_at(&self, threshold: f64) -> ConfusionMatrix {
        let above = self.thresholds.partition_point(|&t| t >= threshold);
        let (tp, fp) = match above.checked_sub(1) {
            Some(k) => (count(&self.tp, k), count(&self.fp, k)),
            None => (0, 0),
        };
        ConfusionMatrix {
            tn: self.negatives.saturating_sub(fp),
            fp,
            fn_: self.positives.saturating_sub(tp),
            tp,
        }
    }

    /// The number with the fewest decimals, at most `threshold`, that predicts the same rows positive.
    #[must_use]
    pub fn rounded(&self, threshold: f64) -> f64 {
        let same = |other: f64| self.confusion_at(other) == self.confusion_at(threshold);
        let scales = [1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8];
        let mut shorter = scales.into_iter().map(|scale| (threshold * scale).floor() / scale);
        shorter.find(|&other| same(other)).unwrap_or(threshold)
    }

    /// Threshold after threshold, descending.
    pub(super) fn steps(&self) -> impl Iterator<Item = Step> {
        let counts = self.tp.iter().zip(&self.fp);
        let all = self.thresholds.iter().zip(counts);
        all.map(|(&threshold, (&tp, &fp))| Step { threshold, tp, fp })
    }

    /// Area under the ROC curve: the chance that a positive row has a higher probability than a
    /// negative one, ties counting half. `None` when only one class is present.
    #[must_use]
    pub fn roc_auc(&self) -> Option<f64> {
        if self.positives == 0 || self.negatives == 0 {
            return None;
        }
        let mut twice_area = 0_u64;
        let (mut last_tp, mut last_fp) = (0_u32, 0_u32);
        for (&tp, &fp) in self.tp.iter().zip(&self.fp) {
            let width = u64::from(fp.saturating_sub(last_fp));
            twice_area += width * (u64::from(tp) + u64::from(last_tp));
            (last_tp, last_fp) = (tp, fp);
        }
        let pairs = f64::from(self.positives) * f64::from(self.negatives);
        Some(twice_area as f64 / (2.0 * pairs))
    }

    /// Σ (recallₖ − recallₖ₋₁)·precisionₖ over descending thresholds; `None` when no row is positive.
    #[must_use]
    pub fn average_precision(&self) -> Option<f64> {
        if self.positives == 0 {
            return None;
        }
        let mut sum = 0.0;
        let mut last_tp = 0_u32;
        for (&tp, &fp) in self.tp.iter().zip(&self.fp) {
            let gained = f64::from(tp.saturating_sub(last_tp));
            sum += gained * f64::from(tp) / (f64::from(tp) + f64::from(fp));
            last_tp = tp;
        }
        Some(sum / f64::from(self.positives))
    }
}

fn count(counts: &[u32], k: usize) -> u32 {
    counts.get(k).copied().unwrap_or(0)
}
