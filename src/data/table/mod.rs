//! A file cut into cells: every column's texts and which of them each row has, no meaning yet.
//!
//! A [`Table`] is what a data set is made from: what its texts mean is said by a
//! [`Schema`](super::Schema), which can be changed as often as a person likes.

mod column;
mod dictionary;

pub use column::{ColumnTexts, TableColumn};
pub use dictionary::Dictionary;

use super::RowIssue;
use super::csv::Format;

/// A table of texts.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// Digest of the file's bytes, and of how it was cut where a person said how.
    pub digest: u64,
    /// How the file was cut into cells.
    pub format: Format,
    /// In file order.
    pub columns: Vec<TableColumn>,
    /// Data rows of the file; blank lines are none.
    pub rows_read: usize,
    /// Data row, from 1, of every row of cells; rows with an issue have no cells.
    pub source_rows: Vec<u32>,
    /// Of rows with a wrong number of cells, or blank ones.
    pub issues: Vec<RowIssue>,
}

impl Table {
    /// Rows of cells.
    #[must_use]
    pub fn n_rows(&self) -> usize {
        self.source_rows.len()
    }
}
