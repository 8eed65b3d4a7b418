//! What the texts of a column become: one decision an entry, not one a cell.

use super::date;
use super::number::{self, Decimal};
use super::{ColumnPlan, ReadAs, Schema};
use crate::data::ColumnKind;
use crate::data::csv::clipped;
use crate::data::table::ColumnTexts;

/// The level of cells without a value, where they have one.
pub const MISSING_LEVEL: &str = "missing";

/// Largest size of a number: its square, summed over any table, is still finite.
const MAX_NUMBER: f64 = 1e100;

/// What the entries of a column become.
#[derive(Clone, Debug, PartialEq)]
pub enum Meaning<'a> {
    /// Texts as they stand; nothing can be wrong with them.
    Texts,
    /// A level an entry; `None` where it has no value.
    Levels(Vec<Option<&'a str>>),
    /// A number an entry; NaN where it has no value.
    Numbers(Vec<f64>),
}

impl<'a> Meaning<'a> {
    /// What a plan makes of the texts of a column.
    #[inline(never)]
    pub fn of(texts: &'a ColumnTexts, plan: &'a ColumnPlan, schema: &Schema) -> Self {
        let value = |text: &'a str| {
            let text = plan.replaced(text);
            (!schema.is_missing(text)).then_some(text)
        };
        let entries = texts.entries().iter();
        match (plan.read_as, plan.read_as.date_order()) {
            (_, Some(order)) => Self::numbers(entries.map(value), |text| date::parse(text, order)),
            (ReadAs::Number, _) => {
                Self::numbers(entries.map(value), |text| number::parse(text, schema.decimal))
            }
            (ReadAs::Category, _) => Self::Levels(entries.map(value).collect()),
            (ReadAs::Flag, _) => Self::Levels(flags(entries.map(value).collect())),
            _ => Self::Texts,
        }
    }

    fn numbers(
        values: impl Iterator<Item = Option<&'a str>>,
        parse: impl Fn(&str) -> Option<f64>,
    ) -> Self {
        let number = |text: Option<&str>| text.and_then(&parse).unwrap_or(f64::NAN);
        Self::of_numbers(values.map(number).collect())
    }

    /// Numbers, those that are too large being none.
    pub(super) fn of_numbers(mut numbers: Vec<f64>) -> Self {
        for number in &mut numbers {
            if number.abs() > MAX_NUMBER {
                *number = f64::NAN;
            }
        }
        Self::Numbers(numbers)
    }

    /// Whether an entry has no value.
    #[must_use]
    pub fn is_null(&self, entry: usize) -> bool {
        match self {
            Self::Texts => false,
            Self::Levels(levels) => levels.get(entry).is_none_or(Option::is_none),
            Self::Numbers(numbers) => numbers.get(entry).is_none_or(|number| number.is_nan()),
        }
    }
}

/// Yes and no as they are spelled; No and Yes where they are numbers, or spelled in several ways.
fn flags(values: Vec<Option<&str>>) -> Vec<Option<&str>> {
    let mut spellings: Vec<&str> = Vec::new();
    for text in values.iter().flatten() {
        if spellings.len() < 3 && flag(text).is_some() && !spellings.contains(text) {
            spellings.push(text);
        }
    }
    let as_written = spellings.len() < 3 && spellings.iter().all(|text| !is_number(text));
    let level = |text| match flag(text)? {
        _ if as_written => Some(text),
        true => Some("Yes"),
        false => Some("No"),
    };
    values.into_iter().map(|value| value.and_then(level)).collect()
}

fn is_number(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
}

/// Whether a text says yes or no, in any case of letters, in English, German or French, or 1 or 0.
pub fn flag(text: &str) -> Option<bool> {
    const YES: [&str; 6] = ["yes", "true", "y", "t", "ja", "oui"];
    const NO: [&str; 6] = ["no", "false", "n", "f", "nein", "non"];
    let is = |words: [&str; 6]| words.iter().any(|word| text.eq_ignore_ascii_case(word));
    if is(YES) {
        Some(true)
    } else if is(NO) {
        Some(false)
    } else {
        match number::parse(text, Decimal::Point)? {
            1.0 => Some(true),
            0.0 => Some(false),
            _ => None,
        }
    }
}

/// What is wrong with a cell that has no value, to be read after the column's name: "is blank".
pub fn complaint(text: &str, plan: &ColumnPlan, schema: &Schema) -> String {
    let text = plan.replaced(text);
    if text.is_empty() {
        return "is blank".to_owned();
    }
    if schema.is_missing(text) {
        return format!("is missing (\"{}\")", clipped(text));
    }
    let number = number::parse(text, schema.decimal);
    let allowed = match (plan.read_as, number) {
        (ReadAs::Flag, _) => "yes or no, or 1 or 0",
        (ReadAs::DateYmd, _) => "a date as 2024-12-31",
        (ReadAs::DateDmy, _) => "a date as 31.12.2024",
        (ReadAs::DateMdy, _) => "a date as 12/31/2024",
        (read_as, _) if read_as.kind() != ColumnKind::Numeric => "a value",
        (_, None) => "a number",
        (_, Some(number)) if number.is_finite() => "between -1e100 and 1e100",
        (_, Some(_)) => "a finite number",
    };
    format!("is \"{}\", not {allowed}", clipped(text))
}
