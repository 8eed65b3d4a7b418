//! The data page.

pub const TITLE: &str = "What is in this table?";
pub const SUB: &str = "Rows stay in this browser";
pub const TRAIN: &str = "Train a model on it";

pub const ADD: &str = "Drop a CSV file anywhere on this page";
pub const ADD_HINT: &str = "One row a customer; how the file is cut and what its columns mean is seen and can be changed. A column named Churn is predicted, else the last one with two values";
pub const CHOOSE: &str = "Choose a file";
pub const FORMATS: &str = ".csv,.tsv,.txt,text/csv";
pub const NO_FILE: &str = "What was dropped is no file; drop one CSV file";
pub const UNREADABLE: &str = "could not be read from the disk; was it moved or changed?";

pub const DATASETS: &str = "Data sets";
pub const NONE: &str = "None yet";
pub const ROWS: &str = "rows";
pub const IN_USE: &str = "In use";
pub const USE: &str = "Use";
pub const DELETE: &str = "Delete";

pub const SAMPLE: &str = "Made-up customers";
pub const SAMPLE_WHY: &str =
    "Drawn from a model of a telephone company; the same seed draws the same customers";
pub const SAMPLE_ROWS: &str = "Rows";
pub const SAMPLE_SEED: &str = "Seed";
pub const SAMPLE_GO: &str = "Draw customers";
pub const SAMPLE_NAME: &str = "Sample";
pub const SEED: &str = "seed";
pub const SAMPLE_ROWS_ALLOWED: &str = "a whole number from 10 to 1,000,000";
pub const SAMPLE_SEED_ALLOWED: &str = "a whole number from 0 to 4,294,967,295";
pub const SAMPLE_FILE: &str = "Download the sample as CSV";
pub const SAMPLE_ADDRESS: &str = "data/telco-sample.csv";

pub const EMPTY: &str = "There is no data set yet: drop a file here, or draw customers";

pub const READ: &str = "rows read";
pub const KEPT: &str = "kept";
pub const LEFT_OUT: &str = "left out";
pub const PREDICTED: &str = "Predicted";
pub const AGAINST: &str = "against";
pub const NO_TARGET: &str = "No column has exactly two values, so there is nothing to predict: this table can be looked at, but no model can be trained on it";

pub const COLUMNS: &str = "Columns";
pub const COLUMNS_WHY: &str =
    "What each column means can be changed; nothing is lost, and every step can be taken back";
pub const OLD_FORM: &str = "This data set was stored by an earlier version of the lab: drop its file once more to change how it is read";
pub const COLUMN_HEADS: [&str; 10] = [
    "Name",
    "Read as",
    "Used as",
    "Gaps",
    "Distinct",
    "Min",
    "1st quartile",
    "Median",
    "3rd quartile",
    "Max",
];

pub const IDENTIFIER: &str = "identifier";
pub const NUMERIC: &str = "number";
pub const CATEGORICAL: &str = "category";
pub const TEXT: &str = "text";
pub const FEATURE: &str = "feature";
pub const TARGET: &str = "predicted";
pub const IGNORED: &str = "left out";

pub const ISSUES: &str = "Rows left out";
pub const NO_ISSUES: &str = "Every row could be used";
pub const ISSUES_SHOWN: &str = "issues; the first are shown:";
pub const ISSUE: &str = "issue";
pub const ISSUES_COUNTED: &str = "issues";
pub const ISSUE_HEADS: [&str; 3] = ["Row in the file", "Column", "Why"];
pub const WHOLE_ROW: &str = "the whole row";

pub const ALL_ROWS: &str = "Rows";
pub const NO_ROWS: &str = "The worker answered rows with something else";

/// Above the choices for a file that could not be read.
pub const REFUSED: &str = "Another way to read";
/// Why they are there.
pub const REFUSED_WHY: &str = "If you know how the file is written, say so here. What you leave as it is seen is found out again";
/// Reads the file with those choices.
pub const READ_AGAIN: &str = "Read again";
/// Gives the file up.
pub const FORGET: &str = "Never mind";
