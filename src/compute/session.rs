//! The worker's memory and what it does with it: every request of the protocol, in plain Rust.

mod datasets;
mod judging;
mod models;
mod operations;
mod reading;
mod stepping;
mod trust;

use std::collections::BTreeMap;

use super::protocol::{Failure, Progress, Request, Response};
use super::stored::StoredDataset;
use crate::data::csv::FormatChoice;
use crate::data::{Dataset, DatasetId};
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
    models: BTreeMap<ModelId, ExplainableModel>,
    explanations: ExplainCache,
    test_parts: judging::TestParts,
    stepped: stepping::LastStepped,
}

impl Session {
    /// An empty session. `clock` gives Unix milliseconds.
    pub fn new(clock: impl Fn() -> f64 + 'static) -> Self {
        Self {
            clock: Box::new(clock),
            datasets: BTreeMap::new(),
            indexes: BTreeMap::new(),
            models: BTreeMap::new(),
            explanations: ExplainCache::default(),
            test_parts: judging::TestParts::default(),
            stepped: stepping::LastStepped::default(),
        }
    }

    /// Does what is asked; `progress` hears of long work.
    ///
    /// # Errors
    /// What the rooms' errors say, a number out of range, or a data set or model that is not in this
    /// session.
    pub fn handle(
        &mut self,
        request: Request,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Response, Failure> {
        match request {
            Request::AddDataset { bytes } => self.add_dataset(&bytes),
            Request::AddModel { model } => Ok(self.add_model(*model)),
            Request::ReadCsv { bytes, name, target } => {
                let format = FormatChoice::default();
                let mut reading = self.begin_file(name, target, format, bytes.len())?;
                reading.push(&bytes);
                // a large file and its data set need not be in memory together
                drop(bytes);
                self.finish_file(reading)
            }
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
            Request::Profile { dataset_id } => self.profile(&dataset_id),
            Request::Explore { dataset_id, selection, question } => {
                self.explore(&dataset_id, &selection, &question)
            }
            Request::FindRecord { dataset_id, customer } => {
                self.find_record(&dataset_id, &customer)
            }
            Request::Fit { dataset_id, params, split, rule, run_id, run_number, model_id } => {
                let names = models::Names { run_id, run_number, model_id };
                let recipe = models::Recipe { dataset_id, params, split, rule };
                self.fit(recipe, names, progress)
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
                let names = models::Names { run_id, run_number, model_id };
                let recipe = models::Recipe { dataset_id, params, split, rule };
                let run = self.try_out(recipe, validation, names, progress)?;
                Ok(Response::Tried(Box::new(Run { grid, ..run })))
            }
            Request::Judge { dataset_id, params, split, threshold, judgement } => {
                let of = judging::Origin { dataset_id, params, split, threshold };
                self.judge(of, &judgement, progress)
            }
            Request::Compare { dataset_id, split, first, second, thresholds: [one, other] } => {
                let both = [(first, one), (second, other)];
                self.compare(&dataset_id, &split, both, progress)
            }
            Request::Learn { dataset_id, params, split, threshold, share, seed } => {
                let of = judging::Origin { dataset_id, params, split, threshold };
                self.learn(&of, LearningPart { share, seed }, progress)
            }
            Request::Steps { dataset_id, params, split, steps } => {
                let of = judging::Origin { dataset_id, params, split, threshold: None };
                self.steps(of, &steps, progress)
            }
            Request::Boundary { dataset_id, params, split, boundary } => {
                let of = judging::Origin { dataset_id, params, split, threshold: None };
                self.boundary(of, &boundary, progress)
            }
            Request::Predict { model_id, records } => self.predict(&model_id, &records),
            Request::Onnx { model_id, run_number } => self.onnx(&model_id, run_number),
            Request::Explain { model_id, record, params, neighbourhood } => {
                self.explain(&model_id, &record, &params, neighbourhood.as_deref())
            }
            Request::Trust { model_id, dataset_id, record, question } => {
                self.trust(&model_id, dataset_id.as_ref(), &record, question, progress)
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
            Request::Drift { reference, current, params } => {
                self.drift(&reference, &current, &params)
            }
        }
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
