//! Explainable models for the tests: a small one of ours, and the workshop's.

#![allow(dead_code, reason = "every test file uses a part")]

use churn_lab::data::{Column, ColumnKind, ColumnValues, Dataset, DatasetId, Role, Target};
use churn_lab::evaluation::{ConfusionMatrix, Evaluation, Scores, ThresholdCurve};
use churn_lab::explain::{ExplainableModel, LimeExplainer};
use churn_lab::features::{FeaturePipeline, FeatureSpace, StandardScaler};
use churn_lab::models::{
    FittedLogistic, FittedModel, LogisticParams, ModelId, ModelParams, Provenance, Split,
    TrainedModel,
};
use serde_json::Value;

use crate::support::{reference, telco_csv};

/// A data set of these features.
pub fn dataset(columns: Vec<Column>, n_rows: u32) -> Dataset {
    Dataset {
        id: DatasetId("a".to_owned()),
        name: "a".to_owned(),
        columns,
        target: None,
        rows_read: n_rows as usize,
        source_rows: (1..=n_rows).collect(),
        issues: Vec::new(),
    }
}

/// A categorical feature.
pub fn levels(name: &str, cells: &[&str]) -> Column {
    let mut levels: Vec<String> = cells.iter().map(|&cell| cell.to_owned()).collect();
    levels.sort();
    levels.dedup();
    let code = |cell: &&str| levels.iter().position(|l| l == cell).expect("a level") as u16;
    let codes = cells.iter().map(code).collect();
    column(name, ColumnKind::Categorical, ColumnValues::Levels { levels, codes })
}

/// A numeric feature.
pub fn numbers(name: &str, numbers: Vec<f64>) -> Column {
    column(name, ColumnKind::Numeric, ColumnValues::Numbers(numbers))
}

fn column(name: &str, kind: ColumnKind, values: ColumnValues) -> Column {
    Column { name: name.to_owned(), kind, role: Role::Feature, missing: 0, is_date: false, values }
}

/// The features of the real file, rows with a blank cell left out.
pub fn telco() -> Option<Dataset> {
    let bytes = telco_csv()?;
    let mut reader = csv::Reader::from_reader(bytes.as_slice());
    let header = reader.headers().expect("a header").clone();
    let rows: Vec<csv::StringRecord> = reader
        .records()
        .map(|row| row.expect("a row"))
        .filter(|row| row.iter().all(|cell| !cell.trim().is_empty()))
        .collect();
    let columns = header
        .iter()
        .enumerate()
        .filter(|(_, name)| !["customerID", "Churn"].contains(name))
        .map(|(index, name)| {
            let cells: Vec<&str> = rows.iter().map(|row| &row[index]).collect();
            match (name, cells.iter().map(|cell| cell.parse()).collect::<Result<Vec<f64>, _>>()) {
                ("SeniorCitizen", _) => {
                    let words = |cell: &&str| if *cell == "1" { "Yes" } else { "No" };
                    levels(name, &cells.iter().map(words).collect::<Vec<_>>())
                }
                (_, Ok(values)) => numbers(name, values),
                (_, Err(_)) => levels(name, &cells),
            }
        })
        .collect();
    Some(dataset(columns, rows.len() as u32))
}

/// A logistic regression on the plain (not standardised) one-hot columns of `dataset`, explainable.
pub fn explainable(dataset: &Dataset, coefficients: Vec<f64>, intercept: f64) -> ExplainableModel {
    let (mean, scale) = (vec![0.0; coefficients.len()], vec![1.0; coefficients.len()]);
    standardised(dataset, coefficients, intercept, StandardScaler { mean, scale })
}

/// The workshop's model (a) as lbfgs left it; `None` without the reference values.
pub fn workshop() -> Option<ExplainableModel> {
    let dataset = telco()?;
    let logistic = reference("logistic")?;
    let fitted = &logistic["a_l2_C1_lbfgs_tol1e-8"];
    let columns = logistic["columns"].as_array().expect("columns");
    let coefficient = |column: &Value| number(&fitted["coef"][column.as_str().expect("a name")]);
    let coefficients = columns.iter().map(coefficient).collect();
    let scaler = StandardScaler {
        mean: numbers_of(&logistic["scaler_mean"]),
        scale: numbers_of(&logistic["scaler_scale"]),
    };
    Some(standardised(&dataset, coefficients, number(&fitted["intercept"]), scaler))
}

/// A JSON number.
pub fn number(value: &Value) -> f64 {
    value.as_f64().expect("a number")
}

/// A JSON list of numbers; `null` is NaN.
pub fn numbers_of(value: &Value) -> Vec<f64> {
    list(value).iter().map(|number| number.as_f64().unwrap_or(f64::NAN)).collect()
}

/// A JSON list.
pub fn list(value: &Value) -> &[Value] {
    value.as_array().expect("a list")
}

fn standardised(
    dataset: &Dataset,
    coefficients: Vec<f64>,
    intercept: f64,
    scaler: StandardScaler,
) -> ExplainableModel {
    let space = FeatureSpace::of(dataset);
    let explainer = LimeExplainer::fit(dataset, &space).expect("an explainer");
    let scores = Scores {
        accuracy: 0.0,
        precision: 0.0,
        recall: 0.0,
        f1: 0.0,
        roc_auc: None,
        average_precision: None,
        log_loss: 0.0,
        brier: 0.0,
        confusion: ConfusionMatrix { tn: 0, fp: 0, fn_: 0, tp: 0 },
        n: 0,
    };
    let model = TrainedModel {
        id: ModelId("model".to_owned()),
        pipeline: FeaturePipeline { space, scaler },
        model: FittedModel::Logistic(FittedLogistic {
            coefficients,
            intercept,
            iterations: 1,
            converged: true,
        }),
        evaluation: Evaluation {
            train: scores.clone(),
            test: scores,
            test_curve: ThresholdCurve::default(),
        },
        provenance: Provenance {
            dataset_id: dataset.id.clone(),
            dataset_name: dataset.name.clone(),
            target: Target {
                column: "Churn".to_owned(),
                positive_class: "Yes".to_owned(),
                negative_class: "No".to_owned(),
            },
            params: ModelParams::Logistic(LogisticParams::default()),
            split: Split::default(),
            n_train: 0,
            n_test: 0,
            created_ms: 0.0,
            fit_ms: 0.0,
        },
    };
    ExplainableModel { model, explainer }
}
