//! Deleting, taking it back, and deleting everything.

use std::cell::RefCell;
use std::sync::Arc;

use leptos::prelude::*;

use super::{Changes, Lab};
use crate::compute::Failure;
use crate::data::DatasetId;
use crate::experiments::{ModelVersion, Run};
use crate::models::RunId;
use crate::web::state::{Notice, Undo};
use crate::web::storage::StorageError;
use crate::web::storage::saved;

/// What was deleted and can still be put back, by number.
#[derive(Default)]
pub struct Trash {
    kept: RefCell<Vec<(u64, PutBack)>>,
}

/// Puts something back in the state, and says how to put it back in the storage.
pub(super) type PutBack = Box<dyn FnOnce() -> Changes>;

impl Lab {
    /// Deletes a data set; runs made from it stay. Can be taken back until the notice goes.
    ///
    /// # Errors
    /// When its rows can't be read, so that it could not be put back.
    pub async fn delete_dataset(self, id: DatasetId) -> Result<(), Failure> {
        let bytes = self.storage().dataset_bytes(&id).await;
        let bytes = bytes.map_err(|error| Failure::new(error.code(), error.to_string()))?;
        let was_used = self.state.dataset_id.get_untracked().as_ref() == Some(&id);
        let mut removed = None;
        self.write.datasets.update(|datasets| {
            let position = datasets.iter().position(|dataset| dataset.id == id);
            removed = position.map(|position| (position, datasets.remove(position)));
        });
        // it may have been deleted while its rows were read
        let Some((position, summary)) = removed else { return Ok(()) };
        if was_used {
            let next = self.state.datasets.with_untracked(|all| all.last().map(|d| d.id.clone()));
            match next {
                Some(next) => self.use_dataset(next).await,
                None => {
                    self.write.dataset_id.set(None);
                    self.write.model_id.set(None);
                }
            }
        }
        self.keep(Ok(saved::delete_dataset(&id))).await;
        let restore = saved::put_dataset(&summary, &bytes)
            .map_err(|error| Failure::new(error.code(), error.to_string()))?;
        let message = format!("{} deleted", summary.name);
        let put_back = move || {
            self.write.datasets.update(|datasets| {
                datasets.insert(position.min(datasets.len()), summary.clone());
            });
            if was_used {
                self.background(self.use_dataset(summary.id.clone()));
            }
            Ok(restore)
        };
        self.offer_undo(message, Box::new(put_back));
        Ok(())
    }

    /// Deletes runs and their models. Can be taken back until the notice goes.
    ///
    /// # Errors
    /// When an endpoint serves a model of them, or the registry has one; then none is deleted.
    pub async fn delete_runs(self, ids: Vec<RunId>) -> Result<(), Failure> {
        let runs: Vec<Arc<Run>> = self.state.runs.with_untracked(|runs| {
            runs.iter().filter(|run| ids.contains(&run.id)).cloned().collect()
        });
        let [first, rest @ ..] = runs.as_slice() else { return Ok(()) };
        let message = match rest.len() {
            0 => format!("Run {} deleted", first.number),
            more => format!("{} runs deleted", more + 1),
        };
        let serving = self.state.endpoints.with_untracked(|all| {
            let serves = |run: &&Arc<Run>| all.iter().find(|e| e.model_id == run.model_id);
            runs.iter().find_map(|run| serves(&run).map(|e| (run.number, e.name.clone())))
        });
        if let Some((number, name)) = serving {
            let message = format!("run {number} is served by the endpoint \"{name}\"");
            return Err(Failure::new("run_in_use", message));
        }
        let registered = self.state.registry.with_untracked(|registry| {
            runs.iter().find_map(|run| registry.of_run(&run.id).next().cloned())
        });
        if let Some(version) = registered {
            let ModelVersion { run_number, version, name, .. } = version;
            let message =
                format!("run {run_number} is version {version} of \"{name}\" in the registry");
            return Err(Failure::new("run_in_use", message));
        }
        let used = self.state.model_id.get_untracked();
        let used = used.filter(|used| runs.iter().any(|run| run.model_id == *used));
        let mut models = Vec::new();
        self.write.models.update(|all| {
            let (theirs, others) = std::mem::take(all)
                .into_iter()
                .partition(|model| runs.iter().any(|run| run.model_id == model.id));
            (models, *all) = (theirs, others);
        });
        self.write.runs.update(|all| all.retain(|run| !ids.contains(&run.id)));
        if used.is_some() {
            self.write.model_id.set(self.latest_held(|_| true));
        }
        self.keep(Ok(runs.iter().flat_map(|run| saved::delete_run(run)).collect())).await;
        let restore =
            runs.iter().map(|run| match models.iter().find(|model| model.id == run.model_id) {
                Some(model) => saved::put_run(run, model),
                None => saved::put_try(run).map(|change| vec![change]),
            });
        let restore = restore.collect::<Result<Vec<_>, StorageError>>();
        let restore = restore.map_err(|error| Failure::new(error.code(), error.to_string()))?;
        let put_back = move || {
            self.write.models.update(|all| all.extend(models.clone()));
            runs.iter().for_each(|run| self.add_run(Arc::clone(run)));
            if used.is_some() {
                self.write.model_id.set(used);
            }
            Ok(restore.into_iter().flatten().collect())
        };
        self.offer_undo(message, Box::new(put_back));
        Ok(())
    }

    /// Tells what was done, with a button that takes it back as long as the notice is there.
    pub(super) fn offer_undo(self, message: String, put_back: PutBack) {
        let id = self.notify(message, None);
        self.inner.with_value(|inner| inner.deleted.kept.borrow_mut().push((id, put_back)));
        self.write.notices.update(|notices| {
            for notice in notices.iter_mut().filter(|notice| notice.id == id) {
                notice.undo = Some(Undo::Deletion(id));
            }
        });
    }

    /// Puts back what a notice says was deleted.
    pub async fn undo(self, notice: Notice) {
        let put_back = self.taken_from_trash(notice.id);
        self.dismiss_notice(notice.id);
        if let Some(put_back) = put_back {
            self.keep(put_back()).await;
        }
    }

    /// Takes a notice away, and with it what it could put back.
    pub fn dismiss_notice(self, id: u64) {
        drop(self.taken_from_trash(id));
        self.write.notices.update(|notices| notices.retain(|notice| notice.id != id));
    }

    fn taken_from_trash(self, id: u64) -> Option<PutBack> {
        self.inner.with_value(|inner| {
            let mut kept = inner.deleted.kept.borrow_mut();
            let place = kept.iter().position(|(number, _)| *number == id)?;
            Some(kept.swap_remove(place).1)
        })
    }

    /// Deletes everything and starts again as on the first visit.
    ///
    /// # Errors
    /// When the storage can't be cleared; then nothing is deleted.
    pub async fn reset(self) -> Result<(), Failure> {
        let cleared = self.storage().commit(saved::clear()).await;
        cleared.map_err(|error| Failure::new(error.code(), error.to_string()))?;
        self.client().restart();
        self.forget();
        self.first_visit().await
    }
}
