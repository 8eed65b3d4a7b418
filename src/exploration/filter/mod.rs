//! A filter in words: `Contract = "Two year" and (tenure < 12 or MonthlyCharges >= 70)`.
//!
//! A test is a column, an operator and what it is compared with:
//!
//! | operator | of |
//! |---|---|
//! | `=` `!=`, `in (a, b)`, `not in (a, b)` | any column |
//! | `<` `<=` `>` `>=`, `between a and b`, `not between a and b` | numbers and dates; both ends belong to it |
//! | `contains "text"`, `not contains "text"` | levels and texts, whatever the case of the letters |
//!
//! Tests are joined by `and`, `or`, `not` and parentheses; `not` binds closest, `or` loosest. A column
//! whose name is no single word stands in backticks, a text that is none in `"` or `'`; the same quote in
//! it is doubled. A date is written as 2024-03-09.

mod complete;
mod error;
mod evaluate;
mod nearest;
mod parse;
mod token;

pub use complete::{Completion, CompletionKind, Completions, complete};
pub use error::{FilterError, FilterProblem, Wanted};
pub(super) use evaluate::levels_failed;

use crate::data::summary::ColumnSummary;

/// Reads a number; the page uses the browser's own reader, natively [`plain_number`] does.
pub type ReadNumber = fn(&str) -> Option<f64>;

/// A checked filter; columns are places in the columns it was checked against.
#[derive(Clone, Debug, PartialEq)]
pub enum Filter {
    /// Rows that pass every one; without any, all rows.
    All(Vec<Filter>),
    /// Rows that pass at least one.
    Any(Vec<Filter>),
    /// Rows that don't pass.
    Not(Box<Filter>),
    /// A test of a numeric column.
    Number {
        /// Place of the column.
        column: usize,
        /// What passes.
        test: NumberTest,
    },
    /// A test of a categorical column.
    Levels {
        /// Place of the column.
        column: usize,
        /// One entry a level: whether it passes.
        passes: Vec<bool>,
    },
    /// A test of an identifier or free text.
    Text {
        /// Place of the column.
        column: usize,
        /// What passes.
        test: TextTest,
    },
}

/// What number passes.
#[derive(Clone, Debug, PartialEq)]
pub enum NumberTest {
    /// Below.
    Below(f64),
    /// Not above.
    UpTo(f64),
    /// Above.
    Above(f64),
    /// Not below.
    From(f64),
    /// From the first to the second, both included.
    Between(f64, f64),
    /// One of them.
    OneOf(Vec<f64>),
}

/// What text passes.
#[derive(Clone, Debug, PartialEq)]
pub enum TextTest {
    /// One of them.
    OneOf(Vec<String>),
    /// A text with this in it, in lower case; the case of ASCII letters does not count.
    Contains(String),
}

impl Filter {
    /// Reads a filter for a data set with these columns; white space alone lets every row pass.
    ///
    /// # Errors
    /// The first thing that is no filter, with its place.
    pub fn parse(
        text: &str,
        columns: &[ColumnSummary],
        number: ReadNumber,
    ) -> Result<Self, FilterError> {
        parse::parse(text, columns, number)
    }
}

/// A finite number as Rust writes it.
#[must_use]
pub fn plain_number(text: &str) -> Option<f64> {
    text.parse().ok().filter(|number: &f64| number.is_finite())
}
