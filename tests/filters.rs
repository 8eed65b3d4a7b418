//! Filters in words: which rows pass, what is said where something is wrong, and what may come next.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails loudly")]

#[path = "support/customers.rs"]
#[allow(dead_code, reason = "every test file uses a part")]
mod customers;

use churn_lab::data::csv::read;
use churn_lab::data::{ColumnKind, ColumnValues, Dataset, DatasetSummary, TextColumn};
use churn_lab::exploration::filter::{Filter, complete, plain_number};

/// Six customers with every kind of column.
fn six() -> Dataset {
    let csv = "customerID,Contract,tenure,MonthlyCharges,Payment method,note,Churn
A-1,Month-to-month,1,70.35,Check,said hi,Yes
B-2,One year,12,20,Card,paid late,No
C-3,Two year,72,118.75,Card,moved,No
D-4,Month-to-month,5,50,Check,asked twice,Yes
E-5,Two year,40,70,Transfer,it's fine,No
F-6,One year,12,99.9,Card,Moved out,Yes
";
    let mut dataset = read(csv.as_bytes(), "six", Some("Churn")).expect("a good file");
    for column in &mut dataset.columns {
        // six rows are too few for the reader to see that these are no levels
        if ["customerID", "note"].contains(&column.name.as_str())
            && let ColumnValues::Levels { levels, codes } = &column.values
        {
            let mut texts = TextColumn::default();
            codes.iter().for_each(|&code| texts.push(&levels[usize::from(code)]));
            column.values = ColumnValues::Text(texts);
            column.kind = ColumnKind::Text;
        }
    }
    dataset
}

/// The rows that pass, as their letters.
fn passing(filter: &str) -> String {
    let dataset = six();
    let columns = DatasetSummary::columns_of(&dataset);
    let parsed = Filter::parse(filter, &columns, plain_number);
    let failed = parsed.unwrap_or_else(|e| panic!("{filter}: {e}")).failed(&dataset);
    "ABCDEF".chars().zip(failed).filter(|(_, failed)| *failed == 0).map(|(row, _)| row).collect()
}

#[test]
fn filters_let_the_right_rows_pass() {
    for (filter, expected) in [
        ("", "ABCDEF"),
        ("  \n ", "ABCDEF"),
        ("tenure = 12", "BF"),
        ("tenure == 12", "BF"),
        ("tenure != 12", "ACDE"),
        ("tenure <> 12", "ACDE"),
        ("tenure < 12", "AD"),
        ("tenure <= 12", "ABDF"),
        ("tenure > 12", "CE"),
        ("tenure >= 12", "BCEF"),
        ("tenure>=12", "BCEF"),
        ("tenure = 1.2e+1", "BF"),
        ("tenure > -3", "ABCDEF"),
        ("tenure = \"12\"", "BF"),
        ("tenure in (1, 5,72)", "ACD"),
        ("tenure not in (1, 5)", "BCEF"),
        ("tenure between 5 and 12", "BDF"),
        ("tenure not between 5 and 12", "ACE"),
        ("MonthlyCharges between 70 and 70", "E"),
        ("Contract = \"Two year\"", "CE"),
        ("Contract = 'Two year'", "CE"),
        ("Contract = Month-to-month", "AD"),
        ("Contract != Month-to-month", "BCEF"),
        ("Contract in (\"One year\", \"Two year\")", "BCEF"),
        ("Contract NOT IN (\"One year\")", "ACDE"),
        ("Contract contains YEAR", "BCEF"),
        ("Contract not contains year", "AD"),
        ("Churn = Yes", "ADF"),
        ("`Payment method` = Card", "BCF"),
        ("note contains moved", "CF"),
        ("note contains \"'s f\"", "E"),
        ("note = moved", "C"),
        ("note in (moved, 'Moved out')", "CF"),
        ("customerID = B-2", "B"),
        ("customerID contains -", "ABCDEF"),
        ("not Churn = Yes", "BCE"),
        ("not not Churn = Yes", "ADF"),
        ("Churn = Yes and tenure < 12", "AD"),
        ("Churn = Yes or tenure > 40", "ACDF"),
        // `and` binds closer than `or`, `not` closest
        ("tenure = 1 or tenure = 12 and Churn = Yes", "AF"),
        ("(tenure = 1 or tenure = 12) and Churn = Yes", "AF"),
        ("(tenure = 5 or tenure = 12) and Churn = No", "B"),
        ("tenure = 5 or tenure = 12 and Churn = No", "BD"),
        ("not tenure = 12 and Churn = Yes", "AD"),
        ("not (tenure = 12 and Churn = Yes)", "ABCDE"),
        ("((tenure < 2))", "A"),
        ("Contract = \"Two year\" and (tenure < 12 or MonthlyCharges >= 70)", "CE"),
        ("tenure=1 AND MonthlyCharges>70 Or Churn=No", "ABCE"),
    ] {
        assert_eq!(passing(filter), expected, "{filter}");
    }
}

