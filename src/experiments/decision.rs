//! From which probability on a row counts as positive: a number, or the one that serves a score best on
//! training rows left out.
//!
//! A threshold that is chosen by looking at the test rows makes their scores too good. So it is chosen as
//! scikit-learn's `TunedThresholdClassifierCV` does: the training rows are cut into folds, each fold is
//! predicted by a model that was fitted on the others, and the score is averaged over the folds at each
//! of a hundred thresholds.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::data::split::folds::{Shuffle, stratified_k_fold};
use crate::data::{Dataset, TrainTest};
use crate::evaluation::{ConfusionMatrix, ThresholdCurve};
use crate::models::{ModelParams, Split, TrainError, train};

/// Folds of the training rows, in their order: scikit-learn's default.
const N_FOLDS: u32 = 5;
/// Thresholds looked at: scikit-learn's default.
const N_THRESHOLDS: usize = 100;

/// What a threshold is to serve.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TunedScore {
    /// Mean of the shares found of both classes.
    BalancedAccuracy,
    /// Harmonic mean of precision and recall.
    F1,
    /// Share of right classes.
    Accuracy,
}

impl TunedScore {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::BalancedAccuracy, Self::F1, Self::Accuracy];

    /// scikit-learn's name of it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::BalancedAccuracy => "balanced_accuracy",
            Self::F1 => "f1",
            Self::Accuracy => "accuracy",
        }
    }

    fn of(self, counts: ConfusionMatrix) -> f64 {
        match self {
            Self::Accuracy => counts.accuracy(),
            Self::F1 => counts.f1(),
            Self::BalancedAccuracy => {
                let negatives = f64::from((counts.tn + counts.fp).max(1));
                0.5 * (counts.recall() + f64::from(counts.tn) / negatives)
            }
        }
    }
}

/// How a run comes from a probability to a class.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ThresholdRule {
    /// As the model does by itself: from one half on, or by the sign of a decision function.
    #[default]
    Own,
    /// From this probability on, 0 to 1.
    Fixed(f64),
    /// From the probability on that serves a score best on training rows left out.
    Tuned(TunedScore),
}

/// A threshold, and where it comes from.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Decision {
    /// How it was chosen.
    pub rule: ThresholdRule,
    /// A row counts as positive from this probability on.
    pub threshold: f64,
}

/// Why there is no threshold.
#[derive(Debug, Error)]
pub enum DecisionError {
    /// No probability.
    #[error("threshold is {threshold}; allowed: 0 to 1")]
    Range {
        /// What was given.
        threshold: f64,
    },
    /// Nothing to choose among.
    #[error(
        "the model gives all rows of a fold the probability {probability}; a threshold can be chosen \
         only where probabilities differ"
    )]
    Constant {
        /// What they all get.
        probability: f64,
    },
    /// A fold can't be fitted.
    #[error(transparent)]
    Fit(#[from] TrainError),
}

impl DecisionError {
    /// Stable, for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Range { .. } => "threshold_out_of_range",
            Self::Constant { .. } => "threshold_constant",
            Self::Fit(error) => error.code(),
        }
    }
}

impl ThresholdRule {
    /// "own", "fixed", or the name of the score it serves.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Fixed(_) => "fixed",
            Self::Tuned(score) => score.name(),
        }
    }

    /// The decision of a run with these settings; `None` where the model decides by itself. `progress`
    /// hears of every fold: folds done, folds in all.
    ///
    /// # Errors
    /// A threshold that is no probability, or folds that can't be fitted.
    pub fn decide(
        self,
        dataset: &Dataset,
        params: &ModelParams,
        split: &Split,
        progress: &mut dyn FnMut(u32, u32),
    ) -> Result<Option<Decision>, DecisionError> {
        let threshold = match self {
            Self::Own => return Ok(None),
            Self::Fixed(threshold) if (0.0..=1.0).contains(&threshold) => threshold,
            Self::Fixed(threshold) => return Err(DecisionError::Range { threshold }),
            Self::Tuned(score) => tuned(dataset, params, split, score, progress)?,
        };
        Ok(Some(Decision { rule: self, threshold }))
    }
}

