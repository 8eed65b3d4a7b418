//! A table of customers, column by column.

use std::fmt;
use std::ops::Range;

use serde::{Deserialize, Serialize};

/// Names a data set: a digest of its content and name, so the same file read twice is one data set.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DatasetId(pub String);

impl fmt::Display for DatasetId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The rows of a file that could be used, with everything that could not said in `issues`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Dataset {
    /// What the page, the storage and the workers call it.
    pub id: DatasetId,
    /// The file's name, or the name a person gave.
    pub name: String,
    /// In file order; every column has `n_rows` values.
    pub columns: Vec<Column>,
    /// What is predicted; `None` when no column with two levels was found.
    pub target: Option<Target>,
    /// Data rows in the file, the header not counted.
    pub rows_read: usize,
    /// For every kept row, its data row in the file, counted from 1; length `n_rows`.
    pub source_rows: Vec<u32>,
    /// Why rows were left out, in file order.
    pub issues: Vec<RowIssue>,
}

impl Dataset {
    /// Kept rows.
    #[must_use]
    pub fn n_rows(&self) -> usize {
        self.source_rows.len()
    }

    /// The column of that exact name.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// The columns a model learns from, in file order.
    pub fn features(&self) -> impl Iterator<Item = &Column> {
        self.columns.iter().filter(|column| column.role == Role::Feature)
    }

    /// Row `row` (kept rows, from 0) as a person would write it, features only; `None` past the end.
    #[must_use]
    pub fn record(&self, row: usize) -> Option<super::Record> {
        (row < self.n_rows()).then(|| {
            self.features()
                .filter_map(|column| Some((column.name.clone(), column.values.value(row)?)))
                .collect()
        })
    }

    /// Whether each kept row is of the positive class; `None` without a target.
    #[must_use]
    pub fn labels(&self) -> Option<Vec<bool>> {
        let target = self.target.as_ref()?;
        let ColumnValues::Levels { levels, codes } = &self.column(&target.column)?.values else {
            return None;
        };
        let positive = levels.iter().position(|level| *level == target.positive_class)?;
        Some(codes.iter().map(|&code| usize::from(code) == positive).collect())
    }

    /// The text that names row `row` (kept rows, from 0); `None` without an identifier column.
    #[must_use]
    pub fn identifier(&self, row: usize) -> Option<&str> {
        self.identifiers()?.get(row)
    }

    /// The kept row of a customer: by the text of the identifier column, else by row number from 0.
    #[must_use]
    pub fn position(&self, customer: &str) -> Option<usize> {
        let customer = customer.trim();
        self.identifiers()
            .and_then(|texts| texts.position(customer))
            .or_else(|| customer.parse().ok().filter(|&row| row < self.n_rows()))
    }

    /// At most `count` kept rows from `from` (from 0) on, all columns in file order.
    #[must_use]
    pub fn rows(&self, from: usize, count: usize) -> Vec<Vec<super::Value>> {
        (from..from.saturating_add(count).min(self.n_rows()))
            .map(|row| self.columns.iter().filter_map(|column| column.values.value(row)).collect())
            .collect()
    }

    /// The texts of the first identifier column.
    fn identifiers(&self) -> Option<&TextColumn> {
        self.columns.iter().find_map(|column| match (column.role, &column.values) {
            (Role::Identifier, ColumnValues::Text(texts)) => Some(texts),
            _ => None,
        })
    }
}

/// One column of a [`Dataset`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Column {
    /// The header's text.
    pub name: String,
    /// What its values are.
    pub kind: ColumnKind,
    /// What it is used for.
    pub role: Role,
    /// Blank cells in the file, rows left out included.
    pub missing: u32,
    /// One value a kept row.
    pub values: ColumnValues,
}

/// What the values of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ColumnKind {
    /// Text that names the row.
    Identifier,
    /// Finite numbers.
    Numeric,
    /// One of a few levels.
    Categorical,
    /// Free text: too many levels to learn from, or blank in most rows.
    Text,
}

/// What a column is used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// The model learns from it.
    Feature,
    /// The model learns to predict it.
    Target,
    /// Names the row.
    Identifier,
    /// Left out.
    Ignored,
}

/// The values of the kept rows of a column.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ColumnValues {
    /// Finite numbers.
    Numbers(Vec<f64>),
    /// Dictionary-encoded text: `codes[row]` indexes `levels`, which are sorted by code point.
    Levels {
        /// Distinct values, sorted by code point.
        levels: Vec<String>,
        /// One index into `levels` a row.
        codes: Vec<u16>,
    },
    /// Text as it stands.
    Text(TextColumn),
}

