//! Logistic regression with L1 and elastic-net penalties: scikit-learn's values, and the conditions of
//! an optimum worked out the long way.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use churn_lab::data::{Column, ColumnValues};
use churn_lab::models::logistic::elastic_net::{ElasticNet, ElasticNetParams};
use churn_lab::models::logistic::{LogisticError, LogisticRegression};
use churn_lab::models::{FittedLogistic, LogisticParams, Split};
use churn_lab::numerics::random::RandomState;
use linfa::param_guard::ParamGuard;
use linfa::traits::{Fit, PredictInplace};
use support::customers::customers;
use support::judged::all_close;
use support::training::{TrainingRows, split_rows, training_rows};
use support::{close, telco::telco};

fn fit(rows: &TrainingRows, c: f64, l1_ratio: f64) -> FittedLogistic {
    ElasticNet::new(ElasticNetParams { c, l1_ratio, ..ElasticNetParams::default() })
        .fit(&rows.train)
        .unwrap()
}

/// What is minimised, and how far the worst coordinate is from its condition.
struct Conditions {
    objective: f64,
    violation: f64,
}

fn conditions(rows: &TrainingRows, fitted: &FittedLogistic, c: f64, ratio: f64) -> Conditions {
    let dense = rows.train.records.to_dense();
    let mut slope = vec![0.0; dense.ncols()];
    let (mut at_intercept, mut loss) = (0.0, 0.0);
    for (record, &label) in dense.rows().into_iter().zip(&rows.train.targets) {
        let products = record.iter().zip(&fitted.coefficients).map(|(z, w)| z * w);
        let margin = fitted.intercept + products.sum::<f64>();
        let y = f64::from(u8::from(label));
        let residual = 1.0 / (1.0 + libm::exp(-margin)) - y;
        loss += libm::log1p(libm::exp(-margin.abs())) + margin.max(0.0) - y * margin;
        at_intercept += c * residual;
        for (sum, z) in slope.iter_mut().zip(record) {
            *sum += c * residual * z;
        }
    }
    let mut violation = f64::abs(at_intercept);
    let mut objective = c * loss;
    for (slope, &w) in slope.iter().zip(&fitted.coefficients) {
        let slope = slope + (1.0 - ratio) * w;
        let off = if w > 0.0 {
            (slope + ratio).abs()
        } else if w < 0.0 {
            (slope - ratio).abs()
        } else {
            (slope.abs() - ratio).max(0.0)
        };
        violation = violation.max(off);
        objective += ratio * w.abs() + 0.5 * (1.0 - ratio) * w * w;
    }
    Conditions { objective, violation }
}

#[test]
fn scikit_learns_saga_comes_near() {
    let Some(telco) = telco() else { return };
    let rows = training_rows(&telco);
    let reference: serde_json::Value =
        serde_json::from_str(include_str!("fixtures/elastic_net/reference.json")).unwrap();
    for expected in reference.as_array().unwrap() {
        let number = |key: &str| expected[key].as_f64().unwrap();
        let (c, ratio) = (number("C"), number("l1_ratio"));
        let what = format!("C = {c}, l1_ratio = {ratio}");
        let fitted = fit(&rows, c, ratio);
        assert!(fitted.converged, "{what}: {} steps", fitted.iterations);
        let ours = conditions(&rows, &fitted, c, ratio);
        assert!(ours.violation < 1e-8, "{what}: {}", ours.violation);
        close(&format!("objective, {what}"), ours.objective, number("objective"), 1e-6);
        assert!(ours.objective <= number("objective") + 1e-9, "{what}: {}", ours.objective);
        let mut p = fitted.default_target(&rows.test);
        fitted.predict_inplace(&rows.test, &mut p);
        for (p, expected) in p.iter().zip(support::judged::numbers(&expected["test_first20"])) {
            close(&format!("p, {what}"), *p, expected, 1e-6);
        }
        close(&format!("intercept, {what}"), fitted.intercept, number("intercept"), 1e-5);
        if ratio < 1.0 {
            // with squares in the penalty the optimum is one point
            for (name, weight) in rows.names.iter().zip(&fitted.coefficients) {
                let expected = expected["coef"][name.as_str()].as_f64().unwrap();
                close(&format!("{name}, {what}"), *weight, expected, 1e-5);
            }
        }
    }
}

#[test]
fn the_conditions_of_an_optimum_hold() {
    for dataset in [Some(customers()), telco()].into_iter().flatten() {
        let rows = training_rows(&dataset);
        let mut zeros = Vec::new();
        for c in [1e-3, 0.03, 1.0, 30.0] {
            for ratio in [0.0, 0.2, 0.9, 1.0] {
                let fitted = fit(&rows, c, ratio);
                let what = format!("{}, C = {c}, l1_ratio = {ratio}", dataset.name);
                assert!(fitted.converged, "{what}: {} steps", fitted.iterations);
                let violation = conditions(&rows, &fitted, c, ratio).violation;
                assert!(violation < 1e-8, "{what}: {violation:e}");
                let zero = fitted.coefficients.iter().filter(|w| **w == 0.0).count();
                if ratio == 1.0 {
                    zeros.push(zero);
                }
            }
        }
        assert!(zeros.windows(2).all(|pair| pair[0] >= pair[1]), "{zeros:?}");
        assert!(zeros[0] > zeros[3], "{zeros:?}");
    }
}

