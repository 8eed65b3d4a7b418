//! The filter in words.

pub const FILTER: &str = "Filter";
pub const OFFERS: &str = "Ways to go on";
pub const COLUMN_SMALL: &str = "column";
pub const OPERATOR_SMALL: &str = "operator";
pub const LEVEL_SMALL: &str = "level";
