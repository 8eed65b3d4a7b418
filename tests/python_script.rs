//! A run as a script for scikit-learn. Where `CHURN_LAB_PYTHON` names a Python with scikit-learn and
//! pandas, the scripts of all families are run; they end with an error when a score differs.

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

use std::process::Command;

use churn_lab::compute::{Request, Response};
use churn_lab::data::DatasetSummary;
use churn_lab::data::csv::{read, to_csv};
use churn_lab::experiments::python::script;
use churn_lab::experiments::{Run, ThresholdRule, TunedScore};
use churn_lab::exploration::filter::plain_number;
use churn_lab::models::catalogue::FAMILIES;
use churn_lab::models::named::{self, Value};
use churn_lab::models::{ClassWeight, LogisticParams, ModelParams, TreeParams};
use lab::{Lab, try_request};
use support::{telco::telco, telco_csv};

/// Every family as its form starts, and what is written in another way.
fn all() -> Vec<ModelParams> {
    let named = |model: &str, given: &[(&str, &str)]| {
        let value = |text: &str| Value::read(text, plain_number);
        let given = given.iter().map(|(name, text)| ((*name).to_owned(), value(text)));
        named::of(model, &given.collect()).unwrap()
    };
    let mut all: Vec<ModelParams> = FAMILIES.iter().map(|of| named(of.name, &[])).collect();
    all.extend([
        named("logistic", &[("penalty", "elasticnet"), ("l1_ratio", "0.5"), ("C", "0.01")]),
        named("logistic", &[("class_weight", "balanced")]),
        named("logistic_cv", &[("class_weight", "balanced")]),
        named("logistic", &[("penalty", "l1"), ("C", "0.01"), ("class_weight", "balanced")]),
        named("svc", &[("kernel", "linear"), ("max_iter", "10000")]),
        named("svc", &[("kernel", "poly"), ("degree", "2"), ("class_weight", "balanced")]),
        named("naive_bayes", &[("kind", "gaussian")]),
        named("knn", &[("n_neighbors", "15"), ("weights", "distance")]),
        ModelParams::DecisionTree(TreeParams {
            max_depth: Some(4),
            class_weight: ClassWeight::Given { negative: 1.0, positive: 2.5 },
            ..TreeParams::default()
        }),
    ]);
    all
}

#[test]
fn names_and_levels_are_quoted_for_python() {
    let rows: String = (0..12)
        .map(|at| {
            format!(
                "{at},{},{at}.5,2020-0{}-05,{}\n",
                if at % 2 == 0 { "é" } else { "b\\" },
                at % 9 + 1,
                if at % 3 == 0 { "yes" } else { "no" }
            )
        })
        .collect();
    let csv = format!("id,plan \"x\",back\\slash,since,left\n{rows}");
    let dataset = read(csv.as_bytes(), "da\"ta", Some("left")).unwrap();
    let mut run = run_of(ModelParams::Baseline(Default::default()));
    run.provenance.target = dataset.target.clone().unwrap();
    run.provenance.dataset_name = "da\"\"\"ta\n".to_owned();
    let script = script(&run, &DatasetSummary::columns_of(&dataset));
    assert!(script.starts_with("\"\"\"Run 2: Baseline on data, fitted again"), "{script}");
    for line in [
        "NUMBERS = [\"back\\\\slash\", \"since\"]",
        "DATES = [\"since\"]",
        "    \"plan \\\"x\\\"\": [\"b\\\\\", \"é\"],",
        "y = (data[\"left\"] == \"yes\").to_numpy()",
        "train, test = train_test_split(np.arange(len(y)), test_size=0.25, random_state=42)",
        "    DummyClassifier(strategy=\"prior\"),",
    ] {
        assert!(script.lines().any(|known| known == line), "{line} is not in\n{script}");
    }
}

fn run_of(params: ModelParams) -> Run {
    let mut lab = Lab::new();
    let data = lab.sample(300);
    let mut request = try_request(&data.id);
    let Request::Try { params: of, validation, .. } = &mut request else { panic!("a try") };
    (*of, *validation) = (params, None);
    let Response::Tried(run) = lab.answer(request) else { panic!("a run") };
    *run
}

#[test]
fn scikit_learn_gives_the_scores_again() {
    let Some(python) = python::python_with("sklearn, pandas") else { return };
    let (Some(dataset), Some(csv)) = (telco(), telco_csv()) else { return };
    let mut lab = Lab::new();
    let read = Request::ReadCsv { bytes: csv, name: "telco.csv".to_owned(), target: None };
    let Response::Dataset { summary, .. } = lab.answer(read) else { panic!("a data set") };
    let folder = std::env::temp_dir().join(format!("churn-lab-scripts-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let data = folder.join("data.csv");
    std::fs::write(&data, to_csv(&dataset)).unwrap();
    let logistic = ModelParams::Logistic(LogisticParams::default());
    let tuned = TunedScore::ALL.map(ThresholdRule::Tuned);
    let ruled = tuned.into_iter().chain([ThresholdRule::Fixed(0.3)]);
    let ruled = ruled.map(|rule| (logistic.clone(), rule));
    let own = all().into_iter().map(|params| (params, ThresholdRule::Own));
    for (params, rule) in own.chain(ruled) {
        let name = format!("{} {:?} {rule:?}", params.name(), params.telling_settings());
        let mut request = try_request(&summary.id);
        let Request::Try { params: of, rule: by, validation, .. } = &mut request else {
            panic!("a try")
        };
        (*of, *by, *validation) = (params, rule, None);
        let Response::Tried(run) = lab.answer(request) else { panic!("a run") };
        let file = folder.join("run.py");
        std::fs::write(&file, script(&run, &summary.columns)).unwrap();
        let ended = Command::new(&python).args([&file, &data]).output().unwrap();
        let said = String::from_utf8_lossy(&ended.stdout).into_owned();
        let wrong = String::from_utf8_lossy(&ended.stderr).into_owned();
        assert!(ended.status.success(), "{name}\n{said}\n{wrong}");
        eprintln!("{name}\n{said}");
    }
    std::fs::remove_dir_all(folder).unwrap();
}
