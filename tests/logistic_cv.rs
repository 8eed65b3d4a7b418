//! The strength chosen by cross-validation, against every fit at the exact optimum.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use churn_lab::data::split::folds::Shuffle;
use churn_lab::models::logistic::cross_validation::{
    FittedLogisticCv, LogisticCv, LogisticCvParams, WeightedLogisticCvParams, even_strengths,
};
use churn_lab::models::logistic::{LogisticError, LogisticRegression};
use churn_lab::models::{ClassWeight, LogisticParams};
use linfa::dataset::AsSingleTargets;
use linfa::param_guard::ParamGuard;
use linfa::traits::Fit;
use support::customers::customers;
use support::judged::{all_close, numbers};
use support::training::{TrainingRows, training_rows};
use support::{close, reference, telco::telco};

fn fit(rows: &TrainingRows, params: LogisticCvParams) -> FittedLogisticCv {
    LogisticCv::new(params).fit(&rows.train).unwrap()
}

#[test]
fn the_path_equals_every_fit_at_its_optimum() {
    let (Some(telco), Some(reference)) = (telco(), reference("logistic")) else { return };
    let rows = training_rows(&telco);
    let found = fit(&rows, LogisticCvParams::default());
    let exact = &reference["b_exact_optimum"];
    let cs: Vec<f64> = found.path.iter().map(|score| score.c).collect();
    let expected = numbers(&reference["b_LogisticRegressionCV_cv5"]["Cs"]);
    for (c, expected) in cs.iter().zip(&expected) {
        close("C", *c, *expected, 1e-14 * expected);
    }
    for (fold, expected) in exact["fold_accuracy"].as_array().unwrap().iter().enumerate() {
        let accuracies: Vec<f64> = found.path.iter().map(|s| s.fold_accuracies[fold]).collect();
        all_close(&format!("fold {fold}"), &accuracies, &numbers(expected), 1e-15);
    }
    let means: Vec<f64> = found.path.iter().map(|score| score.mean_accuracy).collect();
    all_close("mean", &means, &numbers(&exact["mean_cv_accuracy"]), 1e-15);
    assert_eq!(
        found.chosen_c.to_bits(),
        cs[exact["chosen_index"].as_u64().unwrap() as usize].to_bits()
    );
    let expected = exact["intercept"].as_f64().unwrap();
    close("intercept", found.fitted.intercept, expected, 1e-8);
    for (name, weight) in rows.names.iter().zip(&found.fitted.coefficients) {
        close(name, *weight, exact["coef"][name.as_str()].as_f64().unwrap(), 1e-8);
    }
    // the chosen C is fragile: nothing ties to the row, but eight can't be told apart
    assert_eq!(found.path.iter().filter(|score| score.ties).count(), 1);
    let near: Vec<usize> = (0..10).filter(|&at| found.path[at].within_standard_error).collect();
    assert_eq!(near, [2, 3, 4, 5, 6, 7, 8, 9]);
}

/// scikit-learn judges a strength by plain accuracy, weights or not.
#[test]
fn a_weighted_path_is_scikit_learns() {
    let Some(telco) = telco() else { return };
    let reference = include_str!("fixtures/weighted_logistic.json");
    let reference: serde_json::Value = serde_json::from_str(reference).unwrap();
    let path = &reference["path"];
    let rows = training_rows(&telco);
    let search = LogisticCvParams::default();
    let params = WeightedLogisticCvParams { search, class_weight: ClassWeight::Balanced };
    let found = LogisticCv::weighted(params).fit(&rows.train).unwrap();
    for (fold, expected) in path["fold_accuracies"].as_array().unwrap().iter().enumerate() {
        let accuracies: Vec<f64> = found.path.iter().map(|s| s.fold_accuracies[fold]).collect();
        all_close(&format!("fold {fold}"), &accuracies, &numbers(expected), 1e-15);
    }
    close("C", found.chosen_c, path["chosen_c"].as_f64().unwrap(), 1e-12);
    close("intercept", found.fitted.intercept, path["intercept"].as_f64().unwrap(), 1e-8);
    for (name, weight) in rows.names.iter().zip(&found.fitted.coefficients) {
        close(name, *weight, path["coefficients"][name.as_str()].as_f64().unwrap(), 1e-8);
    }
}

