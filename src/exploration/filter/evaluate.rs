//! A filter → which rows pass.

use super::{Filter, NumberTest, TextTest};
use crate::data::{ColumnValues, Dataset};

impl Filter {
    /// One entry a kept row: 0 where it passes, 1 where it does not. `dataset` must have the columns
    /// that the filter was checked against; a test of another kind of column lets nothing pass.
    #[must_use]
    pub fn failed(&self, dataset: &Dataset) -> Vec<u8> {
        let n_rows = dataset.n_rows();
        let values = |column: usize| dataset.columns.get(column).map(|column| &column.values);
        match self {
            Self::All(parts) => fold(parts, dataset, 0, |one, other| one | other),
            Self::Any(parts) => fold(parts, dataset, 1, |one, other| one & other),
            Self::Not(inner) => {
                let mut failed = inner.failed(dataset);
                failed.iter_mut().for_each(|failed| *failed ^= 1);
                failed
            }
            Self::Number { column, test } => match values(*column) {
                Some(ColumnValues::Numbers(numbers)) => test.failed(numbers),
                _ => vec![1; n_rows],
            },
            Self::Levels { column, passes } => match values(*column) {
                Some(ColumnValues::Levels { codes, .. }) => levels_failed(codes, passes),
                _ => vec![1; n_rows],
            },
            Self::Text { column, test } => match values(*column) {
                Some(ColumnValues::Text(texts)) => {
                    texts.iter().map(|text| u8::from(!test.passes(text))).collect()
                }
                _ => vec![1; n_rows],
            },
        }
    }
}

/// 0 where the code's level passes, else 1.
pub fn levels_failed(codes: &[u16], passes: &[bool]) -> Vec<u8> {
    let failed: Vec<u8> = passes.iter().map(|&passes| u8::from(!passes)).collect();
    codes.iter().map(|&code| failed.get(usize::from(code)).copied().unwrap_or(1)).collect()
}

fn fold(parts: &[Filter], dataset: &Dataset, none: u8, join: fn(u8, u8) -> u8) -> Vec<u8> {
    let mut parts = parts.iter().map(|part| part.failed(dataset));
    let Some(mut failed) = parts.next() else { return vec![none; dataset.n_rows()] };
    for part in parts {
        failed.iter_mut().zip(part).for_each(|(failed, part)| *failed = join(*failed, part));
    }
    failed
}

impl NumberTest {
    fn failed(&self, numbers: &[f64]) -> Vec<u8> {
        fn each(numbers: &[f64], passes: impl Fn(f64) -> bool) -> Vec<u8> {
            numbers.iter().map(|&number| u8::from(!passes(number))).collect()
        }
        match self {
            Self::Below(limit) => each(numbers, |number| number < *limit),
            Self::UpTo(limit) => each(numbers, |number| number <= *limit),
            Self::Above(limit) => each(numbers, |number| number > *limit),
            Self::From(limit) => each(numbers, |number| number >= *limit),
            Self::Between(from, to) => each(numbers, |number| number >= *from && number <= *to),
            Self::OneOf(allowed) => each(numbers, |number| allowed.contains(&number)),
        }
    }
}

impl TextTest {
    fn passes(&self, text: &str) -> bool {
        match self {
            Self::OneOf(allowed) => allowed.iter().any(|allowed| allowed == text),
            Self::Contains(part) => contains(text, part),
        }
    }
}

/// Whether `part`, in lower case, stands in the text; nothing is copied.
fn contains(text: &str, part: &str) -> bool {
    let (text, part) = (text.as_bytes(), part.as_bytes());
    part.is_empty() || text.windows(part.len()).any(|window| window.eq_ignore_ascii_case(part))
}
