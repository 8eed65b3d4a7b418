//! Counterfactuals: against trying everything, and what holds of every answer.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test fails loudly")]

mod support;

use std::collections::BTreeMap;

use churn_lab::data::Value;
use churn_lab::explain::{CounterfactualParams, Outcome, Side, Way};
use churn_lab::models::{
    BoostingParams, FittedModel, ForestParams, KnnParams, LogisticParams, ModelParams, TreeParams,
};
use churn_lab::numerics::random::RandomState;
use support::changes::{Case, drawn, names};
use support::customers::customers;
use support::reference;
use support::telco::telco;

#[test]
fn two_hundred_random_cases_agree_with_trying_everything() {
    let dataset = customers();
    let mut random = RandomState::new(11);
    let mut ended = BTreeMap::new();
    let families = [
        ModelParams::Logistic(LogisticParams::default()),
        ModelParams::DecisionTree(TreeParams::default()),
        ModelParams::RandomForest(ForestParams { n_estimators: 9, ..ForestParams::default() }),
        ModelParams::GradientBoosting(BoostingParams { max_iter: 9, ..BoostingParams::default() }),
        ModelParams::Knn(KnnParams::default()),
    ];
    for params in families {
        let mut case = Case::new(&dataset, params);
        for n in 0..40 {
            // other weights, so that there are as many linear models as cases
            if let FittedModel::Logistic(fitted) = &mut case.model.model.model {
                let weights = fitted.coefficients.iter_mut();
                weights.for_each(|weight| *weight = 2.0 * random.random_sample() - 1.0);
                fitted.intercept = 3.0 * random.random_sample() - 1.5;
            }
            let mut asked = drawn(&mut random, &names(&case));
            let record = case.row(random.interval(200) as usize).to_vec();
            // now and then it is there already
            if n % 8 > 0 && asked.reaches(case.model.model.predict_record(&record)) {
                asked.side = if asked.side == Side::Below { Side::Above } else { Side::Below };
            }
            *ended.entry(format!("{:?}", case.agrees(&record, &asked))).or_insert(0) += 1;
            if n == 0 {
                case.agrees(&record, &CounterfactualParams { most: 5, grid: 4, ..asked });
            }
        }
    }
    // every way to end is among them
    assert!(ended.len() == 3 && ended.values().all(|&n| n >= 10), "{ended:?}");
}

#[test]
fn on_the_real_file_too() {
    let Some(dataset) = telco() else { return };
    let mut random = RandomState::new(3);
    for params in [
        ModelParams::Logistic(LogisticParams::default()),
        ModelParams::DecisionTree(TreeParams { max_depth: Some(6), ..TreeParams::default() }),
    ] {
        let case = Case::new(&dataset, params);
        for n in 0..8 {
            let record = case.row(random.interval(5_000) as usize).to_vec();
            let p = case.model.model.predict_record(&record);
            // the other side of a threshold nearby, or far away
            let side = if n % 2 == 0 { Side::Below } else { Side::Above };
            let threshold = if n < 4 { p } else { 0.9 * p + 0.05 };
            let threshold = threshold.clamp(0.01, 0.99);
            case.agrees(&record, &CounterfactualParams { threshold, side, ..usual() });
            let mut asked = drawn(&mut random, &names(&case));
            asked.grid = 20;
            case.agrees(&record, &asked);
        }
    }
}

fn usual() -> CounterfactualParams {
    CounterfactualParams::default()
}

/// The workshop's story: a customer near 58 % with fibre, whom DSL alone takes far below one half.
#[test]
fn dsl_is_among_the_answers_for_the_workshops_customer() {
    let (Some(dataset), Some(whatif)) = (telco(), reference("whatif")) else { return };
    let case = Case::new(&dataset, ModelParams::Logistic(LogisticParams::default()));
    let customer = &whatif["models"]["logistic_3a"]["nearest_to_58"];
    let row = customer["clean_position"].as_u64().unwrap() as usize;
    let space = &case.model.model.pipeline.space;
    let record = space.encode(&dataset.record(row).unwrap()).unwrap();
    let locked: Vec<String> =
        names(&case).into_iter().filter(|name| name != "InternetService").collect();
    let only = CounterfactualParams { locked, most: 1, ..usual() };
    let found = case.ask(&record, &only);
    let [answer] = found.answers.as_slice() else { panic!("{found:?}") };
    let [change] = answer.changes.as_slice() else { panic!("{answer:?}") };
    assert_eq!((&change.from, &change.to), (&"Fiber optic".into(), &"DSL".into()));
    support::close("probability", found.probability, 0.579_920_675_440_755, 1e-5);
    support::close("with DSL", answer.probability, 0.281_974_942_037_941_13, 1e-4);
    assert_eq!(answer.cost, 1.0);
    // nothing with one change takes the same customer below 1 %
    let far = CounterfactualParams { threshold: 0.01, ..only };
    let none = case.ask(&record, &far);
    assert_eq!((none.outcome, none.combinations, none.complete), (Outcome::None, 2.0, 1));
}

