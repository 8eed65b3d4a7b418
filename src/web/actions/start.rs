//! Opening the lab: read what is stored, or make the first data set and model.

use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;

use super::Lab;
use crate::compute::Failure;
use crate::data::DatasetId;
use crate::experiments::{Queue, ThresholdRule};
use crate::models::{ModelId, ModelParams, Split};
use crate::population::{DEFAULT_ROWS, DEFAULT_SEED};
use crate::web::state::{GridState, Phase, StorageStatus};
use crate::web::storage::saved::Saved;
use crate::web::storage::{IndexedDb, Storage, StorageError};

/// Its name.
const FIRST_NAME: &str = "Telco sample";

impl Lab {
    /// Opens the storage and restores the lab; on a first visit makes it alive. `data` is an address
    /// of this site to read instead of the embedded data set.
    ///
    /// # Errors
    /// When the first data set or model can't be made; what is stored stays.
    pub async fn start(self, data: Option<String>) -> Result<(), Failure> {
        let warm = self.client().warm_up();
        self.open_storage().await;
        let saved = match self.storage().load().await {
            Ok(saved) => saved,
            Err(error) => {
                self.notify(error.to_string(), None);
                Saved::default()
            }
        };
        self.restore(saved);
        warm?;
        let result = match data {
            Some(address) => match self.read_url(address).await {
                Ok(dataset) => self.first_model(dataset.id.clone()).await,
                Err(failure) => {
                    self.notify(failure.message, None);
                    self.first_visit().await
                }
            },
            None => self.first_visit().await,
        };
        self.write.phase.set(Phase::Ready);
        result
    }

    /// Makes what a first-time visitor lands on, unless it is there.
    pub(super) async fn first_visit(self) -> Result<(), Failure> {
        if self.state.datasets.with_untracked(Vec::is_empty) {
            let name = FIRST_NAME.to_owned();
            let fit = async |id| self.first_model(id).await;
            return self.sample_and_keep(DEFAULT_ROWS, DEFAULT_SEED, name, fit).await?;
        }
        match self.state.dataset_id.get_untracked() {
            Some(id) if self.state.runs.with_untracked(Vec::is_empty) => self.first_model(id).await,
            _ => Ok(()),
        }
    }

    async fn first_model(self, dataset: DatasetId) -> Result<(), Failure> {
        let trained = self
            .state
            .runs
            .with_untracked(|runs| runs.iter().any(|run| run.provenance.dataset_id == dataset));
        let has_target = self.state.datasets.with_untracked(|all| {
            all.iter().any(|known| known.id == dataset && known.target.is_some())
        });
        if trained || !has_target {
            return Ok(());
        }
        let params = ModelParams::Logistic(Default::default());
        self.fit(dataset, params, Split::default(), ThresholdRule::Own).await.map(drop)
    }

    async fn open_storage(self) {
        let on_blocked = move || {
            self.notify(
                "Another tab holds an older version of the lab open; close it to go on".to_owned(),
                None,
            );
        };
        let on_closed = move || {
            self.notify(StorageError::Closed.to_string(), None);
        };
        let opened = IndexedDb::open(&database_name(), on_blocked, on_closed).await;
        let (storage, status) = match opened {
            Ok(database) => (Storage::indexed_db(database), StorageStatus::IndexedDb),
            Err(error) => (Storage::memory(), StorageStatus::Memory(error.to_string())),
        };
        self.inner.with_value(|inner| *inner.storage.0.borrow_mut() = Rc::new(storage));
        self.write.storage.set(status);
    }

    /// Puts what was stored into the state; choices of things that are gone fall back to the last.
    fn restore(self, saved: Saved) {
        for error in &saved.corrupt {
            self.notify(error.to_string(), None);
        }
        let dataset = saved
            .dataset
            .map(DatasetId)
            .filter(|id| saved.datasets.iter().any(|dataset| dataset.id == *id))
            .or_else(|| saved.datasets.last().map(|dataset| dataset.id.clone()));
        let has_model = |id: &ModelId| saved.models.iter().any(|model| model.id == *id);
        let model = saved.model.map(ModelId).filter(has_model).or_else(|| {
            let mut models = saved.runs.iter().rev().map(|run| &run.model_id);
            models.find(|id| has_model(id)).cloned()
        });
        let of_data = |queue: &Queue| saved.datasets.iter().any(|d| d.id == queue.dataset_id);
        self.write.grid.set(saved.grid.filter(of_data).map(GridState::new));
        self.write.registry.set(saved.registry);
        self.write.models.set(saved.models.into_iter().map(Arc::new).collect());
        self.write.datasets.set(saved.datasets.into_iter().map(Arc::new).collect());
        self.write.dataset_id.set(dataset);
        self.write.runs.set(saved.runs.into_iter().map(Arc::new).collect());
        self.write.model_id.set(model);
        self.write.guide.set(saved.guide);
        self.write.endpoints.set(saved.endpoints);
        self.write.events.set(saved.events.into_iter().map(Arc::new).collect());
    }

    /// Empties the state, as `reset` has emptied the storage.
    pub(super) fn forget(self) {
        self.restore(Saved::default());
        self.write.response.set(None);
        self.write.drift.set(None);
        self.write.judged.set(None);
        self.write.learned.set(None);
        self.write.stepped.set(None);
        self.write.scenarios.set(None);
        self.write.rereads.set(Vec::new());
        self.write.notices.set(Vec::new());
        self.write.drafts.set(Default::default());
    }
}

/// Two labs on one origin under different paths don't share a database.
fn database_name() -> String {
    let path = web_sys::window().and_then(|window| window.location().pathname().ok());
    let path = path.unwrap_or_default();
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    format!("churn-lab{folder}/")
}
