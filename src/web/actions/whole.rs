//! Asking what a model says over many rows.

use leptos::prelude::*;

use super::{Lab, unexpected};
use crate::compute::{Failure, WholeQuestion};
use crate::models::ModelId;
use crate::web::client::{Request, Response};
use crate::web::explaining::HeldAnswer;
use crate::web::state::Task;
use crate::web::text::whole as text;

impl Lab {
    /// An answer about a model and the rows of its data set, and in how many milliseconds.
    ///
    /// # Errors
    /// When there is no such model, its data set has gone, the settings are refused, or `cancelled`.
    pub async fn whole(
        self,
        model_id: ModelId,
        question: WholeQuestion,
    ) -> Result<(HeldAnswer, f64), Failure> {
        let dataset_id = self.state.runs.with_untracked(|runs| {
            let run = runs.iter().find(|run| run.model_id == model_id)?;
            Some(run.provenance.dataset_id.clone())
        });
        let is_here = |id: &_| {
            self.state.datasets.with_untracked(|all| all.iter().any(|dataset| dataset.id == *id))
        };
        let dataset_id = dataset_id
            .filter(is_here)
            .ok_or_else(|| Failure::new("no_background", text::NO_DATA))?;
        let request = Request::Whole { model_id, dataset_id, question };
        match self.watch(Task::Whole, request, |_| {}).await? {
            Response::Whole { answer, ms } => Ok((*answer, ms)),
            _ => Err(unexpected("a model as a whole")),
        }
    }
}
