//! A model as an ONNX file. Where `CHURN_LAB_PYTHON` names a Python with onnx and onnxruntime, the files
//! of all families are checked and run on every test row of the real file.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "a test fails loudly, and runs a program where one is named"
)]

#[path = "support/python.rs"]
mod python;
mod support;
#[path = "support/wire.rs"]
mod wire;

use std::process::Command;

use churn_lab::data::{ColumnValues, Dataset, Value as Cell};
use churn_lab::exploration::filter::plain_number;
use churn_lab::features::{Domain, FeatureMatrix};
use churn_lab::models::named::{self, Value};
use churn_lab::models::onnx::{OnnxError, encode, is_offered};
use churn_lab::models::{ModelParams, Split, SvcParams, TrainedModel, train};
use serde_json::{Map, json};
use support::customers::{self, customers};
use support::telco::telco;
use wire::{Model, all as fields_of, one};

fn params(model: &str, given: &[(&str, &str)]) -> ModelParams {
    let value = |text: &str| Value::read(text, plain_number);
    let given = given.iter().map(|(name, text)| ((*name).to_owned(), value(text)));
    named::of(model, &given.collect()).unwrap()
}

/// Every family that has an ONNX form, and what is written in another way.
fn all() -> Vec<ModelParams> {
    vec![
        params("baseline", &[]),
        params("logistic", &[]),
        params("logistic", &[("penalty", "elasticnet"), ("l1_ratio", "0.5"), ("C", "0.01")]),
        params("logistic_cv", &[]),
        params("svc", &[("kernel", "linear"), ("max_iter", "10000")]),
        params("svc", &[("kernel", "linear"), ("max_iter", "10")]),
        params("svc", &[]),
        ModelParams::Svc(SvcParams::default()),
        params("svc", &[("max_iter", "100")]),
        params("svc", &[("kernel", "poly"), ("degree", "3"), ("class_weight", "balanced")]),
        params("svc", &[("kernel", "sigmoid"), ("C", "0.5")]),
        params("decision_tree", &[]),
        params("decision_tree", &[("max_depth", "4"), ("class_weight", "balanced")]),
        params("random_forest", &[]),
        params("random_forest", &[("n_estimators", "30"), ("min_samples_leaf", "5")]),
        params("gradient_boosting", &[]),
        params("gradient_boosting", &[("max_bins", "20"), ("learning_rate", "0.3")]),
    ]
}

/// As many of either class in the training rows, so that a model that knows nothing is undecided.
fn even() -> (Dataset, Split) {
    let mut dataset = customers();
    dataset.name = "even".to_owned();
    if let Some(ColumnValues::Levels { codes, .. }) =
        dataset.columns.last_mut().map(|column| &mut column.values)
    {
        (0..).zip(codes).for_each(|(row, code)| *code = row % 2);
    }
    (dataset, Split::Rows { train: (0..300).collect(), test: (300..400).collect() })
}

fn fit(dataset: &Dataset, params: &ModelParams) -> (TrainedModel, Vec<u32>) {
    fit_split(dataset, params, Split::default())
}

fn fit_split(dataset: &Dataset, params: &ModelParams, split: Split) -> (TrainedModel, Vec<u32>) {
    let trained = train::fit(dataset, params, &split, &mut |_, _| {}).unwrap();
    let rows = train::rows(&split, dataset.n_rows()).unwrap();
    (customers::named(dataset, params, &split, trained), rows.test)
}

