//! The whole job through the worker's session, without a browser.

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

use churn_lab::compute::{DriftSide, Progress, Request, Response};
use churn_lab::data::summary::SUMMARY_ISSUES;
use churn_lab::data::{DatasetId, DatasetSummary, Record, Value};
use churn_lab::explain::{FeatureCount, LimeParams};
use churn_lab::exploration::{Figures, Question, Selection};
use churn_lab::models::{LogisticParams, ModelId, ModelParams, Split};
use churn_lab::monitoring::{DriftParams, PredictionEvent, Scenario};
use churn_lab::serving::{deploy, example};
use lab::{Lab, endpoint, fit_request};
use support::{close, telco_csv};

fn read(lab: &mut Lab, bytes: Vec<u8>) -> DatasetSummary {
    let request = Request::ReadCsv { bytes, name: "telco.csv".to_owned(), target: None };
    match lab.answer(request) {
        Response::Dataset { summary, .. } => summary,
        other => panic!("{other:?}"),
    }
}

fn telco(lab: &mut Lab) -> Option<DatasetSummary> {
    Some(read(lab, telco_csv()?))
}

#[test]
fn the_telco_file_gives_the_golden_numbers() {
    let mut lab = Lab::new();
    let Some(dataset) = telco(&mut lab) else { return };
    assert_eq!((dataset.rows_read, dataset.kept, dataset.n_issues), (7_043, 7_032, 11));
    assert_eq!(dataset.columns.len(), 21);

    let mut steps = Vec::new();
    let mut note = |progress: Progress| steps.push((progress.done, progress.total, progress.unit));
    let Ok(Response::Fit(fitted)) = lab.session.handle(fit_request(&dataset.id), &mut note) else {
        panic!("no model")
    };
    assert!(!steps.is_empty());
    assert!(steps.iter().all(|(done, total, unit)| done <= total && unit == "iterations"));
    let scores = &fitted.run.evaluation;
    close("train accuracy", scores.train.accuracy, 0.80679, 5e-6);
    close("test accuracy", scores.test.accuracy, 0.79010, 5e-6);
    close("AUC", scores.test.roc_auc.expect("an AUC"), 0.83444, 5e-6);
    close("log loss", scores.test.log_loss, 0.42639, 5e-6);
    let provenance = &fitted.run.provenance;
    assert_eq!((provenance.n_train, provenance.n_test), (5_274, 1_758));
    assert_eq!(fitted.run.coefficients.len(), 47);
    assert!(fitted.run.converged);
    assert_eq!(fitted.run.provenance, fitted.model.model.provenance);
    whole_job(&mut lab, &dataset.id, 7_032);
}

#[test]
fn made_up_customers_go_the_same_way() {
    let mut lab = Lab::new();
    let dataset = lab.sample(2_000);
    lab.fit(&dataset.id);
    whole_job(&mut lab, &dataset.id, dataset.kept);
}

