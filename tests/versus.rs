//! Two versions of a customer side by side.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test fails loudly")]

#[path = "support/explainable.rs"]
mod explainable;
mod support;

use churn_lab::data::{Record, Value};
use churn_lab::explain::{
    Contribution, Explanation, FeatureCount, LimeParams, Version, Versus, VersusRow,
};
use churn_lab::features::{Domain, Feature, FeatureSpace};
use explainable::workshop;
use support::{close, reference};

fn space(names: &[&str]) -> FeatureSpace {
    let feature = |name: &&str| Feature {
        name: (*name).to_owned(),
        domain: Domain::Levels(vec!["no".to_owned(), "yes".to_owned()]),
    };
    FeatureSpace { features: names.iter().map(feature).collect() }
}

fn record(values: &[(&str, &str)]) -> Record {
    values.iter().map(|(name, value)| ((*name).to_owned(), Value::from(*value))).collect()
}

fn explanation(probability: f64, weights: &[(&str, f64)]) -> Explanation {
    let contribution = |&(feature, weight): &(&str, f64)| Contribution {
        feature: feature.to_owned(),
        condition: format!("{feature}=?"),
        weight,
    };
    Explanation {
        probability,
        intercept: 0.25,
        local_prediction: 0.5,
        r2: 0.75,
        contributions: weights.iter().map(contribution).collect(),
        samples: 100,
        seed: 1,
    }
}

fn order(versus: &Versus) -> Vec<&str> {
    versus.rows.iter().map(|row| row.feature.as_str()).collect()
}

fn row<'a>(versus: &'a Versus, feature: &str) -> &'a VersusRow {
    versus.rows.iter().find(|row| row.feature == feature).expect("a row")
}

#[test]
fn what_differs_comes_first_by_how_much_its_weight_differs() {
    let space = space(&["a", "b", "c", "d", "e"]);
    let one = record(&[("a", "no"), ("b", "no"), ("c", "no"), ("d", "no"), ("e", "no")]);
    let two = record(&[("a", "no"), ("b", "yes"), ("c", "no"), ("d", "yes"), ("e", "yes")]);
    let first = explanation(0.625, &[("a", 0.125), ("b", 0.25), ("c", -0.5), ("d", -0.25)]);
    let second = explanation(0.375, &[("d", 0.25), ("c", 0.25), ("b", 0.125), ("e", 0.75)]);
    let versus = Versus::of(
        &space,
        Version { record: &one, explanation: &first },
        Version { record: &two, explanation: &second },
    );
    // of e and a one weight is missing
    assert_eq!(order(&versus), ["d", "b", "e", "c", "a"]);
    assert_eq!(versus.n_differ, 3);
    assert_eq!(versus.probabilities, [0.625, 0.375]);
    assert_eq!(versus.largest, 0.75);
    let d = row(&versus, "d");
    assert!(d.differs);
    assert_eq!(d.values, [Some(Value::from("no")), Some(Value::from("yes"))]);
    assert_eq!(d.weights.clone().map(|w| w.unwrap().weight), [-0.25, 0.25]);
    assert_eq!(d.difference, Some(0.5));
    assert_eq!(row(&versus, "b").difference, Some(-0.125));
    assert!(!row(&versus, "c").differs);
}

#[test]
fn a_feature_that_was_not_chosen_has_no_weight_instead_of_zero() {
    let space = space(&["a", "b"]);
    let same = record(&[("a", "no")]);
    let first = explanation(0.5, &[("a", 0.25)]);
    let second = explanation(0.5, &[]);
    let versus = Versus::of(
        &space,
        Version { record: &same, explanation: &first },
        Version { record: &same, explanation: &second },
    );
    let a = row(&versus, "a");
    assert!(a.weights[0].is_some() && a.weights[1].is_none());
    assert_eq!(a.difference, None);
    let b = row(&versus, "b");
    assert_eq!((b.values.clone(), b.differs), ([None, None], false));
    assert_eq!((versus.n_differ, versus.largest), (0, 0.25));
}

#[test]
fn a_version_beside_itself_differs_nowhere() {
    let space = space(&["a", "b"]);
    let same = record(&[("a", "no"), ("b", "yes")]);
    let once = explanation(0.5, &[("b", 0.25), ("a", -0.125)]);
    let version = Version { record: &same, explanation: &once };
    let versus = Versus::of(&space, version, version);
    assert_eq!(versus.n_differ, 0);
    assert!(versus.rows.iter().all(|row| row.difference == Some(0.0)));
}

/// The workshop's story on the real file: fiber optic → DSL takes its customer from .580 to .282.
#[test]
fn the_workshops_story_has_its_numbers() {
    let (Some(model), Some(whatif)) = (workshop(), reference("whatif")) else { return };
    let customer = &whatif["models"]["logistic_3a"]["nearest_to_58"];
    let one: Record = serde_json::from_value(customer["values"].clone()).expect("a record");
    let mut two = one.clone();
    two.insert("InternetService".to_owned(), Value::from("DSL"));
    let space = &model.model.pipeline.space;
    let params = LimeParams { features: FeatureCount::All, ..LimeParams::default() };
    let [first, second] = [&one, &two].map(|record| {
        let encoded = space.encode(record).expect("the record fits");
        model.explain(&encoded, &params).expect("an explanation")
    });
    let versus = Versus::of(
        space,
        Version { record: &one, explanation: &first },
        Version { record: &two, explanation: &second },
    );
    let expected = &customer["probability"]["logistic_3a"];
    for (actual, key) in versus.probabilities.into_iter().zip(["as_is", "with_DSL"]) {
        close(key, actual, expected[key].as_f64().expect("a number"), 1e-9);
    }
    assert_eq!((versus.rows.len(), versus.n_differ), (19, 1));
    let changed = &versus.rows[0];
    assert_eq!(changed.feature, "InternetService");
    let conditions = changed.weights.clone().map(|weighed| weighed.expect("chosen").condition);
    assert_eq!(conditions, ["InternetService=Fiber optic", "InternetService=DSL"]);
    let difference = changed.difference.expect("both were chosen");
    assert!(difference < -0.1, "{difference}");
    let rest: Vec<f64> = versus.rows[1..].iter().map(|r| r.difference.unwrap().abs()).collect();
    assert!(rest.is_sorted_by(|a, b| a >= b));
}
