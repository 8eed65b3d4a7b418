//! The generator keeps the rules of the Telco table and, at its default, resembles IBM's file.

#![allow(clippy::expect_used, reason = "a test says what it expects")]

mod support;

use std::collections::{BTreeMap, BTreeSet};

use churn_lab::numerics::quantile::{quantile, sorted};
use churn_lab::population::{
    self, DEFAULT_ROWS, DEFAULT_SEED, MAX_ROWS, PopulationParams, SampleError,
};
use support::close;

const ADD_ONS: [&str; 6] = [
    "OnlineSecurity",
    "OnlineBackup",
    "DeviceProtection",
    "TechSupport",
    "StreamingTV",
    "StreamingMovies",
];
const NUMERIC: [&str; 3] = ["tenure", "MonthlyCharges", "TotalCharges"];

/// A CSV file's cells by column name, read apart from the code under test.
struct Table(BTreeMap<String, Vec<String>>);

impl Table {
    fn of(text: &str) -> Self {
        let mut lines = text.lines().map(|line| line.split(',').map(str::to_owned));
        let names: Vec<String> = lines.next().expect("a header").collect();
        let mut cells = vec![Vec::new(); names.len()];
        for line in lines {
            let row: Vec<String> = line.collect();
            assert_eq!(row.len(), names.len(), "{row:?}");
            cells.iter_mut().zip(row).for_each(|(column, cell)| column.push(cell));
        }
        Self(names.into_iter().zip(cells).collect())
    }

    fn default() -> Self {
        Self::of(&population::csv(&PopulationParams::default(), DEFAULT_ROWS, DEFAULT_SEED))
    }

    fn real() -> Option<Self> {
        let bytes = support::telco_csv()?;
        Some(Self::of(std::str::from_utf8(&bytes).expect("the real file is UTF-8")))
    }

    fn column(&self, name: &str) -> &[String] {
        &self.0[name]
    }

    fn n_rows(&self) -> usize {
        self.column("customerID").len()
    }

    fn get(&self, name: &str, row: usize) -> &str {
        &self.0[name][row]
    }

    /// The numbers of the rows that have a total, so that all columns are of one length.
    fn numbers(&self, name: &str) -> Vec<f64> {
        let billed = self.column("TotalCharges").iter().map(|cell| !cell.trim().is_empty());
        let cells = self.column(name).iter().zip(billed).filter(|(_, billed)| *billed);
        cells.map(|(cell, _)| cell.parse().expect("a number")).collect()
    }

    fn categorical(&self) -> impl Iterator<Item = &str> {
        let names = self.0.keys().map(String::as_str);
        names.filter(|name| *name != "customerID" && !NUMERIC.contains(name))
    }

    /// Level → (rows, rows that churned).
    fn levels(&self, name: &str) -> BTreeMap<&str, (usize, usize)> {
        let mut levels = BTreeMap::new();
        for (level, churn) in self.column(name).iter().zip(self.column("Churn")) {
            let (rows, churned) = levels.entry(level.as_str()).or_insert((0, 0));
            *rows += 1;
            *churned += usize::from(churn == "Yes");
        }
        levels
    }
}

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

/// The rules of the table, for the default data set and others.
#[test]
fn keeps_the_structural_rules() {
    for (rows, seed, blank) in
        [(DEFAULT_ROWS, DEFAULT_SEED, 11), (14_086, 1, 22), (700, 2, 1), (1, 3, 0)]
    {
        let params = PopulationParams::default();
        let table = Table::of(&population::csv(&params, rows, seed));
        assert_eq!(table.n_rows(), rows as usize);
        let mut blanks = 0;
        for row in 0..table.n_rows() {
            let get = |name| table.get(name, row);
            let without = ADD_ONS.iter().filter(|name| get(name) == "No internet service").count();
            assert_eq!(without, if get("InternetService") == "No" { 6 } else { 0 }, "row {row}");
            assert_eq!(get("PhoneService") == "No", get("MultipleLines") == "No phone service");
            assert!(get("PhoneService") == "Yes" || get("InternetService") == "DSL", "row {row}");

            let cents = |text: &str| (100.0 * text.parse::<f64>().expect("dollars")).round() as u32;
            let (tenure, monthly) = (get("tenure"), cents(get("MonthlyCharges")));
            assert_eq!(monthly % 5, 0, "row {row}");
            assert_eq!(tenure == "0", get("TotalCharges") == " ", "row {row}");
            if tenure == "0" {
                blanks += 1;
                assert_eq!(get("Churn"), "No");
                assert_ne!(get("Contract"), "Month-to-month");
                continue;
            }
            let (months, total) =
                (tenure.parse::<u32>().expect("months"), cents(get("TotalCharges")));
            assert!((1..=72).contains(&months), "row {row}");
            assert_eq!(total % 5, 0, "row {row}");
            assert!(total >= monthly && (months > 1 || total == monthly), "row {row}");
        }
        assert_eq!(blanks, blank, "{rows} rows");
    }
}

#[test]
fn customer_numbers_have_the_form_and_differ() {
    let table = Table::of(&population::csv(&PopulationParams::default(), 50_000, 5));
    let numbers: BTreeSet<&String> = table.column("customerID").iter().collect();
    assert_eq!(numbers.len(), 50_000);
    for number in numbers {
        let (digits, letters) = number.split_once('-').expect("a hyphen");
        assert!(digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit()), "{number}");
        assert!(letters.len() == 5 && letters.bytes().all(|b| b.is_ascii_uppercase()), "{number}");
    }
}

