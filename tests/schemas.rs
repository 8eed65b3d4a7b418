//! What a person is told of a table, and what they say of it.

#![allow(clippy::expect_used, clippy::panic, clippy::print_stderr, reason = "a test fails loudly")]

mod support;

#[path = "support/tables.rs"]
mod tables;

use churn_lab::data::csv::{Delimiter, Encoding, FormatChoice, Quote};
use churn_lab::data::interpret::interpret;
use churn_lab::data::schema::{Decimal, ReadAs};
use churn_lab::data::warnings::About;
use churn_lab::data::{Role, Value};
use tables::{columns, described, read, rows};

const PLANS: &str = "plan,fee,left\nBasic,9.5,no\nPlus,19,yes\nBasic,9.5,no\n";

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
    let cast = interpret(&table, schema.clone(), "telco").expect("it is left out");
    assert_eq!((cast.unfit[copy], cast.dataset.n_rows()), (7_043, 7_032));
    schema.columns[copy].role = Role::Feature;
    let error = interpret(&table, schema.clone(), "telco").expect_err("no row has a number");
    assert_eq!(error.code(), "csv_no_usable_rows");
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
