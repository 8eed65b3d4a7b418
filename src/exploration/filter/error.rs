//! Why a text is no filter.

use std::fmt;

use thiserror::Error;

/// What is wrong, and where, in characters of the text from 0; at the end of the text both are its
/// length.
#[derive(Clone, Debug, PartialEq, Error)]
#[error("{problem}")]
pub struct FilterError {
    /// The first character meant.
    pub from: usize,
    /// The first character after it.
    pub to: usize,
    /// What is wrong.
    pub problem: FilterProblem,
}

/// What is wrong with a filter.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum FilterProblem {
    /// A character that starts no word.
    #[error("{found:?} means nothing here; texts stand in quotes, and tests are joined by and, or")]
    Character {
        /// The character.
        found: char,
    },
    /// A quote without its partner.
    #[error("the {quote} that starts here is not closed")]
    OpenQuote {
        /// The quote.
        quote: char,
    },
    /// Something else must stand here.
    #[error("{wanted} is missing here, {}", found_or_end(found))]
    Missing {
        /// What may stand here.
        wanted: Wanted,
        /// What does; `None` at the end.
        found: Option<String>,
    },
    /// No such column.
    #[error("there is no column {name}{}", did_you_mean(nearest))]
    UnknownColumn {
        /// The name.
        name: String,
        /// The column most like it.
        nearest: Option<String>,
    },
    /// No such level.
    #[error("{column} has no level \"{level}\"{}; allowed: {}", did_you_mean(nearest), levels.join(", "))]
    UnknownLevel {
        /// The column.
        column: String,
        /// The level.
        level: String,
        /// The level most like it.
        nearest: Option<String>,
        /// Every level.
        levels: Vec<String>,
    },
    /// A number is compared with something else.
    #[error("{column} is a number, \"{found}\" is not")]
    NotANumber {
        /// The column.
        column: String,
        /// What it is compared with.
        found: String,
    },
    /// A date is compared with something else.
    #[error("{column} is a date, \"{found}\" is not; a date is written as 2024-03-09")]
    NotADate {
        /// The column.
        column: String,
        /// What it is compared with.
        found: String,
    },
    /// The operator means nothing for the column.
    #[error("{operator} does not fit {column}; allowed: {allowed}")]
    Operator {
        /// The column.
        column: String,
        /// The operator.
        operator: String,
        /// The operators that fit.
        allowed: &'static str,
    },
    /// Nothing lies between them.
    #[error("nothing lies between {from} and {to}; the smaller number comes first")]
    EmptyRange {
        /// The first number.
        from: f64,
        /// The second number.
        to: f64,
    },
    /// Too many parentheses in each other.
    #[error("parentheses stand more than {most} deep")]
    TooDeep {
        /// Most allowed.
        most: usize,
    },
}

/// What may stand at a place of a filter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// A column, `not` or `(`.
    Column,
    /// An operator for the column at this place.
    Operator {
        /// Place of the column.
        column: usize,
    },
    /// What the column is compared with.
    Value {
        /// Place of the column.
        column: usize,
    },
    /// The `(` of a list.
    List,
    /// `,` or the `)` of a list.
    ListGoesOn,
    /// The `and` of `between`.
    And,
    /// `in`, `between` or `contains` after `not`.
    Negated {
        /// Place of the column.
        column: usize,
    },
    /// `and`, `or`, or the `)` of a parenthesis.
    Closing,
    /// `and` or `or`.
    Joint,
}

impl fmt::Display for Wanted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Column => "a column",
            Self::Operator { .. } => "an operator such as =",
            Self::Value { .. } => "a value",
            Self::List => "( and a list of values",
            Self::ListGoesOn => ", or )",
            Self::And => "and with the second number",
            Self::Negated { .. } => "in, between or contains",
            Self::Closing => "and, or, or )",
            Self::Joint => "and or or",
        })
    }
}

fn found_or_end(found: &Option<String>) -> String {
    match found {
        Some(found) => format!("where {found} stands"),
        None => "at the end".to_owned(),
    }
}

fn did_you_mean(nearest: &Option<String>) -> String {
    nearest.as_ref().map_or_else(String::new, |nearest| format!("; did you mean {nearest}?"))
}
