//! Shapley values: against those of Python on the real file, and what holds of them anyway.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test fails loudly")]

#[path = "support/explainable.rs"]
mod explainable;
mod support;

use churn_lab::data::Dataset;
use churn_lab::explain::shapley::sampling::{between_rows, walk};
use churn_lab::explain::{
    Background, ExplainError, ExplainableModel, LimeExplainer, Shapley, ShapleyMethod,
    ShapleyParams, ShapleyValues,
};
use churn_lab::features::EncodedRecord;
use churn_lab::models::{
    BoostingParams, FittedModel, ForestParams, KnnParams, LogisticParams, ModelParams,
    NaiveBayesParams, Split, SvcKernel, SvcParams, TreeParams, train,
};
use explainable::{list, number, numbers_of, workshop};
use support::customers::{customers, encoded, named};
use support::telco::telco;
use support::{close, reference};

/// Fitted on the made-up customers.
fn fitted(dataset: &Dataset, params: ModelParams) -> ExplainableModel {
    let split = Split::default();
    let parts = train::rows_of(dataset, &split).unwrap();
    let trained = train::fit_rows(dataset, &params, &parts, &mut |_, _| {}).unwrap();
    let model = named(dataset, &params, &split, trained);
    let explainer = LimeExplainer::fit(dataset, &model.pipeline.space).unwrap();
    ExplainableModel { model, explainer }
}

fn families() -> Vec<ModelParams> {
    let linear = SvcParams { kernel: SvcKernel::Linear, ..SvcParams::default() };
    vec![
        ModelParams::Logistic(LogisticParams::default()),
        ModelParams::Svc(linear),
        ModelParams::Svc(SvcParams::default()),
        ModelParams::DecisionTree(TreeParams::default()),
        ModelParams::RandomForest(ForestParams { n_estimators: 12, ..ForestParams::default() }),
        ModelParams::GradientBoosting(BoostingParams { max_iter: 12, ..BoostingParams::default() }),
        ModelParams::NaiveBayes(NaiveBayesParams::default()),
        ModelParams::Knn(KnnParams::default()),
    ]
}

fn rows_of(model: &ExplainableModel, dataset: &Dataset, count: usize) -> Vec<EncodedRecord> {
    let all = encoded(dataset, &model.model);
    all.rows().into_iter().take(count).map(|row| row.to_vec()).collect()
}

fn ask(model: &ExplainableModel, record: &[f64], rows: &[EncodedRecord]) -> ShapleyValues {
    model.shapley(record, rows, &ShapleyParams::default(), &mut |_, _| {}).expect("Shapley values")
}

fn numbers(shapley: &Shapley) -> Vec<f64> {
    shapley.values.iter().map(|v| v.value).collect()
}

#[track_caller]
fn all_close(what: &str, actual: &[f64], expected: &[f64], tolerance: f64) {
    assert_eq!(actual.len(), expected.len(), "{what}");
    for (at, (actual, expected)) in actual.iter().zip(expected).enumerate() {
        close(&format!("{what} {at}"), *actual, *expected, tolerance);
    }
}

#[test]
fn the_workshops_values_equal_those_of_python() {
    let (Some(model), Some(metrics)) = (workshop(), reference("metrics")) else { return };
    for customer in list(&metrics["customers"]) {
        let id = customer["id"].as_str().expect("an id");
        let record = numbers_of(&customer["encoded"]);
        let values = ask(&model, &record, &[]);
        assert_eq!((values.background, values.permutations), (Background::Means, 0));
        let log_odds = values.log_odds.expect("log-odds");
        assert_eq!(log_odds.method, ShapleyMethod::Linear);
        close(id, log_odds.base, number(&metrics["base_margin"]), 1e-9);
        close(id, log_odds.prediction, number(&customer["margin"]), 1e-9);
        all_close(
            id,
            &numbers(&log_odds),
            &numbers_of(&customer["shap_log_odds_per_feature"]),
            1e-9,
        );
        close("gap", log_odds.gap(), 0.0, 1e-9);
        let probability = values.probability;
        assert_eq!(probability.method, ShapleyMethod::Coalitions);
        close(id, probability.base, number(&metrics["base_probability"]), 1e-9);
        close(id, probability.prediction, number(&customer["p"]), 1e-9);
        let expected = numbers_of(&customer["exact_shapley_probability_per_feature"]);
        all_close(id, &numbers(&probability), &expected, 1e-9);
        close("gap", probability.gap(), 0.0, 1e-9);
    }
}

