//! What no model at all would say: the share of the positive class, whoever is asked about.
//!
//! scikit-learn's `DummyClassifier(strategy="prior")`.

use serde::{Deserialize, Serialize};

use super::error::FitError;
use super::estimator::{Family, Probabilities, Training};
use crate::features::Rows;

/// Settings of a baseline: none.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct BaselineParams {}

/// A fitted baseline.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FittedBaseline {
    /// Share of the positive class among the training rows.
    pub positive_share: f64,
}

impl Family for BaselineParams {
    type Fitted = FittedBaseline;

    fn check(&self) -> Result<(), FitError> {
        Ok(())
    }

    fn learn(
        &self,
        training: &Training<'_>,
        progress: &mut dyn FnMut(u32, u32),
    ) -> Result<FittedBaseline, FitError> {
        progress(1, 1);
        let [_, positives] = training.n_of_class;
        Ok(FittedBaseline { positive_share: positives as f64 / training.labels.len() as f64 })
    }
}

impl Probabilities for FittedBaseline {
    fn probabilities(&self, rows: &dyn Rows) -> Vec<f64> {
        let mut all = Vec::with_capacity(rows.n_rows());
        rows.each(&mut |_, numbers| {
            let known = numbers.iter().all(|z| !z.is_nan());
            all.push(if known { self.positive_share } else { f64::NAN });
        });
        all
    }
}
