//! Files as people have them: how each is cut and read is seen from the file alone.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails loudly")]

mod support;

use churn_lab::data::csv::{Delimiter, Encoding, Format, FormatChoice, Quote, read_table};
use churn_lab::data::interpret::{interpret, read_as_it_looks};
use churn_lab::data::schema::{Decimal, MissingPolicy, ReadAs};
use churn_lab::data::warnings::About;
use churn_lab::data::{Interpreted, Role, Table, Value};

fn table(bytes: &[u8], choice: FormatChoice) -> Table {
    read_table(bytes, "odd.csv", choice).unwrap_or_else(|error| panic!("{error}"))
}

fn read(bytes: &[u8], choice: FormatChoice) -> (Table, Interpreted) {
    let table = table(bytes, choice);
    let read = read_as_it_looks(&table, "odd.csv", None).unwrap_or_else(|error| panic!("{error}"));
    (table, read)
}

/// "utf8 , \" header" as far as it is not the usual.
fn described(format: Format) -> String {
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
fn columns(read: &Interpreted) -> String {
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

/// How the file is cut, what its columns are, and its first row.
#[track_caller]
fn check(bytes: impl AsRef<[u8]>, format: &str, kinds: &str, first: &[&str]) -> Interpreted {
    let (table, read) = read(bytes.as_ref(), FormatChoice::default());
    assert_eq!(described(table.format), format);
    assert_eq!(columns(&read), kinds);
    let row: Vec<String> = read.dataset.rows(0, 1).iter().flatten().map(Value::to_string).collect();
    assert_eq!(row, first);
    // said by a person as it was seen, it is the same table
    let said = FormatChoice {
        encoding: Some(table.format.encoding),
        delimiter: Some(table.format.delimiter),
        quote: Some(table.format.quote),
        header: Some(table.format.header),
    };
    let again = self::table(bytes.as_ref(), said);
    assert_eq!(again.columns, table.columns);
    let reread = interpret(&table, read.schema.clone(), "odd.csv").expect("it was read so");
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
    let kinds = "category number category!";
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
    check("size,churn\n5GB,no\n10GB,yes\n", "", "category flag!", &["5GB", "no"]);
}

#[test]
fn flags() {
    check("a,churn\n0,no\n1,yes\n", "", "flag flag!", &["No", "no"]);
    check("a,churn\nTRUE,no\nFALSE,yes\n", "", "flag flag!", &["TRUE", "no"]);
    check("a,churn\nY,0\nN,1\n", "", "flag flag!", &["Y", "No"]);
    check("a,churn\n0.0,no\n1.0,yes\n", "", "flag flag!", &["No", "no"]);
    check("a,churn\nYes,no\nNo,yes\nMaybe,no\n", "", "category flag!", &["Yes", "no"]);
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

fn rows(header: &str, n: usize, row: impl Fn(usize) -> String) -> String {
    let rows = (0..n).map(|at| format!("{},{}\n", row(at), ["no", "yes"][at % 2]));
    format!("{header},churn\n{}", rows.collect::<String>())
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

#[track_caller]
fn warned(file: &str, about: About, column: &str) {
    let (_, read) = read(file.as_bytes(), FormatChoice::default());
    let found: Vec<_> = read.warnings.iter().map(|w| (w.about, w.column.as_str())).collect();
    assert!(found.contains(&(about, column)), "{found:?}");
}

#[test]
fn warnings() {
    warned(
        &rows("fee,stopped", 60, |at| format!("{},{}", at % 7, ["n", "y"][at % 2])),
        About::Leak,
        "stopped",
    );
    warned(
        &rows("fee,end", 60, |at| format!("{},{}", at % 7, 100 * (at % 2) + at % 5)),
        About::Leak,
        "end",
    );
    warned(&rows("fee,country", 60, |at| format!("{},CH", at % 7)), About::Constant, "country");
    warned(&rows("fee,year", 60, |at| format!("{},2024", at % 7)), About::Constant, "year");
    warned(
        &rows("fee,Surname", 60, |at| format!("{},s{}", at % 7, at % 9)),
        About::Personal,
        "Surname",
    );
    warned(
        &rows("fee,contact", 60, |at| format!("{},u{at}@x.org", at % 7)),
        About::Personal,
        "contact",
    );
    warned(&rows("fee,note", 200, |at| format!("{},n{}", at % 7, at % 90)), About::LeftOut, "note");
    warned("a,b\n1,x\n2,y\n3,z\n", About::NoTarget, "");
    // half of the rows have a cell too many
    warned("fee,churn\n1,no\n2,yes\n3,no,x\n4,yes,x\n", About::RowsLost, "");
    // the Telco columns are neither leaks nor personal
    let (_, telco) = read(include_bytes!("../data/telco-sample.csv"), FormatChoice::default());
    assert_eq!(telco.warnings, []);
}

#[test]
fn what_a_person_says_counts() {
    let read_with = |text: &str, choice: FormatChoice| {
        let (table, read) = read(text.as_bytes(), choice);
        (described(table.format), columns(&read), read.dataset.n_rows())
    };
    let delimiter = |delimiter| FormatChoice { delimiter: Some(delimiter), ..Default::default() };
    let say = |expected: (&str, &str, usize), found: (String, String, usize)| {
        assert_eq!((found.0.as_str(), found.1.as_str(), found.2), expected);
    };
    say(
        ("colon", "number flag!", 2),
        read_with("a:churn\n1:no\n2:yes\n", delimiter(Delimiter::Colon)),
    );
    say(
        ("caret", "number flag!", 2),
        read_with("a^churn\n1^no\n2^yes\n", delimiter(Delimiter::Caret)),
    );
    say(
        ("space", "number flag!", 2),
        read_with("a churn\n1 no\n2 yes\n", delimiter(Delimiter::Space)),
    );
    let header = |header| FormatChoice { header: Some(header), ..Default::default() };
    say(("headless", "category category", 3), read_with("a,churn\nb,no\nc,yes\n", header(false)));
    say(("", "flag flag", 1), read_with("5,6\n1,0\n", header(true)));
    let quote = FormatChoice { quote: Some(Quote::None), ..Default::default() };
    say(("none", "category flag!", 2), read_with("a,churn\n\"x,no\ny\",yes\n", quote));
    let latin = FormatChoice { encoding: Some(Encoding::Latin1), ..Default::default() };
    let (table, _) = read("ä,churn\n1,no\n2,yes\n".as_bytes(), latin);
    assert_eq!(table.columns[0].name, "Ã¤");
}

/// Lab 3: a copy of churn as a number has as many gaps as rows, until Yes and No are given numbers.
#[test]
fn a_copy_of_churn_as_a_number() {
    let Some(bytes) = support::telco_csv() else { return };
    let (table, read) = read(&bytes, FormatChoice::default());
    let mut schema = read.schema.clone();
    let churn = schema.columns.iter().position(|plan| plan.name == "Churn").expect("it is there");
    assert_eq!(schema.copy_column(churn).as_deref(), Some("Churn 2"));
    let copy = churn + 1;
    schema.columns[copy].cast(ReadAs::Number);
    let error = interpret(&table, schema.clone(), "telco").expect_err("no row has a number");
    assert_eq!(error.code(), "csv_no_usable_rows");
    schema.columns[copy].role = Role::Ignored;
    schema.columns[copy].cast(ReadAs::Number);
    for (text, by) in [("Yes", "1"), ("No", "0")] {
        let (text, by) = (text.to_owned(), by.to_owned());
        schema.columns[copy].replace.push(churn_lab::data::schema::Replacement { text, by });
    }
    let read = interpret(&table, schema, "telco").expect("it fits");
    let number = |row: usize, column: &str| match read
        .dataset
        .column(column)
        .expect("a column")
        .values
        .value(row)
    {
        Some(Value::Number(number)) => number,
        other => panic!("{other:?}"),
    };
    let seniors: Vec<usize> = (0..read.dataset.n_rows())
        .filter(|&row| read.dataset.record(row).expect("a row")["SeniorCitizen"] == "Yes".into())
        .collect();
    let churned: f64 = seniors.iter().map(|&row| number(row, "Churn 2")).sum();
    assert_eq!((churned, seniors.len()), (476.0, 1_142));
}

#[test]
fn other_schemas_are_refused_by_name() {
    let (table, read) = read(PLANS.as_bytes(), FormatChoice::default());
    let code = |change: &dyn Fn(&mut churn_lab::data::Schema)| {
        let mut schema = read.schema.clone();
        change(&mut schema);
        interpret(&table, schema, "plans").expect_err("it does not fit").to_string()
    };
    let name = |at: usize, name: &'static str| code(&move |s| s.columns[at].name = name.to_owned());
    assert_eq!(name(1, " "), "column 2 has no name; every column needs one");
    assert_eq!(
        name(1, "plan"),
        "two columns are named \"plan\"; every column needs a name of its own"
    );
    assert_eq!(
        code(&|s| s.columns[1].source = 3),
        "column \"fee\" is made of column 4 of the file, which has 3"
    );
    assert_eq!(
        code(&|s| s.columns[0].role = Role::Target),
        "\"plan\" and \"left\" are both to be predicted; only one column can be"
    );
    assert_eq!(
        code(&|s| s.positive_class = Some("maybe".to_owned())),
        "\"maybe\" is no value of \"left\"; its values are no, yes"
    );
    assert_eq!(
        code(&|s| s.columns[0].cast(ReadAs::Number)),
        "none of the 3 rows could be used: row 1: plan is \"Basic\", not a number; row 2: plan is \
         \"Plus\", not a number; row 3: plan is \"Basic\", not a number"
    );
    assert_eq!(
        code(&|s| s.decimal = Decimal::Comma),
        "the target \"left\" has 1 class (yes); it must have exactly 2 classes"
    );
}
