//! Runs as MLflow's folder and as an archive. Where `CHURN_LAB_PYTHON` names a Python with MLflow, it reads
//! the folder, the script brings it into a database, and MLflow's own tool moves it there.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "a test fails loudly, and runs a program where one is named"
)]

#[path = "support/lab.rs"]
mod lab;
#[path = "support/python.rs"]
mod python;
mod support;

use std::collections::BTreeMap;
use std::process::Command;

use churn_lab::compute::{Request, Response};
use churn_lab::data::DatasetId;
use churn_lab::experiments::mlflow::{Exported, experiment_id, folder, run_id};
use churn_lab::experiments::zip::{File, ZipError, archive};
use churn_lab::experiments::{GridId, Run};
use churn_lab::models::{ModelParams, RunId, Split, SvcParams};
use lab::{Lab, fit_request, try_request};
use serde_json::{Value, json};

/// A run with folds and a grid, and one of other texts and rows by number.
fn runs() -> [Run; 2] {
    let mut lab = Lab::new();
    let data = lab.sample(300);
    let Response::Tried(tried) = lab.answer(try_request(&data.id)) else { panic!("a run") };
    let mut request = fit_request(&data.id);
    if let Request::Fit { params, split, .. } = &mut request {
        *params = ModelParams::Svc(SvcParams::default());
        *split = Split::Rows { train: (0..200).collect(), test: (200..300).collect() };
    }
    let Response::Fit(fit) = lab.answer(request) else { panic!("a run") };
    let mut odd = fit.run;
    odd.note = "two\nlines, \"quoted\" é 😀".to_owned();
    odd.provenance.dataset_name = "../da'ta: \"x\"\n# é".to_owned();
    odd.provenance.dataset_id = DatasetId("data set".to_owned());
    odd.grid = Some(GridId("grid/7".to_owned()));
    [*tried, odd]
}

fn exported(runs: &[Run]) -> Vec<File> {
    let artifacts = || vec![File::new("run.py", "print(1)\n"), File::new("../é.onnx", [0, 255])];
    let all: Vec<_> = runs.iter().map(|run| Exported { run, artifacts: artifacts() }).collect();
    folder(&all)
}

fn text<'f>(files: &'f [File], path: &str) -> &'f str {
    let file = files.iter().find(|file| file.path == path);
    let file = file.unwrap_or_else(|| panic!("no {path}"));
    std::str::from_utf8(&file.bytes).unwrap()
}

#[test]
fn a_run_is_a_folder_of_small_files() {
    let [tried, odd] = runs();
    let files = exported(&[tried.clone(), odd.clone()]);
    assert_eq!(files, exported(&[tried.clone(), odd.clone()]), "the same runs, the same files");
    let experiment = experiment_id();
    assert!(experiment.len() == 18 && experiment.bytes().all(|digit| digit.is_ascii_digit()));
    let id = run_id(&tried);
    assert!(id.len() == 32 && id.bytes().all(|digit| digit.is_ascii_hexdigit()));
    assert_ne!(id, run_id(&Run { id: RunId("another".to_owned()), ..tried.clone() }));
    let here = format!("mlruns/{experiment}/{id}");
    let read = |name: &str| text(&files, &format!("{here}/{name}"));
    let (end, fit_ms) = (tried.provenance.created_ms as u64, tried.provenance.fit_ms as u64);
    assert_eq!(
        read("meta.yaml"),
        format!(
            "artifact_uri: \"{here}/artifacts\"\nentry_point_name: \"\"\nexperiment_id: \
             \"{experiment}\"\nlifecycle_stage: \"active\"\nrun_id: \"{id}\"\nrun_name: \"run 2 \
             logistic\"\nrun_uuid: \"{id}\"\nsource_name: \"\"\nsource_version: \"\"\nuser_id: \
             \"\"\nend_time: {end}\nsource_type: 4\nstart_time: {}\nstatus: 3\ntags: []\n",
            end - fit_ms
        )
    );
    for (name, value) in [
        ("model", "logistic"),
        ("C", "1"),
        ("penalty", "l2"),
        ("split_test_ratio", "0.25"),
        ("split_seed", "42"),
    ] {
        assert_eq!(read(&format!("params/{name}")), value, "{name}");
    }
    let test = &tried.evaluation.test;
    for (name, value) in [
        ("test_accuracy", test.accuracy),
        ("test_log_loss", test.log_loss),
        ("test_roc_auc", test.roc_auc.unwrap()),
        ("test_true_positives", f64::from(test.confusion.tp)),
        ("train_brier", tried.evaluation.train.brier),
        ("test_rows", 75.0),
    ] {
        assert_eq!(read(&format!("metrics/{name}")), format!("{end} {value} 0\n"), "{name}");
    }
    let folds = &tried.validation.as_ref().unwrap().accuracy;
    let by_fold: String = (0..3).map(|fold| format!("{end} {} {fold}\n", folds[fold])).collect();
    assert_eq!(read("metrics/cv_accuracy_of_fold"), by_fold);
    assert_eq!(read("tags/mlflow.runName"), "run 2 logistic");
    assert_eq!(read("tags/churn_lab.grid"), "grid-1");
    let curve = read("artifacts/threshold_curve.csv");
    let last = curve.lines().last().unwrap();
    let positives = tried.evaluation.test_curve.positives;
    assert!(curve.starts_with("threshold,tp,fp,fn,tn\n"));
    assert!(last.ends_with(&format!(",{positives},{},0,0", 75 - positives)), "{last}");
    assert!(text(&files, "import_runs.py").contains("log_batch"));
    assert!(text(&files, "README.md").contains("MLFLOW_ALLOW_FILE_STORE=true"));
}

