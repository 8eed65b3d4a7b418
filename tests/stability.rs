//! How much an explanation hangs on its seed: against 30 seeds of Python's `lime`, and by hand.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "support/explainable.rs"]
mod explainable;
mod support;

use churn_lab::explain::{
    Band, Contribution, ExplainCache, ExplainError, Explanation, FeatureCount, LimeParams,
    Narrowing, Stability, StabilityParams, Verdict,
};
use explainable::{dataset, levels, list, number, numbers, numbers_of, workshop};
use support::{close, reference};

#[test]
fn thirty_seeds_have_limes_means_and_deviations() {
    let (Some(model), Some(lime)) = (workshop(), reference("lime")) else { return };
    let mut cache = ExplainCache::default();
    let names: Vec<&str> =
        list(&lime["feature_order"]).iter().filter_map(|name| name.as_str()).collect();
    for customer in list(&lime["statistics"]["customers"]) {
        let encoded = numbers_of(&customer["encoded"]);
        for (runs, features) in
            [("num_features=19", FeatureCount::All), ("num_features=10", FeatureCount::Top(10))]
        {
            let expected = &customer["runs"][runs];
            let lime = LimeParams { samples: 5_000, features, seed: 0 };
            let params = StabilityParams { lime, seeds: 30, until: None };
            let stability =
                cache.stability(&model, &encoded, &params, &mut |_, _| {}).expect("stability");
            close("p", stability.probability, number(&customer["p"]), 1e-12);
            let pair = |name: &str| numbers_of(&expected[name]);
            for (band, name) in [
                (stability.r2, "score_mean_std"),
                (stability.local_prediction, "local_pred_mean_std"),
            ] {
                close(name, band.mean, pair(name)[0], 1e-9);
                close(name, band.std, pair(name)[1], 1e-9);
            }
            let chosen = numbers_of(&expected["times_selected"]);
            let (means, stds) = (pair("mean_weight"), pair("std_weight_ddof1"));
            for (at, name) in names.iter().enumerate() {
                let Some(band) = stability.weights.iter().find(|w| w.feature == *name) else {
                    assert_eq!(chosen[at], 0.0, "{name} of {}", customer["id"]);
                    continue;
                };
                assert_eq!(f64::from(band.chosen), chosen[at], "{name} of {}", customer["id"]);
                close(name, band.weight.mean, means[at], 1e-9);
                // of a feature chosen once there is no deviation
                if band.chosen > 1 {
                    close(name, band.weight.std, stds[at], 1e-9);
                }
            }
        }
    }
}

fn explanation(seed: u32, weights: &[(&str, f64)]) -> Explanation {
    let contributions = weights.iter().map(|&(feature, weight)| Contribution {
        feature: feature.to_owned(),
        condition: format!("{feature}=x"),
        weight,
    });
    Explanation {
        probability: 0.5,
        intercept: 0.1,
        local_prediction: 0.4,
        r2: 0.3,
        contributions: contributions.collect(),
        samples: 100,
        seed,
    }
}

#[test]
fn counted_by_hand() {
    let all = [
        explanation(7, &[("a", 0.5), ("b", -0.3), ("c", 0.2), ("d", 0.01)]),
        explanation(8, &[("a", 0.7), ("b", -0.4), ("c", 0.1), ("d", -0.01)]),
        explanation(9, &[("a", 0.6), ("c", 0.2), ("b", -0.2), ("e", 0.1)]),
        explanation(10, &[("a", 0.6), ("b", -0.3), ("d", -0.2), ("c", 0.1)]),
    ];
    let stability = Stability::of(&all);
    assert_eq!(stability.first, ["a", "b", "c"]);
    let Stability { same_order, same_set, verdict, seed, seeds, samples, .. } = stability;
    assert_eq!((same_order, same_set, verdict), (2, 3, Verdict::Unstable));
    assert_eq!((seed, seeds, samples), (7, 4, 100));
    let names: Vec<&str> = stability.weights.iter().map(|w| w.feature.as_str()).collect();
    assert_eq!(names, ["a", "b", "c", "e", "d"]);
    let counts = |name: &str| {
        let band = stability.weights.iter().find(|w| w.feature == name).expect("a band");
        (band.chosen, band.sign_changes, band.among_first)
    };
    assert_eq!(counts("a"), (4, 0, 4));
    assert_eq!(counts("c"), (4, 0, 3));
    assert_eq!(counts("d"), (3, 1, 1));
    assert_eq!(counts("e"), (1, 0, 0));
    let Band { mean, least, most, std } = stability.weights[0].weight;
    close("mean", mean, 0.6, 1e-15);
    assert_eq!((least, most), (0.5, 0.7));
    close("std", std, (0.02_f64 / 3.0).sqrt(), 1e-15);
}

