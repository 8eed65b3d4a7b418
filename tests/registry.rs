//! The registry: versions, aliases, and what they pointed at.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test fails loudly")]

#[path = "support/lab.rs"]
mod lab;

use churn_lab::compute::Response;
use churn_lab::experiments::{Registry, RegistryError, Run};
use churn_lab::models::RunId;
use lab::Lab;

/// A run of a sample, and others with the same scores.
fn runs() -> [Run; 3] {
    let mut lab = Lab::new();
    let dataset = lab.sample(200);
    let Response::Fit(fit) = lab.answer(lab::fit_request(&dataset.id)) else { panic!("no fit") };
    [1, 2, 3].map(|number| Run { id: RunId(format!("run-{number}")), number, ..fit.run.clone() })
}

#[test]
fn versions_count_up_by_name_and_are_never_given_twice() {
    let [one, two, three] = runs();
    let mut registry = Registry::default();
    assert_eq!(registry.register("churn", &one, 1.0), Ok(1));
    assert_eq!(registry.register(" churn ", &two, 2.0), Ok(2));
    assert_eq!(registry.register("other", &two, 3.0), Ok(1));
    registry.delete("churn", 2).unwrap();
    assert_eq!(registry.register("churn", &three, 4.0), Ok(3));
    assert_eq!(registry.names(), ["churn", "other"]);
    let told: Vec<_> = registry.of_run(&two.id).map(|v| (v.name.as_str(), v.version)).collect();
    assert_eq!(told, [("other", 1)]);
}

#[test]
fn a_run_is_a_version_of_a_model_once() {
    let [one, ..] = runs();
    let mut registry = Registry::default();
    registry.register("churn", &one, 1.0).unwrap();
    let before = registry.clone();
    let error = registry.register("churn", &one, 2.0).unwrap_err();
    assert_eq!(error.code(), "already_registered");
    assert_eq!(error.to_string(), "run 1 is version 1 of \"churn\" already");
    assert_eq!(registry, before);
}

#[test]
fn names_and_aliases_that_are_none_are_refused() {
    let [one, ..] = runs();
    let mut registry = Registry::default();
    for name in ["", "  ", "a/b", "a:b", &"x".repeat(61)] {
        let error = registry.register(name, &one, 1.0).unwrap_err();
        assert!(matches!(&error, RegistryError::Name { .. }), "{name}: {error}");
    }
    registry.register("churn", &one, 1.0).unwrap();
    for alias in ["", "latest", "Latest", "v1", "V23", "two words", "a.b"] {
        let error = registry.point("churn", alias, Some(1), 2.0).unwrap_err();
        assert_eq!(error.code(), "registry_alias", "{alias}");
    }
    for alias in ["champion", "v", "vip", "v1b", "Übung_2"] {
        registry.point("churn", alias, Some(1), 2.0).unwrap();
    }
    let error = registry.point("churn", "champion", Some(9), 3.0).unwrap_err();
    assert_eq!(error.to_string(), "there is no version 9 of \"churn\" in the registry");
    assert_eq!(registry.pointed_at("churn", "champion", f64::INFINITY), Some(1));
}

#[test]
fn what_was_in_production_when_can_be_told() {
    let [one, two, _] = runs();
    let mut registry = Registry::default();
    registry.register("churn", &one, 10.0).unwrap();
    registry.register("churn", &two, 20.0).unwrap();
    registry.point("churn", "champion", Some(1), 30.0).unwrap();
    registry.point("churn", "challenger", Some(2), 35.0).unwrap();
    registry.point("churn", "champion", Some(2), 40.0).unwrap();
    // the same again is no change
    registry.point("churn", "champion", Some(2), 45.0).unwrap();
    registry.point("churn", "challenger", None, 50.0).unwrap();
    let at = |ms| registry.pointed_at("churn", "champion", ms);
    assert_eq!([29.9, 30.0, 39.9, 40.0, 1e9].map(at), [None, Some(1), Some(1), Some(2), Some(2)]);
    assert_eq!(registry.history().len(), 4);
    let in_force = |ms| {
        let changes = registry.in_force(ms).into_iter();
        changes.map(|change| (change.alias, change.version.unwrap())).collect::<Vec<_>>()
    };
    assert_eq!(in_force(20.0), []);
    assert_eq!(in_force(36.0), [("champion".to_owned(), 1), ("challenger".to_owned(), 2)]);
    assert_eq!(in_force(60.0), [("champion".to_owned(), 2)]);
    assert_eq!(registry.aliases("churn", 2), ["champion"]);
    assert!(registry.aliases("churn", 1).is_empty());
}

#[test]
fn a_version_with_an_alias_stays() {
    let [one, ..] = runs();
    let mut registry = Registry::default();
    registry.register("churn", &one, 1.0).unwrap();
    registry.point("churn", "champion", Some(1), 2.0).unwrap();
    let error = registry.delete("churn", 1).unwrap_err();
    assert_eq!(error.to_string(), "version 1 of \"churn\" is its champion; move the alias first");
    registry.point("churn", "champion", None, 3.0).unwrap();
    registry.note("churn", 1, "the one of the workshop").unwrap();
    let version = registry.version("churn", 1).unwrap().clone();
    registry.delete("churn", 1).unwrap();
    assert!(registry.versions().is_empty());
    registry.put_back(version.clone());
    assert_eq!(registry.versions(), [version]);
    assert_eq!(registry.pointed_at("churn", "champion", 2.5), Some(1));
}

#[test]
fn a_registry_is_read_back_as_it_was_stored() {
    let [one, two, _] = runs();
    let mut registry = Registry::default();
    registry.register("churn", &one, 1.5).unwrap();
    registry.register("churn", &two, 2.5).unwrap();
    registry.point("churn", "champion", Some(2), 3.5).unwrap();
    let stored = serde_json::to_string(&registry).unwrap();
    assert_eq!(serde_json::from_str::<Registry>(&stored).unwrap(), registry);
}
