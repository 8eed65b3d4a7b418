//! Logistic regression against the exact optimum of scikit-learn's objective.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use churn_lab::data::{ColumnValues, Dataset, Role};
use churn_lab::models::logistic::LogisticRegression;
use churn_lab::models::{
    FittedLogistic, FittedModel, LogisticParams, ModelParams, Split, TrainError, Trained, train,
};
use linfa::dataset::DatasetBase;
use linfa::traits::{Fit, PredictInplace};
use ndarray::Array1;
use support::customers::{customers, named};
use support::{close, reference, telco::telco};

fn params(c: f64) -> ModelParams {
    ModelParams::Logistic(LogisticParams { c, ..LogisticParams::default() })
}

fn logistic(trained: &Trained) -> &FittedLogistic {
    match &trained.model {
        FittedModel::Logistic(fitted) => fitted,
        other => panic!("{other:?}"),
    }
}

fn fit(dataset: &Dataset, c: f64) -> Trained {
    train::fit(dataset, &params(c), &Split::default(), &mut |_, _| {}).unwrap()
}

/// `polished` of logistic.json: Newton steps from scikit-learn's solution to rounding level.
#[test]
fn coefficients_equal_the_exact_optimum() {
    let (Some(telco), Some(reference)) = (telco(), reference("logistic")) else { return };
    let others = reference["c_other_C"].as_array().unwrap();
    for expected in others.iter().chain([&reference["a_l2_C1_lbfgs_tol1e-8"]]) {
        let c = expected["C"].as_f64().unwrap();
        let trained = fit(&telco, c);
        assert!(trained.converged, "C = {c}");
        assert!(trained.iterations <= 10, "C = {c}: {} steps", trained.iterations);
        assert_eq!((trained.n_train, trained.n_test), (5274, 1758));
        let fitted = logistic(&trained);
        let polished = &expected["polished"];
        let intercept = polished["intercept"].as_f64().unwrap();
        close(&format!("intercept at C = {c}"), fitted.intercept, intercept, 1e-8);
        for (name, weight) in trained.pipeline.column_names().iter().zip(&fitted.coefficients) {
            let expected = polished["coef"][name.as_str()].as_f64().expect(name);
            close(&format!("{name} at C = {c}"), *weight, expected, 1e-8);
        }

        let model = named(&telco, &params(c), &Split::default(), trained);
        let encoded = support::customers::encoded(&telco, &model);
        let probabilities = model.predict_proba(encoded.view());
        let test = train::rows(&Split::default(), telco.n_rows()).unwrap().test;
        let first: Vec<f64> =
            serde_json::from_value(polished["test_prob_first20"].clone()).unwrap();
        for (row, expected) in test.iter().zip(first) {
            close(&format!("p of row {row}"), probabilities[*row as usize], expected, 1e-9);
        }
        // the stored scores are of coefficients that stop 1e-5 short
        for (part, scores) in [("train", &model.evaluation.train), ("test", &model.evaluation.test)]
        {
            for (score, actual) in [
                ("accuracy", scores.accuracy),
                ("roc_auc", scores.roc_auc.unwrap()),
                ("log_loss", scores.log_loss),
                ("brier", scores.brier),
            ] {
                let key = format!("{part}_{score}");
                close(&key, actual, expected[&key].as_f64().unwrap(), 1e-5);
            }
        }
    }
}

/// At the minimum of `C·Σ log(1 + exp(−y·m)) + ½‖w‖²` the gradient is 0; computed here the long way.
#[test]
fn the_gradient_vanishes_on_the_dense_matrix() {
    let dataset = customers();
    for c in [1e-3, 0.7, 100.0] {
        let trained = fit(&dataset, c);
        let rows = train::rows(&Split::default(), dataset.n_rows()).unwrap().train;
        let dense = trained.pipeline.transform(&dataset, &rows).unwrap().to_dense();
        let labels = dataset.labels().unwrap();
        let fitted = logistic(&trained);
        let mut gradient = fitted.coefficients.clone();
        let mut at_intercept = 0.0;
        for (record, &row) in dense.rows().into_iter().zip(&rows) {
            let products = record.iter().zip(&fitted.coefficients).map(|(z, w)| z * w);
            let margin = fitted.intercept + products.sum::<f64>();
            let residual =
                1.0 / (1.0 + libm::exp(-margin)) - f64::from(u8::from(labels[row as usize]));
            at_intercept += c * residual;
            for (sum, z) in gradient.iter_mut().zip(record) {
                *sum += c * residual * z;
            }
        }
        close("intercept", at_intercept, 0.0, 1e-8);
        for (name, sum) in trained.pipeline.column_names().iter().zip(gradient) {
            close(name, sum, 0.0, 1e-8);
        }
    }
}

#[test]
fn linfas_traits_give_the_same_model() {
    let dataset = customers();
    let trained = fit(&dataset, 1.0);
    let rows = train::rows(&Split::default(), dataset.n_rows()).unwrap().train;
    let labels = dataset.labels().unwrap();
    let records = DatasetBase::new(
        trained.pipeline.transform(&dataset, &rows).unwrap(),
        rows.iter().map(|&row| labels[row as usize]).collect::<Array1<bool>>(),
    );
    let fitted = LogisticRegression::new(LogisticParams::default()).fit(&records).unwrap();
    assert_eq!(FittedModel::Logistic(fitted.clone()), trained.model);

    let mut probabilities = fitted.default_target(&records.records);
    fitted.predict_inplace(&records.records, &mut probabilities);
    let model = named(&dataset, &params(1.0), &Split::default(), trained);
    for (&row, p) in rows.iter().zip(probabilities) {
        let record = model.pipeline.space.encode(&dataset.record(row as usize).unwrap()).unwrap();
        assert_eq!(model.predict_record(&record).to_bits(), p.to_bits(), "row {row}");
    }
}

