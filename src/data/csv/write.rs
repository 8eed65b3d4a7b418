//! [`Dataset`] → CSV text.

use crate::data::{Column, ColumnValues, Dataset};
use crate::numerics::calendar::iso;

/// The kept rows with commas and LF, dates as `2024-02-29`. Read again as it looks, the rows are the same
/// as long as most names of columns look like names.
#[must_use]
pub fn to_csv(dataset: &Dataset) -> String {
    let mut text = String::new();
    push_line(&mut text, dataset.columns.iter().map(|column| column.name.clone()));
    for row in 0..dataset.n_rows() {
        push_line(&mut text, dataset.columns.iter().filter_map(|column| cell(column, row)));
    }
    text
}

fn cell(column: &Column, row: usize) -> Option<String> {
    match &column.values {
        ColumnValues::Numbers(days) if column.is_date => days.get(row).map(|&days| iso(days)),
        values => values.value(row).map(|value| value.to_string()),
    }
}

fn push_line(text: &mut String, cells: impl Iterator<Item = String>) {
    for (position, cell) in cells.enumerate() {
        if position > 0 {
            text.push(',');
        }
        // what could begin a quoted cell or be a delimiter must not be taken for one
        if cell.starts_with('\'') || cell.contains([',', '"', '\n', '\r', ';', '\t', '|']) {
            text.push('"');
            text.push_str(&cell.replace('"', "\"\""));
            text.push('"');
        } else {
            text.push_str(&cell);
        }
    }
    text.push('\n');
}
