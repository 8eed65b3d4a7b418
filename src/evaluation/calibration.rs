//! Whether a probability means what it says.

use serde::{Deserialize, Serialize};

use super::error::EvaluationError;
use super::predictions::Predictions;
use crate::numerics::interval::{Interval, wilson};
use crate::numerics::quantile::{quantile, sorted};

/// Bins a curve may have.
pub const MOST_BINS: u32 = 100;

/// How the bins are cut.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Binning {
    /// Of equal width from 0 to 1.
    #[default]
    Uniform,
    /// Of about as many rows each.
    Quantile,
}

/// Rows of similar probability.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct CalibrationBin {
    /// Probabilities above this (the first bin: from it on), up to and with `edges.high`.
    pub edges: Interval,
    /// Rows, at least 1.
    pub n: u32,
    /// Positive rows.
    pub positives: u32,
    /// Mean probability.
    pub mean_predicted: f64,
    /// `positives` / `n`.
    pub observed: f64,
    /// Wilson's 95 % interval of `observed`.
    pub interval: Interval,
}

/// The calibration curve and how far it is from the diagonal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Calibration {
    /// Those with rows, ascending.
    pub bins: Vec<CalibrationBin>,
    /// Σ n_b/n·|mean − observed|, the expected calibration error.
    pub expected_error: f64,
    /// The largest |mean − observed| of a bin.
    pub maximum_error: f64,
    /// What the Brier score is made of, with these bins.
    pub brier: BrierParts,
}

/// brier = reliability − resolution + uncertainty + within_bin.
///
/// The first three are Murphy's (1973). They add up to the Brier score where all probabilities of a
/// bin are the same; `within_bin` is what they leave elsewhere, the variance less twice the covariance
/// within the bins (Stephenson, Coelho and Jolliffe, 2008).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct BrierParts {
    /// Mean of (p − y)².
    pub brier: f64,
    /// Σ n_b/n·(mean − observed)²: 0 is best.
    pub reliability: f64,
    /// Σ n_b/n·(observed − base rate)²: the more the better.
    pub resolution: f64,
    /// base rate·(1 − base rate), of no model's making.
    pub uncertainty: f64,
    /// Σ ((p − mean)² − 2·(p − mean)·(y − observed)) / n.
    pub within_bin: f64,
}

/// Probabilities against what happened. Bins are those of scikit-learn's `calibration_curve`: a
/// probability on an inner edge belongs to the lower bin.
///
/// # Errors
/// No row, or a number of bins out of range.
pub fn calibration(
    predictions: Predictions<'_>,
    binning: Binning,
    n_bins: u32,
) -> Result<Calibration, EvaluationError> {
    if !(1..=MOST_BINS).contains(&n_bins) {
        return Err(EvaluationError::Bins { n_bins, most: MOST_BINS });
    }
    let (y_true, y_pred) = (predictions.y_true(), predictions.y_pred());
    if y_true.is_empty() {
        return Err(EvaluationError::TooFewRows { class: "judged", n: 0, least: 1 });
    }
    let edges = edges(y_pred, binning, n_bins);
    let inner = edges.get(1..edges.len() - 1).unwrap_or_default();
    let bin_of: Vec<usize> =
        y_pred.iter().map(|p| inner.partition_point(|edge| edge < p)).collect();
    let mut sums = vec![Sums::default(); n_bins as usize];
    for ((&bin, &p), &truth) in bin_of.iter().zip(y_pred).zip(y_true) {
        if let Some(sums) = sums.get_mut(bin) {
            sums.n += 1;
            sums.positives += u32::from(truth);
            sums.predicted += p;
        }
    }
    let mut within = 0.0;
    let mut squares = 0.0;
    for ((&bin, &p), &truth) in bin_of.iter().zip(y_pred).zip(y_true) {
        let y = f64::from(u8::from(truth));
        squares += (p - y) * (p - y);
        if let Some(sums) = sums.get(bin) {
            let apart = p - sums.mean();
            within += apart * apart - 2.0 * apart * (y - sums.observed());
        }
    }
    let n = y_true.len() as f64;
    let bins: Vec<CalibrationBin> = edges
        .windows(2)
        .zip(sums)
        .filter(|(_, sums)| sums.n > 0)
        .map(|(edge, sums)| CalibrationBin {
            edges: Interval {
                low: edge.first().copied().unwrap_or(0.0),
                high: edge.last().copied().unwrap_or(1.0),
            },
            n: sums.n,
            positives: sums.positives,
            mean_predicted: sums.mean(),
            observed: sums.observed(),
            interval: wilson(sums.positives, sums.n),
        })
        .collect();
    let positives: u32 = bins.iter().map(|bin| bin.positives).sum();
    let base = f64::from(positives) / n;
    let weighted = |of: &dyn Fn(&CalibrationBin) -> f64| -> f64 {
        bins.iter().map(|bin| f64::from(bin.n) * of(bin)).sum::<f64>() / n
    };
    let gap = |bin: &CalibrationBin| (bin.mean_predicted - bin.observed).abs();
    Ok(Calibration {
        expected_error: weighted(&gap),
        maximum_error: bins.iter().map(gap).fold(0.0, f64::max),
        brier: BrierParts {
            brier: squares / n,
            reliability: weighted(&|bin| gap(bin) * gap(bin)),
            resolution: weighted(&|bin| (bin.observed - base) * (bin.observed - base)),
            uncertainty: base * (1.0 - base),
            within_bin: within / n,
        },
        bins,
    })
}

#[derive(Clone, Default)]
struct Sums {
    n: u32,
    positives: u32,
    predicted: f64,
}

impl Sums {
    fn mean(&self) -> f64 {
        self.predicted / f64::from(self.n)
    }

    fn observed(&self) -> f64 {
        f64::from(self.positives) / f64::from(self.n)
    }
}

/// One more than bins; numpy's `linspace(0, 1, n_bins + 1)`, or its percentiles there.
fn edges(y_pred: &[f64], binning: Binning, n_bins: u32) -> Vec<f64> {
    let even = even_edges(n_bins);
    match binning {
        Binning::Uniform => even,
        Binning::Quantile => {
            let ascending = sorted(y_pred);
            // by way of percent, as scikit-learn has it: that can move the last bit
            even.iter().filter_map(|q| quantile(&ascending, q * 100.0 / 100.0)).collect()
        }
    }
}

/// numpy's `linspace(0, 1, n_bins + 1)`.
pub(super) fn even_edges(n_bins: u32) -> Vec<f64> {
    let step = 1.0 / f64::from(n_bins);
    (0..n_bins).map(|bin| f64::from(bin) * step).chain([1.0]).collect()
}
