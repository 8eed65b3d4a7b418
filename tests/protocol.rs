//! The bytes between page and worker: everything survives the way, nothing breaks on rubbish.

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

use std::collections::BTreeSet;
use std::fmt::Debug;

use churn_lab::compute::codec::{decode, encode};
use churn_lab::compute::{
    DriftSide, Failure, Message, Needs, Progress, Reply, Request, RequestId, Response,
};
use churn_lab::data::csv::{Delimiter, FormatChoice};
use churn_lab::data::{DatasetId, Record, Value};
use churn_lab::explain::LimeParams;
use churn_lab::exploration::{Question, SampleParams, Selection};
use churn_lab::models::{ModelId, Split};
use churn_lab::monitoring::{DriftParams, Scenario};
use churn_lab::numerics::random::RandomState;
use lab::{Lab, endpoint, fit_request};
use serde::Serialize;
use serde::de::DeserializeOwned;

fn request_name(request: &Request) -> &'static str {
    match request {
        Request::AddDataset { .. } => "AddDataset",
        Request::AddModel { .. } => "AddModel",
        Request::ReadCsv { .. } => "ReadCsv",
        Request::ReadFile { .. } => "ReadFile",
        Request::Reread { .. } => "Reread",
        Request::Rename { .. } => "Rename",
        Request::Texts { .. } => "Texts",
        Request::WriteCsv { .. } => "WriteCsv",
        Request::Issues { .. } => "Issues",
        Request::Sample { .. } => "Sample",
        Request::Profile { .. } => "Profile",
        Request::Explore { .. } => "Explore",
        Request::FindRecord { .. } => "FindRecord",
        Request::Fit { .. } => "Fit",
        Request::Try { .. } => "Try",
        Request::Judge { .. } => "Judge",
        Request::Compare { .. } => "Compare",
        Request::Learn { .. } => "Learn",
        Request::Steps { .. } => "Steps",
        Request::Boundary { .. } => "Boundary",
        Request::Predict { .. } => "Predict",
        Request::Onnx { .. } => "Onnx",
        Request::Explain { .. } => "Explain",
        Request::AboutRecord { .. } => "AboutRecord",
        Request::Whole { .. } => "Whole",
        Request::Customers { .. } => "Customers",
        Request::Call { .. } => "Call",
        Request::Simulate { .. } => "Simulate",
        Request::Monitor { .. } => "Monitor",
        Request::Drift { .. } => "Drift",
    }
}

fn response_name(response: &Response) -> &'static str {
    match response {
        Response::DatasetAdded { .. } => "DatasetAdded",
        Response::ModelAdded { .. } => "ModelAdded",
        Response::Dataset { .. } => "Dataset",
        Response::Reread(_) => "Reread",
        Response::Texts { .. } => "Texts",
        Response::Csv(_) => "Csv",
        Response::Issues(_) => "Issues",
        Response::Profile(_) => "Profile",
        Response::Explored(_) => "Explored",
        Response::Record { .. } => "Record",
        Response::Fit(_) => "Fit",
        Response::Tried(_) => "Tried",
        Response::Judged(_) => "Judged",
        Response::Compared(_) => "Compared",
        Response::Learned(_) => "Learned",
        Response::Stepped(_) => "Stepped",
        Response::Boundary(_) => "Boundary",
        Response::Probabilities(_) => "Probabilities",
        Response::Onnx(_) => "Onnx",
        Response::Explanation { .. } => "Explanation",
        Response::AboutRecord { .. } => "AboutRecord",
        Response::Whole { .. } => "Whole",
        Response::Customers(_) => "Customers",
        Response::Called { .. } => "Called",
        Response::Simulated { .. } => "Simulated",
        Response::Monitoring(_) => "Monitoring",
        Response::Drift(_) => "Drift",
    }
}