/// What the lab says of rows, and what it was asked, for `onnx_check.py`.
fn rows(dataset: &Dataset, model: &TrainedModel, rows: &[u32]) -> serde_json::Value {
    let matrix: FeatureMatrix = model.pipeline.transform(dataset, rows).unwrap();
    let predicted = model.model.predict(&matrix);
    let target = &model.provenance.target;
    let is_positive = predicted
        .classes
        .clone()
        .unwrap_or_else(|| predicted.probabilities.iter().map(|&p| p >= 0.5).collect());
    let class = |&is: &bool| if is { &target.positive_class } else { &target.negative_class };
    let (mut inputs, mut medians, mut unknown) = (Map::new(), Map::new(), Map::new());
    for feature in &model.pipeline.space.features {
        let cells =
            rows.iter().map(|&row| match &dataset.record(row as usize).unwrap()[&feature.name] {
                Cell::Text(text) => json!(text),
                Cell::Number(number) => json!(number),
            });
        inputs.insert(feature.name.clone(), cells.collect());
        match feature.domain {
            Domain::Levels(_) => unknown.insert(feature.name.clone(), json!("no such level")),
            Domain::Numbers { median, .. } => medians.insert(feature.name.clone(), json!(median)),
        };
    }
    json!({
        "inputs": inputs,
        "probabilities": predicted.probabilities,
        "classes": is_positive.iter().map(class).collect::<Vec<_>>(),
        "unknown": unknown,
        "medians": medians,
    })
}

fn bytes_of(dataset: &Dataset, params: &ModelParams) -> Vec<u8> {
    encode(&fit(dataset, params).0, 7).unwrap()
}

#[test]
fn a_file_says_what_it_is_and_where_it_comes_from() {
    let bytes = bytes_of(&customers(), &params("logistic", &[]));
    let model = Model::read(&bytes);
    assert_eq!(one(&bytes, 1).int(), 8);
    assert_eq!(one(&bytes, 2).text(), "Churn Lab");
    let opsets = fields_of(&bytes, 8);
    let opsets = opsets.iter().map(|set| (one(set.bytes(), 1).text(), one(set.bytes(), 2).int()));
    assert_eq!(opsets.collect::<Vec<_>>(), [(String::new(), 17), ("ai.onnx.ml".to_owned(), 3)]);
    assert_eq!(model.inputs(), ["Contract", "tenure", "Partner", "Plan", "price"]);
    assert_eq!(model.outputs(), ["label", "probabilities"]);
    assert!(
        one(&bytes, 6).text().starts_with(
            "Run 7 of Churn Lab: Logistic regression on customers, predicting Churn. "
        )
    );
    let known = [
        ("run", "7"),
        ("data_set", "customers"),
        ("data_set_id", "customers"),
        ("model", "logistic"),
        ("split_seed", "42"),
        ("target", "Churn"),
        ("positive_class", "Yes"),
        ("lab", concat!("Churn Lab ", env!("CARGO_PKG_VERSION"))),
    ];
    let known = known.map(|(key, value)| (key.to_owned(), value.to_owned()));
    assert_eq!(model.properties(), known);
}

/// A value has a name of its own, and is made before it is used.
#[test]
fn every_value_is_made_once_and_before_it_is_used() {
    let mut dataset = customers();
    // names that the graph would give itself
    for (column, name) in dataset.columns.iter_mut().zip(["label", "columns", "", "a as columns"]) {
        column.name = name.to_owned();
    }
    for params in all() {
        let bytes = bytes_of(&dataset, &params);
        let model = Model::read(&bytes);
        assert_eq!(model.outputs(), ["label_", "probabilities"]);
        let mut known = model.given();
        for node in model.nodes() {
            for input in &node.inputs {
                assert!(known.contains(input), "{input} of {} is not there yet", node.operator);
            }
            for output in node.outputs {
                assert!(!output.is_empty() && !known.contains(&output), "{output} is made twice");
                known.push(output);
            }
        }
        assert!(model.outputs().iter().all(|output| known.contains(output)));
    }
}