/// Weights of 1 change nothing, to the bit; balanced ones are those of all rows, whatever a fold holds;
/// weights that are none are refused.
#[test]
fn weights_of_a_path() {
    let rows = training_rows(&customers());
    let labels = rows.train.as_single_targets();
    let positives = labels.iter().filter(|&&label| label).count() as f64;
    let balanced = |n: f64| labels.len() as f64 / (2.0 * n);
    let weighted = |negative, positive| {
        let class_weight = ClassWeight::Given { negative, positive };
        let search = LogisticCvParams::default();
        LogisticCv::weighted(WeightedLogisticCvParams { search, class_weight }).fit(&rows.train)
    };
    assert_eq!(weighted(1.0, 1.0).unwrap(), fit(&rows, LogisticCvParams::default()));
    let by_all = weighted(balanced(labels.len() as f64 - positives), balanced(positives)).unwrap();
    let search = LogisticCvParams::default();
    let params = WeightedLogisticCvParams { search, class_weight: ClassWeight::Balanced };
    let found = LogisticCv::weighted(params).fit(&rows.train).unwrap();
    assert_eq!(found, by_all);
    let error = weighted(0.0, 1.0).unwrap_err();
    assert_eq!(error.to_string(), "class_weight is 0 and 1; allowed: finite numbers above 0");
}

/// The spread and its bounds, worked out again from the accuracies.
#[test]
fn the_spread_and_the_choice_by_hand() {
    let rows = training_rows(&customers());
    let params = LogisticCvParams { n_folds: 4, ..LogisticCvParams::default() };
    let found = fit(&rows, params);
    let best = found.path.iter().map(|s| s.mean_accuracy).fold(0.0, f64::max);
    let first = found.path.iter().find(|s| s.mean_accuracy > best - 1e-12).unwrap();
    assert_eq!(found.chosen_c.to_bits(), first.c.to_bits());
    for score in &found.path {
        assert_eq!(score.fold_accuracies.len(), 4);
        let mean = score.fold_accuracies.iter().sum::<f64>() / 4.0;
        close("mean", score.mean_accuracy, mean, 1e-15);
        let squares: f64 = score.fold_accuracies.iter().map(|a| (a - mean) * (a - mean)).sum();
        close("spread", score.spread, (squares / 3.0).sqrt(), 1e-15);
        assert_eq!(score.ties, score.mean_accuracy > best - 1e-12);
        let near = score.mean_accuracy >= best - first.spread / 2.0 - 1e-12;
        assert_eq!(score.within_standard_error, near);
    }
    let ridge = LogisticParams { c: found.chosen_c, ..LogisticParams::default() };
    assert_eq!(found.fitted, LogisticRegression::new(ridge).fit(&rows.train).unwrap());
}

#[test]
fn strengths_in_any_order_and_seeds() {
    let rows = training_rows(&customers());
    let of = |strengths: &[f64], shuffle| {
        let strengths = strengths.to_vec();
        fit(&rows, LogisticCvParams { strengths, shuffle, ..LogisticCvParams::default() })
    };
    let seeded = |seed| Shuffle::Seeded { seed };
    assert_eq!(of(&[1.0, 0.01], Shuffle::No), of(&[0.01, 1.0], Shuffle::No));
    assert_eq!(of(&[0.01, 1.0], seeded(1)), of(&[0.01, 1.0], seeded(1)));
    assert_ne!(of(&[0.01, 1.0], seeded(1)).path, of(&[0.01, 1.0], seeded(2)).path);
    let all = even_strengths(5);
    all_close("logspace", &all, &[1e-4, 1e-2, 1.0, 1e2, 1e4], 1e-11);
    assert_eq!((even_strengths(1), even_strengths(0)), (vec![1e-4], vec![]));
}

#[test]
fn progress_counts_the_fits() {
    let rows = training_rows(&customers());
    let params = LogisticCvParams { strengths: vec![0.1, 1.0, 10.0], ..Default::default() };
    let mut heard = Vec::new();
    let checked = LogisticCv::new(params).check().unwrap();
    checked.fit_with_progress(&rows.train, &mut |done, all| heard.push((done, all))).unwrap();
    assert_eq!(heard, (1..=16).map(|done| (done, 16)).collect::<Vec<_>>());
}

#[test]
fn settings_out_of_range_are_named() {
    let check = |params: LogisticCvParams, code: &str, says: &str| {
        let error: LogisticError = LogisticCv::new(params).check().unwrap_err();
        assert_eq!((error.code(), error.to_string().as_str()), (code, says));
    };
    let of = |strengths: Vec<f64>| LogisticCvParams { strengths, ..Default::default() };
    check(of(vec![]), "param_cs", "0 values of C; allowed: 1 to 100");
    check(of(vec![1.0; 101]), "param_cs", "101 values of C; allowed: 1 to 100");
    check(of(vec![1.0, -1.0]), "param_c", "C is -1; allowed: a finite number above 0");
    let none = LogisticCvParams { max_iterations: 0, ..Default::default() };
    check(none, "param_max_iter", "max_iter is 0; allowed: 1 or more");
    let rows = training_rows(&customers());
    let one = LogisticCvParams { n_folds: 1, ..Default::default() };
    let error = LogisticCv::new(one).fit(&rows.train).unwrap_err();
    assert_eq!(error.code(), "split_folds");
}
