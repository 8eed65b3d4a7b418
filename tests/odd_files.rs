//! Files as people have them: how each is cut and read is seen from the file alone.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails loudly")]

#[path = "support/tables.rs"]
mod tables;

use churn_lab::data::csv::FormatChoice;
use churn_lab::data::interpret::{interpret, read_as_it_looks};
use churn_lab::data::warnings::About;
use churn_lab::data::{Interpreted, Value};
use tables::{columns, described, read, rows, table};

/// How the file is cut, what its columns are, and its first row.
#[track_caller]
fn check(bytes: impl AsRef<[u8]>, format: &str, kinds: &str, first: &[&str]) -> Interpreted {
    let (cut, read) = read(bytes.as_ref(), FormatChoice::default());
    assert_eq!(described(cut.format), format);
    assert_eq!(columns(&read), kinds);
    let row: Vec<String> = read.dataset.rows(0, 1).iter().flatten().map(Value::to_string).collect();
    assert_eq!(row, first);
    // said by a person as it was seen, it is the same table
    let said = FormatChoice {
        encoding: Some(cut.format.encoding),
        delimiter: Some(cut.format.delimiter),
        quote: Some(cut.format.quote),
        header: Some(cut.format.header),
    };
    let again = table(bytes.as_ref(), said);
    assert_eq!(again.columns, cut.columns);
    let reread = interpret(&cut, read.schema.clone(), "odd.csv").expect("it was read so");
    assert_eq!(reread.dataset.columns, read.dataset.columns);
    assert_eq!(reread.warnings, read.warnings);
    read
}

fn utf16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(unit).collect()
}

fn latin1(text: &str) -> Vec<u8> {
    text.chars().map(|c| u8::try_from(u32::from(c)).expect("a Latin-1 letter")).collect()
}

const PLANS: &str = "plan,fee,left\nBasic,9.5,no\nPlus,19,yes\nBasic,9.5,no\n";
const PLANS_ROW: [&str; 3] = ["Basic", "9.5", "no"];
const PLANS_KINDS: &str = "category number flag!";

#[test]
fn encodings() {
    check(PLANS, "", PLANS_KINDS, &PLANS_ROW);
    check(format!("\u{FEFF}{PLANS}"), "", PLANS_KINDS, &PLANS_ROW);
    check(format!("\u{FEFF}\u{FEFF}{PLANS}"), "", PLANS_KINDS, &PLANS_ROW);
    check(utf16(&format!("\u{FEFF}{PLANS}"), u16::to_le_bytes), "utf16le", PLANS_KINDS, &PLANS_ROW);
    check(utf16(&format!("\u{FEFF}{PLANS}"), u16::to_be_bytes), "utf16be", PLANS_KINDS, &PLANS_ROW);
    check(utf16(PLANS, u16::to_le_bytes), "utf16le", PLANS_KINDS, &PLANS_ROW);
    check(utf16(PLANS, u16::to_be_bytes), "utf16be", PLANS_KINDS, &PLANS_ROW);
    let umlauts = "ort,gebühr,churn\nMünchen,5,nein\nKöln,6,ja\nMünchen,7,ja\n";
    let kinds = "category number flag!";
    check(umlauts, "", kinds, &["München", "5", "nein"]);
    check(latin1(umlauts), "latin1", kinds, &["München", "5", "nein"]);
    // the euro sign and curly quotes of Windows
    check(b"price,churn\n\x80 5,no\n\x935\x94,yes\n", "latin1", "category flag!", &["€ 5", "no"]);
    let emoji = "plan,churn\n😀,no\n😡,yes\n";
    check(emoji, "", "category flag!", &["😀", "no"]);
    check(utf16(emoji, u16::to_le_bytes), "utf16le", "category flag!", &["😀", "no"]);
    check("план,churn\nА,no\nБ,yes\n", "", "category flag!", &["А", "no"]);
}

