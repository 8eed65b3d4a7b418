//! The 2 × 2 counts and the scores made of them.

use serde::{Deserialize, Serialize};

use super::curve::ThresholdCurve;

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

/// The usual scores of one set of rows, at threshold 0.5 where one is needed; a model that decides the
/// class in another way is judged by that ([`Scores::of_classes`]).
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

impl ConfusionMatrix {
    /// Counts; `p ≥ threshold` is predicted positive.
    #[must_use]
    pub fn of(y_true: &[bool], y_pred: &[f64], threshold: f64) -> Self {
        Self::counted(y_true, y_pred.iter().map(|&p| p >= threshold))
    }

    /// Counts of predicted classes, true for positive.
    #[must_use]
    pub fn of_classes(y_true: &[bool], classes: &[bool]) -> Self {
        Self::counted(y_true, classes.iter().copied())
    }

    fn counted(y_true: &[bool], classes: impl Iterator<Item = bool>) -> Self {
        let mut counts = Self::default();
        for (&truth, class) in y_true.iter().zip(classes) {
            let cell = match (truth, class) {
                (false, false) => &mut counts.tn,
                (false, true) => &mut counts.fp,
                (true, false) => &mut counts.fn_,
                (true, true) => &mut counts.tp,
            };
            *cell += 1;
        }
        counts
    }

    /// Rows.
    #[must_use]
    pub fn n(self) -> u32 {
        self.tn + self.fp + self.fn_ + self.tp
    }

    /// (tp + tn) / n; 0 without rows.
    #[must_use]
    pub fn accuracy(self) -> f64 {
        ratio(self.tp + self.tn, self.n())
    }

    /// tp / (tp + fp): how many of those predicted positive are; 0 when nothing is predicted positive.
    #[must_use]
    pub fn precision(self) -> f64 {
        ratio(self.tp, self.tp + self.fp)
    }

    /// tp / (tp + fn): how many of the positive ones are found; 0 when nothing is positive.
    #[must_use]
    pub fn recall(self) -> f64 {
        ratio(self.tp, self.tp + self.fn_)
    }

    /// 2·tp / (2·tp + fp + fn); 0 when undefined.
    #[must_use]
    pub fn f1(self) -> f64 {
        ratio(2 * self.tp, 2 * self.tp + self.fp + self.fn_)
    }
}

fn ratio(part: u32, whole: u32) -> f64 {
    if whole == 0 { 0.0 } else { f64::from(part) / f64::from(whole) }
}

impl Scores {
    /// Scores of probabilities of the positive class. Both slices have one entry a row, probabilities
    /// in [0, 1]; without rows every score is 0 or `None`.
    #[must_use]
    pub fn of(y_true: &[bool], y_pred: &[f64]) -> Self {
        Self::with_confusion(y_true, y_pred, ConfusionMatrix::of(y_true, y_pred, 0.5))
    }

    /// The same for a model that has its own way to the class, such as the sign of a decision
    /// function: counts and what is made of them come from `classes`, the rest from `y_pred`.
    #[must_use]
    pub fn of_classes(y_true: &[bool], classes: &[bool], y_pred: &[f64]) -> Self {
        Self::with_confusion(y_true, y_pred, ConfusionMatrix::of_classes(y_true, classes))
    }

    /// Of rows that all get the probability `p`, in closed form; from above one half on all of them are
    /// predicted positive. Without rows every score is 0 or `None`.
    #[must_use]
    pub fn of_constant(positives: u32, negatives: u32, p: f64) -> Self {
        let confusion = match p > 0.5 {
            true => ConfusionMatrix { tp: positives, fp: negatives, ..ConfusionMatrix::default() },
            false => {
                ConfusionMatrix { fn_: positives, tn: negatives, ..ConfusionMatrix::default() }
            }
        };
        let n = confusion.n();
        let mean = |of_positive: f64, of_negative: f64| {
            let sum = f64::from(positives) * of_positive + f64::from(negatives) * of_negative;
            sum / f64::from(n.max(1))
        };
        Self {
            accuracy: confusion.accuracy(),
            precision: confusion.precision(),
            recall: confusion.recall(),
            f1: confusion.f1(),
            roc_auc: (positives > 0 && negatives > 0).then_some(0.5),
            average_precision: (positives > 0).then(|| ratio(positives, n)),
            log_loss: mean(-libm::log(clipped(p)), -libm::log(clipped(1.0 - p))),
            brier: mean((1.0 - p) * (1.0 - p), p * p),
            confusion,
            n,
        }
    }

    fn with_confusion(y_true: &[bool], y_pred: &[f64], confusion: ConfusionMatrix) -> Self {
        let curve = ThresholdCurve::of(y_true, y_pred);
        let n = confusion.n();
        let mut squares = 0.0;
        for (&truth, &p) in y_true.iter().zip(y_pred) {
            let miss = if truth { 1.0 - p } else { p };
            squares += miss * miss;
        }
        let rows = f64::from(n.max(1));
        Self {
            accuracy: confusion.accuracy(),
            precision: confusion.precision(),
            recall: confusion.recall(),
            f1: confusion.f1(),
            roc_auc: curve.roc_auc(),
            average_precision: curve.average_precision(),
            log_loss: log_loss(y_true, y_pred),
            brier: squares / rows,
            confusion,
            n,
        }
    }
}

/// Mean of −ln p(true class), in nats; 0 without rows.
#[must_use]
pub fn log_loss(y_true: &[bool], y_pred: &[f64]) -> f64 {
    let mut losses = 0.0;
    for (&truth, &p) in y_true.iter().zip(y_pred) {
        losses -= libm::log(clipped(if truth { p } else { 1.0 - p }));
    }
    losses / (y_true.len().max(1) as f64)
}

/// Within [ε, 1 − ε], as scikit-learn's `log_loss` does, so that a sure mistake costs 36 nats, not
/// infinity.
fn clipped(p: f64) -> f64 {
    p.clamp(f64::EPSILON, 1.0 - f64::EPSILON)
}
