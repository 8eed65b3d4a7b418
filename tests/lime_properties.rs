//! What holds for every explanation, on a small table of ours; some of it against Python's `lime`
//! 0.2.0.1 on the same table.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test fails by panicking and says what it skips"
)]

#[path = "support/explainable.rs"]
mod explainable;
mod support;

use churn_lab::data::Dataset;
use churn_lab::explain::{
    ExplainCache, ExplainError, ExplainableModel, Explanation, FeatureCount, LimeExplainer,
    LimeParams,
};
use churn_lab::features::FeatureSpace;
use explainable::{dataset, explainable, levels, numbers};
use support::close;

/// 60 rows with what is awkward: twelve levels, half of a column one value, a constant column.
fn table() -> Dataset {
    let rows = 0..60_u32;
    let plans: Vec<String> = rows.clone().map(|i| format!("{:02}", i * 7 % 12)).collect();
    let kinds: Vec<String> =
        rows.clone().map(|i| if i < 55 { i % 3 } else { 2 }.to_string()).collect();
    let half = |i| if i < 30 { 2.0 } else { 2.0 + f64::from(i) * 0.25 };
    let columns = vec![
        levels("plan", &plans.iter().map(String::as_str).collect::<Vec<_>>()),
        numbers("half", rows.clone().map(half).collect()),
        numbers("same", vec![5.0; 60]),
        numbers("spread", rows.clone().map(|i| f64::from(i * i % 17) + 0.5).collect()),
        levels("kind", &kinds.iter().map(String::as_str).collect::<Vec<_>>()),
    ];
    dataset(columns, 60)
}

/// 0.1·plan − 0.2·half + 0.05·spread + 0.3·(kind = 2).
fn model() -> ExplainableModel {
    let mut weights: Vec<f64> = (0..12).map(|level| 0.1 * f64::from(level)).collect();
    weights.extend([0.0, 0.0, 0.3, -0.2, 0.0, 0.05]);
    explainable(&table(), weights, 0.0)
}

const CUSTOMER: [f64; 5] = [4.0, 12.0, 5.0, 2.5, 1.0];

fn params(samples: u32, features: FeatureCount, seed: u32) -> LimeParams {
    LimeParams { samples, features, seed }
}

fn bits(explanation: &Explanation) -> Vec<u64> {
    let Explanation { probability, intercept, local_prediction, r2, .. } = explanation;
    let weights = explanation.contributions.iter().map(|c| &c.weight);
    [probability, intercept, local_prediction, r2]
        .into_iter()
        .chain(weights)
        .map(|n| n.to_bits())
        .collect()
}

/// `random_state=7`; where both ends of a bin are one, lime puts the standardised end, 0.
#[test]
fn awkward_columns_are_drawn_as_lime_draws_them() {
    let drawn = model().explainer.draw(9, 7).values;
    let expected = [
        [9.0, 11.772618830746339, 0.0, 9.863265480249714, 0.0],
        [5.0, 14.761584652340114, 0.0, 7.160667218164858, 1.0],
        [8.0, 0.0, 0.0, 1.474791858834679, 0.0],
        [11.0, 0.0, 0.0, 5.846046471193044, 1.0],
        [6.0, 0.0, 0.0, 6.711199687914049, 1.0],
        [6.0, 16.177402498558852, 0.0, 6.252710764338076, 2.0],
        [0.0, 0.0, 0.0, 5.795756929955427, 1.0],
        [3.0, 0.0, 0.0, 14.482262380153953, 1.0],
    ];
    assert_eq!(drawn.dim(), (8, 5));
    for (drawn, expected) in drawn.rows().into_iter().zip(expected) {
        for (drawn, expected) in drawn.iter().zip(expected) {
            close("value", *drawn, expected, 1e-12);
        }
    }
}

#[test]
fn a_small_table_is_explained_as_lime_explains_it() {
    let all = model().explain(&CUSTOMER, &params(300, FeatureCount::All, 7)).expect("all");
    let two = model().explain(&CUSTOMER, &params(300, FeatureCount::Top(2), 7)).expect("two");
    let expected_all = [
        ("5.75 < half <= 13.06", -0.2835501757797164),
        ("spread <= 2.50", -0.06577118728904402),
        ("kind=1", -0.009907713013563644),
        ("plan=04", 0.004191766630994821),
        ("same <= 5.00", 0.0),
    ];
    let expected_two =
        [("5.75 < half <= 13.06", -0.28304907345767133), ("spread <= 2.50", -0.06603737629997573)];
    for (explanation, expected, [intercept, r2, local]) in [
        (&all, &expected_all[..], [0.5577714495803513, 0.20957891703761644, 0.20273414012902202]),
        (&two, &expected_two[..], [0.5550313307224016, 0.20927948030006527, 0.20594488096475455]),
    ] {
        close("intercept", explanation.intercept, intercept, 1e-12);
        close("r2", explanation.r2, r2, 1e-12);
        close("local prediction", explanation.local_prediction, local, 1e-12);
        assert_eq!(explanation.contributions.len(), expected.len());
        for (contribution, (condition, weight)) in explanation.contributions.iter().zip(expected) {
            assert_eq!(&contribution.condition, condition);
            close(condition, contribution.weight, *weight, 1e-12);
        }
    }
}

