//! What can be wrong with a chart.

/// Why a chart cannot be drawn. Each message reads alone.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ChartError {
    /// A value is NaN, infinite, or so large that it has no place on an axis.
    #[error("{place} is {value}; a chart needs finite numbers of at most 10¹⁵")]
    BadNumber {
        /// Which value, in words: "value of Fiber optic in churn".
        place: String,
        /// The value found.
        value: f64,
    },
    /// A log axis has no place for 0 and below.
    #[error("{place} is {value}; a log axis needs numbers above 0")]
    NotPositive {
        /// Which value, in words: "x of point 3 of rbf".
        place: String,
        /// The value found.
        value: f64,
    },
    /// Two lists that belong together differ in length.
    #[error("{place} has {found} values; {expected} are needed")]
    UnequalLengths {
        /// Which list.
        place: String,
        /// How many values the rest of the chart asks for.
        expected: usize,
        /// How many there are.
        found: usize,
    },
    /// Values that must ascend do not: histogram edges, the five numbers of a box, the two ends of an interval or a range.
    #[error("{place} must ascend, but {after} follows {before}")]
    NotAscending {
        /// Which list.
        place: String,
        /// The value in front.
        before: f64,
        /// The value that follows it.
        after: f64,
    },
    /// The surface has no room for a chart.
    #[error(
        "a chart of {width} × {height} pixels is too small; it needs at least {min_width} × {min_height}"
    )]
    TooSmall {
        /// Width asked for, logical pixels.
        width: f64,
        /// Height asked for, logical pixels.
        height: f64,
        /// Least width.
        min_width: f64,
        /// Least height.
        min_height: f64,
    },
    /// The canvas or the SVG writer refused.
    #[error("the chart could not be drawn: {message}")]
    Drawing {
        /// What the drawing surface said.
        message: String,
    },
}

/// Largest magnitude an axis takes.
const LARGEST: f64 = 1e15;

/// Refuses a number that has no place on an axis; `place` is only built when it is needed.
pub(super) fn check_number(value: f64, place: impl FnOnce() -> String) -> Result<(), ChartError> {
    if value.is_finite() && value.abs() <= LARGEST {
        Ok(())
    } else {
        Err(ChartError::BadNumber { place: place(), value })
    }
}

/// Refuses a list whose length differs from its partner's.
pub(super) fn check_length(place: &str, expected: usize, found: usize) -> Result<(), ChartError> {
    if expected == found {
        Ok(())
    } else {
        Err(ChartError::UnequalLengths { place: place.to_owned(), expected, found })
    }
}

/// Refuses finite `values` that fall somewhere; equal neighbours are allowed.
pub(super) fn check_ascending(place: &str, values: &[f64]) -> Result<(), ChartError> {
    for value in values {
        check_number(*value, || format!("a value of {place}"))?;
    }
    for (before, after) in values.iter().zip(values.iter().skip(1)) {
        if after < before {
            return Err(ChartError::NotAscending {
                place: place.to_owned(),
                before: *before,
                after: *after,
            });
        }
    }
    Ok(())
}
