//! Explanations against Python's `lime` 0.2.0.1: fed with its neighbours, drawn from its seeds.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test fails by panicking and says what it skips"
)]

#[path = "support/explainable.rs"]
mod explainable;
mod support;

use std::path::Path;

use churn_lab::explain::moments::{Moments, kernel};
use churn_lab::explain::{
    ExplainCache, ExplainableModel, Explanation, FeatureCount, FeatureStatistics, LimeParams,
    LocalModel,
};
use explainable::{list, number, numbers_of, workshop};
use ndarray::Array2;
use serde_json::Value;
use support::{close, reference, shared};

#[track_caller]
fn all_close(what: &str, actual: &[f64], expected: &Value, tolerance: f64) {
    let expected = numbers_of(expected);
    assert_eq!(actual.len(), expected.len(), "{what}");
    for (actual, expected) in actual.iter().zip(expected) {
        close(what, *actual, expected, tolerance * expected.abs().max(1.0));
    }
}

fn feature_names(model: &ExplainableModel) -> Vec<&str> {
    model.model.pipeline.space.features.iter().map(|f| f.name.as_str()).collect()
}

#[test]
fn bins_and_frequencies_equal_lime() {
    let (Some(model), Some(lime)) = (workshop(), reference("lime")) else { return };
    for (feature, statistics) in
        model.model.pipeline.space.features.iter().zip(&model.explainer.statistics)
    {
        let name = &feature.name;
        all_close(name, statistics.frequencies(), &lime["feature_frequencies"][name], 1e-12);
        let FeatureStatistics::Bins { edges, means, stds, mins, maxs, .. } = statistics else {
            assert!(lime["discretizer"][name].is_null(), "{name}");
            continue;
        };
        let expected = &lime["discretizer"][name];
        all_close("quartiles", edges, &expected["quartiles"], 1e-12);
        all_close("means", means, &expected["means"], 1e-12);
        all_close("stds", stds, &expected["stds_ddof0_plus_1e-11"], 1e-12);
        all_close("mins", mins, &expected["mins"], 1e-12);
        all_close("maxs", maxs, &expected["maxs"], 1e-12);
        for (bin, words) in (0..).zip(list(&expected["names"])) {
            assert_eq!(statistics.condition(feature, bin), words.as_str().expect("a text"));
        }
    }
}

/// A stored neighbourhood: encoded rows, and what lime made of them.
struct Stored {
    rows: Vec<Vec<f64>>,
    bits: Vec<String>,
    weights: Vec<f64>,
    probabilities: Vec<f64>,
}

fn stored(file: &Path) -> Stored {
    let mut stored = Stored {
        rows: Vec::new(),
        bits: Vec::new(),
        weights: Vec::new(),
        probabilities: Vec::new(),
    };
    for line in csv::Reader::from_path(file).expect("a stored neighbourhood").records() {
        let line = line.expect("a row");
        let numbers: Vec<f64> =
            line.iter().skip(1).map(|cell| cell.parse().expect("a number")).collect();
        let [row @ .., _distance, weight, probability] = numbers.as_slice() else {
            panic!("{line:?}")
        };
        stored.bits.push(line[0].to_owned());
        stored.rows.push(row.to_vec());
        stored.weights.push(*weight);
        stored.probabilities.push(*probability);
    }
    stored
}

#[test]
fn fed_with_limes_neighbours_the_fit_equals_lime() {
    let (Some(model), Some(lime), Some(shared)) = (workshop(), reference("lime"), shared()) else {
        return;
    };
    let names = feature_names(&model);
    for case in list(&lime["exact_internals"]) {
        let file = shared.join("reference").join(case["file"].as_str().expect("a file"));
        let Stored { rows, bits, weights, probabilities } = stored(&file);
        let own = model.explainer.bins(&rows[0]);
        let kernel = kernel(names.len());
        for (row, (bits, weight)) in rows.iter().zip(bits.iter().zip(&weights)) {
            let bins = model.explainer.bins(row);
            let same: String =
                bins.iter().zip(&own).map(|(a, b)| if a == b { '1' } else { '0' }).collect();
            assert_eq!(&same, bits);
            close("weight", kernel[bits.matches('0').count()], *weight, 1e-15);
        }
        let neighbours: Vec<f64> = rows[1..].concat();
        let neighbours =
            Array2::from_shape_vec((rows.len() - 1, names.len()), neighbours).expect("a table");
        let bins = model.explainer.bins_of(neighbours.view());
        let moments = Moments::of(&own, probabilities[0], &bins, &probabilities[1..]);

        for expected in list(&case["explanations"]) {
            let count = expected["num_features"].as_u64().expect("a count") as u32;
            let features = FeatureCount::Top(count);
            let local = LocalModel::fit(&moments, features).expect("a fit");
            let chosen: Vec<f64> = local.weights.iter().map(|(j, _)| *j as f64).collect();
            assert_eq!(chosen, numbers_of(&expected["features"]), "{count} features");
            let weights: Vec<f64> = local.weights.iter().map(|(_, weight)| *weight).collect();
            all_close("weights", &weights, &expected["weights"], 1e-9);
            close("intercept", local.intercept, number(&expected["intercept"]), 1e-9);
            close("r2", local.r2, number(&expected["score_r2"]), 1e-9);
            close("prediction", local.local_prediction(), number(&expected["local_pred"]), 1e-9);

            let params = LimeParams { features, ..LimeParams::default() };
            let explanation =
                model.explain_given(&rows[0], &rows, &params).expect("an explanation");
            assert_eq!((explanation.samples, explanation.seed), (500, 0));
            close("probability", explanation.probability, probabilities[0], 1e-9);
            close("local", explanation.local_prediction, number(&expected["local_pred"]), 1e-9);
            for (contribution, pair) in
                explanation.contributions.iter().zip(list(&expected["as_list"]))
            {
                assert_eq!(contribution.condition, pair[0].as_str().expect("a text"));
                close(&contribution.condition, contribution.weight, number(&pair[1]), 1e-9);
            }
        }
    }
}

