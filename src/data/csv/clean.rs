//! Cells → columns: what each column means, and which rows can be used.

use std::ops::Range;

use super::ReadError;
use super::column::{RawCells, RawColumn};
use super::kind::{Meaning, Reading};
use super::table::RawTable;
use super::target;
use crate::data::{Column, ColumnValues, Role, RowIssue, Target, TextColumn};

/// A table whose columns have a meaning, without the rows that could not be used.
pub struct Cleaned {
    /// In file order.
    pub columns: Vec<Column>,
    /// What is predicted.
    pub target: Option<Target>,
    /// Data rows in the file.
    pub rows_read: usize,
    /// For every kept row, its data row in the file, counted from 1.
    pub source_rows: Vec<u32>,
    /// Why rows were left out, in file order.
    pub issues: Vec<RowIssue>,
}

/// Decides what columns mean, leaves out rows that don't fit, and finds the target.
///
/// # Errors
/// [`ReadError::UnknownTarget`], [`ReadError::NoUsableRows`], [`ReadError::NotTwoClasses`].
pub fn clean(table: RawTable, target: Option<&str>) -> Result<Cleaned, ReadError> {
    let RawTable { columns, rows_read, source_rows, mut issues } = table;
    let wanted = target::wanted(columns.iter().map(|column| column.name.as_str()), target)?;
    let readings: Vec<Reading> = columns
        .iter()
        .enumerate()
        .map(|(position, column)| Reading::of(column, wanted == Some(position)))
        .collect();

    let mut usable = vec![true; source_rows.len()];
    for (column, reading) in columns.iter().zip(&readings) {
        for (at, text) in unfit(&column.cells, &reading.meaning) {
            usable[at] = false;
            let complaint = reading.meaning.complaint(text);
            issues.push(RowIssue {
                row: source_rows[at],
                column: column.name.clone(),
                message: format!("{} {complaint}", column.name),
            });
        }
    }
    issues.sort_by_key(|issue| issue.row);
    let kept = runs(&usable);
    if kept.is_empty() {
        let first =
            issues.iter().take(3).map(|issue| format!("row {}: {}", issue.row, issue.message));
        let first_issues = first.collect::<Vec<_>>().join("; ");
        return Err(ReadError::NoUsableRows { rows_read, first_issues });
    }
    let source_rows = kept.iter().flat_map(|run| &source_rows[run.clone()]).copied().collect();
    let mut columns: Vec<Column> = columns
        .into_iter()
        .zip(readings)
        .map(|(raw, reading)| column(raw, reading, &kept))
        .collect();
    let target = target::choose(&columns, wanted)?.map(|(position, target)| {
        columns[position].role = Role::Target;
        target
    });
    Ok(Cleaned { columns, target, rows_read, source_rows, issues })
}

/// The rows whose cells don't fit, and those cells.
#[inline(never)]
fn unfit<'a>(cells: &'a RawCells, meaning: &Meaning) -> Vec<(usize, &'a str)> {
    let entries = cells.entries().iter().enumerate();
    let unfit = entries.filter(|&(entry, text)| !meaning.fits(entry, text));
    match (cells, meaning) {
        (_, Meaning::Text) => Vec::new(),
        (RawCells::Plain { .. }, _) => unfit.collect(),
        (RawCells::Coded { codes, .. }, _) => {
            let mut texts = vec![None; cells.entries().len()];
            unfit.for_each(|(entry, text)| texts[entry] = Some(text));
            if texts.iter().all(Option::is_none) {
                return Vec::new();
            }
            let texts = codes.iter().map(|&code| texts[usize::from(code)]);
            texts.enumerate().filter_map(|(row, text)| Some((row, text?))).collect()
        }
    }
}

/// The rows that are true, as runs of neighbours.
fn runs(rows: &[bool]) -> Vec<Range<usize>> {
    let mut start = 0;
    let mut runs = Vec::new();
    for run in rows.chunk_by(|row, next| row == next) {
        let end = start + run.len();
        if run.first() == Some(&true) {
            runs.push(start..end);
        }
        start = end;
    }
    runs
}

/// The kept rows of a column.
#[inline(never)]
fn column(raw: RawColumn, reading: Reading, kept: &[Range<usize>]) -> Column {
    let RawColumn { name, cells, .. } = raw;
    let values = match reading.meaning {
        Meaning::Numbers(numbers) => ColumnValues::Numbers(cells.map(kept, |entry| numbers[entry])),
        Meaning::Flags(flags) => {
            let level = |entry: usize| if flags[entry] == 1.0 { "Yes" } else { "No" };
            levels(&cells, level, kept)
        }
        Meaning::Levels => {
            let entries: Vec<&str> = cells.entries().iter().collect();
            levels(&cells, |entry| entries[entry], kept)
        }
        Meaning::Text => ColumnValues::Text(texts(cells, kept)),
    };
    Column { name, kind: reading.kind, role: reading.role, missing: reading.missing, values }
}

/// The levels that kept rows have, sorted by code point, and each row's index into them. `level`
/// gives the one of an entry.
fn levels<'a>(
    cells: &RawCells,
    level: impl Fn(usize) -> &'a str,
    kept: &[Range<usize>],
) -> ColumnValues {
    let n_entries = cells.entries().len();
    let mut seen = vec![false; n_entries];
    cells.for_each(kept, |entry| seen[entry] = true);
    let mut levels: Vec<&str> = (0..n_entries).filter(|&entry| seen[entry]).map(&level).collect();
    levels.sort_unstable();
    levels.dedup();
    let index: Vec<u16> = (0..n_entries)
        .map(|entry| levels.partition_point(|other| *other < level(entry)) as u16)
        .collect();
    ColumnValues::Levels {
        codes: cells.map(kept, |entry| index[entry]),
        levels: levels.into_iter().map(str::to_owned).collect(),
    }
}

fn texts(cells: RawCells, kept: &[Range<usize>]) -> TextColumn {
    match cells {
        RawCells::Plain { texts, .. } => texts.select(kept),
        RawCells::Coded { .. } => {
            let entries: Vec<&str> = cells.entries().iter().collect();
            let mut texts = TextColumn::default();
            cells.for_each(kept, |entry| texts.push(entries[entry]));
            texts
        }
    }
}
