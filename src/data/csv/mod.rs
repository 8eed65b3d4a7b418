//! A CSV file's bytes → [`Dataset`].
//!
//! The file is walked once. Every column becomes its distinct texts and one code a row; what a text
//! means (a number, a level, nothing usable) is then decided once a distinct text.

mod delimiter;
mod dictionary;
mod digest;
mod error;
mod kind;
mod table;
mod target;
mod text;
mod write;

pub use error::ReadError;
pub use kind::MAX_LEVELS;
pub use table::{MAX_COLUMNS, MAX_ROW_BYTES};
pub use text::MAX_BYTES;
pub use write::to_csv;

use self::kind::{Cells, Reading};
use self::table::{RawColumn, RawTable};
use super::{Column, ColumnValues, Dataset, DatasetId, Role, RowIssue, TextColumn};

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
    let text = text::decode(bytes)?;
    let table = table::read_table(&text, delimiter::delimiter(&text))?;
    let wanted = target::wanted(table.columns.iter().map(|column| column.name.as_str()), target)?;
    let readings: Vec<Reading> = table
        .columns
        .iter()
        .enumerate()
        .map(|(position, column)| Reading::of(column, wanted == Some(position)))
        .collect();

    let (kept, issues) = usable_rows(&table, &readings);
    if kept.is_empty() {
        let first =
            issues.iter().take(3).map(|issue| format!("row {}: {}", issue.row, issue.message));
        let first_issues = first.collect::<Vec<_>>().join("; ");
        return Err(ReadError::NoUsableRows { rows_read: table.rows_read, first_issues });
    }
    let source_rows = kept.iter().map(|&row| table.source_rows[row as usize]).collect();
    let mut columns: Vec<Column> = table
        .columns
        .into_iter()
        .zip(readings)
        .map(|(raw, reading)| column(raw, reading, &kept))
        .collect();
    let target = target::choose(&columns, wanted)?.map(|(position, target)| {
        columns[position].role = Role::Target;
        target
    });
    let target_name = target.as_ref().map_or("", |target| target.column.as_str());
    Ok(Dataset {
        id: dataset_id(bytes, name, target_name),
        name: name.to_owned(),
        columns,
        target,
        rows_read: table.rows_read,
        source_rows,
        issues,
    })
}

/// Names a data set by the file's content, its name and what is predicted.
fn dataset_id(bytes: &[u8], name: &str, target: &str) -> DatasetId {
    let state = [name.as_bytes(), target.as_bytes(), bytes].into_iter().fold(0, digest::digest);
    DatasetId(format!("{state:016x}"))
}

/// Indices of the rows without an issue, and all issues in file order.
fn usable_rows(table: &RawTable, readings: &[Reading]) -> (Vec<u32>, Vec<RowIssue>) {
    let mut usable = vec![true; table.source_rows.len()];
    let mut issues = table.issues.clone();
    for (column, reading) in table.columns.iter().zip(readings) {
        let complaints = reading.cells.complaints();
        if complaints.iter().all(Option::is_none) {
            continue;
        }
        for (at, &code) in column.codes.iter().enumerate() {
            if let Some(complaint) = complaints[code as usize] {
                usable[at] = false;
                issues.push(RowIssue {
                    row: table.source_rows[at],
                    column: column.name.clone(),
                    message: format!("{} {complaint}", column.name),
                });
            }
        }
    }
    issues.sort_by_key(|issue| issue.row);
    let kept = (0..).zip(usable).filter_map(|(at, usable)| usable.then_some(at)).collect();
    (kept, issues)
}

/// The kept rows of a column.
fn column(raw: RawColumn, reading: Reading, kept: &[u32]) -> Column {
    let codes = kept.iter().map(|&row| raw.codes[row as usize]);
    let values = match reading.cells {
        Cells::Numbers(numbers) => {
            let numbers: Vec<f64> = numbers.into_iter().map(Result::unwrap_or_default).collect();
            ColumnValues::Numbers(codes.map(|code| numbers[code as usize]).collect())
        }
        Cells::Levels(cells) => levels(&cells, codes),
        Cells::Text => {
            let texts: Vec<&str> = raw.dictionary.texts().iter().collect();
            let mut column = TextColumn::default();
            codes.for_each(|code| column.push(texts[code as usize]));
            ColumnValues::Text(column)
        }
    };
    Column {
        name: raw.name,
        kind: reading.kind,
        role: reading.role,
        missing: reading.missing,
        values,
    }
}

/// The levels that kept rows have, sorted by code point, and each row's index into them.
fn levels(
    cells: &[Result<String, String>],
    codes: impl Iterator<Item = u32> + Clone,
) -> ColumnValues {
    let mut seen = vec![false; cells.len()];
    codes.clone().for_each(|code| seen[code as usize] = true);
    let mut levels: Vec<String> = cells
        .iter()
        .zip(seen)
        .filter_map(|(cell, seen)| cell.as_ref().ok().filter(|_| seen).cloned())
        .collect();
    levels.sort_unstable();
    levels.dedup();
    let index: Vec<u16> = cells
        .iter()
        .map(|cell| cell.as_ref().map_or(0, |level| levels.partition_point(|l| l < level) as u16))
        .collect();
    ColumnValues::Levels { codes: codes.map(|code| index[code as usize]).collect(), levels }
}
