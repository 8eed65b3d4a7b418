//! The stored form of a data set: as it was, in every form there has been.

#![allow(clippy::expect_used, reason = "a test fails loudly")]

mod support;

use churn_lab::compute::rows::{decode, encode};
use churn_lab::data::csv::read;
use churn_lab::data::{Column, ColumnKind, ColumnValues, Dataset, DatasetId, Role, TextColumn};
use churn_lab::numerics::random::RandomState;
use support::telco::telco;

fn small() -> Dataset {
    read(include_bytes!("fixtures/small.csv"), "small.csv", None).expect("a good file")
}

/// Two rows with more levels than fit in a byte, texts of several bytes a character, no target.
fn odd() -> Dataset {
    let levels: Vec<String> = (0..300).map(|level| format!("{level:03}")).collect();
    let mut texts = TextColumn::default();
    ["ü日本", ""].into_iter().for_each(|text| texts.push(text));
    let column = |name: &str, kind, values| Column {
        name: name.to_owned(),
        kind,
        role: Role::Ignored,
        missing: 7,
        values,
    };
    Dataset {
        id: DatasetId("odd".to_owned()),
        name: "Odd".to_owned(),
        columns: vec![
            column(
                "a",
                ColumnKind::Categorical,
                ColumnValues::Levels { levels, codes: vec![299, 3] },
            ),
            column("b", ColumnKind::Text, ColumnValues::Text(texts)),
            column("c", ColumnKind::Numeric, ColumnValues::Numbers(vec![-0.0, f64::MAX])),
        ],
        target: None,
        rows_read: 9,
        source_rows: vec![4, 1_000_000],
        issues: Vec::new(),
    }
}

#[test]
fn a_data_set_survives() {
    for dataset in [small(), odd()].into_iter().chain(telco()) {
        assert_eq!(decode(&encode(&dataset).expect("bytes")), Ok(dataset));
    }
}

/// The bytes are those that version 0.1.0 stored of small.csv.
#[test]
fn what_an_earlier_version_stored_is_read() {
    let stored = decode(include_bytes!("fixtures/small-0.1.0.dataset")).expect("a data set");
    assert_eq!(stored, Dataset { id: DatasetId("aecd786bacd27765".to_owned()), ..small() });
}

#[test]
fn damaged_bytes_are_an_error_or_another_data_set() {
    for dataset in [small(), odd()] {
        let bytes = encode(&dataset).expect("bytes");
        for end in 0..bytes.len() {
            let error = decode(&bytes[..end]).expect_err("cut short");
            assert!(!error.reason.is_empty());
        }
        let longer = [&bytes[..], &[0]].concat();
        assert_eq!(decode(&longer).expect_err("too long").reason, "1 bytes too many");
        let mut random = RandomState::new(5);
        for _ in 0..5_000 {
            let mut bytes = bytes.clone();
            let at = random.interval(bytes.len() as u32 - 1) as usize;
            bytes[at] = random.interval(255) as u8;
            drop(decode(&bytes));
        }
    }
    let mut bytes = encode(&odd()).expect("bytes");
    let text = bytes.windows(2).position(|pair| pair == "ü".as_bytes()).expect("it is there");
    bytes[text] = b'x';
    let error = decode(&bytes).expect_err("no UTF-8");
    assert_eq!(error.reason, "the texts of column b are damaged");
}