/// A request of every kind with its answer and what came in between, from one small job.
fn job() -> Vec<(Request, Response, Vec<Progress>)> {
    let mut lab = Lab::new();
    let mut told = Vec::new();
    let mut ask = |request: Request| {
        let mut steps = Vec::new();
        let response =
            lab.ask_told(request.clone(), &mut |progress| steps.push(progress)).expect("an answer");
        told.push((request, response.clone(), steps));
        response
    };
    let sample = Request::Sample { rows: 200, seed: 7, name: "Sample".to_owned() };
    let Response::Dataset { summary, bytes } = ask(sample) else { panic!("no data set") };
    let dataset_id = summary.id.clone();
    let csv = b"id,plan,visits,left\na,x,1,yes\nb,y,2,no\nc,x,3,no\nd,y,9,yes\n".to_vec();
    let target = Some("left".to_owned());
    ask(Request::ReadCsv { bytes: csv, name: "shop".to_owned(), target });
    let format = FormatChoice { delimiter: Some(Delimiter::Semicolon), ..Default::default() };
    ask(Request::ReadFile { name: "file".to_owned(), target: None, format });
    let schema = summary.reading.clone().expect("it was read").schema;
    for keep_as in [None, Some("Sample".to_owned())] {
        ask(Request::Reread { dataset_id: dataset_id.clone(), schema: schema.clone(), keep_as });
    }
    ask(Request::Texts { dataset_id: dataset_id.clone(), source: 1 });
    ask(Request::Rename { dataset_id: dataset_id.clone(), name: "Sample".to_owned() });
    ask(Request::WriteCsv { dataset_id: dataset_id.clone() });
    ask(Request::Issues { dataset_id: dataset_id.clone() });
    ask(Request::AddDataset { bytes });
    ask(Request::Profile { dataset_id: dataset_id.clone() });
    ask(Request::Explore {
        dataset_id: dataset_id.clone(),
        selection: Selection {
            filter: "tenure < 12".to_owned(),
            sample: Some(SampleParams::default()),
            ..Selection::default()
        },
        question: Question::Overview,
    });
    let found =
        ask(Request::FindRecord { dataset_id: dataset_id.clone(), customer: "5".to_owned() });
    let Response::Record { record, .. } = found else { panic!("no record") };
    let Response::Fit(fitted) = ask(fit_request(&dataset_id)) else { panic!("no model") };
    ask(lab::try_request(&dataset_id));
    for request in lab::judging_requests(&dataset_id) {
        ask(request);
    }
    for request in lab::stepping_requests(&dataset_id) {
        ask(request);
    }
    let model_id = fitted.run.model_id.clone();
    ask(Request::AddModel { model: Box::new(fitted.model) });
    ask(Request::Predict { model_id: model_id.clone(), records: vec![record.clone()] });
    ask(Request::Onnx { model_id: model_id.clone(), run_number: 1 });
    ask(Request::Explain {
        model_id: model_id.clone(),
        record: record.clone(),
        params: LimeParams { samples: 50, ..LimeParams::default() },
        neighbourhood: None,
    });
    let neighbourhood = Some(vec![record.clone(), Record::new(), Record::new()]);
    ask(Request::Explain {
        model_id: model_id.clone(),
        record: record.clone(),
        params: LimeParams::default(),
        neighbourhood,
    });
    for request in lab::trust_requests(&dataset_id, &model_id, &record) {
        ask(request);
    }
    for request in lab::whole_requests(&dataset_id, &model_id) {
        ask(request);
    }
    for request in lab::customers_requests(&dataset_id, &model_id) {
        ask(request);
    }
    let endpoint = endpoint(&model_id);
    ask(Request::Call { endpoint: endpoint.clone(), record, uuid_seed: 1 });
    let scenario = Scenario::LabelNoise;
    let simulated = ask(Request::Simulate {
        endpoint,
        dataset_id: dataset_id.clone(),
        calls: 30,
        seed: 2,
        scenario,
    });
    let Response::Simulated { events, .. } = simulated else { panic!("no calls") };
    let records = events.iter().map(|event| event.request.clone()).collect();
    ask(Request::Monitor { events });
    ask(Request::Drift {
        reference: DriftSide::TrainingRows {
            dataset_id: dataset_id.clone(),
            split: Split::default(),
        },
        current: DriftSide::Dataset(dataset_id),
        params: DriftParams::default(),
    });
    let records = DriftSide::Records(records);
    ask(Request::Drift {
        reference: records.clone(),
        current: records,
        params: DriftParams::default(),
    });
    told
}

