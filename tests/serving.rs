//! Endpoints: names, builds, keys, and calls that answer or say precisely why not.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test fails by panicking and says what it skips"
)]

mod support;

#[path = "support/lab.rs"]
mod lab;

use churn_lab::compute::{Request, Response};
use churn_lab::data::{Record, Value};
use churn_lab::models::ModelId;
use churn_lab::serving::{DeployError, Endpoint, PredictionResponse, deploy, example};
use lab::{Lab, endpoint};

fn deployed(name: &str, existing: &[Endpoint], seed: u32) -> Result<Endpoint, DeployError> {
    deploy(name, ModelId("m".to_owned()), existing, 12.5, seed)
}

#[test]
fn a_name_is_trimmed_and_neither_blank_nor_long() {
    assert_eq!(deployed("  churn ", &[], 1).expect("an endpoint").name, "churn");
    assert_eq!(deployed(" \t\n", &[], 1), Err(DeployError::BlankName));
    assert!(deployed(&"é".repeat(80), &[], 1).is_ok());
    let long = deployed(&"é".repeat(81), &[], 1).expect_err("a long name");
    assert_eq!(long.to_string(), "the endpoint's name has 81 characters; allowed: 1 to 80");
}

#[test]
fn builds_count_up_under_each_name() {
    let mut endpoints = Vec::new();
    for (name, number) in [("a", 1), ("b", 1), ("a", 2), (" a ", 3), ("B", 1)] {
        let endpoint = deployed(name, &endpoints, endpoints.len() as u32).expect("an endpoint");
        assert_eq!(endpoint.build.number, number, "{name}");
        endpoints.push(endpoint);
    }
    endpoints.remove(0);
    assert_eq!(deployed("a", &endpoints, 9).expect("an endpoint").build.number, 4);
}

#[test]
fn ids_and_keys_come_from_the_seed() {
    let first = deployed("a", &[], 1).expect("an endpoint");
    assert_eq!(deployed("a", &[], 1), Ok(first.clone()));
    let second = deployed("a", &[], 2).expect("an endpoint");
    assert_ne!(first.id, second.id);
    assert_ne!(first.build.id, second.build.id);
    assert_ne!(first.access_key, second.access_key);
    assert_ne!(first.id.0, first.build.id);
    let key = first.access_key.strip_prefix("ck-").expect("the key's prefix");
    assert!(key.len() == 32 && key.bytes().all(|b| b.is_ascii_hexdigit()), "{key}");
}

fn call(lab: &mut Lab, endpoint: &Endpoint, record: Record, uuid_seed: u32) -> PredictionResponse {
    match lab.answer(Request::Call { endpoint: endpoint.clone(), record, uuid_seed }) {
        Response::Called { response, event } => {
            assert_eq!(event.uuid, response.uuid);
            assert_eq!(event.endpoint_id, endpoint.id);
            assert_eq!(event.request, response.prediction.data);
            assert_eq!(event.probability, response.prediction.probability);
            assert_eq!(event.explanation, response.prediction.explanation.contributions);
            assert_eq!(event.processing_ms, response.ms);
            assert!(event.at_ms > lab::START_MS);
            assert_eq!((event.ground_truth, event.simulated), (None, None));
            *response
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_call_fills_in_the_defaults_and_explains_itself() {
    let mut lab = Lab::new();
    let dataset = lab.sample(400);
    let fitted = lab.fit(&dataset.id);
    let model = &fitted.model.model;
    let endpoint = endpoint(&model.id);

    let space = &model.pipeline.space;
    let whole = call(&mut lab, &endpoint, example::request(space), 1);
    assert_eq!(whole.prediction.data.len(), 19);
    assert_eq!(whole.prediction.data["tenure"], Value::Number(29.0));
    let encoded = space.encode(&whole.prediction.data).expect("a record");
    assert_eq!(whole.prediction.probability, model.predict_record(&encoded));
    assert_eq!(whole.prediction.explanation.contributions.len(), 10);
    assert_eq!(whole.prediction.explanation.samples, 5_000);

    let bare = call(&mut lab, &endpoint, Record::new(), 2);
    let defaults = space.decode(&space.encode(&Record::new()).expect("the defaults"));
    assert_eq!(bare.prediction.data, defaults);
    assert_ne!(bare.uuid, whole.uuid);
    let again = call(&mut lab, &endpoint, Record::new(), 2);
    assert_eq!((again.uuid, again.prediction), (bare.uuid, bare.prediction));
}

#[test]
fn a_wrong_request_is_refused_with_field_value_and_what_is_allowed() {
    let mut lab = Lab::new();
    let dataset = lab.sample(300);
    let fitted = lab.fit(&dataset.id);
    let endpoint = endpoint(&fitted.model.model.id);
    for (field, value, code, message) in [
        (
            "Contract",
            Value::from("Weekly"),
            "unknown_level",
            "Contract is \"Weekly\"; allowed: Month-to-month, One year, Two year",
        ),
        (
            "SeniorCitizen",
            Value::Number(1.0),
            "unknown_level",
            "SeniorCitizen is \"1\"; allowed: No, Yes",
        ),
        (
            "tenure",
            Value::from("long"),
            "not_a_number",
            "tenure is \"long\"; allowed: a finite number",
        ),
        (
            "tenure",
            Value::Number(f64::NAN),
            "not_a_number",
            "tenure is \"NaN\"; allowed: a finite number",
        ),
        ("Churn", Value::from("Yes"), "unknown_field", "unknown field \"Churn\"; allowed: gender,"),
    ] {
        let record = Record::from([(field.to_owned(), value)]);
        let endpoint = endpoint.clone();
        let failure = lab.refusal(Request::Call { endpoint, record, uuid_seed: 1 });
        assert_eq!(failure.code, code);
        assert_eq!(failure.field.as_deref(), Some(field));
        assert!(failure.message.starts_with(message), "{}", failure.message);
    }
}

/// A data set other than the workshop's has its own example.
#[test]
fn an_example_is_always_a_request_the_model_takes() {
    let mut lab = Lab::new();
    let csv = "id,plan,visits,left\na,x,1,yes\nb,y,2,no\nc,x,3,no\nd,y,9,yes\n".repeat(3);
    let csv = csv.replacen("id,plan,visits,left\n", "", 3);
    let bytes = ["id,plan,visits,left\n", &csv].concat().into_bytes();
    let request =
        Request::ReadCsv { bytes, name: "shop".to_owned(), target: Some("left".to_owned()) };
    let Response::Dataset { summary, .. } = lab.answer(request) else { panic!("no data set") };
    let space = lab.fit(&summary.id).model.model.pipeline.space;
    let example = example::request(&space);
    assert_eq!(example["plan"], Value::from("x"));
    assert_eq!(example["visits"], Value::Number(2.5));
}