fn tuned(
    dataset: &Dataset,
    params: &ModelParams,
    split: &Split,
    score: TunedScore,
    progress: &mut dyn FnMut(u32, u32),
) -> Result<f64, DecisionError> {
    let train = train::rows_of(dataset, split)?.train;
    let labels = train::labels_of(dataset, &train)?;
    let folds = stratified_k_fold(&labels, N_FOLDS, Shuffle::No).map_err(TrainError::from)?;
    let mut curves = Vec::new();
    for (done, fold) in (0..).zip(folds) {
        progress(done, N_FOLDS);
        let kept = |places: &[u32]| {
            places.iter().filter_map(|&place| train.get(place as usize).copied()).collect()
        };
        let parts = TrainTest { train: kept(&fold.train), test: kept(&fold.test) };
        let fitted = train::fit_rows(dataset, params, &parts, &mut |_, _| {})?;
        curves.push(ScoreCurve::of(&fitted.evaluation.test_curve, score)?);
    }
    progress(N_FOLDS, N_FOLDS);
    Ok(best_threshold(&curves))
}

/// A score at thresholds, ascending.
struct ScoreCurve {
    thresholds: Vec<f64>,
    scores: Vec<f64>,
}

impl ScoreCurve {
    /// Between the smallest and the largest probability of a fold.
    fn of(curve: &ThresholdCurve, score: TunedScore) -> Result<Self, DecisionError> {
        let largest = curve.thresholds.first().copied().unwrap_or(0.0);
        let smallest = curve.thresholds.last().copied().unwrap_or(0.0);
        // numpy's isclose
        if (smallest - largest).abs() <= 1e-8 + 1e-5 * largest.abs() {
            return Err(DecisionError::Constant { probability: largest });
        }
        let thresholds = evenly(smallest, largest);
        let scores = thresholds.iter().map(|&t| score.of(curve.confusion_at(t))).collect();
        Ok(Self { thresholds, scores })
    }

    /// Between two thresholds on the straight line, beyond them the score at the last: numpy's `interp`.
    fn at(&self, threshold: f64) -> f64 {
        let above = self.thresholds.partition_point(|&known| known <= threshold);
        let point = |place: usize| Some((*self.thresholds.get(place)?, *self.scores.get(place)?));
        match (above.checked_sub(1).and_then(point), point(above)) {
            (Some((x, y)), Some((next_x, next_y))) => {
                (next_y - y) / (next_x - x) * (threshold - x) + y
            }
            (Some((_, y)), None) | (None, Some((_, y))) => y,
            (None, None) => 0.0,
        }
    }
}

/// The first of the thresholds with the largest mean score.
fn best_threshold(curves: &[ScoreCurve]) -> f64 {
    let ends = |of: fn(&ScoreCurve) -> Option<&f64>| curves.iter().filter_map(of).copied();
    let smallest = ends(|curve| curve.thresholds.first()).fold(f64::INFINITY, f64::min);
    let largest = ends(|curve| curve.thresholds.last()).fold(f64::NEG_INFINITY, f64::max);
    let mean = |threshold: f64| {
        curves.iter().map(|curve| curve.at(threshold)).sum::<f64>() / curves.len().max(1) as f64
    };
    let mut best = (smallest, f64::NEG_INFINITY);
    for threshold in evenly(smallest, largest) {
        let score = mean(threshold);
        if score > best.1 {
            best = (threshold, score);
        }
    }
    best.0
}

/// numpy's `linspace`: both ends exact.
fn evenly(from: f64, to: f64) -> Vec<f64> {
    let step = (to - from) / (N_THRESHOLDS - 1) as f64;
    let inner = (0..N_THRESHOLDS - 1).map(|k| k as f64 * step + from);
    inner.chain(std::iter::once(to)).collect()
}
