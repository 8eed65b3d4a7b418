//! A CSV file's bytes → [`Table`].
//!
//! The file comes in pieces and is walked once: bytes become text (`text`), text rows (`table`; plain
//! ones in `scan`, all others in `record`), and rows the columns' texts, the few of most columns
//! numbered. What they mean is for the [`Schema`](super::Schema) to say.
//!
//! What walks a whole column is never inlined: a browser replaces the slow code it made of a function
//! first only when the function is called again.

mod cells;
mod delimiter;
mod error;
mod format;
mod lines;
mod reader;
mod record;
mod scan;
mod table;
mod text;
mod write;

pub use error::{ReadError, clipped};
pub use format::{Delimiter, Encoding, Format, FormatChoice, Quote};
pub use reader::Reader;
pub use table::{MAX_COLUMNS, MAX_ROW_BYTES};
pub use text::MAX_BYTES;
pub use write::to_csv;

use super::{Dataset, Table};

/// Reads a customer table whose columns mean what they look like; see
/// [`Schema::infer`](super::Schema::infer).
///
/// Text is UTF-8, UTF-16 or, where it fits neither, Latin-1. Cells are separated by comma, semicolon,
/// tab or `|` and may be quoted with `"` or `'`; lines end with CRLF, LF or CR; blank lines are
/// skipped; the first line names the columns unless it looks like data. White space around a cell is
/// cut. A row with a blank or unfit cell in a column that a model sees is left out and said in
/// [`Dataset::issues`].
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

/// Cuts a file into cells, as far as a person does not say how as it looks.
///
/// # Errors
/// When the file as a whole is no table; see [`ReadError`].
pub fn read_table(bytes: &[u8], name: &str, choice: FormatChoice) -> Result<Table, ReadError> {
    let mut reader = Reader::with(name, None, choice);
    reader.push(bytes);
    reader.finish_table()
}
