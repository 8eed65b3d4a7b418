//! The frame around every page.

pub const LAB: &str = "Churn Lab";
pub const SKIP: &str = "Skip to the content";
pub const ROOMS: &str = "Rooms of the lab";

pub const DATA: &str = "Data";
pub const EXPLORE: &str = "Explore";
pub const TRAIN: &str = "Train";
pub const EXPLAIN: &str = "Explain";
pub const SERVE: &str = "Serve";
pub const ALL_CUSTOMERS: &str = "Customers";
pub const MONITOR: &str = "Monitor";

pub const MENU: &str = "More of the lab";
pub const STARTING: &str = "The lab is opening…";
pub const OPENING: &str = "Opening…";
pub const SAVED_HERE: &str = "Saved in this browser";
pub const IN_MEMORY: &str = "In memory only";
pub const NO_MODEL: &str = "No model yet";
pub const NO_DATA: &str = "No data yet";
pub const MODEL: &str = "Model";
pub const CUSTOMERS: &str = "customers";
pub const THEME: &str = "Theme";
pub const THEME_AUTO: &str = "as the system";
pub const THEME_LIGHT: &str = "light";
pub const THEME_DARK: &str = "dark";
pub const SHARE: &str = "Share";
pub const COPIED: &str = "Copied";
pub const COPY_FAILED: &str = "Copying was refused";
pub const DELETE_ALL: &str = "Delete everything…";
pub const DELETE_ALL_WHY: &str = "This removes every data set, run, endpoint and call of the lab from this browser. It can't be undone.";
pub const DELETE_ALL_TYPE: &str = "Type delete to confirm";
pub const DELETE_ALL_WORD: &str = "delete";
pub const DELETE_ALL_GO: &str = "Delete everything";
pub const CANCEL: &str = "Cancel";
pub const UNDO: &str = "Undo";
pub const DISMISS: &str = "Dismiss";
pub const NOTICES: &str = "Messages";
pub const WORKING: &str = "Working…";
pub const DONE_ROOM: &str = "done";
/// The code of a room did not come.
pub const ROOM_LOST: &str = "This room could not be loaded. Is the network there?";
/// Trying that once more.
pub const AGAIN: &str = "Try again";

pub const OF: &str = "of";
pub const ROWS: &str = "rows";
pub const A_SECOND: &str = "a second";
pub const SECONDS_LEFT: &str = "s left";
