//! The explore page.

pub const TITLE: &str = "Who leaves?";
pub const LEFT_SHARE: &str = "customers left";
pub const OF: &str = "of";
pub const ASSOCIATED: &str = "Differences describe these customers; they don't say why";
pub const EMPTY: &str = "There is no data set yet.";
pub const READ_ONE: &str = "Read or draw one";
pub const NO_TARGET: &str =
    "This table has no column to predict, so charts show how many customers there are";

pub const COLUMN: &str = "Column";
pub const SHARE: &str = "Share leaving";
pub const CUSTOMERS: &str = "Customers";
pub const EVERYONE: &str = "all";
pub const STAYED: &str = "stayed";
pub const LEFT: &str = "left";
pub const SHARE_OF_CLASS: &str = "Share of those";

pub const STRENGTH: &str = "What tells them apart";
pub const STRENGTH_WHY: &str =
    "Cramér's V: 0 when leaving is equally frequent at every level, 1 when the level decides it";
pub const CRAMERS_V: &str = "Cramér's V";
pub const NO_CATEGORY: &str = "This table has no column of categories";

pub const BY_GROUP: &str = "quartiles";
pub const TOGETHER: &str = "How numbers move together";
pub const CORRELATION: &str = "correlation";
