//! The worker's memory and what it does with it: every request of the protocol, in plain Rust.

mod customers;
mod datasets;
mod judging;
mod models;
mod operations;
mod reading;
mod stepping;
mod trust;
mod whole;

use std::collections::BTreeMap;

use super::later::{Customers, Figures, Later, Names, Origin, Recipe, Training, Trust, Whole};
use super::protocol::{Failure, Progress, Request, Response};
use super::stored::StoredDataset;
use crate::data::{Dataset, DatasetId, Rules};
use crate::experiments::Run;
use crate::experiments::judgement::LearningPart;
use crate::explain::{ExplainCache, ExplainableModel};
use crate::exploration::Index;
use crate::models::ModelId;
use crate::monitoring::{MonitoringReport, TrafficParams};

pub use reading::FileReading;

/// Data sets and models by id. A worker holds one; a test speaks to it directly.
pub struct Session {
    clock: Box<dyn Fn() -> f64>,
    datasets: BTreeMap<DatasetId, StoredDataset>,
    /// Of the data sets that were explored.
    indexes: BTreeMap<DatasetId, Index>,
    /// Of the data sets whose customers were edited.
    rules: BTreeMap<DatasetId, Rules>,
    models: BTreeMap<ModelId, ExplainableModel>,
    explanations: ExplainCache,
    test_parts: judging::TestParts,
    stepped: stepping::LastStepped,
    scored: Option<customers::LastScored>,
}

impl Session {
    /// An empty session. `clock` gives Unix milliseconds.
    pub fn new(clock: impl Fn() -> f64 + 'static) -> Self {
        Self {
            clock: Box::new(clock),
            datasets: BTreeMap::new(),
            indexes: BTreeMap::new(),
            rules: BTreeMap::new(),
            models: BTreeMap::new(),
            explanations: ExplainCache::default(),
            test_parts: judging::TestParts::default(),
            stepped: stepping::LastStepped::default(),
            scored: None,
        }
    }

