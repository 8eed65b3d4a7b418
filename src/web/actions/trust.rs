//! Asking what an explanation is worth.

use leptos::prelude::*;

use super::{Lab, unexpected};
use crate::compute::{Failure, TrustQuestion};
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
        question: TrustQuestion,
    ) -> Result<(HeldAnswer, f64), Failure> {
        let dataset_id = match question {
            TrustQuestion::Stability(_) => None,
            TrustQuestion::Settings(ref params) if !params.cuts_rows() => None,
            TrustQuestion::Shapley(_) => self.compared_with(&model_id),
            TrustQuestion::Curves(_)
            | TrustQuestion::Counterfactuals(_)
            | TrustQuestion::Settings(_)
            | TrustQuestion::Plausible { .. } => self.trained_on(&model_id),
        };
        let task = match question {
            TrustQuestion::Stability(_)
            | TrustQuestion::Shapley(_)
            | TrustQuestion::Settings(_) => Some(Task::Trust),
            TrustQuestion::Curves(_) | TrustQuestion::Counterfactuals(_) => Some(Task::WhatIf),
            // a few milliseconds
            TrustQuestion::Plausible { .. } => None,
        };
        let request = Request::Trust { model_id, dataset_id, record, question };
        let response = match task {
            Some(task) => self.watch(task, request, |_| {}).await?,
            None => self.ask(request).await?,
        };
        match response {
            Response::Trust { answer, ms } => Ok((*answer, ms)),
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
