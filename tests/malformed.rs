//! Files that are not quite tables: each gives a named error or issues, never a panic.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails loudly")]

mod support;

use churn_lab::data::Dataset;
use churn_lab::data::csv::{MAX_BYTES, MAX_ROW_BYTES, ReadError};
use churn_lab::data::profile::profile;
use churn_lab::numerics::random::RandomState;
use support::pieces::read;

const SMALL: &[u8] = include_bytes!("fixtures/small.csv");

/// What reading a file must give.
enum Expected<'a> {
    /// The error's code and whole message.
    Error(&'a str, &'a str),
    /// The kept rows, and every issue as "row: message".
    Issues(usize, &'a [&'a str]),
}
use Expected::{Error, Issues};

#[track_caller]
fn check(bytes: impl AsRef<[u8]>, expected: Expected<'_>) {
    check_target(bytes, None, expected);
}

#[track_caller]
fn check_target(bytes: impl AsRef<[u8]>, target: Option<&str>, expected: Expected<'_>) {
    let result = read(bytes.as_ref(), "table.csv", target);
    match (result, expected) {
        (Err(error), Error(code, message)) => {
            assert_eq!((error.code(), error.to_string().as_str()), (code, message));
        }
        (Ok(dataset), Issues(kept, issues)) => {
            let found: Vec<String> =
                dataset.issues.iter().map(|i| format!("{}: {}", i.row, i.message)).collect();
            assert_eq!(found, issues);
            assert_eq!(dataset.n_rows(), kept);
            consistent(&dataset);
        }
        (Ok(dataset), Error(code, _)) => panic!("{code} expected, but it was read: {dataset:?}"),
        (Err(error), Issues(..)) => panic!("issues expected, but: {error}"),
    }
}

/// Holds for every data set, whatever the file was.
#[track_caller]
fn consistent(dataset: &Dataset) {
    for column in &dataset.columns {
        assert!(column.values.value(dataset.n_rows() - 1).is_some(), "{} is short", column.name);
        assert!(column.values.value(dataset.n_rows()).is_none(), "{} is long", column.name);
    }
    assert!(dataset.source_rows.is_sorted());
    assert!(dataset.issues.iter().all(|issue| !dataset.source_rows.contains(&issue.row)));
    assert!(dataset.n_rows() <= dataset.rows_read);
    assert_eq!(dataset.target.is_some(), dataset.labels().is_some());
    assert_eq!(profile(dataset).n_rows as usize, dataset.n_rows());
}

#[test]
fn empty_files() {
    let message = "the file is empty; a table needs a line of column names and at least one row";
    check("", Error("csv_empty", message));
    check("\r\n \n\t\n", Error("csv_empty", message));
    check(b"\xEF\xBB\xBF", Error("csv_empty", message));
    check(b"\xFF\xFE", Error("csv_empty", message));
}

#[test]
fn headers() {
    check(
        "a,b,churn\n",
        Error("csv_header_only", "the file has 3 column names but no rows below them"),
    );
    check(
        "a,b,churn",
        Error("csv_header_only", "the file has 3 column names but no rows below them"),
    );
    check(
        "a,b,a\n1,2,3\n",
        Error(
            "csv_duplicate_column",
            "columns 1 and 3 are both named \"a\"; the first line must name every column differently",
        ),
    );
    check("0001-AAAAA,Female,Yes,Yes\n0002-BBBBB,Male,No,Yes\n", Issues(2, &[]));
    check("5,79.85,Yes\n40,60.15,No\n", Issues(2, &[]));
    check(
        ",,\n1,2,3\n",
        Error("csv_no_column_names", "the first line has no column names: it starts with \"\""),
    );
    let wide: Vec<String> = (0..1_001).map(|column| format!("c{column}")).collect();
    check(
        format!("{}\n", wide.join(",")),
        Error(
            "csv_too_many_columns",
            "the first line names 1001 columns; at most 1000 are allowed",
        ),
    );
}