/// Profile, explain, deploy, call, simulate, monitor and drift for a data set with a fitted model.
fn whole_job(lab: &mut Lab, dataset: &DatasetId, kept: u32) {
    let model_id = ModelId("model-1".to_owned());
    let Response::Profile(profile) = lab.answer(Request::Profile { dataset_id: dataset.clone() })
    else {
        panic!("no profile")
    };
    assert_eq!((profile.n_rows, profile.columns.len()), (kept, 21));

    let find = |customer: &str| Request::FindRecord {
        dataset_id: dataset.clone(),
        customer: customer.to_owned(),
    };
    let Response::Record { row, identifier, record, label } = lab.answer(find("3")) else {
        panic!("no record")
    };
    assert_eq!((row, record.len(), label.is_some()), (3, 19, true));
    let identifier = identifier.expect("a customer's identifier");
    let found = lab.answer(find(&identifier));
    assert!(matches!(found, Response::Record { row: 3, .. }), "{found:?}");

    let records = vec![record.clone(), Record::new()];
    let Response::Probabilities(probabilities) =
        lab.answer(Request::Predict { model_id: model_id.clone(), records })
    else {
        panic!("no probabilities")
    };
    let explain = |neighbourhood| Request::Explain {
        model_id: model_id.clone(),
        record: record.clone(),
        params: LimeParams { features: FeatureCount::All, ..LimeParams::default() },
        neighbourhood,
    };
    let Response::Explanation { explanation, ms } = lab.answer(explain(None)) else {
        panic!("no explanation")
    };
    assert_eq!(explanation.probability, probabilities[0]);
    assert_eq!(explanation.contributions.len(), 19);
    assert!(ms > 0.0);
    let near = |tenure: f64| {
        let mut near = record.clone();
        near.insert("tenure".to_owned(), tenure.into());
        near
    };
    let given = vec![record.clone(), near(1.0), near(70.0), near(30.0)];
    let Response::Explanation { explanation, .. } = lab.answer(explain(Some(given))) else {
        panic!("no explanation")
    };
    assert_eq!(explanation.samples, 4);

    let endpoint = deploy("churn", model_id, &[], lab::START_MS, 3).expect("an endpoint");
    let called = lab.answer(Request::Call { endpoint: endpoint.clone(), record, uuid_seed: 4 });
    let Response::Called { response, .. } = called else { panic!("no answer") };
    assert_eq!(response.prediction.probability, probabilities[0]);

    let mut events: Vec<PredictionEvent> = Vec::new();
    let mut batches = 0;
    let simulate = Request::Simulate {
        endpoint,
        dataset_id: dataset.clone(),
        calls: 1_000,
        seed: 42,
        scenario: Scenario::LabelNoise,
    };
    let mut collect = |progress: Progress| {
        batches += 1;
        events.extend(progress.events);
    };
    let Ok(Response::Simulated { events: rest, .. }) = lab.session.handle(simulate, &mut collect)
    else {
        panic!("no simulation")
    };
    events.extend(rest);
    assert!((10..=250).contains(&batches), "{batches} batches");
    assert_eq!(events.len(), 1_000);

    let Response::Monitoring(report) = lab.answer(Request::Monitor { events: events.clone() })
    else {
        panic!("no report")
    };
    assert_eq!((report.n_calls, report.n_labelled, report.windows.len()), (1_000, 1_000, 10));

    let training = DriftSide::TrainingRows { dataset_id: dataset.clone(), split: Split::default() };
    let requests = DriftSide::Records(events.into_iter().map(|event| event.request).collect());
    let params = DriftParams::default();
    let request = Request::Drift { reference: training, current: requests, params };
    let Response::Drift(report) = lab.answer(request) else { panic!("no report") };
    assert_eq!(report.columns.len(), 19, "requests have no target");
    assert_eq!(report.n_reference + kept.div_ceil(4), kept);
    assert_eq!((report.n_current, report.share), (1_000, 0.0), "labels changed, inputs did not");

    let side = DriftSide::Dataset(dataset.clone());
    let request =
        Request::Drift { reference: side.clone(), current: side, params: DriftParams::default() };
    let Response::Drift(report) = lab.answer(request) else { panic!("no report") };
    assert_eq!(report.columns.len(), 20);
    assert!(report.columns.iter().all(|column| column.psi == 0.0));
}

/// A second worker gets data set and model handed over and answers to the same bits.
#[test]
fn another_session_given_the_same_answers_the_same() {
    let mut lab = Lab::new();
    let request = Request::Sample { rows: 300, seed: 1, name: "Sample".to_owned() };
    let Response::Dataset { summary, bytes } = lab.answer(request) else { panic!("no data set") };
    let fitted = lab.fit(&summary.id);
    let explain = Request::Explain {
        model_id: fitted.model.model.id.clone(),
        record: example::request(&fitted.model.model.pipeline.space),
        params: LimeParams::default(),
        neighbourhood: None,
    };
    let Response::Explanation { explanation: first, .. } = lab.answer(explain.clone()) else {
        panic!("no explanation")
    };

    let mut other = Lab::new();
    assert_eq!(
        other.answer(Request::AddDataset { bytes }),
        Response::DatasetAdded { id: summary.id.clone() }
    );
    let model = Box::new(fitted.model.clone());
    assert_eq!(
        other.answer(Request::AddModel { model }),
        Response::ModelAdded { id: fitted.model.model.id.clone() }
    );
    let Response::Explanation { explanation: second, .. } = other.answer(explain) else {
        panic!("no explanation")
    };
    assert_eq!(first, second);
    assert_eq!(other.fit(&summary.id).model.model.model, fitted.model.model.model);
}

