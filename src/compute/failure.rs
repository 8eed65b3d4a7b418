//! Every room's error becomes a [`Failure`] here and nowhere else.

use super::protocol::Failure;
use crate::data::csv::ReadError;
use crate::explain::ExplainError;
use crate::features::RecordError;
use crate::models::TrainError;
use crate::monitoring::drift::DriftError;
use crate::monitoring::traffic::TrafficError;
use crate::population::SampleError;
use crate::serving::{CallError, DeployError};

fn failure(code: &str, message: String, field: Option<&str>) -> Failure {
    Failure { code: code.to_owned(), message, field: field.map(str::to_owned) }
}

impl From<ReadError> for Failure {
    fn from(error: ReadError) -> Self {
        failure(error.code(), error.to_string(), None)
    }
}

impl From<SampleError> for Failure {
    fn from(error: SampleError) -> Self {
        failure(error.code(), error.to_string(), None)
    }
}

impl From<RecordError> for Failure {
    fn from(error: RecordError) -> Self {
        failure(error.code(), error.to_string(), Some(error.field()))
    }
}

impl From<TrainError> for Failure {
    fn from(error: TrainError) -> Self {
        failure(error.code(), error.to_string(), None)
    }
}

impl From<ExplainError> for Failure {
    fn from(error: ExplainError) -> Self {
        failure(error.code(), error.to_string(), None)
    }
}

impl From<DeployError> for Failure {
    fn from(error: DeployError) -> Self {
        failure(error.code(), error.to_string(), Some("name"))
    }
}

impl From<CallError> for Failure {
    fn from(error: CallError) -> Self {
        let field = match &error {
            CallError::Record(record) => Some(record.field()),
            CallError::Explain(_) | CallError::OtherModel { .. } => None,
        };
        failure(error.code(), error.to_string(), field)
    }
}

impl From<TrafficError> for Failure {
    fn from(error: TrafficError) -> Self {
        let field = matches!(error, TrafficError::Calls { .. }).then_some("calls");
        failure(error.code(), error.to_string(), field)
    }
}

impl From<DriftError> for Failure {
    fn from(error: DriftError) -> Self {
        failure(error.code(), error.to_string(), error.field())
    }
}
