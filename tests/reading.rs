//! Reading a customer table: the real Telco file against its reference, and a small one of ours.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test fails loudly, and says what it skips"
)]

mod support;

use churn_lab::data::csv::{ReadError, Reader, to_csv};
use churn_lab::data::{Column, ColumnKind, ColumnValues, Dataset, Role, Value};
use churn_lab::features::FeatureSpace;
use churn_lab::numerics::quantile::{quantile, sorted};
use churn_lab::numerics::random::RandomState;
use support::pieces::read;
use support::{close, reference, telco_csv};

const SMALL: &[u8] = include_bytes!("fixtures/small.csv");

fn telco() -> Option<Dataset> {
    Some(read(&telco_csv()?, "telco.csv", None).expect("the real file is good"))
}

fn levels(column: &Column) -> (&[String], &[u16]) {
    match &column.values {
        ColumnValues::Levels { levels, codes } => (levels, codes),
        other => panic!("{} has no levels but {other:?}", column.name),
    }
}

fn numbers<'a>(dataset: &'a Dataset, column: &str) -> &'a [f64] {
    match &dataset.column(column).expect("a column of that name").values {
        ColumnValues::Numbers(numbers) => numbers,
        other => panic!("{column} has no numbers but {other:?}"),
    }
}

#[test]
fn the_telco_file_loses_the_eleven_rows_with_a_blank_cell() {
    let (Some(telco), Some(expected)) = (telco(), reference("preprocess")) else { return };
    assert_eq!((telco.rows_read, telco.n_rows()), (7_043, 7_032));
    let rows: Vec<u64> = telco.issues.iter().map(|issue| u64::from(issue.row) - 1).collect();
    assert_eq!(serde_json::json!(rows), expected["dropped_raw_positions"]);
    for issue in &telco.issues {
        assert_eq!(issue.column, "TotalCharges");
        assert_eq!(issue.message, "TotalCharges is blank");
        assert!(!telco.source_rows.contains(&issue.row));
    }
    for id in expected["dropped_customer_ids"].as_array().expect("a list") {
        assert_eq!(telco.position(id.as_str().expect("a text")), None, "{id}");
    }
    for column in &telco.columns {
        assert_eq!(column.missing, if column.name == "TotalCharges" { 11 } else { 0 });
    }
}

#[test]
fn the_telco_columns_have_their_kinds_and_roles() {
    let (Some(telco), Some(expected)) = (telco(), reference("preprocess")) else { return };
    let of_kind = |kind| {
        let columns = telco.features().filter(|column| column.kind == kind);
        serde_json::json!(columns.map(|column| &column.name).collect::<Vec<_>>())
    };
    assert_eq!(of_kind(ColumnKind::Categorical), expected["categorical"]);
    assert_eq!(of_kind(ColumnKind::Numeric), expected["numeric"]);
    let features: Vec<_> = telco.features().map(|column| &column.name).collect();
    assert_eq!(serde_json::json!(features), expected["feature_order"]);
    let customer = telco.column("customerID").expect("the identifier");
    assert_eq!((customer.kind, customer.role), (ColumnKind::Identifier, Role::Identifier));
    let target = telco.target.as_ref().expect("a target");
    assert_eq!(
        [&target.column, &target.positive_class, &target.negative_class],
        ["Churn", "Yes", "No"]
    );
    assert_eq!(telco.column("Churn").map(|column| column.role), Some(Role::Target));
}

#[test]
fn the_telco_levels_and_their_counts_are_the_reference_s() {
    let (Some(telco), Some(expected)) = (telco(), reference("preprocess")) else { return };
    for column in telco.features().filter(|column| column.kind == ColumnKind::Categorical) {
        let (levels, codes) = levels(column);
        assert_eq!(serde_json::json!(levels), expected["levels"][&column.name], "{}", column.name);
        for (code, level) in levels.iter().enumerate() {
            let count = codes.iter().filter(|&&c| usize::from(c) == code).count();
            let reference = &expected["level_counts_clean"][&column.name][level];
            assert_eq!(Some(count as u64), reference.as_u64(), "{} = {level}", column.name);
        }
    }
}

