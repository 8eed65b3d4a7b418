//! Support vectors against scikit-learn: the ten runs of the workshop, and the two without a limit.
//!
//! The reference was made on a machine with AVX-512, whose sums our own follow to the last bit where
//! it matters; so even the fits for the probability, which LIBSVM cuts off in the middle, are the same.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test fails loudly")]

mod support;

use churn_lab::data::Dataset;
use churn_lab::models::svc::Kernel;
use churn_lab::models::{
    FittedModel, FittedSvc, Gamma, ModelParams, Split, SvcKernel, SvcParams, Trained, train,
};
use serde_json::Value;
use support::{close, reference, telco::telco};

fn numbers(value: &Value) -> Vec<f64> {
    serde_json::from_value(value.clone()).unwrap()
}

fn count(share: &Value, n: usize) -> u32 {
    (share.as_f64().unwrap() * n as f64).round() as u32
}

fn params_of(run: &Value) -> SvcParams {
    SvcParams {
        kernel: match run["kernel"].as_str().unwrap() {
            "linear" => SvcKernel::Linear,
            "rbf" => SvcKernel::Rbf { gamma: Gamma::Scale },
            other => panic!("{other}"),
        },
        // −1 is no limit
        max_iterations: u32::try_from(run["max_iter"].as_i64().unwrap()).ok(),
        probability: true,
        ..SvcParams::default()
    }
}

fn fit(dataset: &Dataset, params: SvcParams) -> (Trained, FittedSvc) {
    let params = ModelParams::Svc(params);
    let trained = train::fit(dataset, &params, &Split::default(), &mut |_, _| {}).unwrap();
    match trained.model.clone() {
        FittedModel::Svc(fitted) => (trained, fitted),
        other => panic!("{other:?}"),
    }
}

/// Runs of the reference whose kernel and limit are these.
#[track_caller]
fn check(kernel: &str, limits: &[i64]) {
    let (Some(telco), Some(reference)) = (telco(), reference("svc_grid")) else { return };
    let runs = ["grid", "unlimited_iterations"].map(|key| reference[key].as_array().unwrap());
    let wanted = |run: &&Value| {
        run["kernel"] == kernel && limits.contains(&run["max_iter"].as_i64().unwrap())
    };
    let runs: Vec<&Value> = runs.into_iter().flatten().filter(wanted).collect();
    assert_eq!(runs.len(), limits.len());
    for run in runs {
        check_run(&telco, run);
    }
}

fn check_run(telco: &Dataset, run: &Value) {
    let what = |part: &str| format!("{part} of {} at {}", run["kernel"], run["max_iter"]);
    let (trained, fitted) = fit(telco, params_of(run));
    let number = |key: &str| run[key].as_f64().or_else(|| run[key][0].as_f64()).unwrap();

    // where the solver stopped
    assert_eq!(f64::from(fitted.iterations), number("n_iter"), "{}", what("steps"));
    assert_eq!(fitted.converged, run["fit_status"] == 0, "{}", what("the end"));
    let n_support: [u32; 2] = serde_json::from_value(run["n_support_no_yes"].clone()).unwrap();
    assert_eq!(fitted.n_support, n_support, "{}", what("support vectors"));
    close(&what("rho"), fitted.intercept, number("rho_intercept"), 1e-13);
    if let Kernel::Rbf { gamma } = fitted.kernel {
        assert_eq!(gamma.to_bits(), number("gamma").to_bits(), "{}", what("gamma"));
    }
    if let Some(support) = run.get("support_train_positions") {
        let support: Vec<u32> = serde_json::from_value(support.clone()).unwrap();
        assert_eq!(fitted.support, support, "{}", what("support"));
        for (actual, expected) in fitted.dual_coefficients.iter().zip(numbers(&run["dual_coef"])) {
            close(&what("dual coefficient"), *actual, expected, 1e-13);
        }
    }

    // what it says of customers
    let rows = train::rows(&Split::default(), telco.n_rows()).unwrap();
    let labels = telco.labels().unwrap();
    let labels: Vec<bool> = rows.test.iter().map(|&row| labels[row as usize]).collect();
    let right = |scores: &churn_lab::evaluation::Scores| scores.confusion.tp + scores.confusion.tn;
    let (n_train, n_test) = (rows.train.len(), rows.test.len());
    let evaluation = &trained.evaluation;
    assert_eq!(right(&evaluation.train), count(&run["train_score"], n_train), "{}", what("train"));
    assert_eq!(right(&evaluation.test), count(&run["test_score"], n_test), "{}", what("test"));
    let records = trained.pipeline.transform(telco, &rows.test).unwrap();
    let decisions = fitted.decision_function(&records);
    for (actual, expected) in decisions.iter().zip(numbers(&run["test_decision_first20"])) {
        close(&what("decision"), *actual, expected, 1e-9);
    }

    // the probability
    let sigmoid = fitted.sigmoid.expect("a probability was asked for");
    close(&what("A"), sigmoid.a, number("platt_A"), 1e-9);
    close(&what("B"), sigmoid.b, number("platt_B"), 1e-9);
    let probabilities: Vec<f64> = decisions.iter().map(|&d| fitted.probability(d)).collect();
    for (actual, expected) in probabilities.iter().zip(numbers(&run["test_prob_first20"])) {
        close(&what("probability"), *actual, expected, 1e-9);
    }
    let differ = decisions.iter().zip(&probabilities).filter(|&(&d, &p)| (d >= 0.0) != (p >= 0.5));
    let expected = run["test_rows_where_predict_differs_from_probability"].as_u64().unwrap();
    assert_eq!(differ.count() as u64, expected, "{}", what("disagreement"));
    let right = probabilities.iter().zip(&labels).filter(|&(&p, &label)| (p >= 0.5) == label);
    let expected = count(&run["test_accuracy_of_probability_at_0.5"], n_test);
    assert_eq!(right.count() as u32, expected, "{}", what("right by probability"));
    let auc = evaluation.test.roc_auc.unwrap();
    close(&what("AUC"), auc, number("test_roc_auc_probability"), 1e-5);
}

#[test]
fn linear_runs_that_are_cut_off_stop_where_scikit_learns_do() {
    check("linear", &[1, 10, 100, 1_000, 10_000]);
}

#[test]
fn rbf_runs_that_are_cut_off_stop_where_scikit_learns_do() {
    check("rbf", &[1, 10, 100, 1_000, 10_000]);
}

#[test]
fn runs_without_a_limit_take_as_many_steps() {
    check("linear", &[-1]);
    check("rbf", &[-1]);
}

/// The scaler's last bits decide the solver's path; scikit-learn's are known.
#[test]
fn columns_are_standardised_to_the_last_bit() {
    let (Some(telco), Some(reference)) = (telco(), reference("preprocess")) else { return };
    let params = SvcParams { max_iterations: Some(1), ..SvcParams::default() };
    let (trained, _) = fit(&telco, params);
    let scaler = &trained.pipeline.scaler;
    for (actual, key) in
        [(&scaler.mean, "train_scaler_mean_seed42"), (&scaler.scale, "train_scaler_scale_seed42")]
    {
        let bits = |numbers: &[f64]| numbers.iter().map(|x| x.to_bits()).collect::<Vec<_>>();
        assert_eq!(bits(actual), bits(&numbers(&reference[key])), "{key}");
    }
}
