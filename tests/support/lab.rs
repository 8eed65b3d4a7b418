//! A session with its clock, its customers and a model, as a page would have set it up.

#![allow(dead_code, reason = "every test file uses a part")]

use std::cell::Cell;

use churn_lab::compute::{
    CustomersQuestion, Failure, FitSummary, Progress, RecordQuestion, Request, Response, Session,
    WholeQuestion, codec,
};
use churn_lab::data::{DatasetId, DatasetSummary, Record};
use churn_lab::experiments::{
    BoundaryParams, GridId, JudgementParams, StepsParams, ThresholdRule, Validation,
};
use churn_lab::explain::whole::{
    AverageParams, DependenceParams, ImportanceParams, InteractionsParams, PairParams,
    SummaryParams, SurrogateParams,
};
use churn_lab::explain::{
    CounterfactualParams, CurvesParams, Discretizer, LimeParams, LimeSettings, SettingsParams,
    ShapleyParams, StabilityParams, Variant,
};
use churn_lab::exploration::Selection;
use churn_lab::models::{
    BaselineParams, LogisticParams, ModelId, ModelParams, RunId, Split, SvcParams,
};
use churn_lab::monitoring::{PredictionEvent, Scenario};
use churn_lab::serving::{Endpoint, deploy};

/// When the clock of a [`Lab`] starts, Unix milliseconds.
pub const START_MS: f64 = 1_700_000_000_000.0;

/// A session whose clock ticks one millisecond a look.
pub struct Lab {
    pub session: Session,
}

impl Lab {
    pub fn new() -> Self {
        let now = Cell::new(START_MS);
        Self { session: Session::new(move || now.replace(now.get() + 1.0)) }
    }

    /// The answer to a request; a `ReadFile` is about [`FILE`].
    pub fn ask(&mut self, request: Request) -> Result<Response, Failure> {
        self.ask_told(request, &mut |_| {})
    }

