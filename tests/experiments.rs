//! Grids and cross-validation.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test fails loudly")]

#[path = "support/lab.rs"]
mod lab;
mod support;

use churn_lab::compute::{Request, Response};
use churn_lab::data::{DatasetId, DatasetSummary};
use churn_lab::experiments::queue::Way;
use churn_lab::experiments::table::table;
use churn_lab::experiments::validation::{cross_validate, mean_and_spread};
use churn_lab::experiments::{Drawn, Grid, GridId, Queue, Registry, Tags, Validation};
use churn_lab::exploration::filter::{Filter, plain_number};
use churn_lab::models::catalogue::FAMILIES;
use churn_lab::models::named::{self, Value};
use churn_lab::models::{LogisticParams, ModelParams, RunId, Split, SvcKernel, train};
use lab::{Lab, fit_request, try_request};
use support::{close, telco::telco};

fn grid(model: &str, params: &[(&str, &[Value])]) -> Grid {
    let params = params.iter().map(|(name, values)| ((*name).to_owned(), values.to_vec()));
    Grid { model: model.to_owned(), params: params.collect(), drawn: None }
}

fn numbers(numbers: &[f64]) -> Vec<Value> {
    numbers.iter().copied().map(Value::Number).collect()
}

#[test]
fn the_workshops_grid_is_its_ten_runs_in_their_order() {
    let runs = Grid::workshop().candidates().unwrap();
    let places: Vec<_> = runs.iter().map(Grid::workshop_run).collect();
    assert_eq!(places, (0..10).map(Some).collect::<Vec<_>>());
    let told = runs.iter().map(|params| match params {
        ModelParams::Svc(svc) => {
            assert_eq!((svc.c, svc.probability), (1.0, true));
            (svc.kernel == SvcKernel::Linear, svc.max_iterations.unwrap())
        }
        other => panic!("{other:?}"),
    });
    let steps = [1, 10, 100, 1_000, 10_000];
    let expected = [true, false].into_iter().flat_map(|linear| steps.map(|n| (linear, n)));
    assert!(told.eq(expected));
}

#[test]
fn what_comes_to_the_same_thing_is_fitted_once() {
    let kernels = ["linear", "rbf"].map(|name| Value::Text(name.to_owned()));
    let gammas = numbers(&[0.1, 0.2, 0.3]);
    let grid = grid("svc", &[("kernel", &kernels), ("gamma", &gammas)]);
    assert_eq!(grid.n_combinations(), 6);
    // a linear kernel has no gamma
    assert_eq!(grid.candidates().unwrap().len(), 4);
}

#[test]
fn a_draw_is_that_of_its_seed_and_in_the_grids_order() {
    let strengths: Vec<f64> = (1..=50).map(f64::from).collect();
    let all = grid("logistic", &[("C", &numbers(&strengths))]);
    let drawn = |n, seed| {
        let grid = Grid { drawn: Some(Drawn { n, seed }), ..all.clone() };
        let of = |params: ModelParams| match params {
            ModelParams::Logistic(LogisticParams { c, .. }) => c,
            other => panic!("{other:?}"),
        };
        grid.candidates().unwrap().into_iter().map(of).collect::<Vec<f64>>()
    };
    // numpy: sorted(np.random.RandomState(3).permutation(50)[:5] + 1)
    assert_eq!(drawn(5, 3), [10.0, 13.0, 32.0, 40.0, 48.0]);
    assert_eq!(drawn(80, 3), strengths);
    assert_ne!(drawn(5, 4), drawn(5, 3));
}

#[test]
fn what_is_wrong_with_a_grid_is_said() {
    let some = numbers(&[1.0]);
    let many = numbers(&(1..=40).map(f64::from).collect::<Vec<f64>>());
    for (grid, code, message) in [
        (grid("svm", &[("C", &some)]), "unknown_model_kind", "model is svm; allowed: "),
        (
            grid("svc", &[("c", &some)]),
            "unknown_param",
            "unknown parameter \"c\" of svc; allowed: C, kernel",
        ),
        (
            grid("svc", &[("kernel", &some)]),
            "bad_param",
            "kernel is 1; allowed: linear, rbf, poly, sigmoid",
        ),
        (grid("svc", &[("C", &[])]), "grid_no_value", "C has no value to try"),
        (grid("svc", &[("C", &some), ("C", &some)]), "grid_twice", "C stands twice"),
        (
            grid("svc", &[("C", &many), ("tol", &many)]),
            "grid_too_many",
            "1600 combinations; allowed: at most 1000",
        ),
        (
            Grid { drawn: Some(Drawn { n: 0, seed: 1 }), ..grid("svc", &[("C", &some)]) },
            "grid_none_drawn",
            "0 combinations are to be drawn",
        ),
        (
            Grid { drawn: Some(Drawn { n: 2_000, seed: 1 }), ..grid("svc", &[("C", &some)]) },
            "grid_too_many",
            "2000 runs; allowed: at most 1000",
        ),
    ] {
        let error = grid.candidates().expect_err(code);
        assert_eq!(error.code(), code);
        assert!(error.to_string().starts_with(message), "{error}");
    }
}