#[test]
fn constraints_are_kept() {
    let dataset = customers();
    for params in [
        ModelParams::Logistic(LogisticParams::default()),
        ModelParams::DecisionTree(TreeParams::default()),
    ] {
        let case = Case::new(&dataset, params);
        let mut n_answers = 0;
        for row in 0..60 {
            let record = case.row(row).to_vec();
            let asked = CounterfactualParams {
                threshold: 0.35,
                locked: vec!["Contract".to_owned()],
                ways: BTreeMap::from([
                    ("tenure".to_owned(), Way::Up),
                    ("price".to_owned(), Way::Down),
                ]),
                most: 2,
                answers: 50,
                ..usual()
            };
            let found = case.ask(&record, &asked);
            let mut sets = Vec::new();
            for answer in &found.answers {
                n_answers += 1;
                assert!(answer.changes.len() <= 2 && answer.probability < 0.35, "{answer:?}");
                let features: Vec<&str> =
                    answer.changes.iter().map(|c| c.feature.as_str()).collect();
                assert!(!features.contains(&"Contract"), "{answer:?}");
                for change in &answer.changes {
                    match (change.feature.as_str(), &change.from, &change.to) {
                        ("tenure", Value::Number(from), Value::Number(to)) => {
                            assert!(to > from && to.trunc() == *to, "{answer:?}");
                        }
                        ("price", Value::Number(from), Value::Number(to)) => {
                            assert!(to < from, "{answer:?}");
                        }
                        _ => assert_ne!(change.from, change.to),
                    }
                }
                assert!(!sets.contains(&features), "two answers of the same features");
                sets.push(features);
            }
            assert!(found.answers.windows(2).all(|pair| pair[0].cost <= pair[1].cost));
        }
        assert!(n_answers > 20, "{n_answers}");
    }
}

/// Where there is too much to try, the search says so, and what it has tried completely.
#[test]
fn a_search_that_is_too_long_says_where_it_stopped() {
    let Some(dataset) = telco() else { return };
    let tree = TreeParams { max_depth: Some(4), ..TreeParams::default() };
    let case = Case::new(&dataset, ModelParams::DecisionTree(tree));
    let least = (0..400).map(|at| case.model.model.predict_record(case.row(at)));
    let least = least.fold(1.0_f64, f64::min);
    let record =
        (0..400).map(|at| case.row(at)).find(|row| case.model.model.predict_record(row) > 0.5);
    // below what any customer has: nothing is found, and 100,000 combinations are not tried
    let asked = CounterfactualParams { threshold: least / 2.0 + 1e-6, budget: 5_000, ..usual() };
    let mut told = Vec::new();
    let found = case
        .model
        .counterfactuals(record.unwrap(), &case.rows, None, &asked, &mut |a, b| told.push((a, b)))
        .unwrap();
    assert_eq!((found.outcome, found.complete), (Outcome::Stopped, 2), "{found:?}");
    assert!(found.tried <= 5_000 && found.tried > 3_000, "{}", found.tried);
    assert!(found.combinations > 60_000.0, "{}", found.combinations);
    assert!(told.windows(2).all(|pair| pair[0].0 <= pair[1].0) && told.len() > 5);
    let enough = CounterfactualParams { budget: 200_000, ..asked };
    let proved = case.ask(record.unwrap(), &enough);
    assert_eq!((proved.outcome, proved.complete), (Outcome::None, 3));
    assert_eq!(f64::from(proved.tried), proved.combinations, "every one was tried");
}

#[test]
fn what_is_out_of_range_is_refused() {
    let dataset = customers();
    let case = Case::new(&dataset, ModelParams::DecisionTree(TreeParams::default()));
    let record = case.row(0);
    let says = |params: CounterfactualParams| {
        let refused = case.model.counterfactuals(record, &case.rows, None, &params, &mut |_, _| {});
        refused.unwrap_err().to_string()
    };
    for (params, expected) in [
        (
            CounterfactualParams { threshold: 1.0, ..usual() },
            "threshold is 1; allowed: above 0 and below 1",
        ),
        (
            CounterfactualParams { threshold: f64::NAN, ..usual() },
            "threshold is NaN; allowed: above 0 and below 1",
        ),
        (CounterfactualParams { most: 7, ..usual() }, "most is 7; allowed: 1 to 6"),
        (CounterfactualParams { answers: 0, ..usual() }, "answers is 0; allowed: 1 to 50"),
        (CounterfactualParams { grid: 1, ..usual() }, "grid is 1; allowed: 2 to 100"),
        (CounterfactualParams { budget: 9, ..usual() }, "budget is 9; allowed: 1000 to 500000"),
        (
            CounterfactualParams { locked: vec!["x".to_owned()], ..usual() },
            "locked names \"x\", which is no feature of the model; allowed: Contract, tenure, Partner, Plan, price",
        ),
        (
            CounterfactualParams {
                weights: BTreeMap::from([("price".to_owned(), 0.0)]),
                ..usual()
            },
            "weights is 0 for price; allowed: a finite number above 0",
        ),
    ] {
        assert_eq!(says(params), expected);
    }
    let none = case.model.counterfactuals(record, &[], None, &usual(), &mut |_, _| {});
    assert_eq!(none.unwrap_err().code(), "no_background");
}