    /// The same, telling how far it has come.
    pub fn ask_told(
        &mut self,
        request: Request,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Response, Failure> {
        let Request::ReadFile { name, target, format } = request else {
            return self.session.handle(request, progress);
        };
        let mut reading = self.session.begin_file(name, target, format, FILE.len())?;
        FILE.chunks(5).for_each(|piece| progress(reading.push(piece)));
        self.session.finish_file(reading)
    }

    #[track_caller]
    pub fn answer(&mut self, request: Request) -> Response {
        self.ask(request).expect("an answer")
    }

    #[track_caller]
    pub fn refusal(&mut self, request: Request) -> Failure {
        self.ask(request).expect_err("a refusal")
    }

    /// Customers from the population model.
    #[track_caller]
    pub fn sample(&mut self, rows: u32) -> DatasetSummary {
        match self.answer(Request::Sample { rows, seed: 7, name: "Sample".to_owned() }) {
            Response::Dataset { summary, .. } => summary,
            other => panic!("{other:?}"),
        }
    }

    /// The default model.
    #[track_caller]
    pub fn fit(&mut self, dataset: &DatasetId) -> FitSummary {
        match self.answer(fit_request(dataset)) {
            Response::Fit(summary) => *summary,
            other => panic!("{other:?}"),
        }
    }

    /// All calls of a simulation, those of the progress first.
    #[track_caller]
    pub fn simulate(
        &mut self,
        endpoint: &Endpoint,
        dataset: &DatasetId,
        calls: u32,
        seed: u32,
        scenario: Scenario,
    ) -> Vec<PredictionEvent> {
        let (endpoint, dataset_id) = (endpoint.clone(), dataset.clone());
        let request = Request::Simulate { endpoint, dataset_id, calls, seed, scenario };
        let mut all = Vec::new();
        let mut collect = |progress: Progress| {
            all.extend(progress.events);
            assert_eq!(progress.done as usize, all.len());
            assert_eq!((progress.total, progress.unit.as_str()), (calls, "calls"));
        };
        match self.session.handle(request, &mut collect) {
            Ok(Response::Simulated { events, ms }) => {
                assert!(ms > 0.0);
                all.extend(events);
            }
            other => panic!("{other:?}"),
        }
        all
    }
}

/// A file.
pub const FILE: &[u8] = b"a;left\n1;no\n2;yes\n";

pub fn fit_request(dataset: &DatasetId) -> Request {
    Request::Fit {
        dataset_id: dataset.clone(),
        params: ModelParams::Logistic(LogisticParams::default()),
        split: Split::default(),
        rule: ThresholdRule::Own,
        run_id: RunId("run-1".to_owned()),
        run_number: 1,
        model_id: ModelId("model-1".to_owned()),
    }
}

/// The same settings tried out, with cross-validation.
pub fn try_request(dataset: &DatasetId) -> Request {
    Request::Try {
        dataset_id: dataset.clone(),
        params: ModelParams::Logistic(LogisticParams::default()),
        split: Split::default(),
        rule: ThresholdRule::Own,
        validation: Some(Validation { n_folds: 3, ..Validation::default() }),
        run_id: RunId("run-2".to_owned()),
        run_number: 2,
        model_id: ModelId("model-2".to_owned()),
        grid: Some(GridId("grid-1".to_owned())),
    }
}

/// That run looked at closely, set against the baseline, and made from half of its training rows.
pub fn judging_requests(dataset: &DatasetId) -> [Request; 3] {
    let params = ModelParams::Logistic(LogisticParams::default());
    [
        Request::Judge {
            dataset_id: dataset.clone(),
            params: params.clone(),
            split: Split::default(),
            threshold: None,
            judgement: JudgementParams::default(),
        },
        Request::Compare {
            dataset_id: dataset.clone(),
            split: Split::default(),
            first: params.clone(),
            second: ModelParams::Baseline(BaselineParams::default()),
            thresholds: [None, Some(0.5)],
        },
        Request::Learn {
            dataset_id: dataset.clone(),
            params,
            split: Split::default(),
            threshold: None,
            share: 0.5,
            seed: 0,
        },
    ]
}

/// A fit step by step, and a picture of its third step.
pub fn stepping_requests(dataset: &DatasetId) -> [Request; 2] {
    let params = ModelParams::Svc(SvcParams::default());
    [
        Request::Steps {
            dataset_id: dataset.clone(),
            params: params.clone(),
            split: Split::default(),
            steps: StepsParams::default(),
        },
        Request::Boundary {
            dataset_id: dataset.clone(),
            params,
            split: Split::default(),
            boundary: BoundaryParams::new("tenure", "Contract", 3),
        },
    ]
}

/// What an explanation is worth, in few seeds, and fair shares.
pub fn trust_requests(dataset: &DatasetId, model: &ModelId, record: &Record) -> [Request; 6] {
    let lime = LimeParams { samples: 50, ..LimeParams::default() };
    let stability = StabilityParams { lime: lime.clone(), seeds: 3, until: None };
    let variants = [Discretizer::Quartile, Discretizer::Decile, Discretizer::Entropy]
        .map(|discretizer| Variant {
            settings: LimeSettings { discretizer, ..LimeSettings::default() },
            ..Variant::default()
        })
        .to_vec();
    let curves = CurvesParams { grid_resolution: 4, lines: 2, ..CurvesParams::default() };
    let cheap = CounterfactualParams { most: 1, ..CounterfactualParams::default() };
    [
        RecordQuestion::Stability(stability),
        RecordQuestion::Shapley(ShapleyParams::default()),
        RecordQuestion::Curves(curves),
        RecordQuestion::Counterfactuals(cheap),
        RecordQuestion::Settings(SettingsParams { base: lime, variants }),
        RecordQuestion::Plausible { changed: vec!["tenure".to_owned()] },
    ]
    .map(|question| Request::AboutRecord {
        model_id: model.clone(),
        dataset_id: Some(dataset.clone()),
        record: record.clone(),
        question,
    })
}

/// Every question about a model as a whole, of few rows.
pub fn whole_requests(dataset: &DatasetId, model: &ModelId) -> [Request; 7] {
    let (repeats, rows) = (2, 6);
    [
        WholeQuestion::Importance(ImportanceParams { repeats, ..ImportanceParams::default() }),
        WholeQuestion::Shapley(SummaryParams { rows, ..SummaryParams::default() }),
        WholeQuestion::Average(AverageParams { rows, samples: 50, ..AverageParams::default() }),
        WholeQuestion::Surrogate(SurrogateParams::default()),
        WholeQuestion::Dependence(DependenceParams::of("tenure")),
        WholeQuestion::Pair(PairParams::of("tenure", "Contract")),
        WholeQuestion::Interactions(InteractionsParams { rows, ..InteractionsParams::default() }),
    ]
    .map(|question| Request::Whole {
        model_id: model.clone(),
        dataset_id: dataset.clone(),
        question,
    })
}

/// One of every question about all customers.
pub fn customers_requests(dataset: &DatasetId, model: &ModelId) -> [Request; 8] {
    let lime = LimeParams { samples: 50, ..LimeParams::default() };
    let (selection, rows, weights) = (Selection::default(), vec![1, 0], vec![0.5, -0.5]);
    [
        CustomersQuestion::Scores,
        CustomersQuestion::Places { selection, sort: None },
        CustomersQuestion::ByWeight {
            rows: rows.clone(),
            weights: weights.clone(),
            descending: true,
        },
        CustomersQuestion::Rows { rows: rows.clone() },
        CustomersQuestion::Weights { rows: vec![0, 1], lime: lime.clone() },
        CustomersQuestion::Clusters { groups: 2, seed: 7, weights: vec![0.5; 38] },
        CustomersQuestion::Csv { rows, lime },
        CustomersQuestion::Segments { columns: vec!["Contract".to_owned()] },
    ]
    .map(|question| Request::Customers {
        model_id: model.clone(),
        dataset_id: dataset.clone(),
        question: codec::encode(&question).expect("bytes"),
    })
}

pub fn endpoint(model: &ModelId) -> Endpoint {
    deploy("churn", model.clone(), &[], START_MS, 1).expect("an endpoint")
}
