//! LIME on a model whose truth is known: what moves it gets weight, what does not gets none, equals get
//! equal weights, and the order of the columns does not matter. LIME draws, so means over 30 seeds are
//! held against their own standard errors.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails loudly"
)]

#[path = "support/explainable.rs"]
mod explainable;
mod support;

use std::collections::BTreeMap;

use churn_lab::explain::stability::Band;
use churn_lab::explain::{ExplainCache, FeatureCount, LimeParams, StabilityParams};
use explainable::{dataset, explainable, levels, numbers};

const SEEDS: u32 = 30;

/// Feature, its weights (of a level one each), the customer's own value.
type Planted = (&'static str, Vec<f64>, f64);

fn planted() -> Vec<Planted> {
    vec![
        ("contract", vec![-0.6, 0.6], 1.0),
        ("twin", vec![-0.6, 0.6], 1.0),
        ("tenure", vec![-0.15], 13.0),
        ("noise", vec![0.0, 0.0], 1.0),
        ("spread", vec![0.0], 4.0),
    ]
}

/// Mean and deviation of every weight over the seeds. All 600 combinations stand once in the table, so no
/// feature tells of another.
fn weights(order: &[usize]) -> BTreeMap<&'static str, Band> {
    let rows = 0..600_u32;
    let coded = |by: u32, among: u32| rows.clone().map(move |i| i / by % among);
    let pair = |by| {
        let names: Vec<&str> =
            coded(by, 2).map(|level| if level == 0 { "no" } else { "yes" }).collect();
        names
    };
    let columns = [
        levels("contract", &pair(1)),
        levels("twin", &pair(2)),
        numbers("tenure", coded(4, 15).map(f64::from).collect()),
        levels("noise", &pair(60)),
        numbers("spread", coded(120, 5).map(f64::from).collect()),
    ];
    let planted = planted();
    let table = dataset(order.iter().map(|&at| columns[at].clone()).collect(), 600);
    // the model's columns are those of the levels first
    let (texts, counts): (Vec<&usize>, Vec<&usize>) =
        order.iter().partition(|&&at| planted[at].1.len() > 1);
    let coefficients = texts.iter().chain(&counts).flat_map(|&&at| planted[at].1.clone()).collect();
    let model = explainable(&table, coefficients, 0.8);
    let customer: Vec<f64> = order.iter().map(|&at| planted[at].2).collect();
    let lime = LimeParams { samples: 5_000, features: FeatureCount::All, seed: 1 };
    let params = StabilityParams { lime, seeds: SEEDS, until: None };
    let found = ExplainCache::default()
        .stability(&model, &customer, &params, &mut |_, _| {})
        .expect("weights");
    let of = |name: &str| {
        found.weights.iter().find(|band| band.feature == name).expect("a weight").weight
    };
    planted.iter().map(|(name, _, _)| (*name, of(name))).collect()
}

/// The deviation of a difference of means.
fn error(one: &Band, other: &Band) -> f64 {
    ((one.std * one.std + other.std * other.std) / f64::from(SEEDS)).sqrt()
}

#[test]
fn what_is_planted_is_found_and_nothing_else() {
    let found = weights(&[0, 1, 2, 3, 4]);
    let mean = |name: &str| found[name].mean;
    // "yes" pushes up; so long a tenure, in its highest quarter, pulls down
    assert!(mean("contract") > 0.2 && mean("tenure") < -0.2, "{found:?}");
    for name in ["noise", "spread"] {
        let none = Band { mean: 0.0, std: 0.0, ..found[name] };
        assert!(mean(name).abs() < 4.0 * error(&found[name], &none), "{name}: {found:?}");
        assert!(mean(name).abs() < 0.005, "{name}: {found:?}");
    }
    let (one, other) = (&found["contract"], &found["twin"]);
    assert!((one.mean - other.mean).abs() < 4.0 * error(one, other), "{found:?}");
}

#[test]
fn the_order_of_the_columns_changes_no_mean() {
    let (found, turned) = (weights(&[0, 1, 2, 3, 4]), weights(&[4, 2, 0, 3, 1]));
    for (name, one) in &found {
        let other = &turned[name];
        assert!(
            (one.mean - other.mean).abs() < 4.0 * error(one, other),
            "{name}: {one:?} {other:?}"
        );
    }
}