#[test]
fn delimiters_and_quotes() {
    check(PLANS.replace(',', ";"), "semicolon", PLANS_KINDS, &PLANS_ROW);
    check(PLANS.replace(',', "\t"), "tab", PLANS_KINDS, &PLANS_ROW);
    check(PLANS.replace(',', "|"), "bar", PLANS_KINDS, &PLANS_ROW);
    check(PLANS.replace('\n', "\r\n"), "", PLANS_KINDS, &PLANS_ROW);
    check(PLANS.replace('\n', "\r"), "", PLANS_KINDS, &PLANS_ROW);
    check(format!("\n\n{PLANS}\n\n"), "", PLANS_KINDS, &PLANS_ROW);
    check(PLANS.replace(',', " , "), "", PLANS_KINDS, &PLANS_ROW);
    check(
        "a,b,churn\n\"x, y\",1,no\n\"z\",2,yes\n",
        "",
        "category number flag!",
        &["x, y", "1", "no"],
    );
    check(
        "a;b;churn\n\"x; y\";1;no\nz;2;yes\n",
        "semicolon",
        "category number flag!",
        &["x; y", "1", "no"],
    );
    check("a,churn\n\"say \"\"hi\"\"\",no\nx,yes\n", "", "category flag!", &["say \"hi\"", "no"]);
    check("a,churn\n\"two\nlines\",no\nx,yes\n", "", "category flag!", &["two\nlines", "no"]);
    check("'a','churn'\n'x, y','no'\n'z','yes'\n", "single", "category flag!", &["x, y", "no"]);
    check(
        "'a';'churn'\n'it''s';'no'\n'z';'yes'\n",
        "semicolon single",
        "category flag!",
        &["it's", "no"],
    );
    // an apostrophe is no quote
    check("a,churn\nit's,no\nhe's,yes\n", "", "category flag!", &["it's", "no"]);
    // a comma in a semicolon file, a semicolon in a comma file
    check(
        "a;b;churn\nx, y;1;no\nz;2;yes\n",
        "semicolon",
        "category number flag!",
        &["x, y", "1", "no"],
    );
    check("a,b,churn\nx; y,1,no\nz,2,yes\n", "", "category number flag!", &["x; y", "1", "no"]);
}

#[test]
fn headers() {
    check("5,79.5,no\n40,60,yes\n", "headless", "number number flag!", &["5", "79.5", "no"]);
    check("1,2,0\n3,4,1\n", "headless", "number number flag!", &["1", "2", "No"]);
    check(",fee,churn\n0,5,no\n1,6,yes\n", "", "text number flag!", &["0", "5", "no"]);
    check(
        "2023,2024,plan,state,churn\n1,2,A,x,no\n3,4,B,y,yes\n",
        "",
        "number number category category flag!",
        &["1", "2", "A", "x", "no"],
    );
}

#[test]
fn numbers() {
    check("fee;churn\n9,50;no\n19,00;yes\n", "semicolon", "number flag!", &["9.5", "no"]);
    check("fee;churn\n1.234,50;no\n19,00;yes\n", "semicolon", "number flag!", &["1234.5", "no"]);
    check("fee,churn\n\"1,234.50\",no\n19.00,yes\n", "", "number flag!", &["1234.5", "no"]);
    check("fee,churn\n\"1,234\",no\n19,yes\n", "", "number flag!", &["1234", "no"]);
    check("fee;churn\n1 234,5;no\n19,0;yes\n", "semicolon", "number flag!", &["1234.5", "no"]);
    check("fee\tchurn\n1'234.5\tno\n19.0\tyes\n", "tab", "number flag!", &["1234.5", "no"]);
    check("fee,churn\n1e3,no\n-2.5E-1,yes\n", "", "number flag!", &["1000", "no"]);
    check("fee,churn\n+5,no\n-.5,yes\n", "", "number flag!", &["5", "no"]);
    check("code,churn\n007,no\n042,yes\n", "", "number flag!", &["7", "no"]);
    check(
        "kwh;churn\n0,125;no\n0,250;yes\n1,375;no\n",
        "semicolon",
        "number flag!",
        &["0.125", "no"],
    );
    check("kwh,churn\n0.125,no\n0.250,yes\n1.375,no\n", "", "number flag!", &["0.125", "no"]);
    check("kwh,churn\n\"0,125\",no\n\"1,375\",yes\n", "", "number flag!", &["0.125", "no"]);
    check("size,churn\n5GB,no\n10GB,yes\n", "", "category flag!", &["5GB", "no"]);
}

/// Where every number could be two, the delimiter tips the scales, and it is told.
#[test]
fn marks_that_could_be_either() {
    let kinds = "number flag flag!";
    for (file, format, first, message) in [
        (
            "kwh;new;churn\n1,375;y;no\n2,500;n;yes\n",
            "semicolon",
            "1.375",
            "kwh is read with a comma before decimals; no number shows that 1,375 is not written the other way round",
        ),
        (
            "kwh,new,churn\n1.375,y,no\n2.500,n,yes\n",
            "",
            "1.375",
            "kwh is read with a point before decimals; no number shows that 1.375 is not written the other way round",
        ),
    ] {
        let read = check(file, format, kinds, &[first, "y", "no"]);
        let found = read.warnings.iter().find(|warning| warning.about == About::AmbiguousNumbers);
        assert_eq!(found.map(|warning| warning.message.as_str()), Some(message));
    }
    let shown = check(
        "kwh;fee;churn\n1,375;0,5;no\n2,500;7;yes\n",
        "semicolon",
        "number number flag!",
        &["1.375", "0.5", "no"],
    );
    assert!(shown.warnings.iter().all(|warning| warning.about != About::AmbiguousNumbers));
}