#[test]
fn what_is_wrong_is_said_with_its_place() {
    let columns = DatasetSummary::columns_of(&six());
    for (filter, place, message) in [
        ("Contrct = 1", "Contrct", "there is no column Contrct; did you mean Contract?"),
        ("price > 1", "price", "there is no column price"),
        ("tenure", "", "an operator such as = is missing here, at the end"),
        ("tenure 12", "12", "an operator such as = is missing here, where 12 stands"),
        ("tenure <", "", "a value is missing here, at the end"),
        ("tenure < and", "and", "a value is missing here, where and stands"),
        ("tenure < \"x\"", "\"x\"", "tenure is a number, \"x\" is not"),
        ("tenure = Card", "Card", "tenure is a number, \"Card\" is not"),
        ("tenure = 1.2.3", "1.2.3", "tenure is a number, \"1.2.3\" is not"),
        ("tenure = inf", "inf", "tenure is a number, \"inf\" is not"),
        (
            "Contract = \"Two years\"",
            "\"Two years\"",
            "Contract has no level \"Two years\"; did you mean Two year?; allowed: Month-to-month, \
             One year, Two year",
        ),
        (
            "Contract in (\"One year\", Weekly)",
            "Weekly",
            "Contract has no level \"Weekly\"; allowed: Month-to-month, One year, Two year",
        ),
        ("Contract < 3", "<", "< does not fit Contract; allowed: =, !=, in, contains"),
        (
            "Contract between 1 and 2",
            "between",
            "between does not fit Contract; allowed: =, !=, in, contains",
        ),
        (
            "tenure contains 1",
            "contains",
            "contains does not fit tenure; allowed: =, !=, <, <=, >, >=, in, between",
        ),
        (
            "tenure between 70 and 12",
            "70 and 12",
            "nothing lies between 70 and 12; the smaller number comes first",
        ),
        ("tenure between 7", "", "and with the second number is missing here, at the end"),
        (
            "tenure between 7 or",
            "or",
            "and with the second number is missing here, where or stands",
        ),
        ("tenure not = 3", "=", "in, between or contains is missing here, where = stands"),
        ("tenure in 3", "3", "( and a list of values is missing here, where 3 stands"),
        ("tenure in (3 4)", "4", ", or ) is missing here, where 4 stands"),
        ("tenure in (3,", "", "a value is missing here, at the end"),
        ("tenure in ()", ")", "a value is missing here, where ) stands"),
        ("(tenure = 3", "", "and, or, or ) is missing here, at the end"),
        ("tenure = 3)", ")", "and or or is missing here, where ) stands"),
        ("tenure = 3 Churn = Yes", "Churn", "and or or is missing here, where Churn stands"),
        ("tenure = 3 and", "", "a column is missing here, at the end"),
        ("and tenure = 3", "and", "a column is missing here, where and stands"),
        ("\"tenure\" = 3", "\"tenure\"", "a column is missing here, where \"tenure\" stands"),
        ("not", "", "a column is missing here, at the end"),
        ("Contract = \"Two", "\"Two", "the \" that starts here is not closed"),
        ("`Payment = 3", "`Payment = 3", "the ` that starts here is not closed"),
        (
            "tenure = 3 & tenure = 4",
            "&",
            "'&' means nothing here; texts stand in quotes, and tests are joined by and, or",
        ),
        (
            "Größe = 3 ! 4",
            "!",
            "'!' means nothing here; texts stand in quotes, and tests are joined by and, or",
        ),
    ] {
        let error = Filter::parse(filter, &columns, plain_number).expect_err(filter);
        let marked: String = filter.chars().skip(error.from).take(error.to - error.from).collect();
        assert_eq!((marked.as_str(), error.to_string().as_str()), (place, message), "{filter}");
        if place.is_empty() {
            assert_eq!(error.from, filter.chars().count(), "{filter}");
        }
    }
}

/// A text that went round in circles would take the worker with it.
#[test]
fn depth_has_an_end() {
    let columns = DatasetSummary::columns_of(&six());
    for opening in ["(", "not "] {
        let filter = format!("{}tenure = 3", opening.repeat(100_000));
        let error = Filter::parse(&filter, &columns, plain_number).expect_err("too deep");
        assert_eq!(error.to_string(), "parentheses stand more than 50 deep");
    }
    let deep = format!("{}tenure = 1{}", "(".repeat(50), ")".repeat(50));
    assert_eq!(passing(&deep), "A");
}

