//! What stands in the columns of the table of runs.

use std::sync::Arc;

use super::grid::settings;
use super::scores::decimals;
use crate::charts::format::{self, NumberFormat};
use crate::data::{Column, ColumnValues, Dataset, Value};
use crate::experiments::table::table;
use crate::experiments::{Registry, Run};
use crate::models::Split;
use crate::numerics::order::sorted_by;
use crate::web::clock;
use crate::web::js::number;
use crate::web::text::names::readable;
use crate::web::text::settings as settings_text;
use crate::web::text::train as text;

/// The columns a person sees first.
pub const CHOSEN: [&str; 9] = [
    "attributes.model",
    "settings",
    "metrics.cv_accuracy",
    "metrics.test_accuracy",
    "metrics.test_roc_auc",
    "metrics.test_log_loss",
    "attributes.fit_ms",
    "attributes.data",
    "when",
];

/// Columns that are no single setting or score.
const JOINED: [&str; 3] = ["settings", "split", "when"];

/// Runs, and the table they are filtered and sorted by.
#[derive(Clone, Debug, PartialEq)]
pub struct Cells {
    /// In the order of their numbers.
    pub runs: Vec<Arc<Run>>,
    /// A row each.
    pub table: Dataset,
}

impl Cells {
    /// Of these runs.
    pub fn of(runs: Vec<Arc<Run>>, registry: &Registry) -> Self {
        let table = table(runs.iter().map(AsRef::as_ref), registry, number);
        Self { runs, table }
    }

    /// The run of that number.
    pub fn run(&self, number: u32) -> Option<&Arc<Run>> {
        self.runs.get(self.row(number)?)
    }

    /// Its row of the table.
    pub fn row(&self, number: u32) -> Option<usize> {
        self.runs.binary_search_by_key(&number, |run| run.number).ok()
    }

    /// Every column there is.
    pub fn keys(&self) -> Vec<String> {
        let joined = JOINED.iter().map(|key| (*key).to_owned());
        joined.chain(self.table.columns.iter().map(|column| column.name.clone())).collect()
    }

    /// A column of the table.
    pub fn column(&self, key: &str) -> Option<&Column> {
        self.table.columns.iter().find(|column| column.name == key)
    }

    /// What a run has in a column of the table.
    pub fn value(&self, number: u32, key: &str) -> Option<Value> {
        self.column(key)?.values.value(self.row(number)?)
    }

    /// A cell as it is read.
    pub fn shown(&self, number: u32, key: &str) -> String {
        let Some(run) = self.run(number) else { return String::new() };
        let made = &run.provenance;
        match key {
            "settings" => settings(&made.params),
            "split" => split(run),
            "when" => clock::local_time(made.created_ms),
            "attributes.model" => settings_text::family(made.params.name()).to_owned(),
            key => match self.value(number, key) {
                Some(Value::Number(number)) if number.is_nan() => format::MISSING.to_owned(),
                Some(Value::Number(number)) => figure(key, number),
                Some(Value::Text(text)) if text.is_empty() => format::MISSING.to_owned(),
                Some(value) => value.to_string(),
                None => format::MISSING.to_owned(),
            },
        }
    }

    /// The same for a file: numbers in full.
    pub fn exported(&self, number: u32, key: &str) -> String {
        match self.value(number, key) {
            Some(Value::Number(number)) if number.is_nan() => String::new(),
            Some(value) => value.to_string(),
            None => self.shown(number, key),
        }
    }

    /// Rows in the order asked for, the latest run first where none is: `-metrics.test_accuracy` has
    /// the largest first, and runs without the number come last.
    pub fn in_order(&self, rows: Vec<usize>, sort: Option<&str>) -> Vec<usize> {
        let Some(sort) = sort else { return rows.into_iter().rev().collect() };
        let (key, sign) = match sort.strip_prefix('-') {
            Some(key) => (key, -1.0),
            None => (sort, 1.0),
        };
        let joined = |row: usize| self.runs.get(row).map_or(0.0, |run| run.provenance.created_ms);
        let column = self.column(key);
        let rank = |row: &usize| match column.map(|column| &column.values) {
            Some(ColumnValues::Numbers(numbers)) => numbers.get(*row).copied().unwrap_or(f64::NAN),
            Some(ColumnValues::Levels { codes, .. }) => {
                codes.get(*row).map_or(0.0, |&c| f64::from(c))
            }
            _ => joined(*row),
        };
        sorted_by(rows, |row| {
            let rank = sign * rank(row);
            if rank.is_nan() { f64::INFINITY } else { rank }
        })
    }
}

/// "25.0 %, seed 42".
fn split(run: &Run) -> String {
    let made = &run.provenance;
    match made.split {
        Split::Random { test_ratio, seed } => {
            format!("{}, {} {seed}", NumberFormat::Percent.show(test_ratio), text::SEED_SMALL)
        }
        Split::Rows { .. } => {
            let share = f64::from(made.n_test) / f64::from((made.n_train + made.n_test).max(1));
            format!("{}, {}", NumberFormat::Percent.show(share), text::LISTED)
        }
    }
}

/// A number of a column: ".79010", "12 ms", "1000".
pub fn figure(key: &str, number: f64) -> String {
    match key {
        key if key.starts_with("metrics.") => decimals(number, 5),
        key if key.ends_with("_ms") => format::milliseconds(number),
        _ => number.to_string(),
    }
}

/// The head of a column: "Accuracy, test", "AUC, folds", "max_iter".
pub fn head(key: &str) -> String {
    let score = |name: &str| match name {
        "accuracy" => text::ACCURACY,
        "precision" => text::PRECISION,
        "recall" => text::RECALL,
        "f1" => text::F1,
        "roc_auc" => text::AUC,
        "average_precision" => text::AVERAGE_PRECISION,
        "log_loss" => text::LOG_LOSS,
        _ => text::BRIER,
    };
    let of = |name: &str, part: &str| format!("{}, {part}", score(name));
    match key.split_once('.') {
        Some(("metrics", name)) => match name.split_once('_') {
            Some(("cv", name)) => of(name, text::OF_FOLDS),
            Some(("test", name)) => of(name, text::OF_TEST),
            Some((_, name)) => of(name, text::OF_TRAIN),
            None => name.to_owned(),
        },
        Some(("params" | "tags", name)) => name.to_owned(),
        Some((_, "fit_ms")) => text::TOOK.to_owned(),
        Some((_, "data")) => text::DATA_SET.to_owned(),
        Some((_, "data_hash")) => text::DATA_HASH.to_owned(),
        Some((_, name)) => readable(name),
        None => readable(key),
    }
}
