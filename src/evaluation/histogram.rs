//! How the probabilities of both classes lie.

use serde::{Deserialize, Serialize};

use super::calibration::{MOST_BINS, even_edges};
use super::error::EvaluationError;
use super::predictions::Predictions;

/// Rows by probability and true class.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ScoreHistogram {
    /// From 0 to 1, one more than bins; a left edge belongs to its bin, a right one to the last only.
    pub edges: Vec<f64>,
    /// Positive rows in each bin.
    pub positive: Vec<u32>,
    /// Negative rows in each bin.
    pub negative: Vec<u32>,
}

impl ScoreHistogram {
    /// Counts in bins of equal width, as `numpy.histogram(y_pred, n_bins, (0, 1))` of each class.
    ///
    /// # Errors
    /// A number of bins out of range.
    pub fn of(predictions: Predictions<'_>, n_bins: u32) -> Result<Self, EvaluationError> {
        if !(1..=MOST_BINS).contains(&n_bins) {
            return Err(EvaluationError::Bins { n_bins, most: MOST_BINS });
        }
        let edges = even_edges(n_bins);
        let (mut positive, mut negative) = (vec![0; n_bins as usize], vec![0; n_bins as usize]);
        for (&truth, p) in predictions.y_true().iter().zip(predictions.y_pred()) {
            let below = edges.partition_point(|edge| edge <= p);
            let bin = below.saturating_sub(1).min(n_bins as usize - 1);
            let counts = if truth { &mut positive } else { &mut negative };
            if let Some(count) = counts.get_mut(bin) {
                *count += 1;
            }
        }
        Ok(Self { edges, positive, negative })
    }
}