#[test]
fn a_column_without_a_name_is_kept_apart() {
    let dataset = read(b",a,churn\n0,5,no\n1,6,yes\n", "indexed.csv", None).expect("a good file");
    assert_eq!(dataset.columns[0].name, "column 1");
    assert_eq!(dataset.features().map(|column| column.name.as_str()).collect::<Vec<_>>(), ["a"]);
}

#[test]
fn wrong_delimiters() {
    check(
        "a^b^churn\n1^2^no\n",
        Error(
            "csv_one_column",
            "the first line has a single column, \"a^b^churn\"; cells must be separated by comma, semicolon, tab or |",
        ),
    );
    check(
        "just some words\nand more of them\n",
        Error(
            "csv_one_column",
            "the first line has a single column, \"just some words\"; cells must be separated by comma, semicolon, tab or |",
        ),
    );
    check(
        "a;b;churn\n1,2,no\n3,4,yes\n",
        Error(
            "csv_no_usable_rows",
            "none of the 2 rows could be used: row 1: row has 1 cell, 3 expected; row 2: row has 1 cell, 3 expected",
        ),
    );
}

#[test]
fn other_kinds_of_files() {
    let not_text = |offset: usize, found: &str| {
        format!(
            "byte {offset} shows that this is {found}, not a table as text; save the table as CSV and load that"
        )
    };
    let excel = not_text(0, "an Excel workbook or a zip archive");
    check(b"PK\x03\x04\x14\x00\x06\x00", Error("csv_not_text", &excel));
    check(b"%PDF-1.7\n", Error("csv_not_text", &not_text(0, "a PDF")));
    check("<!doctype html><title>404</title>", Error("csv_not_text", &not_text(0, "a web page")));
    check(b"a,b\n1,\x00\n", Error("csv_not_text", &not_text(6, "a binary file")));
    let bare_utf16: Vec<u8> = "a,b\n1,2\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    check(bare_utf16, Issues(1, &[]));
    check(b"a,churn\n\xFF\x01,no\n", Error("csv_not_text", &not_text(9, "a binary file")));
    // Latin-1 begins before the zero, and so does what shows that it is none.
    check(b"a,churn\n\xFF\x01,\x00\n", Error("csv_not_text", &not_text(9, "a binary file")));
    check(b"\xFF\xFE\x00\x00a\x00\x00\x00", Error("csv_not_text", &not_text(2, "a binary file")));
}

#[test]
fn wrong_encodings() {
    check(
        "a,churn\nMünchen,no\n"
            .as_bytes()
            .iter()
            .copied()
            .chain(*b"M\xFCnchen,yes\n")
            .collect::<Vec<u8>>(),
        Error("csv_wrong_encoding", "line 3 (byte 21) is not UTF-8 text; save the file as UTF-8"),
    );
    check(
        b"\xEF\xBB\xBFa,churn\r\n5,no\r\nM\xFC,no\r\n",
        Error("csv_wrong_encoding", "line 3 (byte 19) is not UTF-8 text; save the file as UTF-8"),
    );
    check(
        b"\xFF\xFEa\x00\n\x00b",
        Error("csv_wrong_encoding", "line 2 (byte 6) is not UTF-16 text; save the file as UTF-8"),
    );
    check(
        b"\xFE\xFF\x00a\x00,\xD8\x00\x00b",
        Error("csv_wrong_encoding", "line 1 (byte 6) is not UTF-16 text; save the file as UTF-8"),
    );
}