#[test]
fn the_telco_numbers_and_first_rows_are_the_reference_s() {
    let (Some(telco), Some(expected)) = (telco(), reference("preprocess")) else { return };
    for (name, stats) in expected["numeric_stats_clean"].as_object().expect("by column") {
        let ascending = sorted(numbers(&telco, name));
        for (key, q) in [("min", 0.0), ("q25", 0.25), ("median", 0.5), ("q75", 0.75), ("max", 1.0)]
        {
            let value = quantile(&ascending, q).expect("rows");
            close(&format!("{name} {key}"), value, stats[key].as_f64().expect("a number"), 0.0);
        }
        let mean = ascending.iter().sum::<f64>() / ascending.len() as f64;
        close(name, mean, stats["mean"].as_f64().expect("a number"), 1e-9);
    }
    let space = FeatureSpace::of(&telco);
    for (row, encoded) in
        expected["first_encoded_rows"].as_array().expect("rows").iter().enumerate()
    {
        let record = telco.record(row).expect("a row");
        assert_eq!(serde_json::json!(space.encode(&record).expect("known levels")), *encoded);
    }
}

#[test]
fn a_small_table_is_read_as_it_says() {
    let small = read(SMALL, "small.csv", None).expect("a good file");
    assert_eq!((small.rows_read, small.n_rows()), (8, 6));
    let issues: Vec<_> = small.issues.iter().map(|i| (i.row, i.message.as_str())).collect();
    assert_eq!(issues, [(3, "TotalCharges is blank"), (6, "row has 20 cells, 21 expected")]);
    assert_eq!(small.source_rows, [1, 2, 4, 5, 7, 8]);
    let (flags, codes) = levels(small.column("SeniorCitizen").expect("a column"));
    assert_eq!((flags, codes), (&["No".to_owned(), "Yes".to_owned()][..], &[0, 1, 0, 0, 1, 0][..]));
    assert_eq!(numbers(&small, "tenure"), [5.0, 40.0, 13.0, 70.0, 1.0, 22.0]);
    assert_eq!(small.labels(), Some(vec![true, false, false, false, true, false]));
}

#[test]
fn a_customer_is_found_by_identifier_or_by_row_number() {
    let small = read(SMALL, "small.csv", None).expect("a good file");
    assert_eq!(small.position("0003-CCCCC"), None, "its row was left out");
    assert_eq!(small.position(" 0004-DDDDD "), Some(2));
    assert_eq!(small.identifier(2), Some("0004-DDDDD"));
    assert_eq!(small.position("5"), Some(5));
    assert_eq!(small.position("6"), None);
    assert_eq!(small.position("-1"), None);
}

#[test]
fn rows_come_as_they_are_shown() {
    let small = read(SMALL, "small.csv", None).expect("a good file");
    let rows = small.rows(4, 100);
    assert_eq!(rows.len(), 2);
    assert_eq!(rows[0].len(), 21);
    assert_eq!(rows[0][..3], [Value::from("0007-GGGGG"), "Male".into(), "Yes".into()]);
    assert_eq!(rows[0][18], Value::from(71.05));
    assert_eq!(small.rows(6, 1), Vec::<Vec<Value>>::new());
    assert_eq!(small.rows(usize::MAX, usize::MAX), Vec::<Vec<Value>>::new());
}

/// The same table as every other way to write it.
#[test]
fn encodings_delimiters_line_ends_and_quotes_make_no_difference() {
    let expected = read(SMALL, "small.csv", None).expect("a good file");
    let text = String::from_utf8(SMALL.to_vec()).expect("UTF-8");
    let utf16 = |unit: fn(u16) -> [u8; 2]| -> Vec<u8> {
        std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(unit).collect()
    };
    let quoted = |line: &str| {
        let cells: Vec<String> = line.split(',').map(|cell| format!("\"{cell}\"")).collect();
        cells.join(",")
    };
    let variants: [(&str, Vec<u8>); 11] = [
        ("byte order mark", [b"\xEF\xBB\xBF", SMALL].concat()),
        ("UTF-16 LE", utf16(u16::to_le_bytes)),
        ("UTF-16 BE", utf16(u16::to_be_bytes)),
        ("semicolons", text.replace(',', ";").into()),
        ("tabs", text.replace(',', "\t").into()),
        ("bars", text.replace(',', "|").into()),
        ("CRLF", text.replace('\n', "\r\n").into()),
        ("CR", text.replace('\n', "\r").into()),
        ("no last line end", text.trim_end().into()),
        ("blank lines", format!("\n{}\n  \n\n", text.replace('\n', "\n\n")).into()),
        ("quotes", text.lines().map(quoted).collect::<Vec<_>>().join("\n").into()),
    ];
    for (what, bytes) in variants {
        let dataset = read(&bytes, "small.csv", None).unwrap_or_else(|e| panic!("{what}: {e}"));
        assert_ne!(dataset.id, expected.id, "{what}: other bytes");
        assert_eq!(dataset, Dataset { id: dataset.id.clone(), ..expected.clone() }, "{what}");
    }
}

