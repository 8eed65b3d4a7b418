//! Runs as a table: a column a setting and a score, in MLflow's names, so that runs are filtered and
//! sorted as customers are: `metrics.test_accuracy > .7 and params.kernel = "linear"`.

use super::validation::mean_and_spread;
use super::{Registry, Run};
use crate::data::{Column, ColumnKind, ColumnValues, Dataset, DatasetId, Role, TextColumn};
use crate::evaluation::Scores;
use crate::models::{Setting, Split};

/// A score of the test or training rows: its name, and where it stands.
pub(super) type Score = (&'static str, fn(&Scores) -> Option<f64>);

pub(super) const SCORES: [Score; 8] = [
    ("accuracy", |scores| Some(scores.accuracy)),
    ("precision", |scores| Some(scores.precision)),
    ("recall", |scores| Some(scores.recall)),
    ("f1", |scores| Some(scores.f1)),
    ("roc_auc", |scores| scores.roc_auc),
    ("average_precision", |scores| scores.average_precision),
    ("log_loss", |scores| Some(scores.log_loss)),
    ("brier", |scores| Some(scores.brier)),
];

/// Scores of rows left out.
pub(super) const VALIDATED: [&str; 3] = ["accuracy", "roc_auc", "log_loss"];

/// The runs as a data set without a target: numbers where a column holds numbers alone, NaN where a run
/// has none; else texts, empty where a run has none. Its columns are named as in MLflow: `attributes.`,
/// `params.`, `tags.` and `metrics.` before the name. `read` reads a number.
#[must_use]
pub fn table<'a>(
    runs: impl Iterator<Item = &'a Run> + Clone,
    registry: &Registry,
    read: fn(&str) -> Option<f64>,
) -> Dataset {
    let number = |name: String, of: &dyn Fn(&Run) -> Option<f64>| {
        let numbers = runs.clone().map(|run| of(run).unwrap_or(f64::NAN));
        column(name, ColumnKind::Numeric, ColumnValues::Numbers(numbers.collect()))
    };
    let attribute = |name: &str| format!("attributes.{name}");
    let mut columns = vec![
        number(attribute("run"), &|run| Some(f64::from(run.number))),
        levels(attribute("model"), runs.clone().map(|run| run.provenance.params.name().to_owned())),
        levels(attribute("data"), runs.clone().map(|run| run.provenance.dataset_name.clone())),
        levels(attribute("data_hash"), runs.clone().map(|run| run.provenance.dataset_id.0.clone())),
        number(attribute("split_seed"), &|run| drawn(run).map(|(_, seed)| f64::from(seed))),
        number(attribute("test_share"), &|run| drawn(run).map(|(share, _)| share)),
        levels(attribute("grid"), runs.clone().map(grid_of)),
        levels(attribute("registered"), runs.clone().map(|run| registered(run, registry))),
        texts(attribute("note"), runs.clone().map(|run| run.note.clone())),
        levels(attribute("rule"), runs.clone().map(|run| run.rule().name().to_owned())),
        number(attribute("threshold"), &Run::threshold),
        number(attribute("fit_ms"), &|run| Some(run.provenance.fit_ms)),
        number(attribute("steps"), &|run| Some(f64::from(run.iterations))),
    ];
    let settings: Vec<Vec<Setting>> =
        runs.clone().map(|run| run.provenance.params.settings()).collect();
    for name in setting_names(&settings) {
        columns.push(setting_column(name, &settings, read));
    }
    for name in tag_names(runs.clone()) {
        let value = |run: &Run| run.tags.value(&name).unwrap_or_default().to_owned();
        columns.push(levels(format!("tags.{name}"), runs.clone().map(value)));
    }
    for name in VALIDATED {
        columns.push(number(format!("metrics.cv_{name}"), &|run| validated(run, name)));
    }
    for (name, of) in SCORES {
        columns.push(number(format!("metrics.test_{name}"), &|run| of(&run.evaluation.test)));
    }
    for (name, of) in SCORES {
        columns.push(number(format!("metrics.train_{name}"), &|run| of(&run.evaluation.train)));
    }
    let n_rows = runs.count();
    Dataset {
        id: DatasetId("runs".to_owned()),
        name: "runs".to_owned(),
        columns,
        target: None,
        rows_read: n_rows,
        source_rows: (1..=n_rows as u32).collect(),
        issues: Vec::new(),
    }
}