/// v(S) for every coalition, straight from the definition, and Shapley's formula over orders.
fn brute_force(value: &dyn Fn(&[f64]) -> f64, record: &[f64], rows: &[EncodedRecord]) -> Vec<f64> {
    fn orders(n: usize) -> Vec<Vec<usize>> {
        match n {
            0 => vec![vec![]],
            _ => orders(n - 1)
                .into_iter()
                .flat_map(|order| {
                    (0..n).map(move |at| {
                        let mut longer = order.clone();
                        longer.insert(at, n - 1);
                        longer
                    })
                })
                .collect(),
        }
    }
    let n = record.len();
    let all = orders(n);
    let mut values = vec![0.0; n];
    for row in rows {
        for order in &all {
            let mut now = row.clone();
            for &j in order {
                let before = value(&now);
                now[j] = record[j];
                values[j] += value(&now) - before;
            }
        }
    }
    values.iter().map(|v| v / (all.len() * rows.len()) as f64).collect()
}

#[test]
fn every_family_gives_what_the_definition_says_and_adds_up() {
    let dataset = customers();
    for params in families() {
        let model = fitted(&dataset, params.clone());
        let rows = rows_of(&model, &dataset, 9);
        for row in [17, 250] {
            let record = &rows_of(&model, &dataset, row + 1)[row];
            let values = ask(&model, record, &rows);
            let what = format!("{params:?} of {row}");
            let shapley = &values.probability;
            assert_ne!(shapley.method, ShapleyMethod::Permutations, "{what}");
            close(&what, shapley.prediction, model.model.predict_record(record), 0.0);
            close(&format!("gap of {what}"), shapley.gap(), 0.0, 1e-9);
            if values.background == Background::Means {
                continue;
            }
            let expected = brute_force(&|r| model.model.predict_record(r), record, &rows);
            all_close(&what, &numbers(shapley), &expected, 1e-12);
            let base = rows.iter().map(|r| model.model.predict_record(r)).sum::<f64>() / 9.0;
            close(&what, shapley.base, base, 1e-12);
            let is_boosting = matches!(params, ModelParams::GradientBoosting(_));
            assert_eq!(values.log_odds.is_some(), is_boosting, "{what}");
            if let Some(log_odds) = values.log_odds {
                assert_eq!(log_odds.method, ShapleyMethod::Trees);
                let odds = |r: &[f64]| model.model.log_odds(r).unwrap();
                all_close(&what, &numbers(&log_odds), &brute_force(&odds, record, &rows), 1e-12);
                close("gap", log_odds.gap(), 0.0, 1e-9);
                let p = model.model.predict_record(record);
                close("log-odds", log_odds.prediction, libm::log(p / (1.0 - p)), 1e-9);
            }
        }
    }
}

/// Against the means, in terms of margins: a linear game's features can be tried one order after the
/// other without any record.
#[test]
fn a_linear_models_coalitions_are_what_the_definition_says() {
    let dataset = customers();
    for params in families().into_iter().take(2) {
        let model = fitted(&dataset, params);
        let record = rows_of(&model, &dataset, 4)[3].clone();
        let linear = model.model.linear_terms(&record).expect("linear");
        let on = vec![1.0; record.len()];
        let value = |on: &[f64]| {
            let terms = linear.terms.iter().zip(on).map(|(term, on)| term * on);
            model.model.model.probability_at(linear.base + terms.sum::<f64>()).unwrap()
        };
        let expected = brute_force(&value, &on, &[vec![0.0; record.len()]]);
        let values = ask(&model, &record, &[]);
        all_close("coalitions", &numbers(&values.probability), &expected, 1e-12);
    }
}