#[test]
fn nine_of_ten_seeds_decide_the_verdict() {
    let (usual, swapped, other) = (
        [("a", 0.3), ("b", 0.2), ("c", 0.1)],
        [("b", 0.3), ("a", 0.2), ("c", 0.1)],
        [("a", 0.3), ("b", 0.2), ("d", 0.1)],
    );
    let verdict = |n: [usize; 3]| {
        let of = |n, weights: [(&'static str, f64); 3]| {
            std::iter::repeat_with(move || explanation(0, &weights)).take(n)
        };
        let all = of(n[0], usual).chain(of(n[1], swapped)).chain(of(n[2], other));
        Stability::of(&all.collect::<Vec<_>>()).verdict
    };
    for (n, expected) in [
        ([10, 0, 0], Verdict::Order),
        ([9, 1, 0], Verdict::Order),
        ([9, 0, 1], Verdict::Order),
        ([8, 1, 1], Verdict::Set),
        ([8, 0, 2], Verdict::Unstable),
    ] {
        assert_eq!(verdict(n), expected, "{n:?}");
    }
}

fn small() -> churn_lab::explain::ExplainableModel {
    let kinds: Vec<&str> = (0..60).map(|i| ["x", "y", "z"][i % 3]).collect();
    let spread = (0..60).map(|i| f64::from(i * i % 17)).collect();
    let table = dataset(vec![levels("kind", &kinds), numbers("spread", spread)], 60);
    explainable::explainable(&table, vec![0.0, 1.0, 2.0, 0.1], -1.0)
}

#[test]
fn more_neighbours_make_the_bands_narrower_until_they_are_as_asked() {
    let model = small();
    let mut cache = ExplainCache::default();
    let lime = LimeParams { samples: 100, features: FeatureCount::All, seed: 3 };
    let mut look = |width, most_samples| {
        let until = Some(Narrowing { width, most_samples });
        let params = StabilityParams { lime: lime.clone(), seeds: 10, until };
        let mut told = Vec::new();
        let mut tell = |done, total| told.push((done, total));
        let stability =
            cache.stability(&model, &[1.0, 4.0], &params, &mut tell).expect("stability");
        (stability, told)
    };
    let (narrow, told) = look(0.05, 1_000_000);
    assert_eq!(narrow.narrow, Some(true));
    let samples: Vec<u32> = narrow.tried.iter().map(|(samples, _)| *samples).collect();
    assert!(samples.len() > 1 && samples.windows(2).all(|two| two[1] == 2 * two[0]), "{samples:?}");
    let (last, before) = narrow.tried.split_last().expect("tried");
    assert!(last.1 <= 0.05 && before.iter().all(|(_, width)| *width > 0.05), "{:?}", narrow.tried);
    assert_eq!(narrow.samples, last.0);
    let n = 10 * samples.len() as u32;
    assert_eq!((told.len() as u32, told.last()), (n, Some(&(n, n))));

    let (wide, _) = look(1e-9, 300);
    let samples: Vec<u32> = wide.tried.iter().map(|(samples, _)| *samples).collect();
    assert_eq!((samples.as_slice(), wide.narrow), ([100, 200, 300].as_slice(), Some(false)));
}

#[test]
fn one_seed_gives_the_same_bits_and_settings_out_of_range_are_refused() {
    let model = small();
    let lime = LimeParams { samples: 100, features: FeatureCount::All, seed: u32::MAX };
    let params = StabilityParams { lime, seeds: 3, until: None };
    let look = |params: &StabilityParams, cache: &mut ExplainCache| {
        cache.stability(&model, &[1.0, 4.0], params, &mut |_, _| {})
    };
    let mut warm = ExplainCache::default();
    let first = look(&params, &mut warm).expect("stability");
    assert_eq!(look(&params, &mut warm).expect("again"), first);
    assert_eq!(look(&params, &mut ExplainCache::default()).expect("anew"), first);

    let refused = |params: StabilityParams| {
        look(&params, &mut ExplainCache::default()).expect_err("refused").to_string()
    };
    let one = refused(StabilityParams { seeds: 1, ..params.clone() });
    assert_eq!(one, "1 seeds were asked for; allowed: 2 to 200");
    let width = Some(Narrowing { width: 0.0, most_samples: 10 });
    let width = refused(StabilityParams { until: width, ..params.clone() });
    assert_eq!(width, "the width of the bands is 0; allowed: a finite number above 0");
    let few = Some(Narrowing { width: 0.1, most_samples: 1 });
    let few = look(&StabilityParams { until: few, ..params }, &mut warm).expect_err("refused");
    assert_eq!(few, ExplainError::Samples { samples: 1, min: 2, max: 1_000_000 });
}