#[test]
fn with_the_same_seed_everything_equals_lime() {
    let (Some(model), Some(lime)) = (workshop(), reference("lime_seeded")) else { return };
    let names = feature_names(&model);
    for run in list(&lime["runs"]) {
        let first = list(&run["first_neighbours"]);
        let encoded = numbers_of(&first[0]);
        let seed = run["seed"].as_u64().expect("a seed") as u32;
        let samples = run["num_samples"].as_u64().expect("a count") as u32;

        let neighbours = model.explainer.draw(samples, seed).values;
        assert_eq!(neighbours.nrows() as u32, samples - 1);
        let last = neighbours.nrows() - 1;
        let stored = (0..).zip(&first[1..]).chain([(last, &run["last_neighbour"])]);
        for (row, expected) in stored {
            all_close("neighbour", &neighbours.row(row).to_vec(), expected, 1e-9);
        }

        let params = LimeParams { samples, features: FeatureCount::All, seed };
        let explanation = model.explain(&encoded, &params).expect("an explanation");
        assert_eq!((explanation.samples, explanation.seed), (samples, seed));
        close("intercept", explanation.intercept, number(&run["intercept"]), 1e-9);
        close("prediction", explanation.local_prediction, number(&run["local_prediction"]), 1e-9);
        close("r2", explanation.r2, number(&run["r2"]), 1e-9);
        assert_eq!(explanation.contributions.len(), names.len());
        for (contribution, condition) in
            explanation.contributions.iter().zip(list(&run["conditions"]))
        {
            assert_eq!(contribution.condition, condition.as_str().expect("a text"));
            let expected = number(&run["weights"][&contribution.feature]);
            close(&contribution.feature, contribution.weight, expected, 1e-9);
        }
    }
}

/// Mean and standard deviation with n − 1.
fn mean_and_std(values: &[f64]) -> [f64; 2] {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let squares: f64 = values.iter().map(|value| (value - mean) * (value - mean)).sum();
    [mean, (squares / (n - 1.0)).sqrt()]
}

#[test]
fn over_thirty_seeds_means_and_spreads_equal_lime() {
    let (Some(model), Some(lime)) = (workshop(), reference("lime")) else { return };
    let names = feature_names(&model);
    let mut cache = ExplainCache::default();
    for customer in list(&lime["statistics"]["customers"]) {
        let encoded = numbers_of(&customer["encoded"]);
        for count in [19, 10] {
            let expected = &customer["runs"][format!("num_features={count}")];
            let explanations: Vec<Explanation> = (0..30)
                .map(|seed| {
                    let features = FeatureCount::Top(count);
                    let params = LimeParams { samples: 5_000, features, seed };
                    cache.explain(&model, &encoded, &params).expect("an explanation")
                })
                .collect();
            let over_seeds = |value: fn(&Explanation) -> f64| {
                mean_and_std(&explanations.iter().map(value).collect::<Vec<_>>())
            };
            all_close(
                "p",
                &[explanations[0].probability],
                &serde_json::json!([customer["p"]]),
                1e-9,
            );
            let intercept = over_seeds(|e| e.intercept);
            all_close("intercept", &intercept, &expected["intercept_mean_std"], 1e-9);
            all_close("r2", &over_seeds(|e| e.r2), &expected["score_mean_std"], 1e-9);
            let local = over_seeds(|e| e.local_prediction);
            all_close("prediction", &local, &expected["local_pred_mean_std"], 1e-9);
            for (j, name) in names.iter().enumerate() {
                let weights: Vec<f64> = explanations
                    .iter()
                    .flat_map(|e| e.contributions.iter().filter(|c| c.feature == *name))
                    .map(|contribution| contribution.weight)
                    .collect();
                assert_eq!(weights.len() as f64, number(&expected["times_selected"][j]), "{name}");
                if weights.len() > 1 {
                    let [mean, std] = mean_and_std(&weights);
                    close(name, mean, number(&expected["mean_weight"][j]), 1e-9);
                    close(name, std, number(&expected["std_weight_ddof1"][j]), 1e-9);
                }
            }
        }
    }
}