/// Every place a file can be cut at: in the mark, between CR and LF, in a quote, in a character.
#[test]
fn a_file_can_be_cut_anywhere() {
    let text = "id,plan,monatsgebühr,churn\r\n\r\na,\"x, \"\"y\"\"\",5.5,no\r\nb,\"two\r\nlines\",日本,yes\r\n\
                \u{1F600},x,6.5,no\r\nd,x,7.5,\"yes\"\r\n";
    let utf16 = |unit: fn(u16) -> [u8; 2]| -> Vec<u8> {
        std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(unit).collect()
    };
    let files = [
        text.into(),
        format!("\u{FEFF}{text}").into_bytes(),
        utf16(u16::to_le_bytes),
        utf16(u16::to_be_bytes),
    ];
    for file in files {
        let whole = read(&file, "cut.csv", None).expect("a good file");
        assert_eq!((whole.rows_read, whole.n_rows(), whole.issues.len()), (4, 4, 0));
        for cut in 0..file.len() {
            let mut reader = Reader::new("cut.csv", None);
            reader.push(&file[..cut]);
            reader.push(&file[cut..]);
            assert_eq!(reader.finish().as_ref(), Ok(&whole), "cut at byte {cut}");
        }
    }
}

/// The rows of cells that the csv crate finds below the header, white space around cells cut.
fn rows_of_the_csv_crate(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let cells = |record: csv::StringRecord| {
        record.iter().map(|cell| cell.trim_ascii().to_owned()).collect::<Vec<String>>()
    };
    reader.records().map(|record| cells(record.expect("it is UTF-8"))).collect()
}

/// Rows without quotes are found in a way of our own, which must not differ.
#[test]
fn cells_are_those_of_the_csv_crate() {
    let parts =
        ["a", "bc", "é", "12345678", ",", ",", ",", "\"", "\"\"", "\n", "\r\n", "\r", " ", "\x0c"];
    let mut random = RandomState::new(11);
    let mut outcomes = [0; 3];
    for _ in 0..20_000 {
        let mut text = "id,user_id,client-id\n".to_owned();
        for _ in 0..=random.interval(40) {
            text.push_str(parts[random.interval(parts.len() as u32 - 1) as usize]);
        }
        let mut expected = rows_of_the_csv_crate(&text);
        // a further line is a row of its own unless a quote is open
        let is_open = rows_of_the_csv_crate(&format!("{text}\nx")).len() == expected.len();
        expected.retain(|row| row.len() > 1 || !row[0].is_empty());
        let is_kept =
            |row: &&Vec<String>| row.len() == 3 && row.iter().any(|cell| !cell.is_empty());
        let kept: Vec<_> = expected.iter().filter(is_kept).cloned().collect();
        match read(text.as_bytes(), "texts", None) {
            Ok(dataset) => {
                let rows = dataset.rows(0, usize::MAX);
                let found: Vec<Vec<String>> =
                    rows.iter().map(|row| row.iter().map(Value::to_string).collect()).collect();
                assert_eq!((dataset.rows_read, is_open), (expected.len(), false), "{text:?}");
                assert_eq!(found, kept, "{text:?}");
                outcomes[0] += 1;
            }
            Err(ReadError::UnclosedQuote { .. }) => {
                assert!(is_open, "{text:?}");
                outcomes[1] += 1;
            }
            Err(error) => {
                assert_eq!((kept.len(), is_open), (0, false), "{text:?}: {error}");
                outcomes[2] += 1;
            }
        }
    }
    assert!(outcomes.iter().all(|&count| count > 1_000), "{outcomes:?}");
}