impl ColumnValues {
    /// The value of a kept row; `None` past the end.
    #[must_use]
    pub fn value(&self, row: usize) -> Option<super::Value> {
        match self {
            Self::Numbers(numbers) => numbers.get(row).map(|&n| super::Value::Number(n)),
            Self::Levels { levels, codes } => codes
                .get(row)
                .and_then(|&code| levels.get(usize::from(code)))
                .map(|level| super::Value::Text(level.clone())),
            Self::Text(text) => text.get(row).map(|t| super::Value::Text(t.to_owned())),
        }
    }
}

/// Many texts in one buffer.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TextColumn {
    bytes: String,
    ends: Vec<u32>,
}

impl TextColumn {
    /// Adds a row's text at the end.
    pub fn push(&mut self, text: &str) {
        self.bytes.push_str(text);
        self.ends.push(u32::try_from(self.bytes.len()).unwrap_or(u32::MAX));
    }

    /// The column whose texts stand in `bytes` one after the other, each one's end in `ends`; `None`
    /// when those are no ends of texts.
    #[must_use]
    pub fn from_parts(bytes: String, ends: Vec<u32>) -> Option<Self> {
        let fits = ends.is_sorted()
            && ends.last().map_or(0, |&end| end as usize) == bytes.len()
            && ends.iter().all(|&end| bytes.is_char_boundary(end as usize));
        fits.then_some(Self { bytes, ends })
    }

    /// The texts one after the other, and each one's end, as in [`from_parts`](Self::from_parts).
    #[must_use]
    pub fn parts(&self) -> (&str, &[u32]) {
        (&self.bytes, &self.ends)
    }

    /// Gives back the room for texts that don't come.
    pub fn shrink(&mut self) {
        self.bytes.shrink_to_fit();
        self.ends.shrink_to_fit();
    }

    /// The text of a row; `None` past the end.
    #[must_use]
    pub fn get(&self, row: usize) -> Option<&str> {
        let end = *self.ends.get(row)? as usize;
        self.bytes.get(self.start(row)..end)
    }

    /// Where the text of a row starts in `bytes`.
    fn start(&self, row: usize) -> usize {
        let before = row.checked_sub(1).and_then(|before| self.ends.get(before));
        before.map_or(0, |&end| end as usize)
    }

    /// The texts of some rows, given as ranges in ascending order.
    pub(super) fn select(&self, rows: &[Range<usize>]) -> Self {
        if matches!(rows, [all] if *all == (0..self.len())) {
            return self.clone();
        }
        let mut selected = Self {
            bytes: String::with_capacity(self.bytes.len()),
            ends: Vec::with_capacity(self.ends.len()),
        };
        for run in rows {
            let (start, end) = (self.start(run.start), self.start(run.end));
            let shift = start as u32 - selected.bytes.len() as u32;
            selected.bytes.push_str(self.bytes.get(start..end).unwrap_or_default());
            let ends = self.ends.get(run.clone()).unwrap_or_default();
            selected.ends.extend(ends.iter().map(|end| end - shift));
        }
        selected
    }

    /// How many texts.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// No texts.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The texts, row by row.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        let mut start = 0;
        self.ends.iter().filter_map(move |&end| {
            let text = self.bytes.get(start..end as usize);
            start = end as usize;
            text
        })
    }

    /// Which texts are empty.
    #[must_use]
    pub fn blanks(&self) -> Vec<bool> {
        let mut start = 0;
        let is_blank = |&end: &u32| std::mem::replace(&mut start, end) == end;
        self.ends.iter().map(is_blank).collect()
    }

    /// The texts of at most `length` bytes that start with one of `first`; whole columns are passed
    /// over without a look at their texts.
    pub(super) fn short<'a>(
        &'a self,
        length: u32,
        first: &'a [u8],
    ) -> impl Iterator<Item = &'a str> {
        let bytes = self.bytes.as_bytes();
        let mut start = 0;
        self.ends.iter().filter_map(move |&end| {
            let from = std::mem::replace(&mut start, end);
            let is_short = end - from <= length && end > from;
            let starts = is_short && first.contains(bytes.get(from as usize)?);
            if starts { self.bytes.get(from as usize..end as usize) } else { None }
        })
    }

    /// The row that holds exactly this text.
    #[must_use]
    pub fn position(&self, text: &str) -> Option<usize> {
        self.iter().position(|other| other == text)
    }

    /// How many different texts.
    #[must_use]
    pub fn distinct(&self) -> usize {
        let mut texts: Vec<&str> = self.iter().collect();
        texts.sort_unstable();
        texts.dedup();
        texts.len()
    }
}

/// The column to predict and which of its two levels counts as positive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// The column's name.
    pub column: String,
    /// The level whose probability a model gives ("Yes").
    pub positive_class: String,
    /// The other level ("No").
    pub negative_class: String,
}

/// A cell that made a row unusable.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowIssue {
    /// The data row in the file, counted from 1; the header is not counted.
    pub row: u32,
    /// The column's header, or empty when the whole row is meant.
    pub column: String,
    /// What is wrong, readable alone: "TotalCharges is blank".
    pub message: String,
}
