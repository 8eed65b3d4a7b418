//! Which column is predicted, and which of its classes is the positive one.

use super::ReadError;
use super::error::clipped;
use crate::data::{Column, ColumnKind, ColumnValues, Target};

/// Levels that mean "this customer left", in lower case.
const POSITIVE: [&str; 9] =
    ["yes", "y", "true", "true.", "1", "churn", "churned", "left", "exited"];

/// The column asked for, or the one named Churn in any case.
///
/// # Errors
/// [`ReadError::UnknownTarget`] when the one asked for is not there.
pub fn wanted<'a>(
    names: impl Iterator<Item = &'a str> + Clone,
    asked: Option<&str>,
) -> Result<Option<usize>, ReadError> {
    match asked {
        None => Ok(names.clone().position(|name| name.eq_ignore_ascii_case("churn"))),
        Some(asked) => match names.clone().position(|name| name == asked) {
            Some(position) => Ok(Some(position)),
            None => {
                Err(ReadError::UnknownTarget { target: clipped(asked), columns: listed(names) })
            }
        },
    }
}

/// The column to predict and its classes: the wanted one, or else the last one with two levels.
///
/// # Errors
/// [`ReadError::NotTwoClasses`] for the wanted one.
pub fn choose(
    columns: &[Column],
    wanted: Option<usize>,
) -> Result<Option<(usize, Target)>, ReadError> {
    match wanted.and_then(|position| Some((position, columns.get(position)?))) {
        Some((position, column)) => match target(column) {
            Some(target) => Ok(Some((position, target))),
            None => Err(ReadError::NotTwoClasses {
                target: clipped(&column.name),
                classes: classes(column),
            }),
        },
        None => Ok(columns
            .iter()
            .enumerate()
            .rev()
            .find_map(|(position, column)| Some((position, target(column)?)))),
    }
}

/// `None` unless the column has two levels.
fn target(column: &Column) -> Option<Target> {
    let ColumnValues::Levels { levels, codes } = &column.values else { return None };
    let [first, second] = levels.as_slice() else { return None };
    let is_positive = |level: &str| POSITIVE.contains(&level.to_lowercase().as_str());
    let second_is_rarer = 2 * codes.iter().filter(|&&code| code == 1).count() <= codes.len();
    let second_is_positive = is_positive(second) || (!is_positive(first) && second_is_rarer);
    let (negative, positive) = if second_is_positive { (first, second) } else { (second, first) };
    Some(Target {
        column: column.name.clone(),
        positive_class: positive.clone(),
        negative_class: negative.clone(),
    })
}

/// "3 classes (DSL, Fiber optic, No)".
fn classes(column: &Column) -> String {
    match &column.values {
        ColumnValues::Levels { levels, .. } => {
            let count =
                if levels.len() == 1 { "1 class" } else { &format!("{} classes", levels.len()) };
            format!("{count} ({})", listed(levels.iter().map(String::as_str)))
        }
        ColumnValues::Numbers(_) | ColumnValues::Text(_) => match column.kind {
            ColumnKind::Numeric => "too many different numbers".to_owned(),
            _ => "too many different texts".to_owned(),
        },
    }
}

/// The first 30, separated by commas.
fn listed<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    let mut texts: Vec<String> = texts.map(clipped).collect();
    let more = texts.len().saturating_sub(30);
    if more > 0 {
        texts.truncate(30);
        texts.push(format!("and {more} more"));
    }
    texts.join(", ")
}
