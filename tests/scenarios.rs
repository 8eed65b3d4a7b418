//! Customers as changed, kept under a name.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test fails loudly")]

use churn_lab::compute::Failure;
use churn_lab::data::{DatasetId, Record, Value};
use churn_lab::explain::scenarios::MOST_CHARACTERS;
use churn_lab::explain::{CustomerScenario, CustomerScenarios, ScenarioError};
use churn_lab::models::ModelId;

fn scenario(id: &str, name: &str, dataset: &str, saved_ms: f64) -> CustomerScenario {
    let start = [("tenure", Value::Number(29.0)), ("Contract", Value::from("Month-to-month"))];
    let edits = [("Contract", Value::from("Two year"))];
    let record = |values: &[(&str, Value)]| -> Record {
        values.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect()
    };
    CustomerScenario {
        id: id.to_owned(),
        name: name.to_owned(),
        dataset_id: DatasetId(dataset.to_owned()),
        dataset_name: format!("{dataset}.csv"),
        customer: "7590-VHVEG".to_owned(),
        row: 4,
        start: record(&start),
        edits: record(&edits),
        model_id: ModelId("model-1".to_owned()),
        run_number: 1,
        probability: 0.58,
        saved_ms,
    }
}

fn names(scenarios: &CustomerScenarios) -> Vec<&str> {
    scenarios.all().iter().map(|scenario| scenario.name.as_str()).collect()
}

#[test]
fn the_record_is_the_start_with_the_changes() {
    let record = scenario("a", "One", "d", 1.0).record();
    assert_eq!(record["tenure"], Value::Number(29.0));
    assert_eq!(record["Contract"], Value::from("Two year"));
    assert_eq!(record.len(), 2);
}

#[test]
fn a_name_is_kept_without_spaces_around_it() {
    let mut all = CustomerScenarios::default();
    assert_eq!(all.save(scenario("a", "  Two year ", "d", 1.0)).unwrap().name, "Two year");
    assert_eq!(names(&all), ["Two year"]);
    assert_eq!(all.rename("a", " Longer ").unwrap().name, "Longer");
    assert_eq!(names(&all), ["Longer"]);
}

#[test]
fn empty_and_endless_names_are_refused_and_nothing_changes() {
    let mut all = CustomerScenarios::default();
    all.save(scenario("a", "One", "d", 1.0)).unwrap();
    let before = all.clone();
    let longest = "ü".repeat(MOST_CHARACTERS);
    for name in ["", "   ", &format!("{longest}x")] {
        let error = all.save(scenario("b", name, "d", 2.0)).unwrap_err();
        assert_eq!(error, ScenarioError::Name { name: name.to_owned() });
        assert_eq!(all.rename("a", name).unwrap_err().code(), "scenario_name");
    }
    assert_eq!(all, before);
    all.save(scenario("b", &longest, "d", 2.0)).unwrap();
}

#[test]
fn a_name_is_given_once_in_a_data_set() {
    let mut all = CustomerScenarios::default();
    all.save(scenario("a", "Two year", "d", 1.0)).unwrap();
    for name in ["Two year", " two YEAR"] {
        let error = all.save(scenario("b", name, "d", 2.0)).unwrap_err();
        let failure = Failure::from(error);
        assert_eq!(failure.code, "scenario_taken");
        assert_eq!(
            failure.message,
            "there is a scenario \"Two year\" of \"d.csv\" already; allowed: a name that no other of \
             the data set has, capitals or not"
        );
    }
    // another data set's, and its own in other capitals
    all.save(scenario("b", "Two year", "e", 2.0)).unwrap();
    all.rename("a", "TWO YEAR").unwrap();
    all.save(scenario("c", "One year", "d", 3.0)).unwrap();
    assert_eq!(all.rename("c", "two year").unwrap_err().code(), "scenario_taken");
    assert_eq!(names(&all), ["TWO YEAR", "Two year", "One year"]);
}

#[test]
fn what_is_not_there_is_said() {
    let mut all = CustomerScenarios::default();
    assert_eq!(all.rename("x", "One").unwrap_err().code(), "unknown_scenario");
    let error = all.delete("x").unwrap_err();
    assert_eq!(error.to_string(), "there is no scenario x in this lab");
}

#[test]
fn what_was_deleted_comes_back_in_its_place_and_never_as_a_double() {
    let mut all = CustomerScenarios::of(vec![
        scenario("c", "Three", "d", 3.0),
        scenario("a", "One", "d", 1.0),
        scenario("b", "Two", "d", 2.0),
    ]);
    assert_eq!(names(&all), ["One", "Two", "Three"]);
    let before = all.clone();
    let deleted = all.delete("b").unwrap();
    assert_eq!(names(&all), ["One", "Three"]);
    assert_eq!(all.put_back(deleted.clone()), deleted);
    assert_eq!(all, before);

    all.delete("b").unwrap();
    all.save(scenario("d", "two", "d", 4.0)).unwrap();
    assert_eq!(all.put_back(deleted).name, "Two (2)");
    assert_eq!(names(&all), ["One", "Two (2)", "Three", "two"]);
}

#[test]
fn a_free_name_is_one_that_can_be_kept() {
    let mut all = CustomerScenarios::default();
    let d = DatasetId("d".to_owned());
    let long = "x".repeat(2 * MOST_CHARACTERS);
    for (number, wanted) in ["Two year", &long].iter().flat_map(|name| [name; 12]).enumerate() {
        let name = all.free_name(wanted, &d);
        let kept = all.save(scenario(&number.to_string(), &name, "d", number as f64)).unwrap();
        assert_eq!(kept.name, name);
    }
    let names = names(&all);
    assert_eq!(names[..3], ["Two year", "Two year (2)", "Two year (3)"]);
    assert!(names[23].ends_with("x (12)"), "{}", names[23]);
    assert_eq!(names[23].chars().count(), MOST_CHARACTERS);
}

#[test]
fn a_stored_scenario_is_read_as_it_was() {
    let scenario = scenario("a", "One", "d", 1.5);
    let json = serde_json::to_string(&scenario).unwrap();
    assert!(json.contains("\"datasetId\":\"d\""), "{json}");
    assert_eq!(serde_json::from_str::<CustomerScenario>(&json).unwrap(), scenario);
}
