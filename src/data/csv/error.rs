//! Why a file gives no data set.

use thiserror::Error;

use crate::data::schema::SchemaError;

/// Why a file as a whole can't be used; a single bad row is a [`RowIssue`](crate::data::RowIssue)
/// instead. Lines count from 1, the header included; bytes from 0.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ReadError {
    /// Nothing but white space.
    #[error("the file is empty; a table needs a line of column names and at least one row")]
    Empty,
    /// More bytes than fit.
    #[error("the file has {bytes} bytes; at most {limit} can be read")]
    TooLarge {
        /// Bytes of the file.
        bytes: usize,
        /// Most bytes allowed.
        limit: usize,
    },
    /// Another kind of file.
    #[error(
        "byte {offset} shows that this is {found}, not a table as text; save the table as CSV and load that"
    )]
    NotText {
        /// Where it shows.
        offset: usize,
        /// What the file looks like: "a PDF".
        found: &'static str,
    },
    /// Bytes that are no text in the encoding of the file.
    #[error("line {line} (byte {offset}) is not {encoding} text; save the file as UTF-8")]
    WrongEncoding {
        /// "UTF-8" or "UTF-16", as its byte order mark says.
        encoding: &'static str,
        /// The first byte that does not fit.
        offset: usize,
        /// Its line.
        line: usize,
    },
    /// A line or quoted cell without end.
    #[error(
        "line {line} starts a row longer than {limit} bytes, the most allowed; is a line end or a closing quote missing?"
    )]
    RowTooLong {
        /// Where the row starts.
        line: usize,
        /// Most bytes allowed.
        limit: usize,
    },
    /// The file ends inside a quoted cell.
    #[error("line {line} starts a row with a quote (\") that is never closed")]
    UnclosedQuote {
        /// Where the row starts.
        line: usize,
    },
    /// Column names, but no rows.
    #[error("the file has {columns} column names but no rows below them")]
    HeaderOnly {
        /// Columns named.
        columns: usize,
    },
    /// The first line is data or blank.
    #[error("the first line has no column names: it starts with \"{first_cell}\"")]
    NoColumnNames {
        /// Text of the first cell.
        first_cell: String,
    },
    /// The delimiter is none of the known ones, or there is a single column.
    #[error(
        "the first line has a single column, \"{header}\"; cells must be separated by comma, semicolon, tab or |"
    )]
    OneColumn {
        /// The first line.
        header: String,
    },
    /// More columns than a model should get.
    #[error("the first line names {columns} columns; at most {limit} are allowed")]
    TooManyColumns {
        /// Columns found.
        columns: usize,
        /// Most columns allowed.
        limit: usize,
    },
    /// Two columns of one name.
    #[error(
        "columns {first} and {second} are both named \"{name}\"; the first line must name every column differently"
    )]
    DuplicateColumn {
        /// The name.
        name: String,
        /// Position of the first one, from 1.
        first: usize,
        /// Position of the second one, from 1.
        second: usize,
    },
    /// Every row has an issue.
    #[error("none of the {rows_read} rows could be used: {first_issues}")]
    NoUsableRows {
        /// Rows in the file.
        rows_read: usize,
        /// The first issues with their rows.
        first_issues: String,
    },
    /// The column to predict is not there.
    #[error("the target \"{target}\" is no column; the columns are {columns}")]
    UnknownTarget {
        /// The name asked for.
        target: String,
        /// The names there are.
        columns: String,
    },
    /// The column to predict does not have two classes among the usable rows.
    #[error("the target \"{target}\" has {classes}; it must have exactly 2 classes")]
    NotTwoClasses {
        /// The column.
        target: String,
        /// How many, and which: "1 class (No)".
        classes: String,
    },
    /// What a person says of the columns does not fit the table.
    #[error(transparent)]
    Schema(#[from] SchemaError),
}

impl ReadError {
    /// Stable, for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "csv_empty",
            Self::TooLarge { .. } => "csv_too_large",
            Self::NotText { .. } => "csv_not_text",
            Self::WrongEncoding { .. } => "csv_wrong_encoding",
            Self::RowTooLong { .. } => "csv_row_too_long",
            Self::UnclosedQuote { .. } => "csv_unclosed_quote",
            Self::HeaderOnly { .. } => "csv_header_only",
            Self::NoColumnNames { .. } => "csv_no_column_names",
            Self::OneColumn { .. } => "csv_one_column",
            Self::TooManyColumns { .. } => "csv_too_many_columns",
            Self::DuplicateColumn { .. } => "csv_duplicate_column",
            Self::NoUsableRows { .. } => "csv_no_usable_rows",
            Self::UnknownTarget { .. } => "unknown_target",
            Self::NotTwoClasses { .. } => "target_not_two_classes",
            Self::Schema(error) => error.code(),
        }
    }
}

/// A cell's text as it is quoted in a message: at most 40 characters.
pub fn clipped(text: &str) -> String {
    match text.char_indices().nth(40) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
