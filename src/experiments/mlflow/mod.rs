//! Runs as MLflow keeps them in a folder, `mlruns`, with a script that brings them into a server.
//!
//! The layout is that of MLflow's `FileStore`: a folder an experiment, in it a folder a run with a file
//! for every parameter, metric and tag. Since MLflow 3 it opens such folders only when asked to, so the
//! README says how, and the script needs none of that.

mod layout;

use super::Run;
use super::table::{SCORES, VALIDATED, validated};
use super::zip::File;
use crate::evaluation::ThresholdCurve;
use crate::models::{Setting, Split};
use layout::{file_name, hash, line, push_meta};

const README: &str = include_str!("README.md");
const SCRIPT: &str = include_str!("import_runs.py");
/// The experiment's name.
const EXPERIMENT: &str = "Churn Lab";

/// A run and what else is known of it.
pub struct Exported<'r> {
    /// The run.
    pub run: &'r Run,
    /// Files for its artifacts: "run.py", "model.onnx".
    pub artifacts: Vec<File>,
}

/// The folder's files: `mlruns/`, README.md, import_runs.py.
#[must_use]
pub fn folder(runs: &[Exported<'_>]) -> Vec<File> {
    let experiment = experiment_id();
    let mut files = vec![File::new("README.md", README), File::new("import_runs.py", SCRIPT)];
    let first = runs.iter().map(|of| started(of.run)).min().unwrap_or_default();
    let last = runs.iter().map(|of| ended(of.run)).max().unwrap_or_default();
    let root = format!("mlruns/{experiment}");
    let mut meta = String::new();
    push_meta(&mut meta, "artifact_location", &root);
    push_meta(&mut meta, "experiment_id", &experiment);
    push_meta(&mut meta, "lifecycle_stage", "active");
    push_meta(&mut meta, "name", EXPERIMENT);
    meta.push_str(&format!("creation_time: {first}\nlast_update_time: {last}\n"));
    files.push(File::new(format!("{root}/meta.yaml"), meta));
    for exported in runs {
        push_run(&mut files, &root, &experiment, exported);
    }
    files
}

/// MLflow's id of a run: 32 hexadecimal digits, the same for the same run.
#[must_use]
pub fn run_id(run: &Run) -> String {
    format!("{:032x}", hash(run.id.0.as_bytes()))
}

/// MLflow's id of the experiment: digits, the same in every export.
#[must_use]
pub fn experiment_id() -> String {
    format!("{:018}", hash(EXPERIMENT.as_bytes()) % 1_000_000_000_000_000_000)
}

fn push_run(files: &mut Vec<File>, root: &str, experiment: &str, exported: &Exported<'_>) {
    let run = exported.run;
    let id = run_id(run);
    let here = format!("{root}/{id}");
    let (name, artifacts) = (run_name(run), format!("{here}/artifacts"));
    let mut meta = String::new();
    for (key, value) in [
        ("artifact_uri", artifacts.as_str()),
        ("entry_point_name", ""),
        ("experiment_id", experiment),
        ("lifecycle_stage", "active"),
        ("run_id", &id),
        ("run_name", &name),
        ("run_uuid", &id),
        ("source_name", ""),
        ("source_version", ""),
        ("user_id", ""),
    ] {
        push_meta(&mut meta, key, value);
    }
    // a local source, finished
    let (start, end) = (started(run), ended(run));
    meta.push_str(&format!(
        "end_time: {end}\nsource_type: 4\nstart_time: {start}\nstatus: 3\ntags: []\n"
    ));
    files.push(File::new(format!("{here}/meta.yaml"), meta));
    for Setting { name, value } in params(run) {
        files.push(File::new(format!("{here}/params/{}", file_name(name)), line(&value)));
    }
    for (name, values) in metrics(run) {
        let lines: String = (0..)
            .zip(values)
            .map(|(step, value): (u32, f64)| format!("{end} {value} {step}\n"))
            .collect();
        files.push(File::new(format!("{here}/metrics/{}", file_name(&name)), lines));
    }
    for (name, value) in tags(run, &name) {
        files.push(File::new(format!("{here}/tags/{}", file_name(name)), value));
    }
    let curve = threshold_curve(&run.evaluation.test_curve);
    files.push(File::new(format!("{artifacts}/threshold_curve.csv"), curve));
    for File { path, bytes } in &exported.artifacts {
        files.push(File::new(format!("{artifacts}/{}", file_name(path)), bytes.clone()));
    }
}

fn run_name(run: &Run) -> String {
    format!("run {} {}", run.number, run.provenance.params.name())
}

/// Unix milliseconds.
fn ended(run: &Run) -> u64 {
    run.provenance.created_ms.max(0.0) as u64
}

fn started(run: &Run) -> u64 {
    (run.provenance.created_ms - run.provenance.fit_ms).max(0.0) as u64
}

/// Family, settings and split.
fn params(run: &Run) -> Vec<Setting> {
    let made = &run.provenance;
    let given = |name, value: String| Setting { name, value };
    let mut params = vec![given("model", made.params.name().to_owned())];
    params.extend(made.params.settings());
    match made.split {
        Split::Random { test_ratio, seed } => {
            params.push(given("split_test_ratio", test_ratio.to_string()));
            params.push(given("split_seed", seed.to_string()));
        }
        Split::Rows { .. } => params.push(given("split", "rows by number".to_owned())),
    }
    if let Some(decision) = run.decision {
        params.push(given("threshold_rule", decision.rule.name().to_owned()));
        params.push(given("threshold", decision.threshold.to_string()));
    }
    params
}

/// Names and values, one a step; a score that is not defined has none.
fn metrics(run: &Run) -> Vec<(String, Vec<f64>)> {
    let mut metrics = Vec::new();
    for (part, scores) in [("test", &run.evaluation.test), ("train", &run.evaluation.train)] {
        for (name, of) in SCORES {
            metrics.extend(of(scores).map(|score| (format!("{part}_{name}"), vec![score])));
        }
        let counts = &scores.confusion;
        for (name, count) in [
            ("true_negatives", counts.tn),
            ("false_positives", counts.fp),
            ("false_negatives", counts.fn_),
            ("true_positives", counts.tp),
            ("rows", scores.n),
        ] {
            metrics.push((format!("{part}_{name}"), vec![f64::from(count)]));
        }
    }
    for name in VALIDATED {
        metrics.extend(validated(run, name).map(|mean| (format!("cv_{name}"), vec![mean])));
    }
    if let Some(folds) = &run.validation {
        let parts = [&folds.accuracy, &folds.roc_auc, &folds.log_loss];
        for (name, scores) in VALIDATED.iter().zip(parts).filter(|(_, scores)| !scores.is_empty()) {
            metrics.push((format!("cv_{name}_of_fold"), scores.clone()));
        }
    }
    metrics.push(("fit_ms".to_owned(), vec![run.provenance.fit_ms]));
    metrics.push(("steps".to_owned(), vec![f64::from(run.iterations)]));
    metrics
}

fn tags<'a>(run: &'a Run, name: &str) -> Vec<(&'a str, String)> {
    let made = &run.provenance;
    let mut tags = vec![
        ("mlflow.runName", name.to_owned()),
        ("mlflow.source.name", "Churn Lab".to_owned()),
        ("mlflow.source.type", "LOCAL".to_owned()),
        ("churn_lab.version", env!("CARGO_PKG_VERSION").to_owned()),
        ("churn_lab.run", run.number.to_string()),
        ("churn_lab.run_id", run.id.0.clone()),
        ("churn_lab.data_set", made.dataset_name.clone()),
        ("churn_lab.data_set_id", made.dataset_id.0.clone()),
        ("churn_lab.target", made.target.column.clone()),
        ("churn_lab.positive_class", made.target.positive_class.clone()),
        ("churn_lab.converged", run.converged.to_string()),
    ];
    tags.extend(run.grid.as_ref().map(|grid| ("churn_lab.grid", grid.0.clone())));
    tags.extend(run.tags.iter().map(|(name, value)| (name, value.to_owned())));
    if !run.note.is_empty() {
        tags.push(("mlflow.note.content", run.note.clone()));
    }
    tags
}

/// A row a threshold, descending: what predicting positive from there on comes to.
fn threshold_curve(curve: &ThresholdCurve) -> String {
    let mut csv = "threshold,tp,fp,fn,tn\n".to_owned();
    let counts = curve.tp.iter().zip(&curve.fp);
    for (threshold, (&tp, &fp)) in curve.thresholds.iter().zip(counts) {
        let missed = curve.positives.saturating_sub(tp);
        let right = curve.negatives.saturating_sub(fp);
        csv.push_str(&format!("{threshold},{tp},{fp},{missed},{right}\n"));
    }
    csv
}
