//! One-hot columns, then a common scale: what every model learns from.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::matrix::FeatureMatrix;
use super::one_hot::OneHotEncoder;
use super::scaler::StandardScaler;
use super::space::{Domain, Feature, FeatureSpace};
use crate::data::{ColumnValues, Dataset};

/// Feature space and scaler, fitted on training rows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FeaturePipeline {
    /// The features, their levels and ranges.
    pub space: FeatureSpace,
    /// Of the one-hot columns: every level of every categorical feature in file order, then the
    /// numeric features.
    pub scaler: StandardScaler,
}

/// Why rows of a data set can't become a feature matrix.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum FeatureError {
    /// The pipeline knows no feature.
    #[error("there is no feature to learn from; at least one column must be a feature")]
    NoFeatures,
    /// No row was given.
    #[error("there is no row to learn a scale from; at least one is needed")]
    NoRows,
    /// The data set lacks a feature, or has it in another kind.
    #[error("the data set has no {expected} column \"{column}\", which the model needs")]
    MissingColumn {
        /// The feature's name.
        column: String,
        /// "numeric" or "categorical".
        expected: &'static str,
    },
    /// A level the pipeline does not know.
    #[error("{column} is \"{level}\"; allowed: {allowed}")]
    UnknownLevel {
        /// The feature's name.
        column: String,
        /// The level found.
        level: String,
        /// The levels known.
        allowed: String,
    },
    /// A number that is not finite.
    #[error("{column} of kept row {row} is {value}; allowed: a finite number")]
    NotFinite {
        /// The feature's name.
        column: String,
        /// Kept row, from 0.
        row: u32,
        /// The number found.
        value: f64,
    },
    /// A row that does not exist.
    #[error("kept row {row} of column \"{column}\" does not exist")]
    RowOutOfRange {
        /// The feature's name.
        column: String,
        /// Kept row, from 0.
        row: u32,
    },
}

impl FeatureError {
    /// Stable, for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoFeatures => "no_features",
            Self::NoRows => "no_rows",
            Self::MissingColumn { .. } => "missing_column",
            Self::UnknownLevel { .. } => "unknown_level",
            Self::NotFinite { .. } => "not_finite",
            Self::RowOutOfRange { .. } => "row_out_of_range",
        }
    }
}

impl FeaturePipeline {
    /// Means and scales of the given rows (kept rows, from 0).
    ///
    /// # Errors
    /// No feature, no row, or rows that [`Self::transform`] would refuse.
    pub fn fit(space: FeatureSpace, dataset: &Dataset, rows: &[u32]) -> Result<Self, FeatureError> {
        if space.is_empty() {
            return Err(FeatureError::NoFeatures);
        }
        if rows.is_empty() {
            return Err(FeatureError::NoRows);
        }
        let mut scaler = StandardScaler::default();
        for feature in &space.features {
            if let Domain::Levels(levels) = &feature.domain {
                let chosen = chosen_levels(feature, levels, dataset, rows)?;
                scaler.push_levels(&chosen, levels.len());
            }
        }
        for feature in &space.features {
            if let Domain::Numbers { .. } = feature.domain {
                scaler.push_numbers(&chosen_numbers(feature, dataset, rows)?);
            }
        }
        Ok(Self { space, scaler })
    }

    /// The given rows (kept rows, from 0; any order, repeats allowed) as columns. Features are found
    /// by name and levels by their text, so any data set with the same columns will do.
    ///
    /// # Errors
    /// A missing column, an unknown level, a number that is not finite, a row that does not exist.
    pub fn transform(
        &self,
        dataset: &Dataset,
        rows: &[u32],
    ) -> Result<FeatureMatrix, FeatureError> {
        let encoder = OneHotEncoder::of(&self.space);
        let n_categorical = encoder.categorical.len();
        let n_numeric = encoder.numeric.len();
        let n_levels = encoder.n_level_columns();
        let mut level_columns = vec![0; rows.len() * n_categorical];
        let mut numbers = vec![0.0; rows.len() * n_numeric];
        let (mut categorical, mut numeric) = (0, 0);
        for feature in &self.space.features {
            if let Domain::Levels(levels) = &feature.domain {
                let first = encoder.categorical[categorical].first as u32;
                let chosen = chosen_levels(feature, levels, dataset, rows)?;
                let column = level_columns.iter_mut().skip(categorical).step_by(n_categorical);
                for (to, level) in column.zip(chosen) {
                    *to = first + level;
                }
                categorical += 1;
            } else {
                let chosen = chosen_numbers(feature, dataset, rows)?;
                let column = numbers.iter_mut().skip(numeric).step_by(n_numeric);
                for (to, number) in column.zip(chosen) {
                    *to = self.scaler.standardise(n_levels + numeric, number);
                }
                numeric += 1;
            }
        }
        Ok(FeatureMatrix {
            encoder,
            scaler: self.scaler.clone(),
            n_samples: rows.len(),
            level_columns,
            numbers,
        })
    }

