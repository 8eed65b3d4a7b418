//! What a person is told of a table, and what they say of it.

#![allow(clippy::expect_used, clippy::panic, clippy::print_stderr, reason = "a test fails loudly")]

mod support;

#[path = "support/tables.rs"]
mod tables;

use churn_lab::data::csv::{Delimiter, Encoding, FormatChoice, Quote};
use churn_lab::data::interpret::{interpret, read_as_it_looks};
use churn_lab::data::schema::{ColumnPlan, Decimal, MissingPolicy, ReadAs};
use churn_lab::data::warnings::About;
use churn_lab::data::{Interpreted, Role, Value};
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
        &rows("fee,contact", 60, |at| format!("{},u{}@x.org", at % 7, at % 20)),
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

/// What no model sees needs no warning.
#[test]
fn persons_are_told_of_where_a_model_would_see_them() {
    let file = rows("fee,Surname,email", 60, |at| format!("{},s{},u{at}@x.org", at % 7, at % 9));
    let (table, read) = read(file.as_bytes(), FormatChoice::default());
    let personal = |read: &Interpreted| {
        let personal = read.warnings.iter().filter(|warning| warning.about == About::Personal);
        personal.map(|warning| warning.column.clone()).collect::<Vec<_>>()
    };
    // each row's own address names the row
    assert_eq!(personal(&read), ["Surname"]);
    let mut schema = read.schema.clone();
    schema.columns[1].role = Role::Ignored;
    assert_eq!(personal(&interpret(&table, schema, "left out").expect("it fits")), [""; 0]);
}

/// A table sorted by what is to be predicted, longer than what is looked at, and one in turns.
#[test]
fn a_leak_is_found_wherever_its_rows_stand() {
    let classes: [fn(usize) -> bool; 3] = [|at| at >= 90_000, |at| at < 60_000, |at| at % 3 == 0];
    for class in classes {
        let row = |at: usize| {
            let left = class(at);
            let end = 100 * usize::from(left) + at % 50;
            format!(
                "{},{},{end},{}\n",
                at % 7,
                ["n", "y"][usize::from(left)],
                ["no", "yes"][usize::from(left)]
            )
        };
        let file = format!("fee,stopped,end,churn\n{}", (0..120_000).map(row).collect::<String>());
        let (_, read) = read(file.as_bytes(), FormatChoice::default());
        let leaks = read.warnings.iter().filter(|warning| warning.about == About::Leak);
        assert_eq!(leaks.map(|leak| leak.column.as_str()).collect::<Vec<_>>(), ["stopped", "end"]);
    }
}

/// The only date that shows the order stands last.
#[test]
fn every_date_is_looked_at() {
    let date = |at: usize| if at == 59_999 { "1/13/2020" } else { "1/2/2020" };
    let file = rows("since", 60_000, |at| date(at).to_owned());
    let (_, read) = read(file.as_bytes(), FormatChoice::default());
    assert!(read.warnings.iter().all(|warning| warning.about != About::AmbiguousDates));
}

/// Blank cells and those that can't be read are filled alike.
#[test]
fn filled_gaps_are_all_counted() {
    let file = rows("fee", 200, |at| match at {
        0..10 => String::new(),
        10..13 => "x".to_owned(),
        _ => format!("{}.5", at % 31),
    });
    let (_, read) = read(file.as_bytes(), FormatChoice::default());
    let filled = read.warnings.iter().find(|warning| warning.about == About::Filled);
    let message = filled.map(|warning| warning.message.as_str());
    assert_eq!(message, Some("13 gaps of fee take the median of the others"));
}

/// The column named Churn is only tried where nobody asked for it.
#[test]
fn a_churn_without_two_classes_is_no_target() {
    let check = |rows: &str, message: &str, kinds: &str| {
        let file = format!("plan,churn\n{rows}");
        let (table, read) = read(file.as_bytes(), FormatChoice::default());
        let warning = read.warnings.iter().find(|warning| warning.about == About::NoTarget);
        assert_eq!(warning.map(|warning| warning.message.as_str()), Some(message));
        assert_eq!((columns(&read).as_str(), &read.dataset.target), (kinds, &None));
        let error = read_as_it_looks(&table, "asked", Some("churn")).expect_err("it was asked for");
        assert!(["target_not_two_classes", "csv_no_usable_rows"].contains(&error.code()));
    };
    let so = "so no column is predicted; choose one with two values to train a model";
    check(
        "A,no\nB,yes\nA,maybe\n",
        &format!("churn has 3 classes (maybe, no, yes), {so}"),
        "category category",
    );
    check("A,no\nB,no\nA,no\n", &format!("churn has 1 class (no), {so}"), "category flag");
    check(
        "A,0.5\nB,0.7\nA,0.9\n",
        &format!("churn has too many different numbers, {so}"),
        "category number",
    );
    check("A,\nB,\nA,\n", so.strip_prefix("so ").expect("a prefix"), "category text");
}

/// Gaps can't take the median of nothing.
#[test]
fn a_median_needs_values() {
    let (table, read) = read(PLANS.as_bytes(), FormatChoice::default());
    let mut schema = read.schema.clone();
    schema.columns[0].cast(ReadAs::Number);
    schema.columns[0].missing = MissingPolicy::Median;
    let error = interpret(&table, schema.clone(), "plans").expect_err("no plan is a number");
    assert_eq!(error.code(), "no_median");
    assert_eq!(
        error.to_string(),
        "no cell of \"plan\" has a value that the gaps could take the median of: the first one is \
         \"Basic\", not a number; read it in another way, or leave it out"
    );
    schema.columns[0].role = Role::Ignored;
    assert_eq!(interpret(&table, schema, "plans").expect("no model sees it").dataset.n_rows(), 3);
}

#[test]
fn yes_and_no_become_numbers_and_words_again() {
    let (_, read) = read(PLANS.as_bytes(), FormatChoice::default());
    let check = |texts: &[&str], numbers: &[&str], words: &[&str]| {
        let mut plan = read.schema.columns[0].clone();
        plan.replace_text("maybe", "no");
        let owned =
            |texts: &[&str]| -> Vec<String> { texts.iter().map(|&text| text.to_owned()).collect() };
        let reads = |plan: &ColumnPlan| {
            texts.iter().map(|text| plan.replaced(text).to_owned()).collect::<Vec<_>>()
        };
        for _ in 0..2 {
            plan.read_flags(texts.iter().copied(), ReadAs::Number);
            assert_eq!((&reads(&plan)[..], plan.read_as), (&owned(numbers)[..], ReadAs::Number));
            plan.read_flags(texts.iter().copied(), ReadAs::Category);
            assert_eq!((&reads(&plan)[..], plan.read_as), (&owned(words)[..], ReadAs::Category));
        }
    };
    check(&["Yes", "No"], &["1", "0"], &["Yes", "No"]);
    check(&["TRUE", "true", "False"], &["1", "1", "0"], &["Yes", "Yes", "No"]);
    check(
        &["Y", "n", "1", "0.0", "ja", "Nein"],
        &["1", "0", "1", "0", "1", "0"],
        &["Yes", "No", "Yes", "No", "Yes", "No"],
    );
    check(&["Yes", "maybe", "other", ""], &["1", "0", "other", ""], &["Yes", "No", "other", ""]);
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
