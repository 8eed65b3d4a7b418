//! Support vector classification against scikit-learn: the ten runs of the workshop and more.

#![allow(clippy::unwrap_used, clippy::expect_used)]
#![allow(clippy::print_stderr, reason = "how long a run takes must be seen")]
#![allow(clippy::disallowed_methods, reason = "tests have a clock")]

mod support;

use std::time::Instant;

use churn_lab::models::{FittedModel, Gamma, ModelParams, Split, SvcKernel, SvcParams, train};
use support::{reference, telco::telco};

fn numbers(value: &serde_json::Value) -> Vec<f64> {
    serde_json::from_value(value.clone()).unwrap()
}

fn params_of(run: &serde_json::Value) -> SvcParams {
    SvcParams {
        kernel: match run["kernel"].as_str().unwrap() {
            "linear" => SvcKernel::Linear,
            _ => SvcKernel::Rbf { gamma: Gamma::Scale },
        },
        max_iterations: u32::try_from(run["max_iter"].as_i64().unwrap()).ok(),
        probability: true,
        ..SvcParams::default()
    }
}

#[test]
fn the_ten_runs() {
    let (Some(telco), Some(reference)) = (telco(), reference("svc_grid")) else { return };
    let rows = train::rows(&Split::default(), telco.n_rows()).unwrap();
    let mut key = "grid";
    if std::env::var("FULL").is_ok() {
        key = "unlimited_iterations";
    }
    let t0 = Instant::now();
    for expected in reference[key].as_array().unwrap() {
        let params = params_of(expected);
        let start = Instant::now();
        let trained =
            train::fit(&telco, &ModelParams::Svc(params), &Split::default(), &mut |_, _| {})
                .unwrap();
        let took = start.elapsed();
        let FittedModel::Svc(fitted) = &trained.model else { panic!() };
        let test = trained.pipeline.transform(&telco, &rows.test).unwrap();
        let d = fitted.decision_function(&test);
        let ed = numbers(&expected["test_decision_first20"]);
        let off = d.iter().zip(&ed).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
        let s = fitted.sigmoid.unwrap();
        let ep = numbers(&expected["test_prob_first20"]);
        let poff =
            d.iter().zip(&ep).map(|(&a, b)| (fitted.probability(a) - b).abs()).fold(0.0, f64::max);
        eprintln!(
            "{} {}: n_iter {} vs {}, train {} vs {}, test {} vs {}, nsv {:?} vs {}, rho {} vs {}, decision off {off:e}, A {} vs {}, B {} vs {} p off {poff:e} auc {} vs {}; {took:?}",
            expected["kernel"],
            expected["max_iter"],
            fitted.iterations,
            expected["n_iter"],
            trained.evaluation.train.accuracy,
            expected["train_score"],
            trained.evaluation.test.accuracy,
            expected["test_score"],
            fitted.n_support,
            expected["n_support_no_yes"],
            fitted.intercept,
            expected["rho_intercept"],
            s.a,
            expected["platt_A"],
            s.b,
            expected["platt_B"],
            trained.evaluation.test.roc_auc.unwrap(),
            expected["test_roc_auc_probability"]
        );
        if let churn_lab::models::svc::Kernel::Rbf { gamma } = fitted.kernel {
            eprintln!("gamma {gamma} vs {}", expected["gamma"]);
        }
    }
    eprintln!("all {:?}", t0.elapsed());
}
