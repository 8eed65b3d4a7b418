//! The default population resembles IBM's file, beside which these tests run: at the size and seed of the
//! default data set, and at 100,000 rows with any seed.

#![allow(clippy::expect_used, reason = "a test says what it expects")]

mod support;

use std::collections::BTreeSet;

use churn_lab::numerics::quantile::{quantile, sorted};
use churn_lab::population::{self, DEFAULT_ROWS, DEFAULT_SEED, PopulationParams};
use support::cells::{NUMERIC, Table};
use support::close;

/// Rows and seed.
const SAMPLES: [(u32, u32); 6] = [
    (DEFAULT_ROWS, DEFAULT_SEED),
    (100_000, 1),
    (100_000, 2),
    (100_000, 3),
    (100_000, 4),
    (100_000, 5),
];

fn percent(part: usize, whole: usize) -> f64 {
    100.0 * part as f64 / whole as f64
}

fn correlation(a: &[f64], b: &[f64]) -> f64 {
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let (mean_a, mean_b) = (mean(a), mean(b));
    let sum = |f: &dyn Fn(f64, f64) -> f64| {
        a.iter().zip(b).map(|(a, b)| f(a - mean_a, b - mean_b)).sum::<f64>()
    };
    sum(&|a, b| a * b) / (sum(&|a, _| a * a) * sum(&|_, b| b * b)).sqrt()
}

#[test]
fn has_the_columns_and_levels_of_the_real_file() {
    let Some(real) = Table::real() else { return };
    let made = Table::default();
    let bytes = support::telco_csv().expect("read before");
    let header = bytes.split(|&byte| byte == b'\r').next().expect("a line");
    let text = population::csv(&PopulationParams::default(), 1, 1);
    assert_eq!(text.lines().next().map(str::as_bytes), Some(header));
    for name in real.categorical() {
        let levels =
            |table: &Table| table.levels(name).into_keys().map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(levels(&made), levels(&real), "{name}");
    }
}

#[test]
fn holds_no_row_of_the_real_file() {
    let Some(real) = Table::real() else { return };
    let made = Table::default();
    let ids: BTreeSet<&String> = real.column("customerID").iter().collect();
    assert!(made.column("customerID").iter().all(|id| !ids.contains(id)));
}

/// Shares within 1 point, churn within 3.
fn check_levels(made: &Table, real: &Table) {
    for name in real.categorical() {
        let made_levels = made.levels(name);
        for (level, (rows, churned)) in real.levels(name) {
            let (made_rows, made_churned) = made_levels[level];
            let label = format!("{name} = {level}");
            close(&label, percent(made_rows, made.n_rows()), percent(rows, real.n_rows()), 1.0);
            if rows >= 200 {
                close(
                    &format!("churn where {label}"),
                    percent(made_churned, made_rows),
                    percent(churned, rows),
                    3.0,
                );
            }
        }
    }
}

/// Quartiles within 5 %, correlations within 0.03, and the spread of the total around its product.
fn check_numbers(made: &Table, real: &Table) {
    for name in NUMERIC {
        let (a, b) = (sorted(&made.numbers(name)), sorted(&real.numbers(name)));
        for q in [0.25, 0.5, 0.75] {
            let (a, b) = (quantile(&a, q).expect("rows"), quantile(&b, q).expect("rows"));
            close(&format!("{name}, quantile {q}"), a, b, 0.05 * b);
        }
        for other in NUMERIC {
            let of = |table: &Table| correlation(&table.numbers(name), &table.numbers(other));
            close(&format!("correlation of {name} and {other}"), of(made), of(real), 0.03);
        }
    }
    close("spread of total / (tenure × monthly)", spread(made), spread(real), 0.005);
}

fn spread(table: &Table) -> f64 {
    let [tenure, monthly, total] = NUMERIC.map(|name| table.numbers(name));
    let shares =
        (0..total.len()).map(|i| libm::pow(total[i] / (tenure[i] * monthly[i]) - 1.0, 2.0));
    (shares.sum::<f64>() / total.len() as f64).sqrt()
}

#[test]
fn resembles_the_real_file() {
    let Some(real) = Table::real() else { return };
    for (rows, seed) in SAMPLES {
        println!("{rows} rows, seed {seed}");
        let made = Table::made(rows, seed);
        check_levels(&made, &real);
        check_numbers(&made, &real);
    }
}