#[test]
fn one_seed_gives_one_explanation_with_and_without_the_cache() {
    let model = model();
    let mut cache = ExplainCache::default();
    let mut other = CUSTOMER;
    other[1] = 2.0;
    // more seeds than draws are kept, and some of them again
    for seed in (1..40).chain([1, 6, 39]) {
        let params = params(200, FeatureCount::Top(3), seed);
        for customer in [CUSTOMER, other] {
            let cold = model.explain(&customer, &params).expect("an explanation");
            let warm = cache.explain(&model, &customer, &params).expect("an explanation");
            assert_eq!(cold, warm);
            assert_eq!(bits(&cold), bits(&warm));
        }
    }
    let seeds = [1, 2].map(|seed| model.explain(&CUSTOMER, &params(200, FeatureCount::All, seed)));
    assert_ne!(seeds[0], seeds[1]);
}

#[test]
fn two_models_do_not_share_a_draw() {
    let (first, mut second) = (model(), model());
    second.model.id.0.push('2');
    match &mut second.model.model {
        churn_lab::models::FittedModel::Logistic(fitted) => fitted.intercept = 1.0,
        other => panic!("{other:?}"),
    }
    let mut cache = ExplainCache::default();
    let params = params(200, FeatureCount::All, 1);
    for model in [&first, &second, &first] {
        assert_eq!(cache.explain(model, &CUSTOMER, &params), model.explain(&CUSTOMER, &params));
    }
}

#[test]
fn the_local_prediction_is_the_sum_of_what_is_shown() {
    for features in [FeatureCount::Top(1), FeatureCount::Top(4), FeatureCount::All] {
        let explanation = model().explain(&CUSTOMER, &params(400, features, 3)).expect("one");
        let weights: f64 = explanation.contributions.iter().map(|c| c.weight).sum();
        close("sum", explanation.intercept + weights, explanation.local_prediction, 1e-12);
        let sizes: Vec<f64> = explanation.contributions.iter().map(|c| c.weight.abs()).collect();
        assert!(sizes.is_sorted_by(|a, b| a >= b), "{sizes:?}");
    }
}

#[test]
fn the_number_of_features_is_kept_to() {
    for (features, shown) in [
        (FeatureCount::Top(1), 1),
        (FeatureCount::Top(5), 5),
        (FeatureCount::Top(7), 5),
        (FeatureCount::All, 5),
    ] {
        let explanation = model().explain(&CUSTOMER, &params(100, features, 3)).expect("one");
        assert_eq!(explanation.contributions.len(), shown);
    }
}

#[test]
fn a_model_that_always_says_the_same_has_weights_of_zero() {
    let constant = explainable(&table(), vec![0.0; 18], -1.3);
    for features in [FeatureCount::All, FeatureCount::Top(2), FeatureCount::Top(7)] {
        let explanation = constant.explain(&CUSTOMER, &params(50, features, 3)).expect("one");
        assert!(explanation.contributions.iter().all(|c| c.weight == 0.0), "{explanation:?}");
        assert_eq!(explanation.local_prediction, explanation.probability);
        assert_eq!(explanation.r2, 1.0);
        assert!(!serde_json::to_string(&explanation).expect("JSON").contains("null"));
    }
}

#[test]
fn the_fewest_and_many_neighbours_work() {
    let two = model().explain(&CUSTOMER, &params(2, FeatureCount::All, 0)).expect("two");
    assert!(bits(&two).iter().all(|&bits| f64::from_bits(bits).is_finite()), "{two:?}");
    let many = model().explain(&CUSTOMER, &params(100_000, FeatureCount::All, 0)).expect("many");
    assert_eq!(many.samples, 100_000);
}

/// More features than a machine word has bits; only two of them matter.
#[test]
fn a_wide_table_is_explained() {
    let cells: Vec<Vec<&str>> = (0..100_u32)
        .map(|j| (0..40_u32).map(|i| if (i * i + i * j) % 7 < 3 { "n" } else { "y" }).collect())
        .collect();
    let columns = cells.iter().enumerate().map(|(j, cells)| levels(&format!("c{j:02}"), cells));
    let table = dataset(columns.collect(), 40);
    let mut weights = vec![0.0; 200];
    weights[2 * 71 + 1] = 2.0;
    weights[2 * 90] = -1.0;
    let model = explainable(&table, weights, 0.0);
    let mut customer = vec![0.0; 100];
    customer[71] = 1.0;
    for features in [FeatureCount::Top(2), FeatureCount::Top(7)] {
        let explanation = model.explain(&customer, &params(5_000, features, 1)).expect("one");
        let [first, second, ..] = explanation.contributions.as_slice() else { panic!("too few") };
        assert_eq!((first.condition.as_str(), second.condition.as_str()), ("c71=y", "c90=n"));
        assert!(first.weight > 0.2 && second.weight < -0.1, "{explanation:?}");
        let rest = explanation.contributions.iter().skip(2);
        assert!(rest.clone().all(|c| c.weight.abs() < 0.02), "{explanation:?}");
    }
}