#[test]
fn progress_counts_the_steps() {
    let mut heard = Vec::new();
    let trained = train::fit(&customers(), &params(1.0), &Split::default(), &mut |done, total| {
        heard.push((done, total));
    })
    .unwrap();
    let expected: Vec<(u32, u32)> = (1..=trained.iterations).map(|step| (step, 100)).collect();
    assert_eq!(heard, expected);
}

#[test]
fn settings_out_of_range_are_named() {
    let check = |params: LogisticParams, code: &str, says: &str| {
        let params = ModelParams::Logistic(params);
        let error =
            train::fit(&customers(), &params, &Split::default(), &mut |_, _| {}).unwrap_err();
        assert_eq!(error.code(), code);
        assert_eq!(error.to_string(), says);
    };
    let default = LogisticParams::default;
    for (c, text) in [(0.0, "0"), (-1.0, "-1"), (f64::NAN, "NaN"), (f64::INFINITY, "inf")] {
        let says = format!("C is {text}; allowed: a finite number above 0");
        check(LogisticParams { c, ..default() }, "param_c", &says);
    }
    let none = LogisticParams { max_iterations: 0, ..default() };
    check(none, "param_max_iter", "max_iter is 0; allowed: 1 or more");
    let negative = LogisticParams { tolerance: -1e-9, ..default() };
    check(negative, "param_tol", "tol is -0.000000001; allowed: a finite number above 0");
}

#[test]
fn too_few_steps_are_said_not_hidden() {
    let few = LogisticParams { max_iterations: 2, ..LogisticParams::default() };
    let params = ModelParams::Logistic(few);
    let trained = train::fit(&customers(), &params, &Split::default(), &mut |_, _| {}).unwrap();
    assert!(!trained.converged);
    assert_eq!(trained.iterations, 2);
}

/// A numeric column that tells the classes apart: without the penalty its weight would be infinite.
#[test]
fn separable_data_has_a_finite_optimum_at_any_strength() {
    let mut dataset = customers();
    let churned = dataset.labels().unwrap();
    dataset.columns[1].values =
        ColumnValues::Numbers(churned.iter().map(|&c| if c { 1.0 } else { -1.0 }).collect());
    for exponent in -12..=12 {
        let c = libm::pow(10.0, f64::from(exponent));
        let trained = fit(&dataset, c);
        let fitted = logistic(&trained);
        assert!(trained.converged, "C = {c}: {} steps", trained.iterations);
        assert!(fitted.coefficients.iter().all(|w| w.is_finite()), "C = {c}");
        if exponent > 0 {
            assert_eq!(trained.evaluation.test.accuracy.to_bits(), 1.0_f64.to_bits(), "C = {c}");
        }
    }
}

#[test]
fn absurd_strengths_end_without_a_panic() {
    for c in [f64::MIN_POSITIVE, 1e-300, 1e20, 1e100, 1e300, f64::MAX] {
        match train::fit(&customers(), &params(c), &Split::default(), &mut |_, _| {}) {
            Ok(trained) => {
                let fitted = logistic(&trained);
                assert!(fitted.intercept.is_finite(), "C = {c}");
            }
            Err(error) => assert!(error.to_string().contains("smaller C"), "C = {c}: {error}"),
        }
    }
}

#[test]
fn data_that_cannot_be_learnt_is_named() {
    let check = |change: &dyn Fn(&mut Dataset), code: &str, says: &str| {
        let mut dataset = customers();
        change(&mut dataset);
        let error: TrainError =
            train::fit(&dataset, &params(1.0), &Split::default(), &mut |_, _| {}).unwrap_err();
        assert_eq!(error.code(), code, "{error}");
        assert!(error.to_string().contains(says), "{error}");
    };
    check(&|d| d.target = None, "no_target", "\"customers\" has no target");
    check(
        &|d| d.columns.iter_mut().for_each(|c| c.role = Role::Ignored),
        "no_features",
        "no feature",
    );
    let spoil = |d: &mut Dataset| {
        if let ColumnValues::Numbers(numbers) = &mut d.columns[1].values {
            numbers[7] = f64::NAN;
        }
    };
    check(&spoil, "not_finite", "tenure of kept row 7 is NaN");
    let wide = |d: &mut Dataset| {
        let levels = (0..3_000).map(|level| format!("{level:04}")).collect();
        let codes = (0..400).collect();
        d.columns[0].values = ColumnValues::Levels { levels, codes };
    };
    check(&wide, "too_many_columns", "at most 2000");
}

/// Only categorical features, only numeric ones, a single row of each class.
#[test]
fn odd_shapes_are_learnt() {
    let check = |keep: &[&str]| {
        let mut dataset = customers();
        dataset.columns.retain(|c| c.role == Role::Target || keep.contains(&c.name.as_str()));
        assert!(fit(&dataset, 1.0).converged, "{keep:?}");
    };
    check(&["Contract", "Partner"]);
    check(&["tenure", "price"]);
    check(&["Plan"]);

    let dataset = customers();
    let labels = dataset.labels().unwrap();
    let first = |class| labels.iter().position(|&label| label == class).unwrap() as u32;
    let split = Split::Rows { train: vec![first(true), first(false)], test: vec![399] };
    let trained = train::fit(&dataset, &params(1.0), &split, &mut |_, _| {}).unwrap();
    assert!(trained.converged);
    assert_eq!(trained.evaluation.test.roc_auc, None);
}
