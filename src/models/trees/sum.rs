//! Families that are a sum of trees, seen alike.

use super::nodes::{Precision, Trees};
use crate::features::Rows;
use crate::models::trained::FittedModel;

/// start + Σ leaves / divisor: a probability, or log-odds.
#[derive(Clone, Copy, Debug)]
pub struct TreeSum<'m> {
    /// The trees.
    pub trees: &'m Trees,
    /// Before the first tree.
    pub start: f64,
    /// What the leaves' sum is divided by.
    pub divisor: f64,
    /// How numbers are compared with thresholds.
    pub precision: Precision,
    /// The sum is the log-odds of the positive class, not its probability.
    pub is_log_odds: bool,
}

impl TreeSum<'_> {
    /// The sum, one a row; NaN where a number is NaN.
    #[must_use]
    pub fn of(&self, rows: &dyn Rows) -> Vec<f64> {
        let mut sums = self.trees.sums(rows, self.precision, self.start);
        sums.iter_mut().for_each(|sum| *sum /= self.divisor);
        sums
    }
}

impl FittedModel {
    /// The model as a sum of trees; `None` when it is none.
    #[must_use]
    pub fn tree_sum(&self) -> Option<TreeSum<'_>> {
        let (trees, start, divisor, precision, is_log_odds) = match self {
            Self::DecisionTree(fitted) => (&fitted.trees, 0.0, 1.0, Precision::Single, false),
            Self::RandomForest(fitted) => {
                let n_trees = fitted.trees.n_trees() as f64;
                (&fitted.trees, 0.0, n_trees, Precision::Single, false)
            }
            Self::GradientBoosting(fitted) => {
                (&fitted.trees, fitted.baseline, 1.0, Precision::Double, true)
            }
            _ => return None,
        };
        Some(TreeSum { trees, start, divisor, precision, is_log_odds })
    }
}
