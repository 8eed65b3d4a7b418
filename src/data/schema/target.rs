//! Which column is predicted, and which of its classes is the positive one.

use super::{MissingPolicy, Schema, SchemaError};
use crate::data::csv::{ReadError, clipped};
use crate::data::{Column, ColumnKind, ColumnValues, Target};

/// Levels that mean "this customer left", in lower case.
const POSITIVE: [&str; 11] =
    ["yes", "y", "true", "true.", "1", "ja", "oui", "churn", "churned", "left", "exited"];

/// The column asked for, or the one named Churn in any case.
///
/// # Errors
/// [`ReadError::UnknownTarget`] when the one asked for is not there.
pub fn wanted<'a>(
    names: impl Iterator<Item = &'a str> + Clone,
    asked: Option<&str>,
) -> Result<Option<usize>, ReadError> {
    match asked {
        None => Ok(names.clone().position(is_named_so)),
        Some(asked) => match names.clone().position(|name| name == asked) {
            Some(position) => Ok(Some(position)),
            None => {
                Err(ReadError::UnknownTarget { target: clipped(asked), columns: listed(names) })
            }
        },
    }
}

/// Why the column that is named as the one to predict is not: "Churn has 3 classes (maybe, no, yes)". `None`
/// where there is none, a person could choose it, or no model can see it.
pub fn refusal(columns: &[Column]) -> Option<String> {
    let column = columns.iter().find(|column| is_named_so(&column.name))?;
    let is_seen = matches!(column.kind, ColumnKind::Numeric | ColumnKind::Categorical);
    let refused = is_seen && classes(column).is_none();
    refused.then(|| format!("{} has {}", clipped(&column.name), described(column)))
}

fn is_named_so(name: &str) -> bool {
    name.eq_ignore_ascii_case("churn")
}

/// The last column with two levels, none of which stands for missing values.
pub fn likely(columns: &[Column], schema: &Schema) -> Option<usize> {
    let plans = columns.iter().zip(&schema.columns);
    plans
        .rev()
        .position(|(column, plan)| {
            plan.missing == MissingPolicy::DropRow && classes(column).is_some()
        })
        .map(|from_end| columns.len() - 1 - from_end)
}

/// The column to predict and its classes, the positive one as a person says or as it looks.
///
/// # Errors
/// [`ReadError::NotTwoClasses`]; [`SchemaError::UnknownClass`] when the positive class is none of the
/// two.
pub fn of(column: &Column, positive: Option<&str>) -> Result<Target, ReadError> {
    let Some((levels, codes)) = classes(column) else {
        let (target, classes) = (clipped(&column.name), described(column));
        return Err(ReadError::NotTwoClasses { target, classes });
    };
    let [first, second] = levels;
    let second_is_positive = match positive {
        Some(class) if class == second => true,
        Some(class) if class == first => false,
        Some(class) => {
            return Err(SchemaError::UnknownClass {
                column: column.name.clone(),
                class: clipped(class),
                classes: format!("{}, {}", clipped(first), clipped(second)),
            }
            .into());
        }
        None => {
            let is_positive = |level: &str| POSITIVE.contains(&level.to_lowercase().as_str());
            let second_is_rarer =
                2 * codes.iter().filter(|&&code| code == 1).count() <= codes.len();
            is_positive(second) || (!is_positive(first) && second_is_rarer)
        }
    };
    let (negative, positive) = if second_is_positive { (first, second) } else { (second, first) };
    Ok(Target {
        column: column.name.clone(),
        positive_class: positive.clone(),
        negative_class: negative.clone(),
    })
}

/// The two levels of a column and the rows' codes; `None` unless it has two.
fn classes(column: &Column) -> Option<(&[String; 2], &[u16])> {
    let ColumnValues::Levels { levels, codes } = &column.values else { return None };
    Some((levels.as_slice().try_into().ok()?, codes))
}

/// "3 classes (DSL, Fiber optic, No)".
fn described(column: &Column) -> String {
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
