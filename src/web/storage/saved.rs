//! The lab's things as stored records.

use serde::Serialize;
use serde::de::DeserializeOwned;

use wasm_bindgen::JsValue;

use super::{Change, Storage, StorageError, Store};
use crate::data::{DatasetId, DatasetSummary};
use crate::experiments::{Queue, Registry, Run};
use crate::explain::{CustomerScenario, CustomerScenarios};
use crate::monitoring::PredictionEvent;
use crate::numerics::order::sorted_by;
use crate::serving::{Endpoint, EndpointId};
use crate::web::held::HeldBytes;
use crate::web::js;
use crate::web::model::HeldModel;

/// Everything stored but the rows of the data sets, and what could not be read.
#[derive(Default)]
pub struct Saved {
    /// In the order they were added.
    pub datasets: Vec<DatasetSummary>,
    /// In the order of their numbers.
    pub runs: Vec<Run>,
    /// One a run.
    pub models: Vec<HeldModel>,
    /// In the order of their creation.
    pub endpoints: Vec<Endpoint>,
    /// In the order of the calls of each endpoint.
    pub events: Vec<PredictionEvent>,
    /// The data set in use.
    pub dataset: Option<String>,
    /// The model in use.
    pub model: Option<String>,
    /// Steps of the guide that are done, by id.
    pub guide: Vec<String>,
    /// What is left of a grid that was interrupted.
    pub grid: Option<Queue>,
    /// What was registered.
    pub registry: Registry,
    /// What could not be read; it is left as it is.
    pub corrupt: Vec<StorageError>,
}

/// A choice of the person that is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// The data set in use.
    Dataset,
    /// The model in use.
    Model,
    /// Steps of the guide that are done: their ids with spaces between.
    Guide,
    /// What is left of a grid, as JSON; empty when nothing is.
    Grid,
    /// What was registered, as JSON.
    Registry,
}

impl Setting {
    fn key(self) -> String {
        match self {
            Self::Dataset => "dataset",
            Self::Model => "model",
            Self::Guide => "guide",
            Self::Grid => "grid",
            Self::Registry => "registry",
        }
        .to_owned()
    }
}

impl Storage {
    /// Reads everything but the rows of the data sets; an unreadable record is told, not lost.
    ///
    /// # Errors
    /// When a store can't be read at all.
    pub async fn load(&self) -> Result<Saved, StorageError> {
        let mut corrupt = Vec::new();
        let datasets = self.read_all(Store::Datasets, &mut corrupt).await?;
        let runs = self.read_all(Store::Runs, &mut corrupt).await?;
        let runs = sorted_by(runs, |run: &Run| f64::from(run.number));
        let models = self.read_all(Store::Models, &mut corrupt).await?;
        let endpoints = self.read_all(Store::Endpoints, &mut corrupt).await?;
        let endpoints = sorted_by(endpoints, |endpoint: &Endpoint| endpoint.created_ms);
        let events = self.read_all(Store::Events, &mut corrupt).await?;
        let dataset = self.setting(Setting::Dataset, &mut corrupt).await?;
        let model = self.setting(Setting::Model, &mut corrupt).await?;
        let guide = self.setting(Setting::Guide, &mut corrupt).await?.unwrap_or_default();
        let guide = guide.split_whitespace().map(str::to_owned).collect();
        let grid = self.json_setting(Setting::Grid, &mut corrupt).await?;
        let registry = self.json_setting(Setting::Registry, &mut corrupt).await?;
        Ok(Saved {
            datasets,
            runs,
            models,
            endpoints,
            events,
            dataset,
            model,
            guide,
            grid,
            registry: registry.unwrap_or_default(),
            corrupt,
        })
    }

    /// Customers as changed, and what could not be read of them.
    ///
    /// # Errors
    /// When the store can't be read at all.
    pub async fn scenarios(&self) -> Result<(CustomerScenarios, Vec<StorageError>), StorageError> {
        let mut corrupt = Vec::new();
        let stored = self.read_all(Store::Scenarios, &mut corrupt).await?;
        Ok((CustomerScenarios::of(stored), corrupt))
    }

    /// A setting that is JSON; an empty one is none.
    async fn json_setting<T: DeserializeOwned>(
        &self,
        setting: Setting,
        corrupt: &mut Vec<StorageError>,
    ) -> Result<Option<T>, StorageError> {
        let json = self.setting(setting, corrupt).await?.filter(|json| !json.is_empty());
        Ok(json.and_then(|json| {
            let read = js::from_json(&json).map_err(|error| StorageError::Corrupt {
                store: Store::Settings,
                key: setting.key(),
                reason: error.to_string(),
            });
            read.map_err(|error| corrupt.push(error)).ok()
        }))
    }

    async fn setting(
        &self,
        setting: Setting,
        corrupt: &mut Vec<StorageError>,
    ) -> Result<Option<String>, StorageError> {
        let Some(stored) = self.get(Store::Settings, &setting.key()).await? else {
            return Ok(None);
        };
        let value = read(Store::Settings, setting.key(), stored);
        Ok(value.map_err(|error| corrupt.push(error)).ok())
    }

    async fn read_all<T: DeserializeOwned>(
        &self,
        store: Store,
        corrupt: &mut Vec<StorageError>,
    ) -> Result<Vec<T>, StorageError> {
        let mut values = Vec::new();
        for (key, stored) in self.all(store).await? {
            match read(store, key, stored) {
                Ok(value) => values.push(value),
                Err(error) => corrupt.push(error),
            }
        }
        Ok(values)
    }

