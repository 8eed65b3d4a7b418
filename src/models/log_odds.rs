//! What each value of each feature adds to the log-odds of a logistic regression.

use super::trained::{FittedModel, TrainedModel};
use crate::features::OneHotEncoder;

/// Log-odds as a sum over features, ready for many records: log-odds = base + Σ term(feature, value).
#[derive(Clone, Debug, PartialEq)]
pub struct LogOddsTable {
    /// The intercept.
    pub base: f64,
    features: Vec<Terms>,
}

#[derive(Clone, Debug, PartialEq)]
enum Terms {
    /// Of every level: Σ wⱼ·zⱼ over the feature's standardised columns.
    Levels(Vec<f64>),
    /// weight · (value − mean) / scale.
    Number { weight: f64, mean: f64, scale: f64 },
}

impl LogOddsTable {
    /// What a value adds; a level index that is none counts as the first level.
    #[must_use]
    pub fn term(&self, feature: usize, value: f64) -> f64 {
        match self.features.get(feature) {
            Some(Terms::Levels(terms)) => {
                terms.get(value as usize).or_else(|| terms.first()).copied().unwrap_or(f64::NAN)
            }
            Some(Terms::Number { weight, mean, scale }) => weight * ((value - mean) / scale),
            None => f64::NAN,
        }
    }

    /// Log-odds of an encoded record.
    #[must_use]
    pub fn log_odds(&self, encoded: &[f64]) -> f64 {
        encoded.iter().enumerate().fold(self.base, |sum, (at, &value)| sum + self.term(at, value))
    }

    /// 1 / (1 + e^−x).
    #[must_use]
    pub fn probability(log_odds: f64) -> f64 {
        1.0 / (1.0 + libm::exp(-log_odds))
    }
}

impl TrainedModel {
    /// The table of a logistic regression; `None` for any other model.
    #[must_use]
    pub fn log_odds_table(&self) -> Option<LogOddsTable> {
        if !matches!(self.model, FittedModel::Logistic(_) | FittedModel::LogisticCv(_)) {
            return None;
        }
        let space = &self.pipeline.space;
        let encoder = OneHotEncoder::of(space);
        let weights: Vec<f64> = self.coefficients().into_iter().map(|(_, w)| w).collect();
        let (&base, weights) = weights.split_first()?;
        if weights.len() != encoder.n_columns() {
            return None;
        }
        let scaler = &self.pipeline.scaler;
        let mut features = vec![Terms::Levels(Vec::new()); space.len()];
        for block in &encoder.categorical {
            let columns = block.first..block.first + block.n_levels;
            let own_weights = weights.get(columns.clone())?;
            let of_level = |level: usize| {
                let cells = columns.clone().zip(own_weights).enumerate();
                cells.fold(0.0, |sum, (at, (column, weight))| {
                    sum + weight * scaler.standardise(column, f64::from(u8::from(at == level)))
                })
            };
            *features.get_mut(block.feature)? =
                Terms::Levels((0..block.n_levels).map(of_level).collect());
        }
        for (column, &feature) in (encoder.n_level_columns()..).zip(&encoder.numeric) {
            *features.get_mut(feature)? = Terms::Number {
                weight: *weights.get(column)?,
                mean: *scaler.mean.get(column)?,
                scale: *scaler.scale.get(column)?,
            };
        }
        Some(LogOddsTable { base, features })
    }
}
