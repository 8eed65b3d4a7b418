//! One tree.

use serde::{Deserialize, Serialize};

use super::columns::Columns;
use super::grow::Grower;
use super::nodes::{Precision, Trees};
use super::params::TreeParams;
use super::split::Sample;
use crate::features::Rows;
use crate::models::error::FitError;
use crate::models::estimator::{Family, Probabilities, Training};
use crate::numerics::random::RandomState;

/// A fitted classification tree: p = share of the positive class among the rows of a leaf.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FittedTree {
    /// The one tree.
    pub trees: Trees,
}

impl Family for TreeParams {
    type Fitted = FittedTree;

    fn check(&self) -> Result<(), FitError> {
        self.check_all()
    }

    fn learn(
        &self,
        training: &Training<'_>,
        progress: &mut dyn FnMut(u32, u32),
    ) -> Result<FittedTree, FitError> {
        let columns = Columns::of(training.matrix);
        let factors = self.class_weight.factors(training.n_of_class);
        let samples = (0..).zip(&training.labels).map(|(row, &label)| Sample::of(row, 1, label));
        let mut trees = Trees::default();
        let grower = Grower { columns: &columns, params: self, factors };
        grower.grow(samples.collect(), &mut RandomState::new(self.seed), &mut trees)?;
        progress(1, 1);
        Ok(FittedTree { trees })
    }
}

impl Probabilities for FittedTree {
    fn probabilities(&self, rows: &dyn Rows) -> Vec<f64> {
        self.trees.sums(rows, Precision::Single, 0.0)
    }
}