fn messages(job: &[(Request, Response, Vec<Progress>)]) -> Vec<Message> {
    let numbered = job.iter().enumerate();
    numbered
        .map(|(at, (request, _, _))| Message { id: RequestId(at as u64), request: request.clone() })
        .collect()
}

fn replies(job: &[(Request, Response, Vec<Progress>)]) -> Vec<Reply> {
    let failure = Failure {
        code: "unknown_level".to_owned(),
        message: "Contract is \"Weekly\"".to_owned(),
        field: Some("Contract".to_owned()),
    };
    let mut replies = vec![
        Reply::Ready { build: "b".to_owned() },
        Reply::Done { id: RequestId(u64::MAX), result: Err(failure) },
    ];
    for (at, (_, response, steps)) in job.iter().enumerate() {
        let id = RequestId(at as u64);
        replies.extend(
            steps.iter().map(|progress| Reply::Progress { id, progress: progress.clone() }),
        );
        replies.push(Reply::Done { id, result: Ok(response.clone()) });
    }
    replies
}

#[track_caller]
fn survives<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T) {
    let bytes = encode(value).expect("bytes");
    assert_eq!(&decode::<T>(&bytes).expect("the value"), value);

    let longer = [bytes.as_slice(), &[0]].concat();
    assert!(decode::<T>(&longer).is_err(), "a byte too many");
    let ends = (0..bytes.len()).step_by(bytes.len().div_ceil(200).max(1));
    for end in ends.chain(bytes.len().checked_sub(1)) {
        assert!(decode::<T>(&bytes[..end]).is_err(), "cut after {end} of {} bytes", bytes.len());
    }
}

#[test]
fn every_message_survives_and_a_cut_one_is_an_error() {
    let job = job();
    let names: BTreeSet<_> = job.iter().map(|(request, _, _)| request_name(request)).collect();
    assert_eq!(names.len(), 30, "{names:?}");
    messages(&job).iter().for_each(survives);
}

#[test]
fn every_reply_survives_and_a_cut_one_is_an_error() {
    let job = job();
    let names: BTreeSet<_> = job.iter().map(|(_, response, _)| response_name(response)).collect();
    assert_eq!(names.len(), 27, "{names:?}");
    let replies = replies(&job);
    assert!(replies.iter().any(|reply| {
        matches!(reply, Reply::Progress { progress, .. } if !progress.events.is_empty())
    }));
    replies.iter().for_each(survives);
}

/// Rubbish must end in an error or in some other message, never in a panic.
#[test]
fn rubbish_never_panics() {
    let mut random = RandomState::new(1);
    for _ in 0..5_000 {
        let length = random.interval(300);
        let bytes: Vec<u8> = (0..length).map(|_| random.next_u32() as u8).collect();
        drop(decode::<Message>(&bytes));
        drop(decode::<Reply>(&bytes));
    }
    let job = job();
    let mut lab = Lab::new();
    for message in messages(&job) {
        let bytes = encode(&message).expect("bytes");
        for _ in 0..20 {
            let mut broken = bytes.clone();
            let at = random.interval(bytes.len() as u32 - 1) as usize;
            broken[at] ^= 1 << random.interval(7);
            if let Ok(Message { request: request @ Request::AddDataset { .. }, .. }) =
                decode(&broken)
            {
                drop(lab.ask(request));
            }
        }
    }
    assert!(!decode::<Message>(&[]).expect_err("no bytes").to_string().is_empty());
}