/// The cache of neighbours goes by model id: a model that takes another's id must not get its
/// answers.
#[test]
fn a_model_under_a_known_id_is_explained_as_itself() {
    let mut lab = Lab::new();
    let dataset = lab.sample(300);
    let first = lab.fit(&dataset.id);
    let explain = Request::Explain {
        model_id: first.model.model.id.clone(),
        record: Record::new(),
        params: LimeParams::default(),
        neighbourhood: None,
    };
    lab.answer(explain.clone());
    let mut stronger = fit_request(&dataset.id);
    if let Request::Fit { params, .. } = &mut stronger {
        *params = ModelParams::Logistic(LogisticParams { c: 0.001, ..LogisticParams::default() });
    }
    lab.answer(stronger.clone());
    let Response::Explanation { explanation: after, .. } = lab.answer(explain.clone()) else {
        panic!("no explanation")
    };

    let mut fresh = Lab::new();
    fresh.sample(300);
    fresh.answer(stronger);
    let Response::Explanation { explanation: alone, .. } = fresh.answer(explain) else {
        panic!("no explanation")
    };
    assert_eq!(after, alone);
}

#[test]
fn what_can_not_be_done_is_refused_by_name() {
    let mut lab = Lab::new();
    let dataset = lab.sample(300);
    let id = dataset.id.clone();
    let fitted = lab.fit(&id);
    let model_id = fitted.model.model.id.clone();
    let endpoint = endpoint(&model_id);
    let nowhere = DatasetId("x".to_owned());
    let nobody = ModelId("y".to_owned());
    let simulate = |dataset_id: &DatasetId, calls| Request::Simulate {
        endpoint: endpoint.clone(),
        dataset_id: dataset_id.clone(),
        calls,
        seed: 1,
        scenario: Scenario::Stable,
    };
    let drift = |current, psi_threshold| Request::Drift {
        reference: DriftSide::Dataset(id.clone()),
        current,
        params: DriftParams { psi_threshold },
    };
    let explain = |record: Record, samples, neighbourhood| Request::Explain {
        model_id: model_id.clone(),
        record,
        params: LimeParams { samples, ..LimeParams::default() },
        neighbourhood,
    };
    let odd = || Record::from([("tenure".to_owned(), Value::from("long"))]);
    let fit = |c: f64, split: Split| match fit_request(&id) {
        Request::Fit { dataset_id, rule, run_id, run_number, model_id, .. } => Request::Fit {
            dataset_id,
            params: ModelParams::Logistic(LogisticParams { c, ..LogisticParams::default() }),
            split,
            rule,
            run_id,
            run_number,
            model_id,
        },
        other => other,
    };
    let other = Request::Sample { rows: 200, seed: 8, name: "Other".to_owned() };
    let Response::Dataset { summary: other, .. } = lab.answer(other) else { panic!("no data set") };

    for (request, code, words) in [
        (
            Request::Profile { dataset_id: nowhere.clone() },
            "not_found",
            "data set x is not in this",
        ),
        (
            Request::Predict { model_id: nobody.clone(), records: Vec::new() },
            "not_found",
            "model y is not in this session",
        ),
        (simulate(&nowhere, 10), "not_found", "data set x"),
        (Request::AddDataset { bytes: vec![1, 2, 3] }, "corrupt_dataset", "can't be read"),
        (
            Request::ReadCsv { bytes: Vec::new(), name: "e.csv".to_owned(), target: None },
            "",
            "empty",
        ),
        (Request::Sample { rows: 0, seed: 1, name: "s".to_owned() }, "", "0"),
        (Request::Sample { rows: 1_000_001, seed: 1, name: "s".to_owned() }, "", "1000001"),
        (
            Request::FindRecord { dataset_id: id.clone(), customer: "nobody".to_owned() },
            "unknown_customer",
            "no customer \"nobody\" in data set \"Sample\"",
        ),
        (fit(-1.0, Split::default()), "", "-1"),
        (fit(1.0, Split::Random { test_ratio: 1.5, seed: 1 }), "", "1.5"),
        (fit(1.0, Split::Rows { train: vec![0, 1], test: vec![90_000] }), "", "90000"),
        (
            Request::Predict { model_id: model_id.clone(), records: vec![Record::new(), odd()] },
            "not_a_number",
            "record 1: tenure is \"long\"",
        ),
        (explain(odd(), 100, None), "not_a_number", "tenure is \"long\""),
        (explain(Record::new(), 1, None), "", "1"),
        (
            explain(Record::new(), 100, Some(vec![Record::new(), odd()])),
            "not_a_number",
            "neighbour 1: tenure is \"long\"",
        ),
        (simulate(&id, 0), "calls_out_of_range", "0 calls were asked for; allowed: 1 to 100000"),
        (simulate(&id, 100_001), "calls_out_of_range", "100001 calls"),
        (simulate(&other.id, 10), "other_dataset", "the model was trained on data set"),
        (drift(DriftSide::Dataset(nowhere.clone()), 0.1), "not_found", "data set x"),
        (
            drift(DriftSide::Records(Vec::new()), 0.1),
            "drift_empty_side",
            "the current side has no rows",
        ),
        (drift(DriftSide::Dataset(id.clone()), 0.0), "drift_threshold", "psi_threshold is 0"),
    ] {
        let failure = lab.refusal(request);
        assert!(failure.message.contains(words), "{failure:?}");
        assert!(!failure.code.is_empty());
        if !code.is_empty() {
            assert_eq!(failure.code, code, "{failure:?}");
        }
    }
    for (request, field) in [
        (fit(f64::NAN, Split::default()), "C"),
        (fit(1.0, Split::Random { test_ratio: 0.0, seed: 1 }), "test_ratio"),
        (explain(Record::new(), 1, None), "samples"),
        (explain(odd(), 100, None), "tenure"),
        (simulate(&id, 0), "calls"),
        (drift(DriftSide::Dataset(id.clone()), f64::NAN), "psi_threshold"),
        (Request::Sample { rows: 0, seed: 1, name: "s".to_owned() }, "rows"),
    ] {
        assert_eq!(lab.refusal(request).field.as_deref(), Some(field));
    }
    // and the session goes on as if nothing had happened
    assert_eq!(lab.fit(&id).run.coefficients, fitted.run.coefficients);
}

