//! Around every chart.

pub const MORE: &str = "Table and download";
pub const PNG: &str = "PNG";
pub const SVG: &str = "SVG";
pub const CSV: &str = "CSV";
pub const KEYS: &str = "Arrow keys walk the marks";
pub const KEYS_PICK: &str =
    "Arrow keys walk the marks, Enter picks one, Shift with arrows picks several";
pub const KEYS_OPEN: &str = "Arrow keys walk the marks, Enter looks at one closely";
pub const PICKED: &str = "picked";