#[track_caller]
fn check_error(result: Result<Explanation, ExplainError>, code: &str, message: &str) {
    let error = result.expect_err(message);
    assert_eq!((error.code(), error.to_string().as_str()), (code, message));
}

#[test]
fn settings_out_of_range_are_refused() {
    let model = model();
    let explain = |samples, features| {
        let params = params(samples, features, 1);
        let uncached = model.explain(&CUSTOMER, &params);
        assert_eq!(uncached, ExplainCache::default().explain(&model, &CUSTOMER, &params));
        uncached
    };
    for samples in [0, 1, 1_000_001] {
        let message = format!("{samples} neighbours were asked for; allowed: 2 to 1000000");
        check_error(explain(samples, FeatureCount::All), "invalid_samples", &message);
    }
    let message = "0 features were asked for; allowed: 1 or more";
    check_error(explain(50, FeatureCount::Top(0)), "invalid_features", message);
}

#[test]
fn records_of_another_shape_are_refused() {
    let model = model();
    for (record, code, message) in [
        (&CUSTOMER[..4], "record_length", "row 0 has 4 values; the model has 5 features"),
        (&[], "record_length", "row 0 has 0 values; the model has 5 features"),
        (
            &[12.0, 2.0, 5.0, 2.5, 1.0],
            "invalid_value",
            "row 0: plan is 12; allowed: a level's number, under 12",
        ),
        (
            &[0.5, 2.0, 5.0, 2.5, 1.0],
            "invalid_value",
            "row 0: plan is 0.5; allowed: a level's number, under 12",
        ),
        (
            &[1.0, f64::NAN, 5.0, 2.5, 1.0],
            "invalid_value",
            "row 0: half is NaN; allowed: a finite number",
        ),
    ] {
        check_error(model.explain(record, &LimeParams::default()), code, message);
    }
}

#[test]
fn given_neighbourhoods_are_checked() {
    let model = model();
    let first = CUSTOMER.to_vec();
    let mut second = first.clone();
    second[1] = 2.0;
    let given = |rows: &[Vec<f64>]| model.explain_given(&CUSTOMER, rows, &LimeParams::default());
    for rows in [vec![], vec![first.clone()]] {
        let message = format!(
            "the neighbourhood has {} rows; allowed: 2 or more, the record itself first",
            rows.len()
        );
        check_error(given(&rows), "neighbourhood_too_small", &message);
    }
    check_error(
        given(&[second.clone(), first.clone()]),
        "first_is_not_the_record",
        "the first row of the neighbourhood must be the record itself, but its half is 2 instead of 12",
    );
    check_error(
        given(&[first.clone(), second.clone(), vec![1.0]]),
        "record_length",
        "row 2 has 1 values; the model has 5 features",
    );
    let explanation = given(&[first, second]).expect("an explanation");
    assert_eq!((explanation.samples, explanation.seed), (2, 0));
}

#[test]
fn answers_that_are_no_probabilities_are_refused() {
    let model = explainable(&table(), vec![f64::NAN; 18], 0.0);
    let result = model.explain(&CUSTOMER, &LimeParams::default());
    check_error(result, "invalid_probability", "the model gave NaN for row 0; allowed: 0 to 1");
    let model = self::model();
    let bins = model.explainer.draw(4, 1).bins;
    let result =
        |answers: &[f64]| model.explain_drawn(&CUSTOMER, &bins, answers, &LimeParams::default());
    check_error(
        result(&[0.5, 0.5]),
        "probability_count",
        "the model gave 2 probabilities for 3 neighbours",
    );
    check_error(
        result(&[0.5, 1.5, 0.5]),
        "invalid_probability",
        "the model gave 1.5 for row 2; allowed: 0 to 1",
    );
}

#[test]
fn without_features_there_is_nothing_to_explain() {
    let message = "the local model has no solution for 0 features over 5000 neighbours";
    let nothing = explainable(&dataset(Vec::new(), 3), Vec::new(), 0.0);
    check_error(nothing.explain(&[], &LimeParams::default()), "no_solution", message);
}

#[test]
fn the_data_of_another_model_is_refused() {
    let mut narrow = table();
    narrow.columns.remove(3);
    let error =
        LimeExplainer::fit(&narrow, &FeatureSpace::of(&table())).expect_err("a column less");
    assert_eq!(error, ExplainError::OtherDataset { feature: "spread".to_owned() });
    let mut model = model();
    model.explainer.statistics.truncate(2);
    let message =
        "same is not described as the model knows it; explain with the data set of the model";
    check_error(model.explain(&CUSTOMER, &LimeParams::default()), "other_dataset", message);
}
