//! A table of customers, column by column.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::TextColumn;

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
    /// Its numbers are dates: days since the first of January 1970. No part of earlier stored forms.
    #[serde(skip)]
    pub is_date: bool,
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

    /// The values of these rows, in their order; rows past the end are left out.
    #[must_use]
    pub fn taken(&self, rows: &[u32]) -> Self {
        let rows = rows.iter().map(|&row| row as usize);
        match self {
            Self::Numbers(numbers) => {
                Self::Numbers(rows.filter_map(|row| numbers.get(row).copied()).collect())
            }
            Self::Levels { levels, codes } => {
                let codes = rows.filter_map(|row| codes.get(row).copied()).collect();
                Self::Levels { levels: levels.clone(), codes }
            }
            Self::Text(texts) => {
                let mut taken = TextColumn::default();
                rows.filter_map(|row| texts.get(row)).for_each(|text| taken.push(text));
                Self::Text(taken)
            }
        }
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
