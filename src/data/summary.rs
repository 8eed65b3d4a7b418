//! What the page keeps of a data set while the rows stay with the workers.

use serde::{Deserialize, Serialize};

use super::csv::Format;
use super::{
    ColumnKind, ColumnValues, Dataset, DatasetId, Interpreted, Role, RowIssue, Schema, Target,
    Warning,
};

/// Issues a summary carries at most; `n_issues` counts them all. Each takes the page's thread a tenth of a
/// millisecond on its way.
pub const SUMMARY_ISSUES: usize = 50;

/// A data set without its rows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DatasetSummary {
    /// The data set.
    pub id: DatasetId,
    /// Its name.
    pub name: String,
    /// Data rows in the file.
    pub rows_read: u32,
    /// Rows that could be used.
    pub kept: u32,
    /// In file order.
    pub columns: Vec<ColumnSummary>,
    /// What is predicted.
    pub target: Option<Target>,
    /// The first [`SUMMARY_ISSUES`] reasons for leaving rows out.
    pub issues: Vec<RowIssue>,
    /// All of them.
    pub n_issues: u32,
    /// How long reading took, milliseconds.
    pub read_ms: f64,
    /// How the file was cut into cells, what its columns mean, and what to look at; `None` for data
    /// sets stored by earlier labs.
    #[serde(default)]
    pub reading: Option<Box<Reading>>,
}

/// How a file was read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// How it was cut into cells.
    pub format: Format,
    /// What its columns mean.
    pub schema: Schema,
    /// Cells without a value, by column of the schema.
    pub gaps: Vec<ColumnGaps>,
    /// What a person should look at.
    pub warnings: Vec<Warning>,
}

/// The cells of a column that have no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnGaps {
    /// Blank, or standing for a missing value.
    pub missing: u32,
    /// Filled with what can't be read as the column's values.
    pub unfit: u32,
}

/// A column without its values.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ColumnSummary {
    /// The header's text.
    pub name: String,
    /// What its values are.
    pub kind: ColumnKind,
    /// What it is used for.
    pub role: Role,
    /// Of a categorical column, sorted by code point; else empty.
    pub levels: Vec<String>,
    /// Its numbers are dates. False in data sets stored by labs that knew none.
    #[serde(default)]
    pub is_date: bool,
}

impl DatasetSummary {
    /// The summary of a data set that took `read_ms` milliseconds to read.
    #[must_use]
    pub fn of(read: &Interpreted, format: Format, read_ms: f64) -> Self {
        let Interpreted { dataset, schema, unfit, warnings } = read;
        let gaps = dataset.columns.iter().zip(unfit);
        let gaps = gaps.map(|(column, &unfit)| ColumnGaps { missing: column.missing, unfit });
        let reading = Reading {
            format,
            schema: schema.clone(),
            gaps: gaps.collect(),
            warnings: warnings.clone(),
        };
        Self {
            id: dataset.id.clone(),
            name: dataset.name.clone(),
            rows_read: dataset.rows_read as u32,
            kept: dataset.n_rows() as u32,
            columns: Self::columns_of(dataset),
            target: dataset.target.clone(),
            issues: dataset.issues.iter().take(SUMMARY_ISSUES).cloned().collect(),
            n_issues: dataset.issues.len() as u32,
            read_ms,
            reading: Some(Box::new(reading)),
        }
    }

    /// The columns of a data set without their values.
    #[must_use]
    pub fn columns_of(dataset: &Dataset) -> Vec<ColumnSummary> {
        let columns = dataset.columns.iter().map(|column| ColumnSummary {
            name: column.name.clone(),
            kind: column.kind,
            role: column.role,
            levels: match &column.values {
                ColumnValues::Levels { levels, .. } => levels.clone(),
                ColumnValues::Numbers(_) | ColumnValues::Text(_) => Vec::new(),
            },
            is_date: column.is_date,
        });
        columns.collect()
    }
}
