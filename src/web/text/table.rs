//! Long tables.

pub const ROW: &str = "Row in the file";
pub const ROWS: &str = "Rows";
pub const TO: &str = "to";
pub const OF: &str = "of";
pub const COLUMNS: &str = "Columns";
pub const NONE: &str = "No rows";

/// "Rows 1 to 20 of 7,032; row 3 is marked, 7590-VHVEG".
#[must_use]
pub fn marked(rows: &str, row: &str, name: &str) -> String {
    let name = if name.is_empty() { String::new() } else { format!(", {name}") };
    format!("{rows}; row {row} is marked{name}")
}
