//! The worker's memory and what it does with it: every request of the protocol, in plain Rust.

mod datasets;
mod models;
mod operations;

use std::collections::BTreeMap;

use super::protocol::{Failure, Progress, Request, Response};
use super::stored::StoredDataset;
use crate::data::{Dataset, DatasetId};
use crate::explain::{ExplainCache, ExplainableModel};
use crate::exploration::Index;
use crate::models::ModelId;
use crate::monitoring::{MonitoringReport, TrafficParams};

/// A file that is read where it is, piece by piece.
pub trait FileSource {
    /// Its size.
    fn n_bytes(&self) -> usize;
    /// So many bytes from byte `at` on.
    ///
    /// # Errors
    /// When it can't be read any more.
    fn read(&mut self, at: usize, n_bytes: usize) -> Result<Vec<u8>, Failure>;
}

/// Data sets and models by id. A worker holds one; a test speaks to it directly.
pub struct Session {
    clock: Box<dyn Fn() -> f64>,
    file: Option<Box<dyn FileSource>>,
    datasets: BTreeMap<DatasetId, StoredDataset>,
    /// Of the data sets that were explored.
    indexes: BTreeMap<DatasetId, Index>,
    models: BTreeMap<ModelId, ExplainableModel>,
    explanations: ExplainCache,
}

impl Session {
    /// An empty session. `clock` gives Unix milliseconds.
    pub fn new(clock: impl Fn() -> f64 + 'static) -> Self {
        Self {
            clock: Box::new(clock),
            file: None,
            datasets: BTreeMap::new(),
            indexes: BTreeMap::new(),
            models: BTreeMap::new(),
            explanations: ExplainCache::default(),
        }
    }

    /// Gives the next `ReadFile` its file.
    pub fn attach(&mut self, file: Box<dyn FileSource>) {
        self.file = Some(file);
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
                let file: Box<dyn FileSource> = Box::new(Bytes(bytes));
                self.read_file(Some(file), &name, target.as_deref(), Default::default(), progress)
            }
            Request::ReadFile { name, target, format } => {
                let file = self.file.take();
                self.read_file(file, &name, target.as_deref(), format, progress)
            }
            Request::Reread { dataset_id, schema, keep_as } => {
                self.reread(&dataset_id, schema, keep_as)
            }
            Request::Texts { dataset_id, source } => self.texts(&dataset_id, source),
            Request::Rename { dataset_id, name } => self.rename(&dataset_id, name),
            Request::WriteCsv { dataset_id } => self.write_csv(&dataset_id),
            Request::Sample { rows, seed, name } => self.sample(rows, seed, &name),
            Request::Profile { dataset_id } => self.profile(&dataset_id),
            Request::Explore { dataset_id, selection, question } => {
                self.explore(&dataset_id, &selection, &question)
            }
            Request::FindRecord { dataset_id, customer } => {
                self.find_record(&dataset_id, &customer)
            }
            Request::Fit { dataset_id, params, split, run_id, run_number, model_id } => {
                let names = models::Names { run_id, run_number, model_id };
                self.fit(&dataset_id, params, split, names, progress)
            }
            Request::Predict { model_id, records } => self.predict(&model_id, &records),
            Request::Explain { model_id, record, params, neighbourhood } => {
                self.explain(&model_id, &record, &params, neighbourhood.as_deref())
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

/// A file that is in memory.
struct Bytes(Vec<u8>);

impl FileSource for Bytes {
    fn n_bytes(&self) -> usize {
        self.0.len()
    }

    fn read(&mut self, at: usize, n_bytes: usize) -> Result<Vec<u8>, Failure> {
        Ok(self.0.get(at..at.saturating_add(n_bytes)).unwrap_or_default().to_vec())
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