/// Few rows, many levels, columns that hang on each other, rows that can be told apart.
#[test]
fn the_conditions_hold_on_random_tables() {
    let mut random = RandomState::new(12);
    for table in 0..300 {
        let mut dataset = customers();
        let n_levels = 2 + random.interval(30);
        let codes: Vec<u16> = (0..400).map(|_| random.interval(n_levels - 1) as u16).collect();
        let coarse = codes.iter().map(|code| code / 3).collect();
        let names = |n: u32| (0..n).map(|level| format!("{level:03}")).collect();
        dataset.columns[0].values = ColumnValues::Levels { levels: names(n_levels), codes };
        dataset.columns[2].values =
            ColumnValues::Levels { levels: names(n_levels.div_ceil(3)), codes: coarse };
        if table % 3 == 0 {
            let ColumnValues::Numbers(numbers) = dataset.columns[1].values.clone() else {
                panic!()
            };
            dataset.columns[4].values =
                ColumnValues::Numbers(numbers.iter().map(|n| 3.0 - 2.0 * n).collect());
        }
        let n_train = 20 + random.interval(280);
        let (train, test) = ((0..n_train).collect(), vec![399]);
        let rows = split_rows(&dataset, &Split::Rows { train, test });
        let c = libm::pow(10.0, 6.0 * random.random_sample() - 3.0);
        let ratio = if table % 2 == 0 { 1.0 } else { random.random_sample() };
        let fitted = fit(&rows, c, ratio);
        let what = format!("table {table}, C = {c}, l1_ratio = {ratio}");
        assert!(fitted.converged, "{what}: {} steps", fitted.iterations);
        assert!(fitted.iterations <= 40, "{what}: {} steps", fitted.iterations);
        let violation = conditions(&rows, &fitted, c, ratio).violation;
        assert!(violation < 1e-8, "{what}: {violation:e}");
    }
}

#[test]
fn without_absolute_values_it_is_the_ridge() {
    let rows = training_rows(&customers());
    let ridge = LogisticRegression::new(LogisticParams::default()).fit(&rows.train).unwrap();
    assert_eq!(fit(&rows, 1.0, 0.0), ridge);
}

/// Under the strength at which the first weight leaves 0, all are 0 and the intercept is the log odds.
#[test]
fn a_strong_penalty_leaves_the_intercept_alone() {
    let rows = training_rows(&customers());
    let fitted = fit(&rows, 1e-4, 1.0);
    assert!(fitted.converged && fitted.coefficients.iter().all(|w| *w == 0.0));
    let positives = rows.train.targets.iter().filter(|&&y| y).count() as f64;
    let odds = positives / (rows.train.targets.len() as f64 - positives);
    close("intercept", fitted.intercept, libm::log(odds), 1e-12);
}

/// Of columns that repeat each other any could bear the weight, or all; the first one does. With squares
/// in the penalty they share it.
#[test]
fn the_first_of_repeated_columns_bears_the_weight() {
    let mut dataset = customers();
    let copy = Column { name: "Contract again".to_owned(), ..dataset.columns[0].clone() };
    dataset.columns.push(copy);
    let rows = training_rows(&dataset);
    for c in [0.1, 1.0, 100.0] {
        let weights = |l1_ratio: f64, feature: &str| -> Vec<f64> {
            let fitted = fit(&rows, c, l1_ratio);
            let named = rows.names.iter().zip(fitted.coefficients);
            named.filter(|(name, _)| name.starts_with(feature)).map(|(_, w)| w).collect()
        };
        assert!(weights(1.0, "Contract=").iter().any(|w| *w != 0.0), "C = {c}");
        assert_eq!(weights(1.0, "Contract again="), [0.0; 3], "C = {c}");
        let shared = weights(0.5, "Contract again=");
        assert!(shared.iter().any(|w| *w != 0.0), "C = {c}");
        all_close("shared", &weights(0.5, "Contract="), &shared, 1e-9);
    }
}

#[test]
fn absurd_strengths_end_without_a_panic() {
    let rows = training_rows(&customers());
    for c in [f64::MIN_POSITIVE, 1e-300, 1e6, 1e20, 1e100, f64::MAX] {
        for l1_ratio in [0.5, 1.0] {
            let params = ElasticNetParams { c, l1_ratio, ..ElasticNetParams::default() };
            match ElasticNet::new(params).fit(&rows.train) {
                Ok(fitted) => assert!(fitted.intercept.is_finite(), "C = {c}"),
                Err(error) => assert!(error.to_string().contains("smaller C"), "C = {c}: {error}"),
            }
        }
    }
}

#[test]
fn settings_out_of_range_are_named() {
    let check = |params: ElasticNetParams, code: &str, says: &str| {
        let error: LogisticError = ElasticNet::new(params).check().unwrap_err();
        assert_eq!((error.code(), error.to_string().as_str()), (code, says));
    };
    let default = ElasticNetParams::default;
    let says = "l1_ratio is 1.5; allowed: 0 to 1";
    check(ElasticNetParams { l1_ratio: 1.5, ..default() }, "param_l1_ratio", says);
    let says = "l1_ratio is NaN; allowed: 0 to 1";
    check(ElasticNetParams { l1_ratio: f64::NAN, ..default() }, "param_l1_ratio", says);
    let says = "C is 0; allowed: a finite number above 0";
    check(ElasticNetParams { c: 0.0, ..default() }, "param_c", says);
    let says = "max_iter is 0; allowed: 1 or more";
    check(ElasticNetParams { max_iterations: 0, ..default() }, "param_max_iter", says);
}
