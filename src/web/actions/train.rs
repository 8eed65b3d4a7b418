//! Training, and the model in use.

use std::sync::Arc;

use leptos::prelude::*;

use super::{Changes, Lab, unexpected};
use crate::compute::Failure;
use crate::data::{DatasetId, Record};
use crate::experiments::Run;
use crate::models::{ModelId, ModelParams, RunId, Split};
use crate::web::client::{Request, Response};
use crate::web::state::Task;
use crate::web::storage::saved::{self, Setting};

impl Lab {
    /// Trains and evaluates a model, keeps it as a run and makes it the model in use.
    ///
    /// # Errors
    /// What is wrong with the settings or the data, or `cancelled`; earlier runs stay.
    pub async fn fit(
        self,
        dataset_id: DatasetId,
        params: ModelParams,
        split: Split,
    ) -> Result<Arc<Run>, Failure> {
        let request = Request::Fit {
            dataset_id,
            params,
            split,
            run_id: RunId(self.new_id("run")),
            run_number: self.next_run_number(),
            model_id: ModelId(self.new_id("model")),
        };
        let Response::Fit(fit) = self.watch(Task::Fit, request, |_| {}).await? else {
            return Err(unexpected("a fit"));
        };
        let run = Arc::new(fit.run);
        let model = Arc::new(fit.model);
        self.write.models.update(|models| models.push(Arc::clone(&model)));
        self.add_run(Arc::clone(&run));
        // at once, so that nobody waits for the storage
        let chosen = self.choose_model(&run.model_id);
        let changes = saved::put_run(&run, &model).and_then(|mut changes| {
            changes.extend(chosen?);
            Ok(changes)
        });
        self.keep(changes).await;
        Ok(run)
    }

    /// The number of the next run: runs that are being fitted have theirs already.
    pub(super) fn next_run_number(self) -> u32 {
        let of_runs =
            self.state.runs.with_untracked(|runs| runs.iter().map(|run| run.number).max());
        self.inner.with_value(|inner| {
            let number = of_runs.unwrap_or(0).max(inner.last_run.get()) + 1;
            inner.last_run.set(number);
            number
        })
    }

    /// The model of the latest such run that has one.
    pub(super) fn latest_held(self, is_meant: impl Fn(&Run) -> bool) -> Option<ModelId> {
        let is_held = |run: &&Arc<Run>| untrack(|| self.state.model_of(&run.model_id)).is_some();
        self.state.runs.with_untracked(|runs| {
            let mut meant = runs.iter().rev().filter(|run| is_meant(run));
            meant.find(is_held).map(|run| run.model_id.clone())
        })
    }

    /// Puts a run among the others, in the order of their numbers.
    pub(super) fn add_run(self, run: Arc<Run>) {
        self.write.runs.update(|runs| {
            let place = runs.partition_point(|other| other.number < run.number);
            runs.insert(place, run);
        });
    }

    /// Keeps a person's words about a run.
    pub async fn note_run(self, id: RunId, note: String) {
        let mut noted = None;
        self.write.runs.update(|runs| {
            for run in runs.iter_mut().filter(|run| run.id == id) {
                *run = Arc::new(Run { note: note.clone(), ..run.as_ref().clone() });
                noted = Some(Arc::clone(run));
            }
        });
        if let Some(run) = noted {
            self.keep(saved::put_try(&run).map(|change| vec![change])).await;
        }
    }

    /// Makes a model the one in use. That of a run that was only tried out is made again first, to the
    /// same bits.
    ///
    /// # Errors
    /// What is wrong with a fit: its data set may be gone.
    pub async fn use_model(self, id: ModelId) -> Result<(), Failure> {
        let made = self.make_again(&id).await?;
        let chosen = self.choose_model(&id);
        self.keep(made.and_then(|mut changes| {
            changes.extend(chosen?);
            Ok(changes)
        }))
        .await;
        Ok(())
    }

    /// Makes a run's model again, to the same bits, where it is not held; gives what is to be stored.
    pub(super) async fn make_again(self, id: &ModelId) -> Result<Changes, Failure> {
        if untrack(|| self.state.model_of(id)).is_some() {
            return Ok(Ok(Vec::new()));
        }
        let of_model = |runs: &Vec<Arc<Run>>| runs.iter().find(|run| run.model_id == *id).cloned();
        let Some(run) = self.state.runs.with_untracked(of_model) else {
            let message = format!("there is no model {} in this lab", id.0);
            return Err(Failure::new("unknown_model", message));
        };
        let request = Request::Fit {
            dataset_id: run.provenance.dataset_id.clone(),
            params: run.provenance.params.clone(),
            split: run.provenance.split.clone(),
            run_id: run.id.clone(),
            run_number: run.number,
            model_id: id.clone(),
        };
        let Response::Fit(fit) = self.watch(Task::Fit, request, |_| {}).await? else {
            return Err(unexpected("a fit"));
        };
        let model = Arc::new(fit.model);
        self.write.models.update(|models| models.push(Arc::clone(&model)));
        Ok(saved::put_run(&run, &model))
    }

    /// The same; gives what is to be stored of it.
    pub(super) fn choose_model(self, id: &ModelId) -> Changes {
        self.write.model_id.set(Some(id.clone()));
        saved::put_setting(Setting::Model, &id.0)
    }

    /// Probabilities of the positive class.
    ///
    /// # Errors
    /// When there is no such model or a record is refused.
    pub async fn predict(
        self,
        model_id: ModelId,
        records: Vec<Record>,
    ) -> Result<Vec<f64>, Failure> {
        match self.ask(Request::Predict { model_id, records }).await? {
            Response::Probabilities(probabilities) => Ok(probabilities),
            _ => Err(unexpected("a prediction")),
        }
    }
}
