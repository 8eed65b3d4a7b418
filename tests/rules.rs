//! Rules of impossible combinations: what is learned, flagged and repaired.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod support;

use churn_lab::data::{ColumnValues, Dataset, Record, Rules, Value, Violation, csv};
use churn_lab::numerics::random::RandomState;
use churn_lab::population::{self, DEFAULT_ROWS, DEFAULT_SEED, PopulationParams};

fn default_table() -> Dataset {
    let text = population::csv(&PopulationParams::default(), DEFAULT_ROWS, DEFAULT_SEED);
    csv::read(text.as_bytes(), "default.csv", None).unwrap()
}

/// The default data set, and the real file where it is.
fn tables() -> Vec<Dataset> {
    let real = support::telco_csv();
    let real = real.map(|bytes| csv::read(&bytes, "telco.csv", None).unwrap());
    std::iter::once(default_table()).chain(real).collect()
}

fn level(record: &mut Record, feature: &str, level: &str) {
    record.insert(feature.to_owned(), level.into());
}

fn number(record: &Record, feature: &str) -> f64 {
    match record.get(feature) {
        Some(Value::Number(number)) => *number,
        other => panic!("{feature} is {other:?}"),
    }
}

/// Pairs of a violation, as "A=x B=y"; else the number's feature.
fn said(violation: &Violation) -> String {
    match violation {
        Violation::NeverTogether { first, second, .. } => {
            format!("{}={} {}={}", first.feature, first.level, second.feature, second.level)
        }
        Violation::Sum { feature, .. } | Violation::Product { feature, .. } => feature.clone(),
    }
}

fn all_said(rules: &Rules, record: &Record) -> Vec<String> {
    rules.violations(record).iter().map(said).collect()
}

/// A row with these levels.
fn row_with(dataset: &Dataset, levels: &[(&str, &str)]) -> Record {
    let fits = |record: &Record| {
        levels.iter().all(|(feature, level)| record.get(*feature) == Some(&Value::from(*level)))
    };
    (0..dataset.n_rows()).map(|row| dataset.record(row).unwrap()).find(fits).expect("such a row")
}

#[test]
fn rows_of_a_table_break_its_own_rules_hardly_ever() {
    for dataset in tables() {
        let rules = Rules::learn(&dataset);
        assert!(!rules.is_empty(), "{}", dataset.name);
        let (mut sums, mut products) = (0, 0);
        for row in 0..dataset.n_rows() {
            for violation in rules.violations(&dataset.record(row).unwrap()) {
                match violation {
                    Violation::NeverTogether { .. } => panic!("row {row}: {violation:?}"),
                    Violation::Sum { .. } => sums += 1,
                    Violation::Product { .. } => products += 1,
                }
            }
        }
        eprintln!("{}: {sums} sums, {products} products of {}", dataset.name, dataset.n_rows());
        // tenfold charges of the default table, and the 0.1 % and 0.1 % furthest from the product
        assert!(sums * 200 < dataset.n_rows() && products * 200 < dataset.n_rows());
    }
}
