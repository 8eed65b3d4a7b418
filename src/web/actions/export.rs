//! Runs as files for other programs.

use std::sync::Arc;

use leptos::prelude::*;

use super::{Lab, unexpected};
use crate::compute::Failure;
use crate::data::DatasetSummary;
use crate::experiments::Run;
use crate::web::client::{Request, Response};

impl Lab {
    /// A run's model as an ONNX file. That of a run that was only tried out is made again first, to the
    /// same bits, and kept; the model in use stays.
    ///
    /// # Errors
    /// A family that ONNX has no operator for; what is wrong with a fit: its data set may be gone.
    pub async fn export_onnx(self, run: Arc<Run>) -> Result<Vec<u8>, Failure> {
        let made = self.hold_model(&run.model_id).await?;
        self.keep(made).await;
        let request = Request::Onnx { model_id: run.model_id.clone(), run_number: run.number };
        match self.ask(request).await? {
            Response::Onnx(bytes) => Ok(bytes),
            _ => Err(unexpected("an ONNX file")),
        }
    }

    /// The data set that a run was made from, while it is in the lab.
    #[must_use]
    pub fn dataset_of(self, run: &Run) -> Option<Arc<DatasetSummary>> {
        let id = &run.provenance.dataset_id;
        self.state.datasets.with(|all| all.iter().find(|dataset| dataset.id == *id).cloned())
    }

    /// The run of that number.
    ///
    /// # Errors
    /// There is none.
    pub fn run_of(self, number: u32) -> Result<Arc<Run>, Failure> {
        let is_it = |run: &&Arc<Run>| run.number == number;
        let run = self.state.runs.with_untracked(|runs| runs.iter().find(is_it).cloned());
        run.ok_or_else(|| Failure {
            code: "unknown_run".to_owned(),
            message: format!("number is {number}; there is no such run in this lab"),
            field: Some("number".to_owned()),
        })
    }
}
