//! Partial dependence and the curves of single records: against scikit-learn on the real file, against
//! asking the model one record at a time, and what is refused.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test fails loudly")]

#[path = "support/explainable.rs"]
mod explainable;
mod support;

use churn_lab::data::{Dataset, Value};
use churn_lab::explain::dependence::grid;
use churn_lab::explain::{CurvesParams, ExplainError, ExplainableModel, LimeExplainer, Swept};
use churn_lab::models::{
    ForestParams, KnnParams, LogisticParams, ModelParams, Split, SvcParams, TreeParams, train,
};
use explainable::{list, numbers_of, workshop};
use support::customers::{customers, encoded, named};
use support::telco::telco;
use support::{close, reference};

fn fitted(dataset: &Dataset, params: ModelParams) -> ExplainableModel {
    let split = Split::default();
    let parts = train::rows_of(dataset, &split).unwrap();
    let trained = train::fit_rows(dataset, &params, &parts, &mut |_, _| {}).unwrap();
    let model = named(dataset, &params, &split, trained);
    let explainer = LimeExplainer::fit(dataset, &model.pipeline.space).unwrap();
    ExplainableModel { model, explainer }
}

/// The training rows of scikit-learn's split, encoded.
fn training_rows(model: &ExplainableModel) -> Option<Vec<f64>> {
    let dataset = telco()?;
    let split = reference("split_seed42")?;
    let rows: Vec<u32> = numbers_of(&split["train"]).into_iter().map(|row| row as u32).collect();
    Some(model.model.pipeline.encode_rows(&dataset, &rows).unwrap())
}

#[test]
fn partial_dependence_equals_that_of_scikit_learn() {
    let (Some(model), Some(metrics)) = (workshop(), reference("metrics")) else { return };
    let Some(rows) = training_rows(&model) else { return };
    let swept = Swept::new(&model.model, &rows);
    let space = &model.model.pipeline.space;
    let mut checked = 0;
    for (name, expected) in metrics["partial_dependence"].as_object().unwrap() {
        let feature = name.split('_').next().unwrap();
        let at = space.position(feature).unwrap();
        let seen: Vec<f64> = swept.seen(at).collect();
        let drawn = grid::of(&space.features[at], &seen, 10, [0.05, 0.95]);
        let values = match &expected["grid"] {
            serde_json::Value::Null => {
                assert_eq!(drawn.len(), list(&expected["levels"]).len());
                drawn
            }
            given => numbers_of(given),
        };
        // the other grids were not made by scikit-learn itself
        if name == "tenure_p05_p95_10" {
            let drawn = grid::of(&space.features[at], &seen, 10, [0.05, 0.95]);
            for (drawn, expected) in drawn.iter().zip(&values) {
                close("grid", *drawn, *expected, 1e-9);
            }
        }
        for (&value, mean) in values.iter().zip(numbers_of(&expected["mean_probability"])) {
            close(&format!("{name} at {value}"), swept.mean(&[(at, value)]), mean, 1e-9);
            checked += 1;
        }
        if let Some(lines) = expected["ice_first_5_train_rows"].as_array() {
            for (row, line) in lines.iter().enumerate() {
                for (&value, p) in values.iter().zip(numbers_of(line)) {
                    close("line", swept.probabilities(&[(at, value)])[row], p, 1e-9);
                }
            }
        }
    }
    assert_eq!(checked, 50);
}