#[test]
fn a_feature_that_the_model_does_not_know_gets_nothing() {
    let dataset = customers();
    for params in families() {
        let mut model = fitted(&dataset, params.clone());
        // of Plan there is one level only; a background row always has it too
        let plan = model.model.pipeline.space.position("Plan").unwrap();
        if let FittedModel::Logistic(fitted) = &mut model.model.model {
            // Partner: no weight on either level
            fitted.coefficients[3] = 0.0;
            fitted.coefficients[4] = 0.0;
        }
        let rows = rows_of(&model, &dataset, 12);
        let values = ask(&model, &rows[5], &rows);
        let of = |at: usize| values.probability.values[at].value;
        assert_eq!(of(plan), 0.0, "{params:?}");
        if matches!(params, ModelParams::Logistic(_)) {
            assert_eq!(values.probability.values[2].feature, "Partner");
            assert_eq!(of(2), 0.0, "a feature without weight");
            assert_eq!(values.log_odds.unwrap().values[2].value, 0.0);
        }
    }
}

/// The same column twice, with the same weights: both get the same, to rounding.
#[test]
fn equal_features_get_equal_shares() {
    let kinds: Vec<&str> = (0..60).map(|i| ["x", "y", "z"][i % 3]).collect();
    let spread: Vec<f64> = (0..60).map(|i| f64::from(i * i % 17)).collect();
    let table = explainable::dataset(
        vec![
            explainable::levels("one", &kinds),
            explainable::numbers("spread", spread),
            explainable::levels("other", &kinds),
        ],
        60,
    );
    let weights = vec![0.3, 1.0, -2.0, 0.3, 1.0, -2.0, 0.1];
    let model = explainable::explainable(&table, weights, -1.0);
    let values = ask(&model, &[2.0, 4.0, 2.0], &[]);
    for shapley in [&values.probability, values.log_odds.as_ref().unwrap()] {
        let [one, _, other] = numbers(shapley)[..] else { panic!("three features") };
        close("symmetry", one, other, 1e-15);
        assert!(one.abs() > 0.01, "{one}");
    }
}

#[test]
fn the_order_of_the_columns_does_not_matter() {
    let dataset = customers();
    let mut turned = customers();
    turned.columns.reverse();
    for params in families() {
        // others break ties by the place of a column and so are another model
        if !matches!(params, ModelParams::Logistic(_) | ModelParams::NaiveBayes(_)) {
            continue;
        }
        let (one, other) = (fitted(&dataset, params.clone()), fitted(&turned, params.clone()));
        let (rows, turned_rows) = (rows_of(&one, &dataset, 9), rows_of(&other, &turned, 9));
        let (a, b) = (ask(&one, &rows[3], &rows), ask(&other, &turned_rows[3], &turned_rows));
        for value in &a.probability.values {
            let same = b.probability.values.iter().find(|v| v.feature == value.feature).unwrap();
            close(&format!("{params:?}: {}", value.feature), value.value, same.value, 1e-9);
        }
    }
}

#[test]
fn permutations_agree_with_what_is_exact_within_their_errors() {
    let Some(model) = workshop() else { return };
    let Some(metrics) = reference("metrics") else { return };
    let record = numbers_of(&metrics["customers"][4]["encoded"]);
    let exact = ask(&model, &record, &[]);
    let linear = model.model.linear_terms(&record).expect("linear");
    // the same game by walks
    let along = |_: u32, order: &[u32]| {
        let mut margin = linear.base;
        let mut values = vec![model.model.model.probability_at(margin).unwrap()];
        for &j in order {
            margin += linear.terms[j as usize];
            values.push(model.model.model.probability_at(margin).unwrap());
        }
        values
    };
    let mut told = Vec::new();

    let sampled = walk(19, 500, 42, &along, &mut |done, total| told.push((done, total)));
    assert_eq!(told.last(), Some(&(500, 500)));
    let pairs = sampled.values.iter().zip(&sampled.errors).zip(&exact.probability.values);
    for ((value, error), exact) in pairs {
        assert!(*error < 0.005, "{}: {error}", exact.feature);
        close(&exact.feature, *value, exact.value, 4.0 * error + 1e-12);
    }
    let total: f64 = sampled.values.iter().sum();
    close("sum", sampled.base + total, exact.probability.prediction, 1e-12);
    let again = walk(19, 500, 42, &along, &mut |_, _| {});
    assert_eq!((again.values, again.errors), (sampled.values, sampled.errors));
    assert_ne!(
        walk(19, 500, 43, &along, &mut |_, _| {}).values[4],
        exact.probability.values[4].value
    );
}