    /// Does what is asked, whichever part of the code it takes; `progress` hears of long work.
    ///
    /// # Errors
    /// What the rooms' errors say, a number out of range, or a data set or model that is not in this
    /// session.
    pub fn handle(
        &mut self,
        request: Request,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Response, Failure> {
        match self.answer(request, progress) {
            Answer::Now(result) => result,
            Answer::Later(Later::Training(work)) => self.train(work, progress),
            Answer::Later(Later::Figures(work)) => self.figure(work),
            Answer::Later(Later::Trust(work)) => self.trust(work, progress),
            Answer::Later(Later::Whole(work)) => self.whole(work, progress),
            Answer::Later(Later::Customers(work)) => self.customers(work, progress),
        }
    }

    /// Does what a first visit may ask, and says what all else is. From here nothing leads to the code of
    /// later work, so that a worker can start without it: this is where the two are told apart.
    pub fn answer(&mut self, request: Request, progress: &mut dyn FnMut(Progress)) -> Answer {
        Answer::Now(match request {
            Request::AddDataset { bytes } => self.add_dataset(&bytes),
            Request::AddModel { model } => Ok(self.add_model(*model)),
            Request::ReadCsv { bytes, name, target } => self.read_csv(bytes, name, target),
            Request::ReadFile { .. } => {
                Err(Failure::new("no_file", "there is no file to read with this request"))
            }
            Request::Reread { dataset_id, schema, keep_as } => {
                self.reread(&dataset_id, schema, keep_as)
            }
            Request::Texts { dataset_id, source } => self.texts(&dataset_id, source),
            Request::Rename { dataset_id, name } => self.rename(&dataset_id, name),
            Request::Issues { dataset_id } => self.issues(&dataset_id),
            Request::WriteCsv { dataset_id } => self.write_csv(&dataset_id),
            Request::Sample { rows, seed, name } => self.sample(rows, seed, &name),
            Request::FindRecord { dataset_id, customer } => {
                self.find_record(&dataset_id, &customer)
            }
            Request::Predict { model_id, records } => self.predict(&model_id, &records),
            Request::Explain { model_id, record, params, neighbourhood } => {
                self.explain(&model_id, &record, &params, neighbourhood.as_deref())
            }
            Request::Trust { model_id, dataset_id, record, question } => {
                let work = Trust { model_id, dataset_id, record, question };
                return Answer::Later(Later::Trust(work));
            }
            Request::Whole { model_id, dataset_id, question } => {
                return Answer::Later(Later::Whole(Whole { model_id, dataset_id, question }));
            }
            Request::Customers { model_id, dataset_id, question } => {
                let work = Customers { model_id, dataset_id, question };
                return Answer::Later(Later::Customers(work));
            }
            Request::Call { endpoint, record, uuid_seed } => {
                self.call(&endpoint, &record, uuid_seed)
            }
            Request::Simulate { endpoint, dataset_id, calls, seed, scenario } => {
                let params = TrafficParams { calls, seed, scenario };
                self.simulate(&endpoint, &dataset_id, &params, progress)
            }
            Request::Monitor { events } => {
                Ok(Response::Monitoring(Box::new(MonitoringReport::of(&events))))
            }
            Request::Fit { dataset_id, params, split, rule, run_id, run_number, model_id } => {
                let names = Names { run_id, run_number, model_id };
                let recipe = Recipe { dataset_id, params, split, rule };
                match models::plain(&recipe) {
                    Some(params) => self.fit_plain(&params, recipe, names, progress),
                    None => return Answer::training(Training::Fit(recipe, names)),
                }
            }
            Request::Try {
                dataset_id,
                params,
                split,
                rule,
                validation,
                run_id,
                run_number,
                model_id,
                grid,
            } => {
                let names = Names { run_id, run_number, model_id };
                let recipe = Recipe { dataset_id, params, split, rule };
                return Answer::training(Training::Try { recipe, names, validation, grid });
            }
            Request::Judge { dataset_id, params, split, threshold, judgement } => {
                let of = Origin { dataset_id, params, split, threshold };
                return Answer::training(Training::Judge(of, judgement));
            }
            Request::Compare { dataset_id, split, first, second, thresholds: [one, other] } => {
                let of = |params, threshold| Origin {
                    dataset_id: dataset_id.clone(),
                    params,
                    split: split.clone(),
                    threshold,
                };
                return Answer::training(Training::Compare(of(first, one), of(second, other)));
            }
            Request::Learn { dataset_id, params, split, threshold, share, seed } => {
                let of = Origin { dataset_id, params, split, threshold };
                return Answer::training(Training::Learn(of, LearningPart { share, seed }));
            }
            Request::Steps { dataset_id, params, split, steps } => {
                let of = Origin { dataset_id, params, split, threshold: None };
                return Answer::training(Training::Steps(of, steps));
            }
            Request::Boundary { dataset_id, params, split, boundary } => {
                let of = Origin { dataset_id, params, split, threshold: None };
                return Answer::training(Training::Boundary(of, boundary));
            }
            Request::Onnx { model_id, run_number } => {
                return Answer::training(Training::Onnx { model_id, run_number });
            }
            Request::Profile { dataset_id } => {
                return Answer::figures(Figures::Profile(dataset_id));
            }
            Request::Explore { dataset_id, selection, question } => {
                return Answer::figures(Figures::Explore(dataset_id, selection, question));
            }
            Request::Drift { reference, current, params } => {
                return Answer::figures(Figures::Drift { reference, current, params });
            }
        })
    }

    /// Fits of any family, and what is asked of runs.
    ///
    /// # Errors
    /// As [`handle`](Self::handle).
    pub fn train(
        &mut self,
        work: Training,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Response, Failure> {
        match work {
            Training::Fit(recipe, names) => self.fit(recipe, names, progress),
            Training::Try { recipe, names, validation, grid } => {
                let run = self.try_out(recipe, validation, names, progress)?;
                Ok(Response::Tried(Box::new(Run { grid, ..run })))
            }
            Training::Judge(of, params) => self.judge(of, &params, progress),
            Training::Compare(first, second) => self.compare(first, second, progress),
            Training::Learn(of, part) => self.learn(&of, part, progress),
            Training::Steps(of, params) => self.steps(of, &params, progress),
            Training::Boundary(of, params) => self.boundary(of, &params, progress),
            Training::Onnx { model_id, run_number } => self.onnx(&model_id, run_number),
        }
    }

    /// Figures about rows.
    ///
    /// # Errors
    /// As [`handle`](Self::handle).
    pub fn figure(&mut self, work: Figures) -> Result<Response, Failure> {
        match work {
            Figures::Profile(dataset_id) => self.profile(&dataset_id),
            Figures::Explore(dataset_id, selection, question) => {
                self.explore(&dataset_id, &selection, &question)
            }
            Figures::Drift { reference, current, params } => {
                self.drift(&reference, &current, &params)
            }
        }
    }
}

/// What becomes of a request.
pub enum Answer {
    /// It is done.
    Now(Result<Response, Failure>),
    /// It waits for its part of the code.
    Later(Later),
}

impl Answer {
    fn training(work: Training) -> Self {
        Self::Later(Later::Training(work))
    }

    fn figures(work: Figures) -> Self {
        Self::Later(Later::Figures(work))
    }
}

/// The data set of that id.
fn dataset<'a>(
    datasets: &'a BTreeMap<DatasetId, StoredDataset>,
    id: &DatasetId,
) -> Result<&'a Dataset, Failure> {
    stored(datasets, id).map(|stored| &stored.read.dataset)
}

/// The data set of that id with its table.
fn stored<'a>(
    datasets: &'a BTreeMap<DatasetId, StoredDataset>,
    id: &DatasetId,
) -> Result<&'a StoredDataset, Failure> {
    datasets
        .get(id)
        .ok_or_else(|| Failure::new("not_found", format!("data set {id} is not in this session")))
}

/// The model of that id.
fn model<'a>(
    models: &'a BTreeMap<ModelId, ExplainableModel>,
    id: &ModelId,
) -> Result<&'a ExplainableModel, Failure> {
    models
        .get(id)
        .ok_or_else(|| Failure::new("not_found", format!("model {} is not in this session", id.0)))
}
