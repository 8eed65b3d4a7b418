//! Rows of customers as CSV text, and as the table that its reader makes of that text.

use super::params::PopulationParams;
use super::row::{COLUMNS, Cells, MOST_MONTHS, Row, Rows, WIDTH};
use crate::data::Table;
use crate::data::csv::Format;
use crate::data::digest::{Digest, digest};
use crate::data::table::{ColumnTexts, TableColumn};

/// A row of text is about this long.
const ROW_BYTES: usize = 138;

/// Rows that are taken in together, column by column.
const BATCH: usize = 256;

/// What stands for a level that no row had so far.
const UNKNOWN: u8 = u8::MAX;

/// A customer table of `rows` rows as CSV text with a header, wholly decided by `params` and `seed`.
///
/// Columns, levels and rules are those of IBM's Telco table: `No phone service` and, in all six
/// columns together, `No internet service`; `TotalCharges` is a blank where `tenure` is 0.
#[must_use]
pub fn csv(params: &PopulationParams, rows: u32, seed: u32) -> String {
    let mut out = String::with_capacity((rows as usize + 2) * ROW_BYTES);
    out.push_str(&COLUMNS.map(|(name, _)| name).join(","));
    out.push('\n');
    let mut drawn = Rows::new(params, rows, seed);
    let mut number = 0;
    while let Some(row) = drawn.next() {
        for (level, (_, cells)) in row.levels.into_iter().zip(&COLUMNS) {
            drawn.write(&mut out, cells, level, number, &row);
            out.push(',');
        }
        out.pop();
        out.push('\n');
        number += 1;
    }
    out
}

/// What [`read`](crate::data::csv::read) makes of the text of [`csv`], made without it.
pub(super) fn table(params: &PopulationParams, rows: u32, seed: u32, name: &str) -> Table {
    let mut columns = COLUMNS.map(|(name, _)| TableColumn::new(name.to_owned(), true));
    let mut codes = [[UNKNOWN; MOST_MONTHS + 1]; WIDTH];
    let mut drawn = Rows::new(params, rows, seed);
    let mut content = Digest::new(u64::from(seed));
    let mut first = 0;
    loop {
        let batch: Vec<Row> = drawn.by_ref().take(BATCH).collect();
        if batch.is_empty() {
            break;
        }
        batch.iter().for_each(|row| content.push(&row.bytes()));
        for (position, ((_, cells), column)) in COLUMNS.iter().zip(&mut columns).enumerate() {
            match cells {
                Cells::Levels(_) | Cells::Tenure => {
                    levels(&drawn, &batch, position, column, &mut codes[position]);
                }
                Cells::Identifier | Cells::Monthly | Cells::Total => {
                    texts(&drawn, &batch, first, cells, column);
                }
            }
        }
        if first == 0 {
            let times = f64::from(rows) / batch.len() as f64;
            columns.iter_mut().for_each(|column| column.reserve(times));
        }
        first += batch.len() as u32;
    }
    Table {
        digest: digest(content.value(), name.as_bytes()),
        format: Format::default(),
        columns: columns.into(),
        rows_read: rows as usize,
        source_rows: (1..=rows).collect(),
        issues: Vec::new(),
    }
}

/// Adds the codes of a batch's levels; each gets its code when a row has it for the first time.
fn levels(
    drawn: &Rows<'_>,
    batch: &[Row],
    position: usize,
    column: &mut TableColumn,
    known: &mut [u8; MOST_MONTHS + 1],
) {
    let (_, cells) = &COLUMNS[position];
    let ColumnTexts::Coded { dictionary, codes } = &mut column.texts else { return };
    codes.extend(batch.iter().map(|row| {
        let level = row.levels[position];
        let code = &mut known[usize::from(level)];
        if *code == UNKNOWN {
            let mut text = String::new();
            drawn.write(&mut text, cells, level, 0, row);
            // there are fewer levels than codes
            *code = dictionary.code(&text, 0..text.len()).unwrap_or(UNKNOWN);
        }
        *code
    }));
}

/// Adds the texts of a batch's cells.
fn texts(drawn: &Rows<'_>, batch: &[Row], first: u32, cells: &Cells, column: &mut TableColumn) {
    let mut text = String::new();
    let ends = (first..).zip(batch).map(|(number, row)| {
        let start = text.len();
        drawn.write(&mut text, cells, 0, number, row);
        // a reader cuts the white space around a cell
        if text.ends_with(' ') {
            text.pop();
        }
        start..text.len()
    });
    let places: Vec<_> = ends.collect();
    column.extend(&text, places.into_iter());
}
