//! Around every chart.

pub const MORE: &str = "Table and download";
pub const PNG: &str = "PNG";
pub const SVG: &str = "SVG";
pub const CSV: &str = "CSV";
pub const KEYS: &str = "Arrow keys walk the marks";
