//! A run as a script for scikit-learn that gives its scores again.
//!
//! It reads the data set as the lab exports it: the rows kept, each cell as it was read. So it needs no
//! word of how the file was cut, which gaps were filled and which texts stand for what.

mod model;

use std::fmt::Write;

use super::{Run, ThresholdRule};
use crate::data::summary::ColumnSummary;
use crate::data::{ColumnKind, Role};
use crate::models::{Provenance, Split};
use model::model;

/// The script. `columns`: those of the run's data set.
///
/// Python 3.10, scikit-learn 1.5 and pandas 2 or later; `python run.py DATA.csv`. It ends with an error
/// when a score differs from the run's by 0.01 or more.
#[must_use]
pub fn script(run: &Run, columns: &[ColumnSummary]) -> String {
    let made = &run.provenance;
    let model = model(&made.params);
    let features = |kind: ColumnKind| {
        columns.iter().filter(move |column| column.role == Role::Feature && column.kind == kind)
    };
    let dates = features(ColumnKind::Numeric).filter(|column| column.is_date);
    let listed = |columns: Vec<&ColumnSummary>| {
        let names = columns.iter().map(|column| text(&column.name));
        format!("[{}]", names.collect::<Vec<_>>().join(", "))
    };
    let mut levels = String::new();
    for column in features(ColumnKind::Categorical) {
        let known = column.levels.iter().map(|level| text(level)).collect::<Vec<_>>().join(", ");
        push(&mut levels, format_args!("    {}: [{known}],\n", text(&column.name)));
    }
    let (rule_import, rule) = rule(run.rule());
    let test = &run.evaluation.test;
    let mut script = String::new();
    push(
        &mut script,
        format_args!(
            "\"\"\"Run {number}: {label} on {data}, fitted again by scikit-learn.

    python run.py DATA.csv

DATA.csv is the data set as Churn Lab exports it.
\"\"\"

import sys

import numpy as np
import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.metrics import accuracy_score, log_loss, roc_auc_score
from sklearn.model_selection import {rule_import}train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler
{imports}
NUMBERS = {numbers}
DATES = {dates}
LEVELS = {{
{levels}}}

data = pd.read_csv(sys.argv[1], dtype=str, keep_default_na=False)
for name in NUMBERS:
    column = data[name]
    data[name] = (
        (pd.to_datetime(column) - pd.Timestamp(0)) / pd.Timedelta(days=1)
        if name in DATES
        else pd.to_numeric(column)
    )
x = data[[*LEVELS, *NUMBERS]]
y = (data[{target}] == {positive}).to_numpy()
{split}
one_hot = OneHotEncoder(categories=list(LEVELS.values()), sparse_output=False)
columns = ColumnTransformer([(\"levels\", one_hot, list(LEVELS)), (\"numbers\", \"passthrough\", NUMBERS)])
{setup}model = make_pipeline(
    columns,
    StandardScaler(),
    {model},
)
{rule}model.fit(x.iloc[train], y[train])

probability = model.predict_proba(x.iloc[test])[:, 1]
scores = {{
    \"accuracy\": (accuracy_score(y[test], model.predict(x.iloc[test])), {accuracy}),
    \"roc_auc\": (roc_auc_score(y[test], probability), {auc}),
    \"log_loss\": (log_loss(y[test], probability), {loss}),
}}
wrong = False
for name, (here, there) in scores.items():
    print(f\"{{name}}: {{here:.5f}}, in the lab {{there:.5f}}\")
    wrong |= abs(here - there) >= 0.01
sys.exit(\"the scores differ\" if wrong else 0)
",
            number = run.number,
            label = made.params.label(),
            data = in_docs(&made.dataset_name),
            imports = model.imports,
            numbers = listed(features(ColumnKind::Numeric).collect()),
            dates = listed(dates.collect()),
            target = text(&made.target.column),
            positive = text(&made.target.positive_class),
            split = split(made),
            setup = model.setup,
            model = model.call,
            rule_import = rule_import,
            rule = rule,
            accuracy = test.accuracy,
            auc = test.roc_auc.map_or("float(\"nan\")".to_owned(), |auc| auc.to_string()),
            loss = test.log_loss,
        ),
    );
    script
}

/// A string takes every word.
fn push(to: &mut String, words: std::fmt::Arguments<'_>) {
    to.write_fmt(words).unwrap_or_default();
}

/// A text of Python.
fn text(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            letter if letter.is_control() => {
                push(&mut quoted, format_args!("\\u{:04x}", u32::from(letter)));
            }
            letter => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}

/// A name within the script's own words.
fn in_docs(name: &str) -> String {
    name.chars().filter(|letter| !letter.is_control() && !matches!(letter, '"' | '\\')).collect()
}

fn split(made: &Provenance) -> String {
    match &made.split {
        Split::Random { test_ratio, seed } => format!(
            "train, test = train_test_split(np.arange(len(y)), test_size={test_ratio}, random_state={seed})"
        ),
        Split::Rows { train, test } => format!("train = {train:?}\ntest = {test:?}"),
    }
}

/// What comes to a class in another way than the model by itself: the import, and a line.
fn rule(rule: ThresholdRule) -> (&'static str, String) {
    match rule {
        ThresholdRule::Own => ("", String::new()),
        ThresholdRule::Fixed(threshold) => (
            "FixedThresholdClassifier, ",
            format!(
                "model = FixedThresholdClassifier(model, threshold={threshold}, response_method=\"predict_proba\")\n"
            ),
        ),
        ThresholdRule::Tuned(score) => (
            "TunedThresholdClassifierCV, ",
            format!(
                "model = TunedThresholdClassifierCV(model, scoring=\"{}\", response_method=\"predict_proba\")\n",
                score.name()
            ),
        ),
    }
}
