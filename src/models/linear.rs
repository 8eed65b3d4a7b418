//! The margin of a model: what it adds up before it makes a probability of it.

use super::logistic::cross_validation::FittedLogisticCv;
use super::trained::{FittedModel, TrainedModel};
use crate::features::{EncodedRecords, OneHotEncoder};

/// A record's margin feature by feature: margin = base + Σ terms.
#[derive(Clone, Debug, PartialEq)]
pub struct LinearTerms {
    /// Margin of the mean training row, whose standardised columns are all 0: the intercept.
    pub base: f64,
    /// By feature, in the order of the feature space: Σ wⱼ·zⱼ over its standardised columns.
    pub terms: Vec<f64>,
}

impl TrainedModel {
    /// What each feature of an encoded record adds; `None` when the model is not linear, or the record
    /// has not one number a feature.
    #[must_use]
    pub fn linear_terms(&self, encoded: &[f64]) -> Option<LinearTerms> {
        let coefficients = self.coefficients();
        let (&(_, base), weights) = coefficients.split_first()?;
        let encoder = OneHotEncoder::of(&self.pipeline.space);
        if encoded.len() != self.pipeline.space.len() || weights.len() != encoder.n_columns() {
            return None;
        }
        let term = |column: usize, value: f64| {
            let weight = weights.get(column).map_or(f64::NAN, |(_, weight)| *weight);
            weight * self.pipeline.scaler.standardise(column, value)
        };
        let mut terms = vec![0.0; encoded.len()];
        for block in &encoder.categorical {
            let own = block.column(encoded[block.feature]);
            for column in block.first..block.first + block.n_levels {
                terms[block.feature] += term(column, f64::from(u8::from(column == own)));
            }
        }
        for (column, &feature) in (encoder.n_level_columns()..).zip(&encoder.numeric) {
            terms[feature] = term(column, encoded[feature]);
        }
        Some(LinearTerms { base, terms })
    }
}

impl TrainedModel {
    /// Log-odds of the positive class, where the model adds them up: in logistic regression and
    /// boosting.
    #[must_use]
    pub fn log_odds(&self, encoded: &[f64]) -> Option<f64> {
        self.log_odds_of(encoded, 1)?.first().copied()
    }

    /// The same of many records, `(n_records, n_features)`, row-major.
    #[must_use]
    pub fn log_odds_of(&self, values: &[f64], n_records: usize) -> Option<Vec<f64>> {
        let encoder = OneHotEncoder::of(&self.pipeline.space);
        let scaler = &self.pipeline.scaler;
        let records = EncodedRecords { values, n_records, encoder: &encoder, scaler };
        Some(match &self.model {
            FittedModel::Logistic(fitted)
            | FittedModel::LogisticCv(FittedLogisticCv { fitted, .. }) => fitted.margins(records),
            model => model.tree_sum().filter(|sum| sum.is_log_odds)?.of(&records),
        })
    }
}

impl FittedModel {
    /// Probability of the positive class at a margin; `None` when the model is not linear.
    #[must_use]
    pub fn probability_at(&self, margin: f64) -> Option<f64> {
        match self {
            Self::Logistic(_) | Self::LogisticCv(FittedLogisticCv { .. }) => {
                Some(1.0 / (1.0 + libm::exp(-margin)))
            }
            Self::Svc(fitted) => Some(fitted.probability(margin)),
            _ => None,
        }
    }
}
