//! A model with all it takes to use and to judge it.

use ndarray::ArrayView2;
use serde::{Deserialize, Serialize};

use super::logistic::{FittedLogistic, WeightTable};
use super::provenance::{ModelId, Provenance};
use crate::evaluation::Evaluation;
use crate::features::{FeaturePipeline, OneHotEncoder};

/// What a fit of any family gives.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum FittedModel {
    /// Logistic regression.
    Logistic(FittedLogistic),
}

/// Pipeline + model + evaluation + provenance.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TrainedModel {
    /// Names the model.
    pub id: ModelId,
    /// From raw records to columns.
    pub pipeline: FeaturePipeline,
    /// The fit's result.
    pub model: FittedModel,
    /// How good it is.
    pub evaluation: Evaluation,
    /// What it was made from.
    pub provenance: Provenance,
}

impl TrainedModel {
    /// Probability of the positive class, one a record.
    ///
    /// `records`: `(n, n_features)`, each row an [`crate::features::EncodedRecord`]. A level index
    /// that is none counts as the first level; records of another width, or a number that is NaN, give
    /// NaN.
    #[must_use]
    pub fn predict_proba(&self, records: ArrayView2<'_, f64>) -> Vec<f64> {
        let table = self.table();
        match records.as_slice() {
            Some(flat) => table.probabilities(flat, records.nrows()),
            None => {
                let flat: Vec<f64> = records.iter().copied().collect();
                table.probabilities(&flat, records.nrows())
            }
        }
    }

    /// The same for one record, to the same bits.
    #[must_use]
    pub fn predict_record(&self, encoded: &[f64]) -> f64 {
        self.table().probabilities(encoded, 1).first().copied().unwrap_or(f64::NAN)
    }

    /// The intercept, then the weight of every standardised column, in column order.
    #[must_use]
    pub fn coefficients(&self) -> Vec<(String, f64)> {
        let FittedModel::Logistic(fitted) = &self.model;
        let columns = self.pipeline.column_names().into_iter();
        std::iter::once(("intercept".to_owned(), fitted.intercept))
            .chain(columns.zip(fitted.coefficients.iter().copied()))
            .collect()
    }

    fn table(&self) -> WeightTable {
        let FittedModel::Logistic(fitted) = &self.model;
        let encoder = OneHotEncoder::of(&self.pipeline.space);
        WeightTable::of(fitted, &encoder, &self.pipeline.scaler)
    }
}
