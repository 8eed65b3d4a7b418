//! How a table is read: on the data page.

use crate::data::csv::{Delimiter, Encoding, Quote};
use crate::data::schema::{Decimal, MissingPolicy, ReadAs};

pub const TARGET: &str = "What is to be predicted?";
pub const TARGET_WHY: &str =
    "A column with two values; a model gives the probability of one of them";
pub const TARGET_COLUMN: &str = "Predicted column";
pub const NOTHING: &str = "nothing";
pub const POSITIVE: &str = "Probability of";

pub const LOOK: &str = "Worth a look";
pub const LEAVE_OUT: &str = "Leave it out";
pub const TAKE_IN: &str = "Take it in";

pub const FORMAT: &str = "How the file is cut and read";
pub const ENCODING: &str = "Characters";
pub const DELIMITER: &str = "Between cells";
pub const QUOTE: &str = "Around cells";
pub const HEADER: &str = "First row";
pub const HEADER_NAMES: &str = "names the columns";
pub const HEADER_DATA: &str = "is data";
pub const DECIMAL: &str = "Decimals";
pub const MISSING: &str = "Missing values";
pub const MISSING_HINT: &str =
    "Texts that stand for a missing value, separated by commas; blank cells always do";
pub const FILE_GONE: &str = "To cut the file in another way, drop it here once more: the lab keeps what it has read, not the file";

pub const READ_AS: &str = "Read as";
pub const USED: &str = "Used as";
pub const GAPS: &str = "Gaps";
pub const COPY: &str = "Copy";
pub const VALUES: &str = "Values";
pub const NAME: &str = "Name";
pub const BLANK: &str = "blank";
pub const UNFIT: &str = "can't be read so";
pub const NO_GAPS: &str = "none";

pub const STEPS: &str = "changes";
pub const STEP: &str = "change";
pub const WOULD_KEEP: &str = "rows would be kept of";
pub const APPLY: &str = "Read it so";
pub const APPLY_BESIDE: &str = "Keep as a data set of its own";
pub const BESIDE_WHY: &str = "Runs were made from this data set, so it stays as it is";
pub const UNDO: &str = "Undo";
pub const DISCARD: &str = "Discard";

pub const VALUES_OF: &str = "Values of";
pub const VALUES_WHY: &str = "What stands in the file, and what it is read as";
pub const IN_FILE: &str = "In the file";
pub const ROWS: &str = "Rows";
pub const BECOMES: &str = "Read as";
pub const MORE_VALUES: &str = "different values; the most frequent are shown:";
pub const YES_NO: &str = "Yes as 1, No as 0";
pub const ONE_ZERO: &str = "1 as Yes, 0 as No";
pub const CLOSE: &str = "Close";

pub const RENAME: &str = "Rename";
pub const NEW_NAME: &str = "New name";
pub const SAVE: &str = "Save";
pub const EXPORT: &str = "Export CSV";
pub const NOT_SAVED: &str = "This browser did not take the file";
pub const ORIGINAL: &str = "Get the original file";
pub const ORIGINAL_WHY: &str = "IBM publishes the Telco table that this lesson was written for: save it from there, then drop it here. The lab itself requests nothing";
pub const ORIGINAL_ADDRESS: &str = "https://raw.githubusercontent.com/IBM/telco-customer-churn-on-icp4d/master/data/Telco-Customer-Churn.csv";

/// How bytes are characters, in a word.
#[must_use]
pub fn encoding(encoding: Encoding) -> &'static str {
    match encoding {
        Encoding::Utf8 => "UTF-8",
        Encoding::Utf16Le => "UTF-16, low byte first",
        Encoding::Utf16Be => "UTF-16, high byte first",
        Encoding::Latin1 => "Latin-1 (Windows-1252)",
    }
}

/// What stands between cells.
#[must_use]
pub fn delimiter(delimiter: Delimiter) -> &'static str {
    match delimiter {
        Delimiter::Comma => "comma (,)",
        Delimiter::Semicolon => "semicolon (;)",
        Delimiter::Tab => "tab",
        Delimiter::Bar => "bar (|)",
        Delimiter::Colon => "colon (:)",
        Delimiter::Caret => "caret (^)",
        Delimiter::Space => "space",
    }
}

/// What stands around cells.
#[must_use]
pub fn quote(quote: Quote) -> &'static str {
    match quote {
        Quote::Double => "double quotes \"",
        Quote::Single => "single quotes '",
        Quote::None => "nothing",
    }
}

/// What stands before decimals.
#[must_use]
pub fn decimal(decimal: Decimal) -> &'static str {
    match decimal {
        Decimal::Point => "after a point: 1.5",
        Decimal::Comma => "after a comma: 1,5",
    }
}

/// What a column is read as.
#[must_use]
pub fn read_as(read_as: ReadAs) -> &'static str {
    match read_as {
        ReadAs::Number => "number",
        ReadAs::Category => "category",
        ReadAs::Flag => "yes or no",
        ReadAs::DateYmd => "date, year first",
        ReadAs::DateDmy => "date, day first",
        ReadAs::DateMdy => "date, month first",
        ReadAs::Identifier => "identifier",
        ReadAs::Text => "text",
    }
}

/// What becomes of gaps.
#[must_use]
pub fn missing(policy: MissingPolicy) -> &'static str {
    match policy {
        MissingPolicy::DropRow => "leave the row out",
        MissingPolicy::OwnLevel => "a level of its own",
        MissingPolicy::Median => "take the median",
    }
}

/// A choice that is left to the reader.
pub const AS_SEEN: &str = "as it is seen";
