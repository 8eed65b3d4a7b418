//! Windows of calls, and the workshop's simulation against `reference/drift.json`.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "a test fails by panicking and says what it skips"
)]

mod support;

#[path = "support/lab.rs"]
mod lab;

use churn_lab::compute::{Request, Response};
use churn_lab::data::Record;
use churn_lab::explain::Contribution;
use churn_lab::monitoring::event::Simulated;
use churn_lab::monitoring::{CallTable, MonitoringReport, PredictionEvent, Scenario};
use churn_lab::numerics::random::RandomState;
use churn_lab::serving::EndpointId;
use lab::{Lab, endpoint};
use serde_json::Value as Json;
use support::{close, reference, telco_csv};

/// Call `number` (from 1) of a made-up endpoint.
fn event(number: u32, probability: f64, truth: Option<bool>) -> PredictionEvent {
    PredictionEvent {
        uuid: number.to_string(),
        endpoint_id: EndpointId("e".to_owned()),
        at_ms: f64::from(number) * 10.0,
        processing_ms: f64::from(number),
        request: Record::new(),
        probability,
        explanation: Vec::new(),
        ground_truth: truth,
        simulated: None,
    }
}

#[test]
fn no_calls_have_no_figures() {
    assert_eq!(MonitoringReport::of(&[]), MonitoringReport::default());
}

#[test]
fn calls_are_a_table_of_requests_answers_and_weights() {
    let mut first = event(1, 0.25, Some(true));
    first.processing_ms = 1.5;
    first.request = Record::from([
        ("Contract".to_owned(), "One year".into()),
        ("tenure".to_owned(), 3.0.into()),
    ]);
    first.explanation = vec![Contribution {
        feature: "tenure".to_owned(),
        condition: "tenure <= 9.00".to_owned(),
        weight: -0.125,
    }];
    let mut second = event(2, 0.75, None);
    second.request = Record::from([("tenure".to_owned(), 70.0.into())]);
    second.simulated = Some(Simulated { expected_accuracy: 0.5 });
    let CallTable { header, rows } = CallTable::of([first, second].iter());
    assert_eq!(
        header.join(" "),
        "predictionUuid startTimeStampMs endTimeStampMs processing_ms simulated \
         metrics.probability metrics.final_label metrics.input_data.Contract \
         metrics.input_data.tenure metrics.explanation.Contract metrics.explanation.tenure",
    );
    assert_eq!(
        rows.iter().map(|row| row.join("|")).collect::<Vec<_>>(),
        ["1|10|11.5|1.5|false|0.25|true|One year|3||-0.125", "2|20|22|2|true|0.75|||70||",]
    );
    assert_eq!(CallTable::of([].iter()).header.len(), 7);
}

#[test]
fn the_last_calls_are_a_window_of_their_own() {
    let mut events: Vec<_> = (1..=250).map(|i| event(i, 0.5, Some(i > 150))).collect();
    events.insert(50, event(999, 0.1, None));
    let report = MonitoringReport::of(&events);
    assert_eq!((report.n_calls, report.n_labelled), (251, 250));
    close("accuracy", report.accuracy.expect("an accuracy"), 0.4, 1e-15);
    close("mean", report.mean_probability.expect("a mean"), (125.0 + 0.1) / 251.0, 1e-15);
    let windows: Vec<_> =
        report.windows.iter().map(|w| (w.first, w.last, w.from_ms, w.to_ms, w.accuracy)).collect();
    assert_eq!(
        windows,
        [
            (1, 100, 10.0, 1000.0, 0.0),
            (101, 200, 1010.0, 2000.0, 0.5),
            (201, 250, 2010.0, 2500.0, 1.0)
        ]
    );
    assert!(report.windows.iter().all(|w| w.expected.is_none() && w.expected_std.is_none()));
}

#[test]
fn processing_times_are_quantiles_of_all_calls() {
    let events: Vec<_> = (1..=101).rev().map(|i| event(i, 0.2, None)).collect();
    let report = MonitoringReport::of(&events);
    assert_eq!((report.p50_ms, report.p95_ms), (Some(51.0), Some(96.0)));
    assert_eq!((report.accuracy, report.windows.len()), (None, 0));
}