    /// The given rows (kept rows, from 0) as encoded records, one after the other: row-major, `(n_rows,
    /// n_features)`.
    ///
    /// # Errors
    /// As [`Self::transform`].
    pub fn encode_rows(&self, dataset: &Dataset, rows: &[u32]) -> Result<Vec<f64>, FeatureError> {
        let width = self.space.len();
        let mut encoded = vec![0.0; rows.len() * width];
        for (at, feature) in self.space.features.iter().enumerate() {
            let column = encoded.iter_mut().skip(at).step_by(width.max(1));
            match &feature.domain {
                Domain::Levels(levels) => {
                    let chosen = chosen_levels(feature, levels, dataset, rows)?;
                    column.zip(chosen).for_each(|(to, level)| *to = f64::from(level));
                }
                Domain::Numbers { .. } => {
                    let chosen = chosen_numbers(feature, dataset, rows)?;
                    column.zip(chosen).for_each(|(to, number)| *to = number);
                }
            }
        }
        Ok(encoded)
    }

    /// "Contract=Two year" for a level, "tenure" for a number; length `n_columns`.
    #[must_use]
    pub fn column_names(&self) -> Vec<String> {
        OneHotEncoder::of(&self.space).column_names(&self.space)
    }
}

/// For each row the index of its level in the space's list.
fn chosen_levels(
    feature: &Feature,
    known: &[String],
    dataset: &Dataset,
    rows: &[u32],
) -> Result<Vec<u32>, FeatureError> {
    let Some(ColumnValues::Levels { levels, codes }) = values(dataset, feature) else {
        return Err(missing(feature, "categorical"));
    };
    let index_of_code: Vec<Option<usize>> =
        levels.iter().map(|level| known.iter().position(|k| k == level)).collect();
    let mut chosen = Vec::with_capacity(rows.len());
    for &row in rows {
        let code = codes.get(row as usize).ok_or_else(|| absent(feature, row))?;
        match index_of_code.get(usize::from(*code)) {
            Some(Some(index)) => chosen.push(*index as u32),
            _ => {
                return Err(FeatureError::UnknownLevel {
                    column: feature.name.clone(),
                    level: levels.get(usize::from(*code)).cloned().unwrap_or_default(),
                    allowed: known.join(", "),
                });
            }
        }
    }
    Ok(chosen)
}

fn chosen_numbers(
    feature: &Feature,
    dataset: &Dataset,
    rows: &[u32],
) -> Result<Vec<f64>, FeatureError> {
    let Some(ColumnValues::Numbers(numbers)) = values(dataset, feature) else {
        return Err(missing(feature, "numeric"));
    };
    let mut chosen = Vec::with_capacity(rows.len());
    for &row in rows {
        let value = *numbers.get(row as usize).ok_or_else(|| absent(feature, row))?;
        if !value.is_finite() {
            return Err(FeatureError::NotFinite { column: feature.name.clone(), row, value });
        }
        chosen.push(value);
    }
    Ok(chosen)
}

fn values<'a>(dataset: &'a Dataset, feature: &Feature) -> Option<&'a ColumnValues> {
    dataset.column(&feature.name).map(|column| &column.values)
}

fn missing(feature: &Feature, expected: &'static str) -> FeatureError {
    FeatureError::MissingColumn { column: feature.name.clone(), expected }
}

fn absent(feature: &Feature, row: u32) -> FeatureError {
    FeatureError::RowOutOfRange { column: feature.name.clone(), row }
}