/// scikit-learn's scores of rows left out, fold by fold, its pipeline fitted anew on each.
#[test]
fn folds_score_as_in_scikit_learn() {
    let Some(dataset) = telco() else { return };
    let reference: serde_json::Value =
        serde_json::from_str(include_str!("fixtures/experiments/cross_validation.json")).unwrap();
    let params = ModelParams::Logistic(LogisticParams::default());
    for (name, validation) in [
        ("five_folds_seed_0", Validation::default()),
        ("three_folds_twice_seed_7", Validation { n_folds: 3, n_repeats: 2, seed: 7 }),
    ] {
        let expected = |score: &str| -> Vec<f64> {
            serde_json::from_value(reference[name][score].clone()).unwrap()
        };
        let mut told = Vec::new();
        let split = Split::default();
        let tell = &mut |done, total| told.push((done, total));
        let found = cross_validate(&dataset, &params, &split, validation, tell).unwrap();
        let n = validation.n_folds * validation.n_repeats;
        assert!(told.into_iter().eq((0..=n).map(|done| (done, n))));
        for (score, found) in [
            ("accuracy", &found.accuracy),
            ("roc_auc", &found.roc_auc),
            ("log_loss", &found.log_loss),
        ] {
            let expected = expected(score);
            assert_eq!(found.len(), expected.len());
            for (found, expected) in found.iter().zip(expected) {
                close(&format!("{name} {score}"), *found, expected, 1e-8);
            }
        }
    }
}

/// MLflow's way of saying it, on the workshop's runs.
#[test]
fn runs_are_filtered_by_settings_and_scores() {
    let mut lab = Lab::new();
    let dataset = lab.sample(300);
    let mut runs = vec![lab.fit(&dataset.id).run];
    for (number, params) in (2..).zip(Grid::workshop().candidates().unwrap()) {
        let mut request = try_request(&dataset.id);
        let Request::Try { params: of, run_id, run_number, validation, .. } = &mut request else {
            panic!("a try")
        };
        (*of, *run_number, *validation) = (params, number, None);
        *run_id = RunId(format!("run-{number}"));
        let Response::Tried(run) = lab.answer(request) else { panic!("a run") };
        runs.push(*run);
    }
    // what a person says of runs, and what they are relied on for
    runs[0].tags = Tags::parse("stage=exam, favourite").unwrap();
    runs[3].tags = Tags::parse("stage=draft").unwrap();
    let mut registry = Registry::default();
    registry.register("churn", &runs[0], 1.0).unwrap();
    registry.register("churn", &runs[5], 2.0).unwrap();
    registry.point("churn", "champion", Some(2), 3.0).unwrap();
    let table = table(runs.iter(), &registry, plain_number);
    assert_eq!(table.n_rows(), 11);
    let columns = DatasetSummary::columns_of(&table);
    let passing = |filter: &str| -> Vec<usize> {
        let read = Filter::parse(filter, &columns, plain_number);
        let failed = read.unwrap_or_else(|error| panic!("{filter}: {error}")).failed(&table);
        (1..).zip(failed).filter(|(_, failed)| *failed == 0).map(|(number, _)| number).collect()
    };
    assert_eq!(passing("params.kernel = \"linear\""), [2, 3, 4, 5, 6]);
    assert_eq!(passing("params.kernel = rbf and params.max_iter >= 1000"), [10, 11]);
    assert_eq!(passing("attributes.model = logistic"), [1]);
    assert_eq!(passing("tags.stage = exam"), [1]);
    assert_eq!(passing("tags.stage = draft or tags.favourite = yes"), [1, 4]);
    assert_eq!(passing("attributes.registered contains champion"), [6]);
    assert_eq!(passing("attributes.registered contains churn"), [1, 6]);
    assert_eq!(passing("attributes.rule = own and attributes.split_seed = 42").len(), 11);
    assert_eq!(passing("attributes.test_share < 0.25"), [] as [usize; 0]);
    assert_eq!(passing(&format!("attributes.data_hash = '{}'", dataset.id.0)).len(), 11);
    // MLflow keeps settings as texts
    assert_eq!(passing("params.max_iter = '10000'"), [6, 11]);
    assert_eq!(passing("attributes.grid != \"\""), (2..=11).collect::<Vec<usize>>());
    let best = runs.iter().map(|run| run.evaluation.test.accuracy).fold(0.0, f64::max);
    let expected: Vec<usize> = (1..)
        .zip(&runs)
        .filter(|(_, run)| run.evaluation.test.accuracy > best - 0.05)
        .map(|(number, _)| number)
        .collect();
    assert_eq!(passing(&format!("metrics.test_accuracy > {}", best - 0.05)), expected);
    // nothing is said of runs without folds
    assert_eq!(passing("metrics.cv_accuracy > 0"), [] as [usize; 0]);
    let error = Filter::parse("metrics.accuracy > 1", &columns, plain_number).expect_err("none");
    assert!(error.to_string().contains("did you mean metrics.cv_accuracy?"), "{error}");
}

