//! What a worker can do with the code it starts with, and what waits for a part of its own.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "support/lab.rs"]
mod lab;

use churn_lab::compute::{Answer, DriftSide, Later, Request, Response};
use churn_lab::data::{DatasetId, Record};
use churn_lab::experiments::{ThresholdRule, TunedScore};
use churn_lab::explain::LimeParams;
use churn_lab::exploration::{Question, Selection};
use churn_lab::models::{ForestParams, ModelParams, SvcParams};
use churn_lab::monitoring::{DriftParams, Scenario};
use lab::{
    Lab, customers_requests, endpoint, fit_request, judging_requests, stepping_requests,
    trust_requests, try_request, whole_requests,
};

/// What the code a worker starts with answers.
#[track_caller]
fn now(lab: &mut Lab, request: Request) -> Response {
    match lab.session.answer(request, &mut |_| {}) {
        Answer::Now(result) => result.expect("an answer"),
        Answer::Later(work) => panic!("a first visit would wait for the code of {work:?}"),
    }
}

/// What it leaves for later.
#[track_caller]
fn later(lab: &mut Lab, request: Request) -> Later {
    match lab.session.answer(request, &mut |_| {}) {
        Answer::Now(result) => panic!("it is in the first part: {result:?}"),
        Answer::Later(work) => work,
    }
}

fn fit_of(dataset: &DatasetId, family: ModelParams, of: ThresholdRule) -> Request {
    match fit_request(dataset) {
        Request::Fit { dataset_id, split, run_id, run_number, model_id, .. } => Request::Fit {
            dataset_id,
            params: family,
            split,
            rule: of,
            run_id,
            run_number,
            model_id,
        },
        other => panic!("{other:?}"),
    }
}

fn logistic() -> ModelParams {
    ModelParams::Logistic(Default::default())
}

/// Sample, model, customer, explanation; then an endpoint that is called and watched.
#[test]
fn a_first_visit_and_a_deployed_model_wait_for_no_further_code() {
    let mut lab = Lab::new();
    let sample = Request::Sample { rows: 200, seed: 7, name: "Sample".to_owned() };
    let Response::Dataset { summary, bytes } = now(&mut lab, sample) else { panic!("no data set") };
    let dataset_id = summary.id;
    let Response::Fit(fitted) = now(&mut lab, fit_request(&dataset_id)) else { panic!("no model") };
    let model_id = fitted.run.model_id.clone();
    let customer = Request::FindRecord { dataset_id: dataset_id.clone(), customer: "5".to_owned() };
    let Response::Record { record, .. } = now(&mut lab, customer) else { panic!("no customer") };
    let params = LimeParams { samples: 50, ..LimeParams::default() };
    now(
        &mut lab,
        Request::Explain {
            model_id: model_id.clone(),
            record: record.clone(),
            params,
            neighbourhood: None,
        },
    );
    now(&mut lab, Request::Predict { model_id: model_id.clone(), records: vec![record.clone()] });
    let endpoint = endpoint(&model_id);
    now(&mut lab, Request::Call { endpoint: endpoint.clone(), record, uuid_seed: 1 });
    let simulate = Request::Simulate {
        endpoint,
        dataset_id: dataset_id.clone(),
        calls: 20,
        seed: 2,
        scenario: Scenario::Stable,
    };
    let Response::Simulated { events, .. } = now(&mut lab, simulate) else { panic!("no calls") };
    now(&mut lab, Request::Monitor { events });

    // on the next visit
    let mut lab = Lab::new();
    now(&mut lab, Request::AddDataset { bytes });
    now(&mut lab, Request::AddModel { model: Box::new(fitted.model) });
    now(&mut lab, Request::Predict { model_id, records: vec![Record::new()] });
    let csv = b"plan,left\nx,yes\ny,no\nx,no\ny,yes\n".to_vec();
    now(&mut lab, Request::ReadCsv { bytes: csv, name: "shop".to_owned(), target: None });
}

#[test]
fn what_a_first_visit_does_not_ask_waits_for_its_part() {
    let mut lab = Lab::new();
    let dataset_id = lab.sample(200).id;
    let model_id = lab.fit(&dataset_id).run.model_id;
    let forest = ModelParams::RandomForest(ForestParams::default());
    let tuned = ThresholdRule::Tuned(TunedScore::F1);
    let record = Record::from([("tenure".to_owned(), 2.0.into())]);
    for request in trust_requests(&dataset_id, &model_id, &record) {
        let work = later(&mut lab, request.clone());
        assert!(matches!(work, Later::AboutRecord(_)), "{request:?}");
    }
    for request in whole_requests(&dataset_id, &model_id) {
        let work = later(&mut lab, request.clone());
        assert!(matches!(work, Later::Whole(_)), "{request:?}");
    }
    for request in customers_requests(&dataset_id, &model_id) {
        let work = later(&mut lab, request.clone());
        assert!(matches!(work, Later::Customers(_)), "{request:?}");
    }
    let mut training = vec![
        fit_of(&dataset_id, forest, ThresholdRule::Own),
        fit_of(&dataset_id, ModelParams::Svc(SvcParams::default()), ThresholdRule::Own),
        fit_of(&dataset_id, logistic(), tuned),
        fit_of(&dataset_id, logistic(), ThresholdRule::Fixed(0.3)),
        try_request(&dataset_id),
        Request::Onnx { model_id, run_number: 1 },
    ];
    training.extend(judging_requests(&dataset_id));
    training.extend(stepping_requests(&dataset_id));
    for request in training {
        let work = later(&mut lab, request.clone());
        assert!(matches!(work, Later::Training(_)), "{request:?}");
    }
    let figures = [
        Request::Profile { dataset_id: dataset_id.clone() },
        Request::Explore {
            dataset_id: dataset_id.clone(),
            selection: Selection::default(),
            question: Question::Overview,
        },
        Request::Drift {
            reference: DriftSide::Dataset(dataset_id.clone()),
            current: DriftSide::Dataset(dataset_id),
            params: DriftParams::default(),
        },
    ];
    for request in figures {
        let work = later(&mut lab, request.clone());
        assert!(matches!(work, Later::Figures(_)), "{request:?}");
    }
}

/// The same settings come through either door, so they give the same model to the bit.
#[test]
fn a_plain_fit_is_the_fit_of_any_family() {
    let mut lab = Lab::new();
    let dataset_id = lab.sample(400).id;
    let plain = lab.fit(&dataset_id);
    let fixed = fit_of(&dataset_id, logistic(), ThresholdRule::Fixed(0.5));
    let Response::Fit(any) = lab.answer(fixed) else { panic!("no model") };
    assert_eq!(any.model.model.model, plain.model.model.model);
    assert_eq!(any.run.coefficients, plain.run.coefficients);
    assert_eq!(any.run.evaluation, plain.run.evaluation);
}