#[test]
fn odd_texts_stay_in_their_place() {
    let [tried, odd] = runs();
    let id = run_id(&odd);
    let files = exported(&[tried, odd.clone()]);
    let here = format!("mlruns/{}/{id}", experiment_id());
    assert_eq!(text(&files, &format!("{here}/params/split")), "rows by number");
    assert_eq!(text(&files, &format!("{here}/tags/mlflow.note.content")), odd.note);
    assert_eq!(
        text(&files, &format!("{here}/tags/churn_lab.data_set")),
        odd.provenance.dataset_name
    );
    for file in &files {
        let parts: Vec<&str> = file.path.split('/').collect();
        assert!(!parts.iter().any(|part| ["", ".", ".."].contains(part)), "{}", file.path);
        assert!(file.path.is_ascii(), "{}", file.path);
    }
    let mut paths: Vec<&String> = files.iter().map(|file| &file.path).collect();
    paths.sort();
    paths.dedup();
    assert_eq!(paths.len(), files.len(), "no file twice");
}

#[test]
fn an_archive_that_its_format_has_no_room_for_is_refused() {
    let many = vec![File::new("a", ""); 65_536];
    let error = archive(&many).unwrap_err();
    assert_eq!(error, ZipError::TooManyFiles { files: 65_536, most: 65_535 });
    assert_eq!(error.code(), "zip_too_many_files");
    let long = archive(&[File::new("a".repeat(65_536), "")]).unwrap_err();
    assert_eq!((long.code(), long), ("zip_long_name", ZipError::LongName { bytes: 65_536 }));
}

/// What MLflow must read, told from the run and not from its files, where that says it.
fn expected(files: &[File], run: &Run) -> Value {
    let here = format!("mlruns/{}/{}/", experiment_id(), run_id(run));
    let mut parts: BTreeMap<&str, BTreeMap<String, Value>> = BTreeMap::new();
    for file in files {
        let Some(rest) = file.path.strip_prefix(&here) else { continue };
        let Some((part, name)) = rest.split_once('/') else { continue };
        let content = String::from_utf8_lossy(&file.bytes);
        let value = match part {
            "metrics" => {
                let values = content
                    .lines()
                    .map(|line| line.split(' ').nth(1).unwrap().parse::<f64>().unwrap());
                json!(values.collect::<Vec<_>>())
            }
            _ => json!(content),
        };
        parts.entry(part).or_default().insert(name.to_owned(), value);
    }
    let test = &run.evaluation.test;
    assert_eq!(parts["metrics"]["test_accuracy"], json!([test.accuracy]));
    let artifacts: Vec<&String> = parts["artifacts"].keys().collect();
    json!({
        "name": format!("run {} {}", run.number, run.provenance.params.name()),
        "params": parts["params"],
        "metrics": parts["metrics"],
        "tags": parts["tags"],
        "artifacts": artifacts,
    })
}

#[test]
fn mlflow_reads_the_runs_again() {
    let Some(python) = python::python_with("mlflow") else { return };
    let here = std::env::temp_dir().join(format!("churn-lab-mlflow-{}", std::process::id()));
    std::fs::create_dir_all(&here).unwrap();
    let runs = runs();
    let files = exported(&runs);
    let wanted: Vec<Value> = runs.iter().map(|run| expected(&files, run)).collect();
    std::fs::write(here.join("runs.zip"), archive(&files).unwrap()).unwrap();
    std::fs::write(here.join("expected.json"), json!(wanted).to_string()).unwrap();
    let check = format!("{}/tests/mlflow_check.py", env!("CARGO_MANIFEST_DIR"));
    let path = std::path::Path::new(&python).parent().unwrap().to_owned();
    let path = format!("{}:{}", path.display(), std::env::var("PATH").unwrap());
    let ended = Command::new(&python)
        .args([check.as_ref(), here.join("runs.zip").as_os_str()])
        .args([here.join("expected.json"), here.join("folder")])
        .env("PATH", path)
        .output()
        .unwrap();
    eprintln!("{}", String::from_utf8_lossy(&ended.stdout));
    assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
    std::fs::remove_dir_all(here).unwrap();
}