#[test]
fn mean_and_spread_by_hand() {
    assert_eq!(mean_and_spread(&[]), None);
    assert_eq!(mean_and_spread(&[0.5]), Some((0.5, 0.0)));
    let (mean, spread) = mean_and_spread(&[1.0, 2.0, 3.0, 6.0]).unwrap();
    close("mean", mean, 3.0, 0.0);
    // the squares of −2, −1, 0 and 3 over 3
    close("spread", spread, (14.0_f64 / 3.0).sqrt(), 1e-15);
}

#[test]
fn a_form_starts_where_every_family_can_be_fitted_and_offers_all_its_settings() {
    for family in FAMILIES {
        let value = |text: &str| Value::read(text, plain_number);
        let given = family.fields.iter().filter(|field| {
            !field.start.is_empty()
                && field.only.is_none_or(|(other, values)| {
                    let other = family.fields.iter().find(|known| known.name == other);
                    values.contains(&other.expect("another setting").start)
                })
        });
        let given = given.map(|field| (field.name.to_owned(), value(field.start))).collect();
        let params = named::of(family.name, &given).expect(family.name);
        train::check(&params).expect(family.name);
        assert_eq!(params.name(), family.name);

        let unknown = [("x".to_owned(), Value::None)].into();
        let error = named::of(family.name, &unknown).expect_err("no such setting").to_string();
        let (_, all) = error.split_once("allowed: ").expect("what is allowed");
        let mut all: Vec<&str> = all.split(", ").filter(|name| *name != "none").collect();
        all.sort_unstable();
        let mut offered: Vec<&str> = family.fields.iter().map(|field| field.name).collect();
        if family.name == "logistic_cv" {
            // there is one
            offered.push("penalty");
        }
        offered.sort_unstable();
        assert_eq!(offered, all, "{}", family.name);
        assert!(family.shown <= family.fields.len());
    }
}

#[test]
fn a_grid_goes_on_where_it_was_interrupted() {
    let candidates = Grid::workshop().candidates().unwrap();
    let mut queue = Queue::new(
        GridId("grid-1".to_owned()),
        DatasetId("data".to_owned()),
        candidates.clone(),
        Way::default(),
    );
    let first = queue.begin().expect("the first");
    let second = queue.begin().expect("the second");
    assert_eq!([&first, &second], [&candidates[0], &candidates[1]]);
    queue.end(&second, Ok(()));
    queue.end(&second, Ok(()));
    assert_eq!((queue.n_ended(), queue.n_total()), (1, 10));
    queue.pause();
    assert_eq!(queue.begin(), None);

    // as it is stored, the first one is to begin again
    let json = serde_json::to_string(&queue.clone().interrupted()).unwrap();
    let mut found: Queue = serde_json::from_str(&json).unwrap();
    assert!(found.is_paused());
    assert_eq!(found.running(), []);
    assert_eq!((found.n_ended(), found.n_total()), (1, 10));
    found.resume();
    assert_eq!(found.begin().as_ref(), Some(&candidates[0]));
    found.end(&candidates[0], Err("no".to_owned()));
    assert_eq!(found.failed()[0].message, "no");
    for left in &candidates[2..] {
        assert!(!found.is_done());
        assert_eq!(found.begin().as_ref(), Some(left));
        found.end(left, Ok(()));
    }
    assert!(found.is_done());
    assert_eq!((found.n_ended(), found.n_total()), (10, 10));
}

/// A run that is tried out is the run that a fit of the same settings gives, and its test rows have no
/// say in its cross-validation.
#[test]
fn a_try_is_a_fit_without_its_model() {
    let mut lab = Lab::new();
    let dataset = lab.sample(400);
    let fitted = lab.fit(&dataset.id).run;
    let Response::Tried(tried) = lab.answer(try_request(&dataset.id)) else { panic!("a run") };
    assert_eq!(tried.evaluation, fitted.evaluation);
    assert_eq!(tried.coefficients, fitted.coefficients);
    assert_eq!(tried.grid.expect("a grid").0, "grid-1");
    let failure = lab.refusal(Request::Predict { model_id: tried.model_id, records: Vec::new() });
    assert_eq!(failure.code, "not_found");
    let validation = tried.validation.expect("it was asked for");
    assert_eq!(validation.accuracy.len(), 3);

    // other test rows, the same training rows
    let Request::Fit { split: Split::Random { test_ratio, seed }, .. } = fit_request(&dataset.id)
    else {
        panic!("a fit")
    };
    let all = train::rows(&Split::Random { test_ratio, seed }, dataset.kept as usize).unwrap();
    let fewer = Split::Rows { train: all.train, test: all.test[..20].to_vec() };
    let mut request = try_request(&dataset.id);
    let Request::Try { split, .. } = &mut request else { panic!("a try") };
    *split = fewer;
    let Response::Tried(other) = lab.answer(request) else { panic!("a run") };
    assert_ne!(other.evaluation.test, tried.evaluation.test);
    assert_eq!(other.validation, Some(validation));
}
