//! The stored form of a data set: as it was, in every form there has been.

#![allow(clippy::expect_used, reason = "a test fails loudly")]

mod support;

use churn_lab::compute::stored::{StoredDataset, decode, encode};
use churn_lab::data::csv::{FormatChoice, read_table};
use churn_lab::data::interpret::{interpret, read_as_it_looks};
use churn_lab::data::schema::{MissingPolicy, ReadAs};
use churn_lab::data::{Dataset, DatasetId};
use churn_lab::numerics::random::RandomState;
use support::telco_csv;

fn stored(bytes: &[u8], name: &str) -> StoredDataset {
    let table = read_table(bytes, name, FormatChoice::default()).expect("a table");
    let read = read_as_it_looks(&table, name, None).expect("a data set");
    StoredDataset { table, read }
}

fn small() -> StoredDataset {
    stored(include_bytes!("fixtures/small.csv"), "small.csv")
}

/// Columns of 1, 2, 5, 60 and 300 different texts, characters of several bytes, a long text, gaps, a
/// ragged row, and a schema that is not what it looks like.
fn odd() -> StoredDataset {
    let long = "ü".repeat(200);
    let mut text = "one,two,five,sixty,many,churn\n1,2\n".to_owned();
    for row in 0..600 {
        let (two, five, sixty, many) = (row % 2, row % 5, row % 60, row % 300);
        let long = if row == 7 { &long } else { "日本" };
        text.push_str(&format!(
            "x,{two},c{five},{sixty},{long}{many},{}\n",
            ["no", "yes"][row % 2]
        ));
    }
    let mut odd = stored(text.as_bytes(), "Odd");
    let mut schema = odd.read.schema.clone();
    schema.columns[3].cast(ReadAs::Category);
    schema.columns[2].missing = MissingPolicy::OwnLevel;
    schema.copy_column(3);
    schema.positive_class = Some("no".to_owned());
    odd.read = interpret(&odd.table, schema, "Odd").expect("it fits");
    odd
}

#[test]
fn a_data_set_survives() {
    let telco = telco_csv().map(|bytes| stored(&bytes, "telco.csv"));
    for stored in [small(), odd()].into_iter().chain(telco) {
        assert_eq!(decode(&encode(&stored).expect("bytes")).as_ref(), Ok(&stored));
    }
}

/// Two forms ago and one form ago: the rows are what the file's are now, but for those left out.
#[test]
fn what_earlier_versions_stored_is_read() {
    for (named, bytes) in [
        ("aecd786bacd27765", &include_bytes!("fixtures/small-0.1.0.dataset")[..]),
        ("69971f5949476d3c", include_bytes!("fixtures/small-form2.dataset")),
    ] {
        let stored = decode(bytes).expect("a data set");
        // ids were made in other ways; a data set keeps the one under which it is known
        let id = stored.read.dataset.id.clone();
        assert_eq!(id.0, named);
        assert_eq!(stored.read.dataset, Dataset { id, ..small().read.dataset });
        let again = decode(&encode(&stored).expect("bytes")).expect("the present form");
        assert_eq!(again.table, stored.table);
        let missing = |dataset: &Dataset| {
            let mut columns = dataset.columns.clone();
            columns.iter_mut().for_each(|column| column.missing = 0);
            columns
        };
        assert_eq!(missing(&again.read.dataset), missing(&stored.read.dataset));
        assert_eq!(again.read.dataset.issues, stored.read.dataset.issues);
        assert_eq!(again.read.dataset.target, stored.read.dataset.target);
    }
}

/// Read in the same way, two data sets of earlier forms are still two.
#[test]
fn earlier_data_sets_keep_apart_when_they_are_read_anew() {
    let bytes = include_bytes!("fixtures/small-form2.dataset");
    let mut other = bytes.to_vec();
    let id = other.windows(16).position(|text| text == b"69971f5949476d3c").expect("its id");
    other[id] = b'7';
    let [first, other] = [&bytes[..], &other].map(|bytes| {
        let stored = decode(bytes).expect("a data set");
        interpret(&stored.table, stored.read.schema, "small").expect("it fits").dataset.id
    });
    assert_ne!(first, other);
}

#[test]
fn the_id_says_how_a_table_is_read() {
    let small = small();
    let mut schema = small.read.schema.clone();
    schema.columns[5].cast(ReadAs::Category);
    let other = interpret(&small.table, schema, "small.csv").expect("it fits");
    assert_ne!(other.dataset.id, small.read.dataset.id);
    assert_ne!(other.dataset.id, DatasetId(String::new()));
}

#[test]
fn damaged_bytes_are_an_error_or_another_data_set() {
    for stored in [small(), odd()] {
        let bytes = encode(&stored).expect("bytes");
        for end in (0..bytes.len()).step_by(1 + bytes.len() / 2_000) {
            let error = decode(&bytes[..end]).expect_err("cut short");
            assert!(!error.reason.is_empty());
        }
        let longer = [&bytes[..], &[0]].concat();
        assert_eq!(decode(&longer).expect_err("too long").reason, "1 bytes too many");
        let mut random = RandomState::new(5);
        for _ in 0..2_000 {
            let mut bytes = bytes.clone();
            let at = random.interval(bytes.len() as u32 - 1) as usize;
            bytes[at] = random.interval(255) as u8;
            drop(decode(&bytes));
        }
    }
    let mut bytes = encode(&odd()).expect("bytes");
    let text = bytes.windows(6).rposition(|text| text == "日本".as_bytes()).expect("it is there");
    bytes[text] = b'x';
    assert_eq!(decode(&bytes).expect_err("no UTF-8").reason, "column many is damaged");
}
