//! Tables read as they look, and what was seen, in words.

#![allow(dead_code, reason = "every test file uses a part")]

use churn_lab::data::csv::{Delimiter, Encoding, Format, FormatChoice, Quote, read_table};
use churn_lab::data::interpret::read_as_it_looks;
use churn_lab::data::schema::{MissingPolicy, ReadAs};
use churn_lab::data::{Interpreted, Role, Table};

pub fn table(bytes: &[u8], choice: FormatChoice) -> Table {
    read_table(bytes, "odd.csv", choice).unwrap_or_else(|error| panic!("{error}"))
}

pub fn read(bytes: &[u8], choice: FormatChoice) -> (Table, Interpreted) {
    let table = table(bytes, choice);
    let read = read_as_it_looks(&table, "odd.csv", None).unwrap_or_else(|error| panic!("{error}"));
    (table, read)
}

/// "utf8 , \" header" as far as it is not the usual.
pub fn described(format: Format) -> String {
    let mut words = Vec::new();
    match format.encoding {
        Encoding::Utf8 => {}
        Encoding::Utf16Le => words.push("utf16le"),
        Encoding::Utf16Be => words.push("utf16be"),
        Encoding::Latin1 => words.push("latin1"),
    }
    match format.delimiter {
        Delimiter::Comma => {}
        Delimiter::Semicolon => words.push("semicolon"),
        Delimiter::Tab => words.push("tab"),
        Delimiter::Bar => words.push("bar"),
        Delimiter::Colon => words.push("colon"),
        Delimiter::Caret => words.push("caret"),
        Delimiter::Space => words.push("space"),
    }
    match format.quote {
        Quote::Double => {}
        Quote::Single => words.push("single"),
        Quote::None => words.push("none"),
    }
    if !format.header {
        words.push("headless");
    }
    words.join(" ")
}

/// "a number, b category→target", the unusual said: role where it is not the kind's, policy.
pub fn columns(read: &Interpreted) -> String {
    let columns = read.schema.columns.iter().map(|plan| {
        let kind = match plan.read_as {
            ReadAs::Identifier => "id",
            ReadAs::Number => "number",
            ReadAs::Category => "category",
            ReadAs::Flag => "flag",
            ReadAs::DateYmd => "ymd",
            ReadAs::DateDmy => "dmy",
            ReadAs::DateMdy => "mdy",
            ReadAs::Text => "text",
        };
        let role = match plan.role {
            Role::Target => "!",
            Role::Ignored if plan.read_as != ReadAs::Text => "-",
            _ => "",
        };
        let missing = match plan.missing {
            MissingPolicy::DropRow => "",
            MissingPolicy::OwnLevel => "+level",
            MissingPolicy::Median => "+median",
        };
        format!("{kind}{role}{missing}")
    });
    columns.collect::<Vec<_>>().join(" ")
}

pub fn rows(header: &str, n: usize, row: impl Fn(usize) -> String) -> String {
    let rows = (0..n).map(|at| format!("{},{}\n", row(at), ["no", "yes"][at % 2]));
    format!("{header},churn\n{}", rows.collect::<String>())
}