#[test]
fn a_window_expects_something_only_if_all_its_calls_are_simulated() {
    let simulated = |i, expected_accuracy| PredictionEvent {
        simulated: Some(Simulated { expected_accuracy }),
        ..event(i, 0.9, Some(true))
    };
    let mut events = vec![simulated(1, 0.5), simulated(2, 1.0), simulated(3, 0.3)];
    let window = MonitoringReport::of(&events).windows[0];
    close("expected", window.expected.expect("an expectation"), 0.6, 1e-15);
    let std = window.expected_std.expect("a deviation");
    close("std", std, (0.25_f64 + 0.21).sqrt() / 3.0, 1e-15);
    events.push(event(4, 0.9, Some(true)));
    assert_eq!(MonitoringReport::of(&events).windows[0].expected, None);
}

fn floats(json: &Json) -> Vec<f64> {
    serde_json::from_value(json.clone()).expect("a list of numbers")
}

#[test]
fn a_thousand_calls_decay_as_the_reference_expects() {
    let (Some(bytes), Some(expected)) = (telco_csv(), reference("drift")) else { return };
    let mut lab = Lab::new();
    let request = Request::ReadCsv { bytes, name: "telco".to_owned(), target: None };
    let Response::Dataset { summary, .. } = lab.answer(request) else { panic!("no data set") };
    let fitted = lab.fit(&summary.id);
    let endpoint = endpoint(&fitted.model.model.id);

    let noisy = lab.simulate(&endpoint, &summary.id, 1_000, 42, Scenario::LabelNoise);
    assert_eq!(noisy.len(), 1_000);
    let expected = &expected["decay_simulation"]["logistic_3a_n1000"];
    let means = floats(&expected["expected_accuracy_per_chunk"]);
    let deviations = floats(&expected["std_formula_per_chunk"]);
    let report = MonitoringReport::of(&noisy);
    assert_eq!(report.windows.len(), 10);
    for (k, window) in report.windows.iter().enumerate() {
        let what = format!("window {k}");
        close(&what, window.expected.expect("an expectation"), means[k], 1e-12);
        close(&what, window.expected_std.expect("a deviation"), deviations[k], 1e-12);
        close(&what, window.accuracy, means[k], 4.0 * deviations[k]);
    }

    // the same calls with their true labels
    let test = reference("split_seed42").expect("the split");
    let labels = churn_lab::data::csv::read(&telco_csv().expect("the file"), "telco", None)
        .expect("a data set")
        .labels()
        .expect("labels");
    let mut noise = RandomState::new(42);
    let mut true_calls = noisy.clone();
    for (i, call) in true_calls.iter_mut().enumerate() {
        let truth = labels[test["test"][i].as_u64().expect("a row") as usize];
        let replaced = noise.random_sample() < (i + 1) as f64 / 1_000.0;
        assert_eq!(call.ground_truth, Some(truth || replaced), "call {i}");
        call.ground_truth = Some(truth);
    }
    let clean = floats(&expected["noise_free_accuracy_per_chunk"]);
    let found: Vec<_> =
        MonitoringReport::of(&true_calls).windows.iter().map(|w| w.accuracy).collect();
    assert_eq!(found, clean);
}

#[test]
fn a_stable_simulation_expects_what_it_finds() {
    let mut lab = Lab::new();
    let dataset = lab.sample(200);
    let fitted = lab.fit(&dataset.id);
    let endpoint = endpoint(&fitted.model.model.id);
    let calls = lab.simulate(&endpoint, &dataset.id, 120, 3, Scenario::Stable);
    for window in MonitoringReport::of(&calls).windows {
        close("accuracy", window.accuracy, window.expected.expect("an expectation"), 1e-12);
        assert_eq!(window.expected_std, Some(0.0));
    }
    assert_eq!(calls[50].request, calls[0].request, "50 test rows come round again");
    assert_ne!(calls[1].request, calls[0].request);
}

#[test]
fn the_same_seed_makes_the_same_calls_under_other_names() {
    let mut lab = Lab::new();
    let dataset = lab.sample(200);
    let fitted = lab.fit(&dataset.id);
    let endpoint = endpoint(&fitted.model.model.id);
    let mut simulate = |seed| lab.simulate(&endpoint, &dataset.id, 60, seed, Scenario::LabelNoise);
    let (first, again, other) = (simulate(5), simulate(5), simulate(6));
    let told = |calls: &[PredictionEvent]| -> Vec<_> {
        calls.iter().map(|call| (call.probability, call.ground_truth)).collect()
    };
    assert_eq!(told(&first), told(&again));
    assert_ne!(told(&first), told(&other));
    let mut uuids: Vec<_> =
        [&first, &again, &other].into_iter().flatten().map(|call| &call.uuid).collect();
    uuids.sort_unstable();
    uuids.dedup();
    assert_eq!(uuids.len(), 180);
}
