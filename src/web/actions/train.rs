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
            run_number: self
                .state
                .runs
                .with_untracked(|runs| runs.iter().map(|run| run.number).max().unwrap_or(0) + 1),
            model_id: ModelId(self.new_id("model")),
        };
        let Response::Fit(fit) = self.watch(Task::Fit, request, |_| {}).await? else {
            return Err(unexpected("a fit"));
        };
        let run = Arc::new(fit.run);
        let model = Arc::new(fit.model);
        self.write.models.update(|models| models.push(Arc::clone(&model)));
        self.write.runs.update(|runs| runs.push(Arc::clone(&run)));
        // at once, so that nobody waits for the storage
        let chosen = self.choose_model(&run.model_id);
        let changes = saved::put_run(&run, &model).and_then(|mut changes| {
            changes.extend(chosen?);
            Ok(changes)
        });
        self.keep(changes).await;
        Ok(run)
    }

    /// Makes a model the one in use.
    pub async fn use_model(self, id: ModelId) {
        self.keep(self.choose_model(&id)).await;
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
