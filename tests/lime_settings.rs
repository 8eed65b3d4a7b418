//! LIME's other settings against Python's `lime` 0.2.0.1 with the same seed.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test fails by panicking and says what it skips"
)]

#[path = "support/explainable.rs"]
mod explainable;
mod support;

use churn_lab::data::{Dataset, Role, Target};
use churn_lab::explain::{
    Discretizer, ExplainCache, ExplainableModel, FeatureCount, FeatureStatistics, FirstFeatures,
    LimeParams, LimeSettings, SettingsParams, Variant,
};
use explainable::{levels, list, number, numbers_of, telco, workshop};
use serde_json::Value;
use support::{close, reference, telco_csv};

/// What `tests/fixtures/lime_settings/reference.py` wrote.
fn runs() -> Vec<Value> {
    serde_json::from_str(include_str!("fixtures/lime_settings/reference.json")).expect("a list")
}

/// The real file with its target.
fn labelled() -> Option<Dataset> {
    let mut dataset = telco()?;
    let bytes = telco_csv()?;
    let mut reader = csv::Reader::from_reader(bytes.as_slice());
    let at = reader.headers().expect("a header").iter().position(|name| name == "Churn");
    let rows = reader.records().map(|row| row.expect("a row"));
    let rows: Vec<csv::StringRecord> =
        rows.filter(|row| row.iter().all(|cell| !cell.trim().is_empty())).collect();
    let cells: Vec<&str> = rows.iter().map(|row| &row[at.expect("a target")]).collect();
    let mut column = levels("Churn", &cells);
    column.role = Role::Target;
    dataset.columns.push(column);
    dataset.target = Some(Target {
        column: "Churn".to_owned(),
        positive_class: "Yes".to_owned(),
        negative_class: "No".to_owned(),
    });
    Some(dataset)
}

fn encoded(customer: &str) -> Option<Vec<f64>> {
    let customers = reference("customers")?;
    let found = list(&customers["customers"]).iter().find(|c| c["id"] == customer);
    Some(numbers_of(&found.expect("a customer")["encoded"]))
}

fn settings(of: &Value) -> LimeSettings {
    let named = |key: &str| of[key].clone();
    LimeSettings {
        kernel_width: of["kernel_width"].as_f64(),
        discretizer: serde_json::from_value(named("discretizer")).unwrap_or_default(),
        distance: serde_json::from_value(named("distance")).unwrap_or_default(),
        selection: serde_json::from_value(named("selection")).unwrap_or_default(),
    }
}

#[test]
fn every_setting_gives_what_lime_gives() {
    let (Some(model), Some(dataset)) = (workshop(), labelled()) else { return };
    let mut cache = ExplainCache::default();
    for run in runs() {
        let customer = run["customer"].as_str().expect("a name");
        let Some(encoded) = encoded(customer) else { return };
        let [samples, features, seed] =
            ["samples", "features", "seed"].map(|key| run[key].as_u64().expect("a number") as u32);
        let base = LimeParams { samples, features: FeatureCount::Top(features), seed };
        let variant = Variant { settings: settings(&run["settings"]), ..Variant::default() };
        let params = SettingsParams { base, variants: vec![variant.clone()] };
        let compared = cache
            .compared(&model, &encoded, Some(&dataset), &params, &mut |_, _| {})
            .expect("explanations");
        let [ours] = compared.variants.as_slice() else { panic!("one variant") };
        let what = format!("{customer}, {features} features, {}", run["settings"]);

        if !run["edges"].is_null() {
            let space = &model.model.pipeline.space;
            let cut = variant.settings.discretizer.fit(&dataset, space).expect("bins");
            for (feature, statistics) in space.features.iter().zip(&cut.statistics) {
                let FeatureStatistics::Bins { edges, .. } = statistics else { continue };
                assert_eq!(*edges, numbers_of(&run["edges"][&feature.name]), "{what}");
            }
        }
        let explanation = &ours.explanation;
        close(&what, explanation.intercept, number(&run["intercept"]), 1e-9);
        close(&what, explanation.local_prediction, number(&run["local_prediction"]), 1e-9);
        close(&what, explanation.r2, number(&run["r2"]), 1e-9);
        close(&what, ours.counting / number(&run["counting"]), 1.0, 1e-9);
        let theirs = list(&run["weights"]);
        assert_eq!(explanation.contributions.len(), theirs.len(), "{what}");
        for own in &explanation.contributions {
            let same = theirs.iter().position(|pair| pair[0] == own.feature.as_str());
            let at = same.unwrap_or_else(|| panic!("{what}: {} is not chosen", own.feature));
            close(&format!("{what}: {}", own.feature), own.weight, number(&theirs[at][1]), 1e-9);
            assert_eq!(own.condition, run["conditions"][at].as_str().expect("a text"), "{what}");
        }
    }
}

/// A model and a customer of the real file, and its data set.
fn real() -> Option<(ExplainableModel, Vec<f64>, Dataset)> {
    Some((workshop()?, encoded("row1328")?, labelled()?))
}

fn with(settings: LimeSettings) -> Variant {
    Variant { settings, ..Variant::default() }
}

#[test]
fn the_defaults_are_the_explanation_on_screen_to_the_bit() {
    let Some((model, encoded, _)) = real() else { return };
    let mut cache = ExplainCache::default();
    for features in [FeatureCount::All, FeatureCount::Top(10), FeatureCount::Top(4)] {
        let base = LimeParams { features, ..LimeParams::default() };
        let plain = model.explain(&encoded, &base).expect("an explanation");
        let params = SettingsParams { base, variants: vec![Variant::default()] };
        let compared =
            cache.compared(&model, &encoded, None, &params, &mut |_, _| {}).expect("two");
        assert_eq!(compared.base.explanation, plain);
        assert_eq!(compared.variants, [compared.base]);
    }
}