#[test]
fn a_request_says_what_it_needs() {
    let job = job();
    let dataset = |request: &Request| request.needs().datasets;
    for (request, _, _) in &job {
        let Needs { datasets, models } = request.needs();
        let counts = (datasets.len(), models.len());
        let expected = match request {
            Request::AddDataset { .. }
            | Request::AddModel { .. }
            | Request::ReadCsv { .. }
            | Request::ReadFile { .. }
            | Request::Sample { .. }
            | Request::Monitor { .. } => (0, 0),
            Request::Profile { .. }
            | Request::Reread { .. }
            | Request::Rename { .. }
            | Request::Texts { .. }
            | Request::WriteCsv { .. }
            | Request::Issues { .. }
            | Request::Explore { .. }
            | Request::FindRecord { .. }
            | Request::Fit { .. }
            | Request::Try { .. }
            | Request::Judge { .. }
            | Request::Compare { .. }
            | Request::Learn { .. }
            | Request::Steps { .. }
            | Request::Boundary { .. } => (1, 0),
            Request::Predict { .. }
            | Request::Onnx { .. }
            | Request::Explain { .. }
            | Request::Call { .. } => (0, 1),
            Request::Simulate { .. }
            | Request::AboutRecord { .. }
            | Request::Whole { .. }
            | Request::Customers { .. } => (1, 1),
            Request::Drift { reference: DriftSide::Records(_), .. } => (0, 0),
            Request::Drift { .. } => (2, 0),
        };
        assert_eq!(counts, expected, "{}", request_name(request));
        assert!(models.iter().all(|model| *model == ModelId("model-1".to_owned())));
    }
    let request = Request::Drift {
        reference: DriftSide::Dataset(DatasetId("a".to_owned())),
        current: DriftSide::TrainingRows {
            dataset_id: DatasetId("b".to_owned()),
            split: Split::default(),
        },
        params: DriftParams::default(),
    };
    assert_eq!(dataset(&request), [DatasetId("a".to_owned()), DatasetId("b".to_owned())]);
}

/// Without its needs a worker refuses; with them it works: so `needs` is complete.
#[test]
fn a_worker_with_what_a_request_needs_can_do_it() {
    let job = job();
    let bytes_of = |id: &DatasetId| {
        job.iter().find_map(|(_, response, _)| match response {
            Response::Dataset { summary, bytes } if summary.id == *id => Some(bytes.clone()),
            _ => None,
        })
    };
    let model_of = |id: &ModelId| {
        job.iter().find_map(|(_, response, _)| match response {
            Response::Fit(summary) if summary.run.model_id == *id => Some(summary.model.clone()),
            _ => None,
        })
    };
    for (request, _, _) in &job {
        let Needs { datasets, models } = request.needs();
        let mut empty = Lab::new();
        let needs_something = !datasets.is_empty() || !models.is_empty();
        match empty.ask(request.clone()) {
            Ok(_) => assert!(!needs_something, "{}", request_name(request)),
            Err(failure) => assert_eq!(failure.code, "not_found", "{failure:?}"),
        }
        let mut lab = Lab::new();
        for id in &datasets {
            lab.answer(Request::AddDataset { bytes: bytes_of(id).expect("the data set") });
        }
        for id in &models {
            lab.answer(Request::AddModel { model: Box::new(model_of(id).expect("the model")) });
        }
        lab.answer(request.clone());
    }
}

/// Numbers and texts are told apart, also those that look alike.
#[test]
fn values_keep_their_kind() {
    let record = Record::from([
        ("a".to_owned(), Value::Number(1.0)),
        ("b".to_owned(), Value::from("1")),
        ("c".to_owned(), Value::Number(f64::NEG_INFINITY)),
    ]);
    assert_eq!(decode::<Record>(&encode(&record).expect("bytes")), Ok(record));
}
