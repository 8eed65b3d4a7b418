//! Why a schema does not fit.

use thiserror::Error;

/// Why a schema gives no data set.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SchemaError {
    /// A column is called nothing.
    #[error("column {position} has no name; every column needs one")]
    NoName {
        /// Its position, from 1.
        position: usize,
    },
    /// Two columns are called the same.
    #[error("two columns are named \"{name}\"; every column needs a name of its own")]
    SameName {
        /// The name.
        name: String,
    },
    /// A column is made of one that is not there.
    #[error(
        "column \"{column}\" is made of column {source_column} of the file, which has {columns}"
    )]
    NoSource {
        /// The column.
        column: String,
        /// What it is made of, from 1.
        source_column: usize,
        /// Columns of the file.
        columns: usize,
    },
    /// More columns than a model should get.
    #[error("the table would have {columns} columns; at most {limit} are allowed")]
    TooManyColumns {
        /// Columns asked for.
        columns: usize,
        /// Most columns allowed.
        limit: usize,
    },
    /// Two columns to predict.
    #[error("\"{first}\" and \"{second}\" are both to be predicted; only one column can be")]
    TwoTargets {
        /// The first one.
        first: String,
        /// The second one.
        second: String,
    },
    /// A category with too many levels.
    #[error("\"{column}\" has {levels} different values; a category may have {limit}")]
    TooManyLevels {
        /// The column.
        column: String,
        /// Its levels.
        levels: usize,
        /// Most levels allowed.
        limit: usize,
    },
    /// Gaps take the median of a column without values.
    #[error(
        "no cell of \"{column}\" has a value that the gaps could take the median of: the first one {found}; read it in another way, or leave it out"
    )]
    NoMedian {
        /// The column.
        column: String,
        /// What its first filled cell is, and what is allowed: "is \"Basic\", not a number".
        found: String,
    },
    /// The positive class is not one of the target's two.
    #[error("\"{class}\" is no value of \"{column}\"; its values are {classes}")]
    UnknownClass {
        /// The target.
        column: String,
        /// The class asked for.
        class: String,
        /// The two there are.
        classes: String,
    },
}

impl SchemaError {
    /// Stable, for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoName { .. } => "column_without_name",
            Self::SameName { .. } => "column_names_equal",
            Self::NoSource { .. } => "unknown_column",
            Self::TooManyColumns { .. } => "too_many_columns",
            Self::TwoTargets { .. } => "two_targets",
            Self::TooManyLevels { .. } => "too_many_levels",
            Self::NoMedian { .. } => "no_median",
            Self::UnknownClass { .. } => "unknown_class",
        }
    }
}
