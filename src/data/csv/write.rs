//! [`Dataset`] → CSV text.

use crate::data::Dataset;

/// The kept rows with commas and LF; read again, the table of a file without issues is the same.
#[must_use]
pub fn to_csv(dataset: &Dataset) -> String {
    let mut text = String::new();
    push_line(&mut text, dataset.columns.iter().map(|column| column.name.clone()));
    for row in 0..dataset.n_rows() {
        let values = dataset.columns.iter().filter_map(|column| column.values.value(row));
        push_line(&mut text, values.map(|value| value.to_string()));
    }
    text
}

fn push_line(text: &mut String, cells: impl Iterator<Item = String>) {
    for (position, cell) in cells.enumerate() {
        if position > 0 {
            text.push(',');
        }
        if cell.contains([',', '"', '\n', '\r']) {
            text.push('"');
            text.push_str(&cell.replace('"', "\"\""));
            text.push('"');
        } else {
            text.push_str(&cell);
        }
    }
    text.push('\n');
}