#[test]
fn the_same_bytes_are_the_same_data_set_and_the_name_and_target_count() {
    let first = read(SMALL, "small.csv", None).expect("a good file");
    assert_eq!(read(SMALL, "small.csv", None).as_ref(), Ok(&first));
    assert_eq!(read(SMALL, "small.csv", Some("Churn")).as_ref(), Ok(&first));
    let renamed = read(SMALL, "other.csv", None).expect("a good file");
    let retargeted = read(SMALL, "small.csv", Some("Partner")).expect("two levels");
    assert_ne!(renamed.id, first.id);
    assert_ne!(retargeted.id, first.id);
    assert_eq!(retargeted.column("Churn").map(|column| column.role), Some(Role::Feature));
}

#[test]
fn what_is_written_reads_the_same() {
    let check = |dataset: &Dataset| {
        let again = read(to_csv(dataset).as_bytes(), &dataset.name, None).expect("good text");
        assert_eq!(again.issues, []);
        assert_eq!(again.target, dataset.target);
        for (again, column) in again.columns.iter().zip(&dataset.columns) {
            assert_eq!(*again, Column { missing: 0, ..column.clone() });
        }
    };
    check(&read(SMALL, "small.csv", None).expect("a good file"));
    let awkward =
        "id,plan,score,churn\na,\"x, \"\"y\"\"\",0.1,0\nb,\"two\nlines\",1e-7,1\nc,ü;|,-3e50,0\n";
    check(&read(awkward.as_bytes(), "awkward.csv", None).expect("a good file"));
    if let Some(telco) = telco() {
        check(&telco);
    }
}

#[track_caller]
fn check_kind(values: &[&str], kind: ColumnKind, role: Role) {
    let rows: String = values.iter().map(|value| format!("{value},x\n")).collect();
    let dataset =
        read(format!("value,constant\n{rows}").as_bytes(), "kinds", None).expect("a file");
    let column = &dataset.columns[0];
    assert_eq!((column.kind, column.role), (kind, role), "{values:?}");
}

#[test]
fn kinds_follow_the_values() {
    use ColumnKind::{Categorical, Identifier, Numeric, Text};
    check_kind(&["1", "2", "3"], Numeric, Role::Feature);
    check_kind(&["1", "1", "0"], Categorical, Role::Target);
    check_kind(&["0", "0.0"], Categorical, Role::Feature);
    check_kind(&["a", "b", "c"], Categorical, Role::Feature);
    check_kind(&["", "", "b"], Text, Role::Ignored);
    let different: Vec<String> = (0..60).map(|i| format!("c{i}")).collect();
    let different: Vec<&str> = different.iter().map(String::as_str).collect();
    check_kind(&different[..19], Categorical, Role::Feature);
    check_kind(&different[..20], Identifier, Role::Identifier);
    check_kind(&[&different[..50], &different[..50]].concat(), Categorical, Role::Feature);
    check_kind(&[&different[..51], &different[..51]].concat(), Text, Role::Ignored);
    let mostly = |bad: usize| [vec!["2.5"; 100 - bad], vec!["x"; bad]].concat();
    check_kind(&mostly(5), Numeric, Role::Feature);
    check_kind(&mostly(6), Categorical, Role::Target);
}

#[track_caller]
fn check_target(csv: &str, asked: Option<&str>, expected: Option<[&str; 3]>) {
    let dataset = read(csv.as_bytes(), "target", asked).expect("a good file");
    let target = dataset.target.as_ref();
    let found = target.map(|t| [&*t.column, &*t.positive_class, &*t.negative_class]);
    assert_eq!(found, expected, "{csv}");
}

#[test]
fn the_target_is_the_one_asked_for_or_churn_or_the_last_of_two_levels() {
    let both = "plan,CHURN,late\nA,left,y\nA,here,n\nB,here,n\n";
    check_target(both, None, Some(["CHURN", "left", "here"]));
    check_target(both, Some("plan"), Some(["plan", "B", "A"]));
    check_target("n,exited\n5,0\n6,1\n5,1\n", None, Some(["exited", "Yes", "No"]));
    check_target("a,b\nu,1.5\nv,2.5\nv,3.5\n", None, Some(["a", "u", "v"]));
    check_target("n,class\n5,1\n6,2\n7,2\n", Some("class"), Some(["class", "1", "2"]));
    check_target("n,m\n5,1\n6,2\n7,3\n", None, None);
}