/// The summary carries some issues, the answer to the question for them all up to a thousand.
#[test]
fn issues_beyond_the_first_are_told_when_asked_for() {
    let mut lab = Lab::new();
    let rows = (0..1_200).map(|row| if row % 2 == 0 { "1,no\n" } else { "1,no,x\n" });
    let csv = format!("a,left\n2,yes\n{}", rows.collect::<String>()).into_bytes();
    let dataset = read(&mut lab, csv);
    assert_eq!((dataset.n_issues, dataset.issues.len()), (600, SUMMARY_ISSUES));
    let Response::Issues(issues) = lab.answer(Request::Issues { dataset_id: dataset.id }) else {
        panic!("no issues")
    };
    assert_eq!(issues.len(), 600);
    assert_eq!(issues[..SUMMARY_ISSUES], dataset.issues);
    assert_eq!(issues[599].row, 1_201);
}

#[test]
fn rows_are_shown_in_file_order_and_end_where_the_data_end() {
    let mut lab = Lab::new();
    let csv = b"id,plan,visits,left\na,x,1,yes\nb,y,2,no\nc,x,3,no\nd,y,9,yes\n".to_vec();
    let request =
        Request::ReadCsv { bytes: csv, name: "shop".to_owned(), target: Some("left".to_owned()) };
    let Response::Dataset { summary, .. } = lab.answer(request) else { panic!("no data set") };
    let mut rows = |from, count| {
        let answer = lab.answer(Request::Explore {
            dataset_id: summary.id.clone(),
            selection: Selection::default(),
            question: Question::Rows { from, count, sort: None },
        });
        match answer {
            Response::Explored(answer) => match answer.figures {
                Figures::Rows(part) => part.rows,
                other => panic!("{other:?}"),
            },
            other => panic!("{other:?}"),
        }
    };
    let all = rows(0, 1_000);
    assert_eq!(all.len(), 4);
    assert_eq!(all[1], [Value::from("b"), Value::from("y"), Value::Number(2.0), Value::from("no")]);
    assert_eq!(rows(3, 10), all[3..]);
    assert!(rows(4, 10).is_empty() && rows(u32::MAX, 1_000).is_empty());
}