/// w·z + b with the weights and the scale of the file, by hand, is the lab's.
#[test]
fn a_linear_model_is_its_weights() {
    let dataset = customers();
    let (model, test) = fit(&dataset, &params("logistic", &[]));
    let bytes = encode(&model, 7).unwrap();
    let file = Model::read(&bytes);
    let linear = file.node("LinearClassifier");
    assert_eq!(linear.texts("classlabels_strings"), ["No", "Yes"]);
    assert_eq!(linear.text("post_transform"), "LOGISTIC");
    let (weights, intercepts) = (linear.floats("coefficients"), linear.floats("intercepts"));
    let (negative, positive) = weights.split_at(weights.len() / 2);
    assert!(negative.iter().zip(positive).all(|(no, yes)| *no == -yes));
    assert_eq!(intercepts[0], -intercepts[1]);
    let contracts = file.node("OneHotEncoder").texts("cats_strings");
    assert_eq!(contracts, ["Month-to-month", "One year", "Two year"]);
    let scalers: Vec<_> =
        file.nodes().into_iter().filter(|node| node.operator == "Scaler").collect();
    let [near, rest] = scalers.as_slice() else { panic!("two steps") };
    let expected = model.model.predict(&model.pipeline.transform(&dataset, &test).unwrap());
    for (&row, expected) in test.iter().zip(expected.probabilities) {
        let record = dataset.record(row as usize).unwrap();
        let number = |at: usize, name: &str| {
            let Cell::Number(number) = record[name] else { panic!("a number") };
            let centred = number - f64::from(near.floats("offset")[at]);
            (centred - f64::from(rest.floats("offset")[at])) * f64::from(rest.floats("scale")[at])
        };
        let is = |name: &str, level: &str| f64::from(u8::from(record[name].to_string() == level));
        let columns = [
            is("Contract", "Month-to-month"),
            is("Contract", "One year"),
            is("Contract", "Two year"),
            is("Partner", "No"),
            is("Partner", "Yes"),
            is("Plan", "Basic"),
            number(0, "tenure"),
            number(1, "price"),
        ];
        let sum: f64 = columns.iter().zip(positive).map(|(x, &w)| x * f64::from(w)).sum();
        let probability = 1.0 / (1.0 + (-(sum + f64::from(intercepts[1]))).exp());
        support::close("p", probability, expected, 1e-6);
    }
}

/// The nodes of a tree, walked by hand, give the leaf's share; rounded numbers keep their side.
#[test]
fn a_tree_is_its_nodes() {
    let dataset = customers();
    let (model, _) = fit(&dataset, &params("decision_tree", &[]));
    let bytes = encode(&model, 7).unwrap();
    let file = Model::read(&bytes);
    let tree = file.node("TreeEnsembleClassifier");
    let (trees, modes) = (tree.ints("nodes_treeids"), tree.texts("nodes_modes"));
    let (columns, thresholds) =
        (tree.ints("nodes_featureids"), tree.doubles("nodes_values_as_tensor"));
    let (left, right) = (tree.ints("nodes_truenodeids"), tree.ints("nodes_falsenodeids"));
    let leaves: Vec<(i64, i64, i64, f64)> = tree
        .ints("class_treeids")
        .into_iter()
        .zip(tree.ints("class_nodeids"))
        .zip(tree.ints("class_ids").into_iter().zip(tree.doubles("class_weights_as_tensor")))
        .map(|((tree, node), (class, weight))| (tree, node, class, weight))
        .collect();
    // the last tree takes half a vote away
    assert_eq!(leaves[leaves.len() - 2..], [(1, 0, 0, 0.5), (1, 0, 1, -0.5)]);
    assert_eq!(trees.iter().filter(|&&tree| tree == 1).count(), 1);
    let all_rows: Vec<u32> = (0..dataset.n_rows() as u32).collect();
    let expected = model.model.predict(&model.pipeline.transform(&dataset, &all_rows).unwrap());
    for (&row, expected) in all_rows.iter().zip(expected.probabilities) {
        let record = dataset.record(row as usize).unwrap();
        let number = |name: &str| {
            let Cell::Number(number) = record[name] else { panic!("a number") };
            f64::from(number as f32)
        };
        let is = |name: &str, level: &str| f64::from(u8::from(record[name].to_string() == level));
        let cells = [
            is("Contract", "Month-to-month"),
            is("Contract", "One year"),
            is("Contract", "Two year"),
            is("Partner", "No"),
            is("Partner", "Yes"),
            is("Plan", "Basic"),
            number("tenure"),
            number("price"),
        ];
        let mut at = 0;
        while modes[at] != "LEAF" {
            let goes_left = cells[columns[at] as usize] <= thresholds[at];
            at = if goes_left { left[at] } else { right[at] } as usize;
        }
        let leaf = leaves
            .iter()
            .find(|(tree, node, class, _)| (*tree, *node, *class) == (0, at as i64, 1));
        assert_eq!(leaf.unwrap().3, expected, "row {row}");
    }
}

