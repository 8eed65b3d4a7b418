//! A CSV file's bytes → [`Dataset`].
//!
//! The file comes in pieces and is walked once: bytes become text (`text`), text rows (`table`; plain
//! ones in `scan`, all others in `record`), and rows the columns' texts, the few of most columns
//! numbered (`column`, `dictionary`). When it has ended, `kind` decides what the texts of each column
//! mean, and `clean` leaves out the rows that don't fit.
//!
//! What walks a whole column is never inlined: a browser replaces the slow code it made of a function
//! first only when the function is called again.

mod cells;
mod clean;
mod column;
mod delimiter;
mod dictionary;
mod digest;
mod error;
mod kind;
mod lines;
mod number;
mod reader;
mod record;
mod scan;
mod table;
mod target;
mod text;
mod write;

pub use error::ReadError;
pub use kind::MAX_LEVELS;
pub use reader::Reader;
pub use table::{MAX_COLUMNS, MAX_ROW_BYTES};
pub use text::MAX_BYTES;
pub use write::to_csv;

use super::Dataset;

/// Reads a customer table.
///
/// Text is UTF-8 or, with a byte order mark, UTF-16. Cells are separated by comma, semicolon, tab or
/// `|` and may be quoted with `"`; lines end with CRLF, LF or CR; blank lines are skipped; the first
/// line names the columns. White space around a cell is cut.
///
/// A column is an identifier when its name says so or when its texts all differ; numeric when at
/// least 95 % of its cells are finite numbers; categorical when it has at most [`MAX_LEVELS`]
/// levels, 0/1 being read as No/Yes; else free text. Columns without a name, and those blank in most
/// rows, are kept as text that no model sees. A row with a blank or unfit cell in a numeric or
/// categorical column is left out and said in [`Dataset::issues`].
///
/// `target` names the column to predict; `None` takes the one named Churn, or the last one with two
/// levels. The positive class is yes, true, 1, churned, left, exited or the like, else the rarer one.
///
/// # Errors
/// When the file as a whole can't be used; see [`ReadError`].
pub fn read(bytes: &[u8], name: &str, target: Option<&str>) -> Result<Dataset, ReadError> {
    let mut reader = Reader::new(name, target);
    reader.push(bytes);
    reader.finish()
}