/// `|` is the cursor; completions as they are typed, the part they replace in front.
#[test]
fn what_may_come_next() {
    let columns = DatasetSummary::columns_of(&six());
    for (text, replaced, expected) in [
        ("|", "", "customerID Contract tenure MonthlyCharges `Payment method` note Churn not ("),
        ("c|", "c", "customerID Contract Churn"),
        ("con|trct = 3", "contrct", "Contract"),
        ("`pay|", "`pay", "`Payment method`"),
        ("tenure |", "", "= != < <= > >= between in not in not between"),
        ("Contract |", "", "= != in not in contains not contains"),
        ("Contract n|", "n", "not in not contains"),
        ("tenure not |", "", "in between"),
        ("Contract = |", "", "\"Month-to-month\" \"One year\" \"Two year\""),
        ("Contract = \"t|", "\"t", "\"Two year\""),
        ("Contract = o|", "o", "\"One year\""),
        ("Contract in |", "", "("),
        ("Contract in (|", "", "\"Month-to-month\" \"One year\" \"Two year\""),
        ("Contract in (\"One year\"|", "", ", )"),
        ("tenure = |", "", ""),
        ("tenure between 1 |", "", "and"),
        ("tenure = 3 |", "", "and or"),
        ("tenure = 3 a|", "a", "and"),
        ("(tenure = 3 |", "", "and or )"),
        ("tenure = 3 and ch|", "ch", "Churn"),
        // a quote that is closed goes to its partner, one that is not takes no other's
        ("Contract = \"Two| year\"", "\"Two year\"", "\"Two year\""),
        ("Contract = \"Tw|o\" and tenure < 3", "\"Two\"", "\"Two year\""),
        ("Contract = \"Tw| and note = \"x\"", "\"Tw", "\"Two year\""),
        ("Contract = Month|-to-month", "Month-to-month", "\"Month-to-month\""),
        (
            "tenure = 3 and (not |",
            "",
            "customerID Contract tenure MonthlyCharges `Payment method` note Churn not (",
        ),
        ("Contrct = |", "", ""),
        ("tenure & |", "", ""),
    ] {
        let cursor = text.chars().position(|c| c == '|').expect("a cursor");
        let plain = text.replace('|', "");
        let found = complete(&columns, &plain, cursor, plain_number);
        let items: Vec<&str> = found.items.iter().map(|item| item.text.as_str()).collect();
        let part: String = plain.chars().skip(found.from).take(found.to - found.from).collect();
        assert_eq!((part.as_str(), items.join(" ").as_str()), (replaced, expected), "{text}");
    }
}

/// Levels with quotes: a quote is written twice between quotes of its kind, and completions are.
#[test]
fn a_level_may_have_quotes_of_both_kinds() {
    let mut dataset = six();
    let both = "12\" isn't";
    let contract = dataset.columns.iter_mut().find(|column| column.name == "Contract");
    let Some(ColumnValues::Levels { levels, .. }) = contract.map(|column| &mut column.values)
    else {
        panic!("levels")
    };
    levels[2] = both.to_owned();
    let columns = DatasetSummary::columns_of(&dataset);
    let found = complete(&columns, "Contract = \"12\"\"", 16, plain_number);
    let offered = found.items.first().expect("the level").text.clone();
    assert_eq!(offered, "\"12\"\" isn't\"");
    assert_eq!((found.from, found.to), (11, 16));
    for filter in [format!("Contract = {offered}"), "Contract = '12\" isn''t'".to_owned()] {
        let parsed = Filter::parse(&filter, &columns, plain_number).expect("a filter");
        assert_eq!(parsed.failed(&dataset), [1, 1, 0, 1, 0, 1], "{filter}");
    }
    let empty = Filter::parse("note = \"\"", &columns, plain_number).expect("an empty text");
    assert_eq!(empty.failed(&dataset), [1; 6]);
}

/// Whatever is typed, nothing breaks, and an error's place lies in the text.
#[test]
fn any_text_is_a_filter_or_an_error() {
    let columns = DatasetSummary::columns_of(&customers::customers());
    let parts = [
        "tenure", "Contract", "(", ")", "=", "<", "not", "in", "and", "between", "1", "\"", "`",
        "é", ",", " ", "Two year", "contains",
    ];
    let mut random = churn_lab::numerics::random::RandomState::new(9);
    for _ in 0..20_000 {
        let length = random.interval(9);
        let text: String = (0..length)
            .map(|_| format!("{} ", parts[random.interval(parts.len() as u32 - 1) as usize]))
            .collect();
        let letters = text.chars().count();
        if let Err(error) = Filter::parse(&text, &columns, plain_number) {
            assert!(error.from <= error.to && error.to <= letters, "{text}: {error:?}");
        }
        let cursor = random.interval(letters as u32 + 2) as usize;
        let found = complete(&columns, &text, cursor, plain_number);
        assert!(found.from <= found.to && found.to <= letters, "{text}: {found:?}");
    }
}
