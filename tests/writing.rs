//! What is written reads the same, whatever stands in it.

#![allow(clippy::expect_used, reason = "a test fails loudly")]

use churn_lab::data::csv::{Format, FormatChoice, read_table, to_csv};
use churn_lab::data::interpret::{interpret, read_as_it_looks};
use churn_lab::data::schema::{ColumnPlan, Decimal, MissingPolicy, ReadAs};
use churn_lab::data::{Column, ColumnValues, Dataset, Role, Schema};
use churn_lab::numerics::random::RandomState;

/// Parts of cells: what separates and quotes, what looks like something else, what is long.
const PARTS: [&str; 23] = [
    "a",
    "B",
    "é",
    "日本",
    "😀",
    " ",
    ",",
    ";",
    "\"",
    "'",
    "'x'",
    "\n",
    "\r\n",
    "\t",
    "|",
    "0",
    "1",
    "12.5",
    "-3",
    "1e5",
    "yes",
    "NA",
    "2024-02-29",
];

fn pick<'a>(random: &mut RandomState, all: &[&'a str]) -> &'a str {
    all[random.interval(all.len() as u32 - 1) as usize]
}

/// A file of random cells in every format there is, which may be no table at all.
fn file(random: &mut RandomState) -> String {
    let delimiter = pick(random, &[",", ";", "\t", "|"]);
    let columns = 2 + random.interval(4) as usize;
    let dated = random.interval(1) == 0;
    let mut text: String = (0..columns).map(|at| format!("c{at}{delimiter}")).collect();
    text.push_str("churn\n");
    for _ in 0..=random.interval(40) {
        for column in 0..columns {
            let cell = match column {
                0 => format!("{}", random.interval(1_000)),
                1 => format!("{:e}", random.random_sample() - 0.5),
                2 if dated => format!(
                    "{:02}.{:02}.{}{}",
                    1 + random.interval(27),
                    1 + random.interval(11),
                    1900 + random.interval(200),
                    pick(random, &["", "", " 6:30", " 12:00:00.125", " 23:59:59.999999"]),
                ),
                _ => (0..random.interval(3)).map(|_| pick(random, &PARTS)).collect(),
            };
            text.push_str(&format!("\"{}\"{delimiter}", cell.replace('"', "\"\"")));
        }
        text.push_str(pick(random, &["no\n", "yes\n"]));
    }
    text
}

/// What the columns of a data set are, said to the reader.
fn schema(dataset: &Dataset) -> Schema {
    let columns = (0..).zip(&dataset.columns).map(|(source, column)| ColumnPlan {
        source,
        name: column.name.clone(),
        read_as: match column.values {
            ColumnValues::Numbers(_) if column.is_date => ReadAs::DateYmd,
            ColumnValues::Numbers(_) => ReadAs::Number,
            ColumnValues::Levels { .. } => ReadAs::Category,
            ColumnValues::Text(_) if column.role == Role::Identifier => ReadAs::Identifier,
            ColumnValues::Text(_) => ReadAs::Text,
        },
        role: column.role,
        missing: MissingPolicy::DropRow,
        replace: Vec::new(),
        left_out: None,
    });
    Schema {
        decimal: Decimal::Point,
        missing: Vec::new(),
        columns: columns.collect(),
        positive_class: dataset.target.as_ref().map(|target| target.positive_class.clone()),
    }
}

#[test]
fn random_tables_are_read_written_and_read_again() {
    let mut random = RandomState::new(17);
    let (mut read, mut dates) = (0, 0);
    for _ in 0..3_000 {
        let text = file(&mut random);
        let Ok(table) = read_table(text.as_bytes(), "random", FormatChoice::default()) else {
            continue;
        };
        let Ok(first) = read_as_it_looks(&table, "random", None) else { continue };
        let dataset = first.dataset;
        let written = to_csv(&dataset);
        let table = read_table(written.as_bytes(), "random", FormatChoice::default());
        let table = table.expect("it was written");
        assert_eq!(table.format, Format::default(), "{written}");
        let again = interpret(&table, schema(&dataset), "random").expect("it was read").dataset;
        for (again, column) in again.columns.iter().zip(&dataset.columns) {
            let kind = column.kind;
            let missing = again.missing;
            assert_eq!(*again, Column { kind: again.kind, missing, ..column.clone() }, "{kind:?}");
        }
        assert_eq!(again.n_rows(), dataset.n_rows(), "{written}");
        assert_eq!(again.target, dataset.target);
        assert_eq!(again.labels(), dataset.labels());
        read += 1;
        dates += dataset.columns.iter().filter(|column| column.is_date).count();
    }
    assert!(read > 2_000 && dates > 500, "{read}, {dates}");
}