#[test]
fn rows_without_end() {
    let long = "x".repeat(10_000_000);
    let message = |line: usize| {
        format!(
            "line {line} starts a row longer than {MAX_ROW_BYTES} bytes, the most allowed; is a line end or a closing quote missing?"
        )
    };
    check(&long, Error("csv_row_too_long", &message(1)));
    let longest = "x".repeat(MAX_ROW_BYTES - ",no\n".len());
    check(format!("a,churn\n{longest},no\n6,yes\n"), Issues(2, &[]));
    check(format!("a,churn\n{longest}x,no\n6,yes\n"), Error("csv_row_too_long", &message(2)));
    check(format!("a,churn\n5,no\n\"{longest}\n\",no\n"), Error("csv_row_too_long", &message(3)));
    check(format!("a,churn\r\n5,no\r\n{long},yes\r\n"), Error("csv_row_too_long", &message(3)));
    check(format!("a,churn\n5,no\n6,\"no\n{long}\n"), Error("csv_row_too_long", &message(3)));
    check(
        "a,churn\n5,no\n\n6,\"yes\n7,no\n",
        Error("csv_unclosed_quote", "line 4 starts a row with a quote (\") that is never closed"),
    );
    check(
        "a,\"churn\n5,no\n",
        Error("csv_unclosed_quote", "line 1 starts a row with a quote (\") that is never closed"),
    );
    check(
        "a;churn\n5;no\n6;\"yes",
        Error("csv_unclosed_quote", "line 3 starts a row with a quote (\") that is never closed"),
    );
}

/// A quote after a space is text; in the last row it once counted as an open quote, or hid one.
#[test]
fn a_quote_after_a_space_is_text_in_every_row() {
    check("a,churn\n \"5,no\n6,yes\n", Issues(2, &[]));
    check("a,churn\n5,no\n \"6,yes\n", Issues(2, &[]));
    check(
        "a,churn\n5,no\n \",\"6,yes\n",
        Error("csv_unclosed_quote", "line 3 starts a row with a quote (\") that is never closed"),
    );
}

#[test]
fn too_large_a_file() {
    check(
        vec![0; MAX_BYTES + 1],
        Error("csv_too_large", "the file has 1073741825 bytes; at most 1073741824 can be read"),
    );
}

#[test]
fn quotes() {
    check("a,churn\n\"x, y\",no\n\"x \"\"z\"\"\",yes\n", Issues(2, &[]));
    check("a,churn\n\"two\nlines\",no\n6,yes\n", Issues(2, &[]));
    check("a,churn\nx\"y,no\n\"x\"y,yes\n", Issues(2, &[]));
    check("a,churn\n5,no\n6,\"yes\"", Issues(2, &[]));
    check("a,churn\n5,no\n6,\"ye\"\"s\"\n", Issues(2, &[]));
}

#[test]
fn ragged_and_blank_rows() {
    check(
        "a,b,churn\n1,2,no\n1,2\n1,2,no,4\n\n5\n6,7,yes\n,,\n",
        Issues(
            2,
            &[
                "2: row has 2 cells, 3 expected",
                "3: row has 4 cells, 3 expected",
                "4: row has 1 cell, 3 expected",
                "6: row is blank",
            ],
        ),
    );
    check(
        "a,b,churn\n,,\n , ,\n",
        Error(
            "csv_no_usable_rows",
            "none of the 2 rows could be used: row 1: row is blank; row 2: row is blank",
        ),
    );
}

/// 30 good rows of a number, a level and a class, then the given ones.
fn after_good_rows(rows: &str) -> String {
    format!("charge,plan,senior,churn\n{}{rows}", "1.5,A,0,no\n2.5,B,1,yes\n".repeat(15))
}

#[test]
fn cells() {
    check(after_good_rows("abc,A,0,no\n"), Issues(30, &["31: charge is \"abc\", not a number"]));
    check(after_good_rows("NaN,A,0,no\n"), Issues(30, &["31: charge is missing (\"NaN\")"]));
    check(
        after_good_rows("-inf,A,0,no\n"),
        Issues(30, &["31: charge is \"-inf\", not a finite number"]),
    );
    check(
        after_good_rows("1e999,A,0,no\n"),
        Issues(30, &["31: charge is \"1e999\", not a finite number"]),
    );
    check(
        after_good_rows("1e101,A,0,no\n"),
        Issues(30, &["31: charge is \"1e101\", not between -1e100 and 1e100"]),
    );
    check(
        after_good_rows("\"1,5\",A,0,no\n"),
        Issues(30, &["31: charge is \"1,5\", not a number"]),
    );
    check(
        after_good_rows("1.5,A,2x,no\n"),
        Issues(30, &["31: senior is \"2x\", not yes or no, or 1 or 0"]),
    );
    check(
        after_good_rows(" ,A,0,no\n1.5,,0,no\n1.5,A,\"\",no\n1.5,A,0,\n,,0,no\n"),
        Issues(
            30,
            &[
                "31: charge is blank",
                "32: plan is blank",
                "33: senior is blank",
                "34: churn is blank",
                "35: charge is blank",
                "35: plan is blank",
            ],
        ),
    );
    let long = "<b>".repeat(40);
    let clipped = format!("31: charge is \"{}…\", not a number", &long[..40]);
    check(after_good_rows(&format!("{long},A,0,no\n")), Issues(30, &[&clipped]));
    check("a,churn\n,no\n5,no\n6,yes\n,yes\n", Issues(2, &["1: a is blank", "4: a is blank"]));
}

