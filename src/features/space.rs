//! What a record may hold: the features, their levels and ranges.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::data::schema::{DateOrder, parse_day};
use crate::data::{ColumnValues, Dataset, Record, Value};
use crate::numerics::calendar::iso;
use crate::numerics::quantile::{quantile, sorted};

/// A record as numbers, one a feature in the order of the [`FeatureSpace`]: the index of its level,
/// or the number itself.
pub type EncodedRecord = Vec<f64>;

/// The features a model knows, in file order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FeatureSpace {
    /// In file order.
    pub features: Vec<Feature>,
}

/// One feature and what it may be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Feature {
    /// The column's name.
    pub name: String,
    /// What its value may be.
    pub domain: Domain,
}

/// What the value of a feature may be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Domain {
    /// One of these texts, sorted by code point; the first is the default.
    Levels(Vec<String>),
    /// Any finite number; the three figures describe the data set.
    Numbers {
        /// Smallest value seen.
        min: f64,
        /// Median, the default.
        median: f64,
        /// Largest value seen.
        max: f64,
        /// Every value seen is a whole number.
        whole: bool,
        /// They are days since the first of January 1970; in a record a date such as "2024-03-09" stands
        /// for its day. False in models of labs that knew no dates.
        #[serde(default)]
        are_dates: bool,
    },
}

/// Why a record was refused.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum RecordError {
    /// A field that is no feature.
    #[error("unknown field \"{field}\"; allowed: {allowed}")]
    UnknownField {
        /// The field's name.
        field: String,
        /// The features' names.
        allowed: String,
    },
    /// A text that is no level of the feature.
    #[error("{field} is \"{value}\"; allowed: {allowed}")]
    UnknownLevel {
        /// The feature's name.
        field: String,
        /// The text given.
        value: String,
        /// The levels.
        allowed: String,
    },
    /// Something other than a date where one is needed.
    #[error(
        "{field} is \"{value}\"; allowed: a date such as 2024-03-09, or its days since 1970-01-01"
    )]
    NotADate {
        /// The feature's name.
        field: String,
        /// What was given.
        value: String,
    },
    /// Something other than a finite number where a number is needed.
    #[error("{field} is \"{value}\"; allowed: a finite number")]
    NotANumber {
        /// The feature's name.
        field: String,
        /// What was given.
        value: String,
    },
}

impl RecordError {
    /// Stable, for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::UnknownField { .. } => "unknown_field",
            Self::UnknownLevel { .. } => "unknown_level",
            Self::NotADate { .. } => "not_a_date",
            Self::NotANumber { .. } => "not_a_number",
        }
    }

    /// The field the error is about.
    #[must_use]
    pub fn field(&self) -> &str {
        match self {
            Self::UnknownField { field, .. }
            | Self::UnknownLevel { field, .. }
            | Self::NotADate { field, .. }
            | Self::NotANumber { field, .. } => field,
        }
    }
}

impl FeatureSpace {
    /// The feature columns of a data set, their levels, ranges and medians.
    #[must_use]
    pub fn of(dataset: &Dataset) -> Self {
        let features = dataset
            .features()
            .filter_map(|column| {
                let domain = match &column.values {
                    ColumnValues::Levels { levels, .. } => Domain::Levels(levels.clone()),
                    ColumnValues::Numbers(numbers) => {
                        let ascending = sorted(numbers);
                        Domain::Numbers {
                            min: *ascending.first()?,
                            median: quantile(&ascending, 0.5)?,
                            max: *ascending.last()?,
                            whole: numbers.iter().all(|n| n.trunc() == *n),
                            are_dates: column.is_date,
                        }
                    }
                    ColumnValues::Text(_) => return None,
                };
                Some(Feature { name: column.name.clone(), domain })
            })
            .collect();
        Self { features }
    }

    /// How many features.
    #[must_use]
    pub fn len(&self) -> usize {
        self.features.len()
    }

    /// No features at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.features.is_empty()
    }

    /// The index of the feature of that name.
    #[must_use]
    pub fn position(&self, name: &str) -> Option<usize> {
        self.features.iter().position(|feature| feature.name == name)
    }

    /// The record as numbers; a missing field takes the feature's default (median, first level).
    ///
    /// # Errors
    /// An unknown field, an unknown level, or something other than a finite number.
    pub fn encode(&self, record: &Record) -> Result<EncodedRecord, RecordError> {
        if let Some(field) = record.keys().find(|name| self.position(name).is_none()) {
            let names: Vec<&str> = self.features.iter().map(|f| f.name.as_str()).collect();
            return Err(RecordError::UnknownField {
                field: field.clone(),
                allowed: names.join(", "),
            });
        }
        self.features.iter().map(|feature| feature.encode(record.get(&feature.name))).collect()
    }

    /// The record behind the numbers; a level index out of range gives the first level.
    #[must_use]
    pub fn decode(&self, encoded: &[f64]) -> Record {
        let mut record = Record::new();
        // not `collect`, which sorts first and would bring a sorting routine of its own to the page
        record.extend(self.features.iter().zip(encoded).map(|(feature, &number)| {
            let value = match &feature.domain {
                Domain::Levels(levels) => levels
                    .get(number as usize)
                    .or_else(|| levels.first())
                    .map_or_else(|| Value::Text(String::new()), |l| Value::Text(l.clone())),
                // with a time of day it stays a number, which a record may hold too
                Domain::Numbers { are_dates: true, .. } if number.trunc() == number => {
                    Value::Text(iso(number))
                }
                Domain::Numbers { .. } => Value::Number(number),
            };
            (feature.name.clone(), value)
        }));
        record
    }
}

impl Feature {
    fn encode(&self, value: Option<&Value>) -> Result<f64, RecordError> {
        match (&self.domain, value) {
            (Domain::Levels(_), None) => Ok(0.0),
            (Domain::Numbers { median, .. }, None) => Ok(*median),
            (Domain::Levels(levels), Some(value)) => {
                let text = value.to_string();
                let index = match value {
                    Value::Text(_) => levels.iter().position(|level| *level == text),
                    Value::Number(_) => None,
                };
                index.map(|index| index as f64).ok_or_else(|| RecordError::UnknownLevel {
                    field: self.name.clone(),
                    value: text,
                    allowed: levels.join(", "),
                })
            }
            (Domain::Numbers { .. }, Some(Value::Number(number))) if number.is_finite() => {
                Ok(*number)
            }
            (Domain::Numbers { are_dates: true, .. }, Some(value)) => {
                let day = parse_day(&value.to_string(), DateOrder::Ymd).map(f64::from);
                let field = self.name.clone();
                day.ok_or_else(|| RecordError::NotADate { field, value: value.to_string() })
            }
            (Domain::Numbers { .. }, Some(value)) => {
                Err(RecordError::NotANumber { field: self.name.clone(), value: value.to_string() })
            }
        }
    }
}
