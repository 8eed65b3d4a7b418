//! Runs as files for other programs.

use std::sync::Arc;

use super::{Lab, unexpected};
use crate::compute::Failure;
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
}