/// A score by its name: "accuracy".
#[must_use]
pub fn score(scores: &Scores, name: &str) -> Option<f64> {
    SCORES.iter().find(|(known, _)| *known == name).and_then(|(_, of)| of(scores))
}

/// The mean of a score over the folds; `None` without folds.
#[must_use]
pub fn validated(run: &Run, score: &str) -> Option<f64> {
    let validation = run.validation.as_ref()?;
    let folds = match score {
        "accuracy" => &validation.accuracy,
        "roc_auc" => &validation.roc_auc,
        _ => &validation.log_loss,
    };
    mean_and_spread(folds).map(|(mean, _)| mean)
}

fn grid_of(run: &Run) -> String {
    run.grid.as_ref().map_or_else(String::new, |grid| grid.0.clone())
}

/// Share of test rows and seed, where the split is drawn.
fn drawn(run: &Run) -> Option<(f64, u32)> {
    match run.provenance.split {
        Split::Random { test_ratio, seed } => Some((test_ratio, seed)),
        Split::Rows { .. } => None,
    }
}

/// "churn 2 champion, other 1".
fn registered(run: &Run, registry: &Registry) -> String {
    let versions = registry.of_run(&run.id).map(|version| {
        let mut words = format!("{} {}", version.name, version.version);
        for alias in registry.aliases(&version.name, version.version) {
            words.push(' ');
            words.push_str(&alias);
        }
        words
    });
    versions.collect::<Vec<_>>().join(", ")
}

/// Every tag of the runs, by name.
fn tag_names<'a>(runs: impl Iterator<Item = &'a Run>) -> Vec<String> {
    let mut names: Vec<String> =
        runs.flat_map(|run| run.tags.iter().map(|(name, _)| name.to_owned())).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// Every setting of the runs, in the order they first come.
fn setting_names(settings: &[Vec<Setting>]) -> Vec<&'static str> {
    let mut names = Vec::new();
    for setting in settings.iter().flatten() {
        if !names.contains(&setting.name) {
            names.push(setting.name);
        }
    }
    names
}

/// No limit is no number: in a column of numbers it is missing.
fn setting_column(
    name: &'static str,
    settings: &[Vec<Setting>],
    read: fn(&str) -> Option<f64>,
) -> Column {
    let value = |of: &Vec<Setting>| {
        of.iter().find(|setting| setting.name == name).map(|setting| setting.value.clone())
    };
    let values: Vec<Option<String>> = settings.iter().map(value).collect();
    let name = format!("params.{name}");
    let numbers = values.iter().map(|value| match value.as_deref() {
        None | Some("none") => Some(f64::NAN),
        Some(value) => read(value),
    });
    match numbers.collect::<Option<Vec<f64>>>() {
        Some(numbers) if numbers.iter().any(|number| !number.is_nan()) => {
            column(name, ColumnKind::Numeric, ColumnValues::Numbers(numbers))
        }
        _ => levels(name, values.into_iter().map(Option::unwrap_or_default)),
    }
}

fn levels(name: String, values: impl Iterator<Item = String>) -> Column {
    let values: Vec<String> = values.collect();
    let mut levels = values.clone();
    levels.sort_unstable();
    levels.dedup();
    let code = |value: &String| levels.binary_search(value).unwrap_or_default() as u16;
    let codes = values.iter().map(code).collect();
    column(name, ColumnKind::Categorical, ColumnValues::Levels { levels, codes })
}

fn texts(name: String, values: impl Iterator<Item = String>) -> Column {
    let mut texts = TextColumn::default();
    values.for_each(|value| texts.push(&value));
    column(name, ColumnKind::Text, ColumnValues::Text(texts))
}

fn column(name: String, kind: ColumnKind, values: ColumnValues) -> Column {
    Column { name, kind, role: Role::Feature, missing: 0, is_date: false, values }
}
