//! How much the scores of a test part hang on which customers happen to be in it.
//!
//! Rows are drawn again with replacement, many times (Efron 1979), and every score is worked out for
//! every draw; the interval holds the middle share of them (percentile interval). Rows are sorted by
//! probability once: a draw is a count a row, and one walk along the counts gives all scores.

use serde::{Deserialize, Serialize};

use super::error::EvaluationError;
use super::predictions::Predictions;
use super::ranked::{Ranked, Walk};
use crate::numerics::quantile::{quantile, sorted};
use crate::numerics::random::RandomState;

/// Resamples allowed.
pub const RESAMPLES: (u32, u32) = (20, 5_000);
/// Points of a band at most.
pub const MOST_GRID_POINTS: u32 = 501;

/// How rows are drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Resampling {
    /// From all rows, so that the share of positive ones varies as it would in another test part.
    #[default]
    Plain,
    /// From the positive and from the negative rows, as many as there are of each.
    Stratified,
}

/// Settings of a bootstrap.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BootstrapParams {
    /// Draws of all rows, 20 to 5,000. Default 1,000.
    pub resamples: u32,
    /// Decides all draws, as `RandomState(seed)` of numpy. Default 0.
    pub seed: u32,
    /// Default plain.
    pub resampling: Resampling,
    /// Share of the draws inside an interval, above 0 and under 1. Default 0.95.
    pub level: f64,
    /// Points of each band, evenly from 0 to 1, 2 to 501. Default 101.
    pub grid_points: u32,
}

impl Default for BootstrapParams {
    fn default() -> Self {
        Self {
            resamples: 1_000,
            seed: 0,
            resampling: Resampling::Plain,
            level: 0.95,
            grid_points: 101,
        }
    }
}

/// A score and its interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    /// Of the rows themselves.
    pub value: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// A point of a band.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct BandPoint {
    /// False positive rate, or recall.
    pub at: f64,
    /// True positive rate, or precision.
    pub estimate: Estimate,
}

/// Intervals of scores and curves.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bootstrap {
    /// Draws with rows of both classes, which all intervals are of.
    pub used: u32,
    /// Draws left out because all their rows were of one class.
    pub left_out: u32,
    /// Share of rows whose class is right.
    pub accuracy: Estimate,
    /// Area under the ROC curve.
    pub roc_auc: Estimate,
    /// Σ (recallₖ − recallₖ₋₁)·precisionₖ.
    pub average_precision: Estimate,
    /// True positive rate by false positive rate, on straight lines between the curve's points, at a
    /// vertical step its upper end (`numpy.interp`).
    pub roc: Vec<BandPoint>,
    /// Precision by recall: that of the highest threshold that finds so many, which is the step curve
    /// whose area is the average precision.
    pub precision_recall: Vec<BandPoint>,
}

/// Draws, judges and sums up.
///
/// # Errors
/// No row of a class, or settings out of range.
pub fn bootstrap(
    predictions: Predictions<'_>,
    params: &BootstrapParams,
) -> Result<Bootstrap, EvaluationError> {
    check(params)?;
    let classes = predictions.class_counts().at_least(1)?;
    let ranked = Ranked::of(predictions);
    let n = classes.positive + classes.negative;
    let grid = grid(params.grid_points);
    let whole = ranked.walk(&vec![1; n as usize], &grid);
    let mut draws = Draws::with_capacity(params.resamples as usize, grid.len());
    let mut random = RandomState::new(params.seed);
    let mut left_out = 0;
    let mut counts = vec![0_u32; n as usize];
    let strata = match params.resampling {
        Resampling::Plain => vec![ranked.ranks()],
        Resampling::Stratified => vec![ranked.ranks_of(true), ranked.ranks_of(false)],
    };
    for _ in 0..params.resamples {
        counts.fill(0);
        for stratum in &strata {
            let last = stratum.len() as u32 - 1;
            for _ in stratum {
                counts[stratum[random.interval(last) as usize] as usize] += 1;
            }
        }
        if ranked.has_both_classes(&counts) {
            draws.push(ranked.walk(&counts, &grid));
        } else {
            left_out += 1;
        }
    }
    let estimate = |value: f64, of_draws: &[f64]| interval(value, of_draws, params.level);
    let band = |values: &[f64], of_draws: &[Vec<f64>]| {
        let each = grid.iter().zip(values.iter().zip(of_draws));
        each.map(|(&at, (&value, draws))| BandPoint { at, estimate: estimate(value, draws) })
            .collect()
    };
    Ok(Bootstrap {
        used: params.resamples - left_out,
        left_out,
        accuracy: estimate(whole.accuracy, &draws.accuracy),
        roc_auc: estimate(whole.roc_auc, &draws.roc_auc),
        average_precision: estimate(whole.average_precision, &draws.average_precision),
        roc: band(&whole.true_positive_rates, &draws.true_positive_rates),
        precision_recall: band(&whole.precisions, &draws.precisions),
    })
}

fn check(params: &BootstrapParams) -> Result<(), EvaluationError> {
    let &BootstrapParams { resamples, level, grid_points, .. } = params;
    let (least, most) = RESAMPLES;
    if !(least..=most).contains(&resamples) {
        return Err(EvaluationError::Resamples { resamples, least, most });
    }
    if !(2..=MOST_GRID_POINTS).contains(&grid_points) {
        return Err(EvaluationError::GridPoints { grid_points, most: MOST_GRID_POINTS });
    }
    if !(level > 0.0 && level < 1.0) {
        return Err(EvaluationError::Level { level });
    }
    Ok(())
}

/// Evenly from 0 to 1.
fn grid(points: u32) -> Vec<f64> {
    (0..points).map(|at| f64::from(at) / f64::from(points - 1)).collect()
}

/// The middle share of the draws; the value alone where there is no draw.
fn interval(value: f64, draws: &[f64], level: f64) -> Estimate {
    let ascending = sorted(draws);
    let at = |q| quantile(&ascending, q).unwrap_or(value);
    Estimate { value, low: at((1.0 - level) / 2.0), high: at((1.0 + level) / 2.0) }
}

/// Scores of all draws; of curves by grid point.
struct Draws {
    accuracy: Vec<f64>,
    roc_auc: Vec<f64>,
    average_precision: Vec<f64>,
    true_positive_rates: Vec<Vec<f64>>,
    precisions: Vec<Vec<f64>>,
}

impl Draws {
    fn with_capacity(resamples: usize, grid_points: usize) -> Self {
        let scores = || Vec::with_capacity(resamples);
        let curve = || vec![Vec::with_capacity(resamples); grid_points];
        Self {
            accuracy: scores(),
            roc_auc: scores(),
            average_precision: scores(),
            true_positive_rates: curve(),
            precisions: curve(),
        }
    }

    fn push(&mut self, walk: Walk) {
        self.accuracy.push(walk.accuracy);
        self.roc_auc.push(walk.roc_auc);
        self.average_precision.push(walk.average_precision);
        for (all, value) in self.true_positive_rates.iter_mut().zip(walk.true_positive_rates) {
            all.push(value);
        }
        for (all, value) in self.precisions.iter_mut().zip(walk.precisions) {
            all.push(value);
        }
    }
}