/// So a scenario can be compared with the default customer by customer.
#[test]
fn a_changed_price_leaves_everything_else_as_it_was() {
    let mut dearer = PopulationParams::default();
    dearer.prices.fiber += 10.0;
    let before = Table::default();
    let after = Table::of(&population::csv(&dearer, DEFAULT_ROWS, DEFAULT_SEED));
    for name in before.0.keys().filter(|name| !name.ends_with("Charges")) {
        assert_eq!(before.column(name), after.column(name), "{name}");
    }
    for row in 0..before.n_rows() {
        let price =
            |table: &Table| table.get("MonthlyCharges", row).parse::<f64>().expect("dollars");
        let rise = if before.get("InternetService", row) == "Fiber optic" { 10.0 } else { 0.0 };
        close("rise of the monthly charge", price(&after) - price(&before), rise, 0.01);
    }
}

#[test]
fn another_seed_gives_other_customers() {
    let params = PopulationParams::default();
    assert_ne!(population::csv(&params, 20, 1), population::csv(&params, 20, 2));
}

#[test]
fn the_default_data_set_is_read_as_the_real_file_is() {
    let params = PopulationParams::default();
    let dataset = population::sample(&params, DEFAULT_ROWS, DEFAULT_SEED, "telco-sample.csv")
        .expect("the default data set")
        .read
        .dataset;
    assert_eq!((dataset.rows_read, dataset.n_rows()), (7_043, 7_032));
    assert_eq!(dataset.issues.len(), 11);
    assert!(dataset.issues.iter().all(|issue| issue.message == "TotalCharges is blank"));
    assert_eq!(dataset.features().count(), 19);
    let target = dataset.target.expect("a target");
    assert_eq!((target.column.as_str(), target.positive_class.as_str()), ("Churn", "Yes"));
}

/// Among few customers there may be nobody who left, or nobody who stayed.
#[test]
fn a_tiny_sample_is_a_data_set_or_a_named_error() {
    let params = PopulationParams::default();
    let mut outcomes = BTreeSet::new();
    for rows in 1..=30 {
        for seed in 0..40 {
            match population::sample(&params, rows, seed, "tiny") {
                Ok(sample) => {
                    assert_eq!(sample.read.dataset.rows_read, rows as usize);
                    outcomes.insert("read");
                }
                Err(error) => {
                    assert!(error.to_string().contains(&format!("seed {seed}")), "{error}");
                    outcomes.insert(error.code());
                }
            }
        }
    }
    assert_eq!(outcomes, BTreeSet::from(["read", "target_not_two_classes"]));
}

#[test]
fn refuses_no_rows_and_too_many() {
    for rows in [0, MAX_ROWS + 1, u32::MAX] {
        let error = population::sample(&PopulationParams::default(), rows, 7, "none").err();
        let expected = SampleError::RowsOutOfRange { rows, limit: MAX_ROWS };
        assert_eq!(error, Some(expected.clone()));
        assert_eq!(expected.code(), "sample_rows_out_of_range");
    }
}

/// The file in `data/` is what `--example population` writes today.
#[test]
fn the_sample_file_is_up_to_date() {
    let file = include_str!("../data/telco-sample.csv");
    let made = population::csv(&PopulationParams::default(), DEFAULT_ROWS, DEFAULT_SEED);
    assert!(file == made, "data/telco-sample.csv is stale; make it anew as data/README.md says");
    assert!(file.len() <= 1_024 * 1_024, "{} bytes", file.len());
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

#[test]
fn shares_and_churn_by_level_are_those_of_the_real_file() {
    let Some(real) = Table::real() else { return };
    let made = Table::default();
    for name in real.categorical() {
        let made_levels = made.levels(name);
        for (level, (rows, churned)) in real.levels(name) {
            let (made_rows, made_churned) = made_levels[level];
            let label = format!("{name} = {level}");
            let allowed = if name == "Churn" { 1.0 } else { 2.0 };
            close(&label, percent(made_rows, made.n_rows()), percent(rows, real.n_rows()), allowed);
            if rows >= 200 {
                close(
                    &format!("churn where {label}"),
                    percent(made_churned, made_rows),
                    percent(churned, rows),
                    4.0,
                );
            }
        }
    }
}

#[test]
fn numbers_are_distributed_as_in_the_real_file() {
    let Some(real) = Table::real() else { return };
    let made = Table::default();
    for name in NUMERIC {
        let (a, b) = (sorted(&made.numbers(name)), sorted(&real.numbers(name)));
        for q in [0.25, 0.5, 0.75] {
            let (a, b) = (quantile(&a, q).expect("rows"), quantile(&b, q).expect("rows"));
            close(&format!("{name}, quantile {q}"), a, b, 0.08 * b);
        }
        for other in NUMERIC {
            let of = |table: &Table| correlation(&table.numbers(name), &table.numbers(other));
            close(&format!("correlation of {name} and {other}"), of(&made), of(&real), 0.05);
        }
    }
    let spread = |table: &Table| {
        let [tenure, monthly, total] = NUMERIC.map(|name| table.numbers(name));
        let shares =
            (0..total.len()).map(|i| libm::pow(total[i] / (tenure[i] * monthly[i]) - 1.0, 2.0));
        (shares.sum::<f64>() / total.len() as f64).sqrt()
    };
    close("spread of total / (tenure × monthly)", spread(&made), spread(&real), 0.01);
}
