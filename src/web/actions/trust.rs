//! Asking what an explanation is worth.

use leptos::prelude::*;

use super::{Lab, unexpected};
use crate::compute::{Failure, RecordQuestion};
use crate::data::{DatasetId, Record};
use crate::models::{ModelId, ModelParams};
use crate::web::client::{Request, Response};
use crate::web::explaining::HeldAnswer;
use crate::web::state::Task;

impl Lab {
    /// An answer about the explanation of a record, and in how many milliseconds.
    ///
    /// # Errors
    /// When there is no such model, the record or the settings are refused, or `cancelled`.
    pub async fn trust(
        self,
        model_id: ModelId,
        record: Record,
        question: RecordQuestion,
    ) -> Result<(HeldAnswer, f64), Failure> {
        let dataset_id = match question {
            RecordQuestion::Stability(_) => None,
            RecordQuestion::Settings(ref params) if !params.cuts_rows() => None,
            RecordQuestion::Shapley(_) => self.compared_with(&model_id),
            RecordQuestion::Curves(_)
            | RecordQuestion::Counterfactuals(_)
            | RecordQuestion::Settings(_)
            | RecordQuestion::Plausible { .. } => self.trained_on(&model_id),
        };
        let task = match question {
            RecordQuestion::Stability(_)
            | RecordQuestion::Shapley(_)
            | RecordQuestion::Settings(_) => Some(Task::Trust),
            RecordQuestion::Curves(_) | RecordQuestion::Counterfactuals(_) => Some(Task::WhatIf),
            // a few milliseconds
            RecordQuestion::Plausible { .. } => None,
        };
        let request = Request::AboutRecord { model_id, dataset_id, record, question };
        let response = match task {
            Some(task) => self.watch(task, request, |_| {}).await?,
            None => self.ask(request).await?,
        };
        match response {
            Response::AboutRecord { answer, ms } => Ok((*answer, ms)),
            _ => Err(unexpected("what an explanation is worth")),
        }
    }

    /// The data set of a model, while it is in the lab.
    fn trained_on(self, model_id: &ModelId) -> Option<DatasetId> {
        let made = self.state.runs.with_untracked(|runs| {
            let run = runs.iter().find(|run| run.model_id == *model_id)?;
            Some(run.provenance.dataset_id.clone())
        })?;
        let is_here = |id: &DatasetId| {
            self.state.datasets.with_untracked(|all| all.iter().any(|dataset| dataset.id == *id))
        };
        Some(made).filter(is_here)
    }

    /// The data set whose rows a model is compared with; `None` where it is compared with none, or where
    /// the data set has gone.
    fn compared_with(self, model_id: &ModelId) -> Option<DatasetId> {
        let made = self.state.runs.with_untracked(|runs| {
            let run = runs.iter().find(|run| run.model_id == *model_id)?;
            Some(run.provenance.clone())
        })?;
        let means = matches!(
            made.params,
            ModelParams::Logistic(_)
                | ModelParams::ElasticNet(_)
                | ModelParams::WeightedLogistic(_)
                | ModelParams::LogisticCv(_)
                | ModelParams::WeightedLogisticCv(_)
        );
        if means { None } else { self.trained_on(model_id) }
    }
}
