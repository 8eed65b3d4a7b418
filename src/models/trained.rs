//! A model with all it takes to use and to judge it.

use ndarray::ArrayView2;
use serde::{Deserialize, Serialize};

use super::logistic::FittedLogistic;
use super::provenance::{ModelId, Provenance};
use crate::evaluation::Evaluation;
use crate::features::{Domain, FeaturePipeline};

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
    /// Probability of the positive class, one an encoded record of `(n, n_features)`.
    #[must_use]
    pub fn predict_proba(&self, records: ArrayView2<f64>) -> Vec<f64> {
        let FittedModel::Logistic(model) = &self.model;
        let FeaturePipeline { space, scaler } = &self.pipeline;
        let columns = || model.coefficients.iter().zip(scaler.mean.iter().zip(&scaler.scale));
        let weights: Vec<f64> = columns().map(|(w, (_, scale))| w / scale).collect();
        let offset = columns().fold(model.intercept, |sum, (w, (mean, s))| sum - w * mean / s);
        let n_levels: usize = space
            .features
            .iter()
            .map(|feature| match &feature.domain {
                Domain::Levels(levels) => levels.len(),
                Domain::Numbers { .. } => 0,
            })
            .sum();
        let (mut level, mut number) = (0, n_levels);
        let mut starts = Vec::with_capacity(space.len());
        for feature in &space.features {
            match &feature.domain {
                Domain::Levels(levels) => {
                    starts.push((level, true));
                    level += levels.len();
                }
                Domain::Numbers { .. } => {
                    starts.push((number, false));
                    number += 1;
                }
            }
        }
        records
            .rows()
            .into_iter()
            .map(|record| {
                let mut z = offset;
                for (&value, &(start, is_level)) in record.iter().zip(&starts) {
                    z += if is_level {
                        weights.get(start + value as usize).copied().unwrap_or(0.0)
                    } else {
                        weights.get(start).copied().unwrap_or(0.0) * value
                    };
                }
                1.0 / (1.0 + libm::exp(-z))
            })
            .collect()
    }

    /// Probability of the positive class for one encoded record.
    #[must_use]
    pub fn predict_record(&self, encoded: &[f64]) -> f64 {
        ArrayView2::from_shape((1, encoded.len()), encoded)
            .ok()
            .and_then(|record| self.predict_proba(record).first().copied())
            .unwrap_or(f64::NAN)
    }
}
