//! Why customers can't be listed.

use thiserror::Error;

use crate::explain::ExplainError;
use crate::exploration::SelectionError;
use crate::features::FeatureError;

/// Why customers can't be listed, explained or grouped.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum CustomersError {
    /// The data set lacks a feature of the model, or has something else under its name.
    #[error(
        "the model needs the feature {feature}, which data set \"{dataset}\" lacks or has as another kind"
    )]
    OtherDataset {
        /// The feature.
        feature: String,
        /// The data set's name.
        dataset: String,
    },
    /// A level that the model has never seen.
    #[error("{feature} is \"{value}\" in data set \"{dataset}\", which the model does not know")]
    UnknownLevel {
        /// The feature.
        feature: String,
        /// The level.
        value: String,
        /// The data set's name.
        dataset: String,
    },
    /// A row that is none.
    #[error("there is no row {row}; allowed: 0 to {last}")]
    Row {
        /// The row asked for.
        row: u32,
        /// The last row.
        last: usize,
    },
    /// Too many rows at once.
    #[error("{asked} rows were asked for; allowed: at most {most}")]
    TooMany {
        /// How many.
        asked: usize,
        /// Most allowed.
        most: usize,
    },
    /// An order by nothing that the table has.
    #[error(
        "sort is \"{asked}\"; allowed: the name of a column, or weight. and the name of a feature, with - before it for the largest first"
    )]
    Order {
        /// What was asked for.
        asked: String,
    },
    /// Weights that belong to other rows.
    #[error("{rows} rows came with {weights} weights; allowed: one each")]
    Weights {
        /// Rows.
        rows: usize,
        /// Weights.
        weights: usize,
    },
    /// A row without reasons where all are needed.
    #[error("customer {row} was not explained, so its weight is not known")]
    NotExplained {
        /// The kept row number.
        row: u32,
    },
    /// Columns that make too many groups.
    #[error("{asked} columns were chosen; allowed: 1 or 2 different ones")]
    Columns {
        /// How many.
        asked: usize,
    },
    /// Too few or too many groups.
    #[error("{asked} groups were asked for; allowed: {fewest} to {most}")]
    Groups {
        /// How many.
        asked: u32,
        /// Fewest allowed.
        fewest: u32,
        /// Most allowed.
        most: u32,
    },
    /// A value that the model can't be asked about.
    #[error(transparent)]
    Features(#[from] FeatureError),
    /// A filter or a column that is none.
    #[error(transparent)]
    Selection(#[from] SelectionError),
    /// A row that can't be explained.
    #[error(transparent)]
    Explain(#[from] ExplainError),
}

impl CustomersError {
    /// Stable, for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::OtherDataset { .. } => "other_dataset",
            Self::UnknownLevel { .. } => "unknown_level",
            Self::Row { .. } => "unknown_customer",
            Self::TooMany { .. } => "too_many",
            Self::Order { .. } => "unknown_order",
            Self::Weights { .. } => "unequal_lengths",
            Self::NotExplained { .. } => "not_explained",
            Self::Columns { .. } => "columns_out_of_range",
            Self::Groups { .. } => "groups_out_of_range",
            Self::Features(error) => error.code(),
            Self::Selection(error) => error.code(),
            Self::Explain(error) => error.code(),
        }
    }

    /// The part of the question it belongs to.
    #[must_use]
    pub fn field(&self) -> Option<&'static str> {
        match self {
            Self::Selection(error) => Some(error.field()),
            Self::Order { .. } => Some("sort"),
            Self::Columns { .. } => Some("columns"),
            Self::Groups { .. } => Some("groups"),
            _ => None,
        }
    }
}
