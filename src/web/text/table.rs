//! Long tables.

pub const ROW: &str = "Row in the file";
pub const ROWS: &str = "Rows";
pub const TO: &str = "to";
pub const OF: &str = "of";
pub const NONE: &str = "No rows";