#[test]
fn targets() {
    let churn = Some("churn");
    check_target(
        "a,churn\n5,no\n6,no\n",
        churn,
        Error(
            "target_not_two_classes",
            "the target \"churn\" has 1 class (no); it must have exactly 2 classes",
        ),
    );
    check_target(
        "a,churn\n5,no\n6,yes\n,yes\n7,no\n8,maybe\n",
        churn,
        Error(
            "target_not_two_classes",
            "the target \"churn\" has 3 classes (maybe, no, yes); it must have exactly 2 classes",
        ),
    );
    // the only "yes" is in a row that can't be used
    check_target(
        "a,churn\n5,no\n6,no\n,yes\n",
        churn,
        Error(
            "target_not_two_classes",
            "the target \"churn\" has 1 class (no); it must have exactly 2 classes",
        ),
    );
    check_target(
        SMALL,
        Some("Chrun"),
        Error(
            "unknown_target",
            "the target \"Chrun\" is no column; the columns are customerID, gender, SeniorCitizen, Partner, Dependents, tenure, PhoneService, MultipleLines, InternetService, OnlineSecurity, OnlineBackup, DeviceProtection, TechSupport, StreamingTV, StreamingMovies, Contract, PaperlessBilling, PaymentMethod, MonthlyCharges, TotalCharges, Churn",
        ),
    );
    check_target(
        SMALL,
        Some("Contract"),
        Error(
            "target_not_two_classes",
            "the target \"Contract\" has 3 classes (Month-to-month, One year, Two year); it must have exactly 2 classes",
        ),
    );
    let many: String = (0..60).map(|row| format!("{row},c{row}\n")).collect();
    for (target, kind) in [("a", "numbers"), ("b", "texts")] {
        let message = format!(
            "the target \"{target}\" has too many different {kind}; it must have exactly 2 classes"
        );
        check_target(
            format!("a,b\n{many}"),
            Some(target),
            Error("target_not_two_classes", &message),
        );
    }
}

/// Every cut, and many random changes, of a good file: an answer, whatever it is.
#[test]
fn broken_at_any_place_a_file_gives_an_answer() {
    let answered = |bytes: &[u8]| match read(bytes, "broken.csv", None) {
        Ok(dataset) => {
            consistent(&dataset);
            None
        }
        Err(error) => Some(error),
    };
    for end in 0..SMALL.len() {
        answered(&SMALL[..end]);
    }
    let mut random = RandomState::new(7);
    let odd = b"\"\",;\n\r\t\x00\xFF|0 -\xC3\xA9";
    let mut errors: Vec<ReadError> = Vec::new();
    for _ in 0..2_000 {
        let mut bytes = SMALL.to_vec();
        for _ in 0..=random.interval(8) {
            let at = random.interval(bytes.len() as u32 - 1) as usize;
            let byte = odd[random.interval(odd.len() as u32 - 1) as usize];
            match random.interval(2) {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                _ => drop(bytes.remove(at)),
            }
        }
        errors.extend(answered(&bytes));
    }
    let codes: std::collections::BTreeSet<_> = errors.iter().map(ReadError::code).collect();
    assert!(codes.len() >= 4, "the changes reach several errors: {codes:?}");
}