    /// The rows of a data set, as `compute::stored` encodes them, for the caller alone.
    ///
    /// # Errors
    /// `Corrupt` when they are not there.
    pub async fn dataset_bytes(&self, id: &DatasetId) -> Result<HeldBytes, StorageError> {
        let stored = self.get(Store::DatasetBytes, &id.0).await?;
        match stored.and_then(HeldBytes::of_stored) {
            Some(bytes) => Ok(bytes),
            None => Err(StorageError::Corrupt {
                store: Store::DatasetBytes,
                key: id.0.clone(),
                reason: "its rows are missing".to_owned(),
            }),
        }
    }
}

fn read<T: DeserializeOwned>(
    store: Store,
    key: String,
    stored: JsValue,
) -> Result<T, StorageError> {
    js::from_js(stored).map_err(|error| StorageError::Corrupt { store, key, reason: error.reason })
}

fn record<T: Serialize + ?Sized>(
    store: Store,
    key: &str,
    value: &T,
) -> Result<Change, StorageError> {
    let value = js::to_js(value).map_err(|error| StorageError::Failed { reason: error.reason })?;
    Ok(Change::Put { store, key: key.to_owned(), value })
}

/// Stores a data set and its rows.
///
/// # Errors
/// When it has no stored form.
pub fn put_dataset(
    summary: &DatasetSummary,
    bytes: &HeldBytes,
) -> Result<Vec<Change>, StorageError> {
    let key = summary.id.0.clone();
    Ok(vec![
        record(Store::Datasets, &key, summary)?,
        Change::Put { store: Store::DatasetBytes, key, value: bytes.to_stored() },
    ])
}

/// Removes a data set and its rows.
#[must_use]
pub fn delete_dataset(id: &DatasetId) -> Vec<Change> {
    [Store::Datasets, Store::DatasetBytes]
        .map(|store| Change::Delete { store, key: id.0.clone() })
        .to_vec()
}

/// Stores a run and its model.
///
/// # Errors
/// When they have no stored form.
pub fn put_run(run: &Run, model: &HeldModel) -> Result<Vec<Change>, StorageError> {
    Ok(vec![record(Store::Runs, &run.id.0, run)?, record(Store::Models, &run.model_id.0, model)?])
}

/// Stores a run without its model.
///
/// # Errors
/// When it has no stored form.
pub fn put_try(run: &Run) -> Result<Change, StorageError> {
    record(Store::Runs, &run.id.0, run)
}

/// Removes a run and its model.
#[must_use]
pub fn delete_run(run: &Run) -> Vec<Change> {
    vec![
        Change::Delete { store: Store::Runs, key: run.id.0.clone() },
        Change::Delete { store: Store::Models, key: run.model_id.0.clone() },
    ]
}

/// Stores an endpoint.
///
/// # Errors
/// When it has no stored form.
pub fn put_endpoint(endpoint: &Endpoint) -> Result<Vec<Change>, StorageError> {
    Ok(vec![record(Store::Endpoints, &endpoint.id.0, endpoint)?])
}

/// Removes an endpoint and so many calls of it.
#[must_use]
pub fn delete_endpoint(id: &EndpointId, n_events: usize) -> Vec<Change> {
    let events =
        (0..n_events).map(|n| Change::Delete { store: Store::Events, key: event_key(id, n) });
    std::iter::once(Change::Delete { store: Store::Endpoints, key: id.0.clone() })
        .chain(events)
        .collect()
}

/// Stores calls of an endpoint, the first being its call number `first`, from 0.
///
/// # Errors
/// When they have no stored form.
pub fn put_events(
    id: &EndpointId,
    first: usize,
    events: &[PredictionEvent],
) -> Result<Vec<Change>, StorageError> {
    let numbered = events.iter().enumerate();
    numbered.map(|(k, event)| record(Store::Events, &event_key(id, first + k), event)).collect()
}

/// Stores a customer as changed.
///
/// # Errors
/// When it has no stored form.
pub fn put_scenario(scenario: &CustomerScenario) -> Result<Change, StorageError> {
    record(Store::Scenarios, &scenario.id, scenario)
}

/// Removes a customer as changed.
#[must_use]
pub fn delete_scenario(id: &str) -> Change {
    Change::Delete { store: Store::Scenarios, key: id.to_owned() }
}

/// Keeps a choice.
///
/// # Errors
/// When it has no stored form.
pub fn put_setting(setting: Setting, value: &str) -> Result<Vec<Change>, StorageError> {
    Ok(vec![record(Store::Settings, &setting.key(), value)?])
}

/// Keeps a choice that is JSON.
///
/// # Errors
/// When it has no stored form.
pub fn put_json<T: Serialize>(setting: Setting, value: &T) -> Result<Vec<Change>, StorageError> {
    let json =
        js::to_json(value).map_err(|error| StorageError::Failed { reason: error.to_string() })?;
    put_setting(setting, &json)
}

/// Forgets everything.
#[must_use]
pub fn clear() -> Vec<Change> {
    Store::ALL.map(Change::Clear).to_vec()
}

fn event_key(id: &EndpointId, number: usize) -> String {
    format!("{}/{number:08}", id.0)
}