#[test]
fn every_point_is_what_the_model_says() {
    let dataset = customers();
    for params in [
        ModelParams::Logistic(LogisticParams::default()),
        ModelParams::DecisionTree(TreeParams::default()),
        ModelParams::RandomForest(ForestParams { n_estimators: 7, ..ForestParams::default() }),
        ModelParams::Svc(SvcParams::default()),
        ModelParams::Knn(KnnParams::default()),
    ] {
        let model = fitted(&dataset, params.clone());
        let all = encoded(&dataset, &model.model);
        let rows: Vec<f64> = all.iter().copied().take(30 * 5).collect();
        let record = all.row(200).to_vec();
        let asked = CurvesParams { lines: 3, grid_resolution: 6, ..CurvesParams::default() };
        let mut told = Vec::new();
        let curves = model.curves(&record, &rows, &asked, &mut |a, b| told.push((a, b))).unwrap();
        assert_eq!(told.last(), Some(&(5, 5)));
        assert_eq!((curves.curves.len(), curves.rows, curves.seed), (5, 30, 42));
        assert_eq!(curves.probability, model.model.predict_record(&record));
        assert!(curves.curves.windows(2).all(|pair| pair[0].range >= pair[1].range));
        for curve in &curves.curves {
            let space = &model.model.pipeline.space;
            let ask = |mut of: churn_lab::data::Record, value: &Value| {
                of.insert(curve.feature.clone(), value.clone());
                model.model.predict_record(&space.encode(&of).unwrap())
            };
            let what = format!("{params:?}: {}", curve.feature);
            for point in &curve.own {
                assert_eq!(point.probability, ask(space.decode(&record), &point.value), "{what}");
            }
            let own = curve.own.iter().find(|point| point.value == curve.present).expect("present");
            assert_eq!(own.probability, curves.probability, "{what}");
            for (at, value) in curve.values.iter().enumerate() {
                let each: Vec<f64> =
                    rows.chunks(5).map(|row| ask(space.decode(row), value)).collect();
                close(&what, curve.mean[at], each.iter().sum::<f64>() / 30.0, 1e-12);
                for (line, p) in curve.lines.iter().zip(&each) {
                    close(&what, line[at], *p, 1e-12);
                }
                let lower = each.iter().filter(|&&p| p < curve.low[at] - 1e-12).count();
                let higher = each.iter().filter(|&&p| p > curve.high[at] + 1e-12).count();
                assert!(lower <= 3 && higher <= 3, "{what}: {lower} and {higher} of 30");
            }
            assert_eq!(curve.lines.len(), 3);
        }
        let of = |name: &str| curves.curves.iter().find(|c| c.feature == name).unwrap();
        assert_eq!((of("Contract").values.len(), of("tenure").values.len()), (3, 6));
        assert_eq!(of("Plan").range, 0.0, "one level only");
    }
}

/// A number with few values is swept over those, as scikit-learn does.
#[test]
fn few_numbers_are_all_tried() {
    let dataset = customers();
    let model = fitted(&dataset, ModelParams::Logistic(LogisticParams::default()));
    let tenure = &model.model.pipeline.space.features[1];
    assert_eq!(grid::of(tenure, &[3.0, 1.0, 3.0, 2.0], 4, [0.05, 0.95]), [1.0, 2.0, 3.0]);
    assert_eq!(grid::of(tenure, &[0.0, 10.0, 20.0], 3, [0.0, 1.0]), [0.0, 10.0, 20.0]);
    assert_eq!(grid::of(tenure, &[0.0, 10.0, 20.0], 2, [0.0, 1.0]), [0.0, 20.0]);
    assert!(grid::of(tenure, &[], 2, [0.0, 1.0]).is_empty());
}

#[test]
fn what_is_out_of_range_is_refused() {
    let dataset = customers();
    let model = fitted(&dataset, ModelParams::DecisionTree(TreeParams::default()));
    let record = encoded(&dataset, &model.model).row(0).to_vec();
    let refused = |rows: &[f64], params: CurvesParams| {
        model.curves(&record, rows, &params, &mut |_, _| {}).unwrap_err()
    };
    let usual = CurvesParams::default;
    assert_eq!(refused(&[], usual()), ExplainError::NoBackground);
    let says = |params: CurvesParams| refused(&record, params).to_string();
    let one = says(CurvesParams { grid_resolution: 1, ..usual() });
    assert_eq!(one, "gridResolution is 1; allowed: 2 to 200");
    let turned = says(CurvesParams { percentiles: [0.9, 0.1], ..usual() });
    assert_eq!(turned, "percentiles is 0.9 and 0.1; allowed: two shares from 0 to 1, ascending");
    assert_eq!(says(CurvesParams { rows: Some(0), ..usual() }), "rows is 0; allowed: 1 to 100000");
    assert_eq!(says(CurvesParams { lines: 101, ..usual() }), "lines is 101; allowed: at most 100");
    let none = refused(&record, CurvesParams { features: vec!["x".to_owned()], ..usual() });
    assert_eq!(none.code(), "unknown_field");
    let says = "features names \"x\", which is no feature of the model; allowed: Contract, tenure, Partner, Plan, price";
    assert_eq!(none.to_string(), says);
}