#[test]
fn what_turned_and_what_comes_first_is_counted() {
    let Some((model, encoded, dataset)) = real() else { return };
    let variants = vec![
        with(LimeSettings { kernel_width: Some(0.4), ..LimeSettings::default() }),
        with(LimeSettings { discretizer: Discretizer::Decile, ..LimeSettings::default() }),
        Variant { samples: Some(20_000), ..Variant::default() },
        Variant { features: Some(FeatureCount::Top(2)), ..Variant::default() },
    ];
    let base = LimeParams { features: FeatureCount::All, ..LimeParams::default() };
    let params = SettingsParams { base, variants };
    let mut told = Vec::new();
    let compared = ExplainCache::default()
        .compared(&model, &encoded, Some(&dataset), &params, &mut |made, all| {
            told.push((made, all))
        })
        .expect("five");
    assert_eq!(told, [(1, 5), (2, 5), (3, 5), (4, 5), (5, 5)]);
    let weight = |of: &churn_lab::explain::Explanation, name: &str| {
        of.contributions.iter().find(|c| c.feature == name).map(|c| c.weight)
    };
    let base = &compared.base;
    assert_eq!((base.turned.len(), base.first), (0, FirstFeatures::Order));
    assert!(base.counting > 4_900.0 && base.counting < 5_000.0, "{}", base.counting);
    for effect in &compared.variants {
        for own in &base.explanation.contributions {
            let turns = weight(&effect.explanation, &own.feature)
                .is_some_and(|weight| (weight < 0.0) != (own.weight < 0.0));
            assert_eq!(turns, effect.turned.contains(&own.feature), "{}", own.feature);
        }
    }
    let [narrow, _, more, two] = compared.variants.as_slice() else { panic!("four") };
    // so narrow that only the customer counts
    close("counting", narrow.counting, 1.0, 1e-3);
    assert!(!narrow.turned.is_empty());
    assert_eq!(more.explanation.samples, 20_000);
    assert_eq!(two.explanation.contributions.len(), 2);
    assert_eq!(two.first, FirstFeatures::Other);
}

#[test]
fn kernels_are_the_formula() {
    use churn_lab::explain::Distance::{Cosine, Euclidean, Manhattan};
    // four features, width 2: e^(−d²/8) of d
    let of = |distance| {
        LimeSettings { kernel_width: Some(2.0), distance, ..LimeSettings::default() }.kernel(4)
    };
    // squared
    let expected = [
        (Euclidean, [0.0, 1.0, 2.0, 3.0, 4.0]),
        (Manhattan, [0.0, 1.0, 4.0, 9.0, 16.0]),
        (Cosine, [0.0, 0.017_949_192_431_122_75, 0.085_786_437_626_904_92, 0.25, 1.0]),
    ];
    for (distance, squares) in expected {
        for (weight, square) in of(distance).iter().zip(squares) {
            close(&format!("{distance:?}"), *weight, libm::exp(-square / 8.0), 1e-15);
        }
    }
}

#[test]
fn what_is_out_of_range_is_refused() {
    let Some((model, encoded, dataset)) = real() else { return };
    let asked = |variants: Vec<Variant>, dataset: Option<&Dataset>| {
        let params = SettingsParams { variants, ..SettingsParams::default() };
        let refused = ExplainCache::default()
            .compared(&model, &encoded, dataset, &params, &mut |_, _| {})
            .expect_err("a refusal");
        (refused.code(), refused.to_string())
    };
    for width in [0.0, 0.009, -1.0, 1_001.0, f64::NAN, f64::INFINITY] {
        let settings = LimeSettings { kernel_width: Some(width), ..LimeSettings::default() };
        let (code, words) = asked(vec![with(settings)], None);
        assert_eq!(code, "bad_param");
        assert!(words.contains("0.01 to 1000"), "{words}");
    }
    assert_eq!(asked(vec![Variant::default(); 9], None).0, "out_of_range");
    let few = Variant { samples: Some(1), ..Variant::default() };
    assert_eq!(asked(vec![few], None).0, "invalid_samples");
    let entropy =
        with(LimeSettings { discretizer: Discretizer::Entropy, ..LimeSettings::default() });
    assert_eq!(asked(vec![entropy.clone()], None).0, "discretizer");
    let blind = Dataset { target: None, ..dataset };
    assert_eq!(asked(vec![entropy], Some(&blind)).0, "discretizer");
}

#[test]
fn a_model_that_always_says_the_same_has_no_path_of_the_lasso() {
    let dataset = explainable::dataset(
        vec![
            levels("a", &["x", "y", "x", "y"]),
            explainable::numbers("b", vec![1.0, 2.0, 3.0, 4.0]),
        ],
        4,
    );
    let model = explainable::explainable(&dataset, vec![0.0; 3], 0.3);
    let settings = LimeSettings {
        selection: churn_lab::explain::FeatureSelection::LassoPath,
        ..LimeSettings::default()
    };
    let base = LimeParams { samples: 50, features: FeatureCount::Top(1), seed: 1 };
    let params = SettingsParams { base, variants: vec![with(settings)] };
    let compared = ExplainCache::default()
        .compared(&model, &[0.0, 2.0], None, &params, &mut |_, _| {})
        .expect("explanations");
    let [only] = compared.variants.as_slice() else { panic!("one variant") };
    assert!(only.explanation.contributions.iter().all(|c| c.weight == 0.0));
    assert!(only.turned.is_empty());
}