#[test]
fn flags() {
    check("a,churn\n0,no\n1,yes\n", "", "flag flag!", &["No", "no"]);
    check("a,churn\nTRUE,no\nFALSE,yes\n", "", "flag flag!", &["TRUE", "no"]);
    check("a,churn\nY,0\nN,1\n", "", "flag flag!", &["Y", "No"]);
    check("a,churn\n0.0,no\n1.0,yes\n", "", "flag flag!", &["No", "no"]);
    check("a,churn\nYes,no\nNo,yes\nMaybe,no\n", "", "category flag!", &["Yes", "no"]);
    check("a,churn\nJa,0\nNEIN,1\n", "", "flag flag!", &["Ja", "No"]);
    check("a,churn\nyes,no\nYes,yes\nno,no\n", "", "category flag!", &["yes", "no"]);
}

#[test]
fn dates() {
    check("since,churn\n2020-01-01,no\n2024-02-29,yes\n", "", "ymd flag!", &["18262", "no"]);
    check("since,churn\n2020/01/01,no\n2024/02/29,yes\n", "", "ymd flag!", &["18262", "no"]);
    check("since,churn\n01.01.2020,no\n29.02.2024,yes\n", "", "dmy flag!", &["18262", "no"]);
    check("since,churn\n1/1/2020,no\n2/29/2024,yes\n", "", "mdy flag!", &["18262", "no"]);
    check("since,churn\n1/1/2020,no\n29/2/2024,yes\n", "", "dmy flag!", &["18262", "no"]);
    check(
        "since,churn\n2020-01-01T12:00:00Z,no\n2024-02-29 06:00,yes\n",
        "",
        "ymd flag!",
        &["18262.5", "no"],
    );
    let read = check("since,churn\n1/2/2020,no\n3/4/2024,yes\n", "", "mdy flag!", &["18263", "no"]);
    assert!(read.warnings.iter().any(|warning| warning.about == About::AmbiguousDates));
    check(
        "since,churn\n2020-13-01,no\n2024-02-30,yes\n",
        "",
        "category flag!",
        &["2020-13-01", "no"],
    );
}

/// So many rows of a number, a level and a class, in which every `gap`-th number is another text.
fn gaps(rows: usize, gap: usize, text: &str) -> String {
    let mut file = "fee,plan,churn\n".to_owned();
    for row in 0..rows {
        let fee = if row % gap == 0 { text.to_owned() } else { format!("{row}.5") };
        file.push_str(&format!("{fee},{},{}\n", ["A", "B"][row % 3 % 2], ["no", "yes"][row % 2]));
    }
    file
}

#[test]
fn missing_values() {
    for marker in
        ["NA", "N/A", "n/a", "NULL", "null", "NaN", "#N/A", "?", "-", "--", "None", "unknown"]
    {
        let read = check(gaps(99, 50, marker), "", "number category flag!", &["1.5", "B", "yes"]);
        assert_eq!(read.schema.missing, [marker]);
        assert_eq!((read.dataset.n_rows(), read.unfit.as_slice()), (97, &[0, 0, 0][..]));
        let message = format!("fee is missing (\"{marker}\")");
        assert!(read.dataset.issues.iter().all(|issue| issue.message == message));
    }
    let read = check(gaps(99, 50, ""), "", "number category flag!", &["1.5", "B", "yes"]);
    assert_eq!(read.dataset.issues[0].message, "fee is blank");
    // a level that is called None is one where others are words
    check("plan,churn\nNone,no\nA,yes\nB,no\n", "", "category flag!", &["None", "no"]);
    // gaps that would cost too many rows are filled, which is told
    let read = check(gaps(200, 5, "NA"), "", "number+median category flag!", &["100.5", "A", "no"]);
    assert_eq!(read.dataset.n_rows(), 200);
    assert!(read.warnings.iter().any(|warning| warning.about == About::Filled));
    let levels = gaps(200, 5, "").replace(".5,", ",").replace(",A,", ",,");
    let read = read_as_it_looks(&table(levels.as_bytes(), FormatChoice::default()), "x", None);
    assert_eq!(columns(&read.expect("a data set")), "number+median text flag!");
}

#[test]
fn identifiers_and_texts() {
    check(rows("customerID", 30, |at| format!("{at}")), "", "id flag!", &["0", "no"]);
    check(rows("nr", 30, |at| format!("{}", at + 1)), "", "id flag!", &["1", "no"]);
    check(rows("code", 30, |at| format!("c{at}")), "", "id flag!", &["c0", "no"]);
    check(
        rows("nr,customer_id", 30, |at| format!("{at},c{at}")),
        "",
        "id- id flag!",
        &["0", "c0", "no"],
    );
    check(rows("age", 30, |at| format!("{}", 20 + at * 7 % 30)), "", "number flag!", &["20", "no"]);
    check(rows("note", 120, |at| format!("n{}", at % 60)), "", "text flag!", &["n0", "no"]);
    check(rows("note", 120, |at| format!("n{}", at % 50)), "", "category flag!", &["n0", "no"]);
    check(
        rows("empty,fee", 30, |at| format!(",{}", at % 7)),
        "",
        "text number flag!",
        &["", "0", "no"],
    );
}