/// On 19 features, where no table fits: a forest's values from its trees, against walks from row to
/// record that only ask the forest.
#[test]
fn a_forests_trees_agree_with_asking_it() {
    let Some(dataset) = telco() else { return };
    let forest = ForestParams { n_estimators: 10, ..ForestParams::default() };
    let model = fitted(&dataset, ModelParams::RandomForest(forest));
    let rows = rows_of(&model, &dataset, 20);
    let record = rows_of(&model, &dataset, 300)[299].clone();
    let values = ask(&model, &record, &rows);
    assert_eq!(values.probability.method, ShapleyMethod::Trees);
    close("gap", values.probability.gap(), 0.0, 1e-12);
    let along = |pair, order: &[u32]| between_rows(&model.model, &record, &rows, pair, order);
    let sampled = walk(19, 1_000, 1, &along, &mut |_, _| {});
    let exact = &values.probability.values;
    for ((value, error), exact) in sampled.values.iter().zip(&sampled.errors).zip(exact) {
        close(&exact.feature, *value, exact.value, 4.0 * error + 1e-12);
    }
    assert!(exact.iter().any(|v| v.value.abs() > 0.03), "{exact:?}");
    close("base", sampled.base, values.probability.base, 1e-12);
}

#[test]
fn many_features_are_sampled_and_still_add_up() {
    let Some(dataset) = telco() else { return };
    let boosting = BoostingParams { max_iter: 10, ..BoostingParams::default() };
    let model = fitted(&dataset, ModelParams::GradientBoosting(boosting));
    let rows = rows_of(&model, &dataset, 30);
    let values = ask(&model, &rows[7], &rows);
    assert_eq!(values.probability.method, ShapleyMethod::Permutations);
    assert_eq!((values.background, values.permutations), (Background::Rows(30), 1_000));
    assert!(values.probability.values.iter().all(|v| v.standard_error.is_some()));
    close("gap", values.probability.gap(), 0.0, 1e-12);
    assert_eq!(ask(&model, &rows[7], &rows), values);
    close("gap", values.log_odds.expect("log-odds").gap(), 0.0, 1e-9);
}

#[test]
fn what_is_out_of_range_is_refused() {
    let dataset = customers();
    let model = fitted(&dataset, ModelParams::DecisionTree(TreeParams::default()));
    let rows = rows_of(&model, &dataset, 3);
    let refused = |rows: &[EncodedRecord], params: ShapleyParams| {
        model.shapley(&rows_of(&model, &dataset, 1)[0], rows, &params, &mut |_, _| {}).unwrap_err()
    };
    let usual = ShapleyParams::default;
    assert_eq!(refused(&[], usual()), ExplainError::NoBackground);
    let none = refused(&rows, ShapleyParams { background: 0, ..usual() });
    assert_eq!(none.to_string(), "0 background rows were asked for; allowed: 1 to 1000");
    let odd = refused(&rows, ShapleyParams { permutations: 3, ..usual() });
    let says = "3 permutations were asked for; allowed: an even number from 2 to 100000";
    assert_eq!(odd.to_string(), says);
    let other = refused(&[vec![9.0; 5]], usual());
    assert_eq!(other.code(), "invalid_value");
}