/// At exactly one half the lab says positive of a logistic regression, and negative of a share.
#[test]
fn who_is_undecided_stays_on_its_side() {
    let (dataset, split) = even();
    let none = params("logistic", &[("penalty", "l1"), ("C", "1e-9")]);
    for (params, sign) in [(none, 1.0_f32), (params("baseline", &[]), 0.0)] {
        let (model, test) = fit_split(&dataset, &params, split.clone());
        let predicted = model.model.predict(&model.pipeline.transform(&dataset, &test).unwrap());
        assert!(predicted.probabilities.iter().all(|&p| p == 0.5));
        let bytes = encode(&model, 1).unwrap();
        let intercepts = Model::read(&bytes).node("LinearClassifier").floats("intercepts");
        assert_eq!(intercepts[1].total_cmp(&0.0) as i32 as f32, sign, "{intercepts:?}");
        assert!(intercepts[1].abs() <= f32::MIN_POSITIVE);
    }
}

#[test]
fn what_onnx_has_no_operator_for_is_refused() {
    let dataset = customers();
    for (name, family) in [("naive_bayes", "Naive Bayes"), ("knn", "k nearest neighbours")] {
        let error = encode(&fit(&dataset, &params(name, &[])).0, 1).unwrap_err();
        assert_eq!(error, OnnxError::NoOperator { family });
        assert!(!is_offered(&params(name, &[])));
        assert_eq!(error.code(), "onnx_no_operator");
        assert!(error.to_string().contains(family));
    }
    assert!(all().iter().all(is_offered));
    assert_eq!(OnnxError::Vectors.code(), "onnx_vectors");
    let error = OnnxError::TooManyNodes { nodes: 3, most: 2 };
    assert_eq!(
        (error.code(), error.to_string().as_str()),
        ("onnx_too_many_nodes", "the trees have 3 nodes; an ONNX file may have 2",)
    );
}

#[test]
fn onnxruntime_gives_the_probabilities_again() {
    let Some(python) = python::python_with("onnx, onnxruntime") else { return };
    let folder = std::env::temp_dir().join(format!("churn-lab-onnx-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let (file, asked) = (folder.join("model.onnx"), folder.join("rows.json"));
    let check = format!("{}/tests/onnx_check.py", env!("CARGO_MANIFEST_DIR"));
    let mut wrong = Vec::new();
    let all_rows = [
        Some((customers(), Split::default())),
        Some(even()),
        telco().map(|dataset| (dataset, Split::default())),
    ];
    for (dataset, split) in all_rows.into_iter().flatten() {
        let undecided = params("logistic", &[("penalty", "l1"), ("C", "1e-9")]);
        for params in all().into_iter().chain([undecided]) {
            let name =
                format!("{}: {} {:?}", dataset.name, params.name(), params.telling_settings());
            let (model, test) = fit_split(&dataset, &params, split.clone());
            let bytes = encode(&model, 7).unwrap();
            std::fs::write(&file, &bytes).unwrap();
            std::fs::write(&asked, rows(&dataset, &model, &test).to_string()).unwrap();
            let ended = Command::new(&python).arg(&check).args([&file, &asked]).output().unwrap();
            let said = String::from_utf8_lossy(&ended.stdout).into_owned();
            eprintln!("{name}: {} bytes, {said}", bytes.len());
            if !ended.status.success() {
                wrong.push(format!("{name}: {}", String::from_utf8_lossy(&ended.stderr)));
            }
        }
    }
    std::fs::remove_dir_all(folder).unwrap();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
