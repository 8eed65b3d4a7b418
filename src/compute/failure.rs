//! Every room's error becomes a [`Failure`] here and nowhere else.

use super::protocol::Failure;
use crate::customers::CustomersError;
use crate::data::csv::ReadError;
use crate::data::split::SplitError;
use crate::evaluation::EvaluationError;
use crate::experiments::{DecisionError, GridError, RegistryError, StepsError};
use crate::explain::{ExplainError, ScenarioError};
use crate::exploration::SelectionError;
use crate::features::RecordError;
use crate::models::TrainError;
use crate::models::logistic::LogisticError;
use crate::models::named::NamedError;
use crate::models::onnx::OnnxError;
use crate::monitoring::drift::DriftError;
use crate::monitoring::traffic::TrafficError;
use crate::population::SampleError;
use crate::serving::{CallError, DeployError};

fn failure(code: &str, message: String, field: Option<&str>) -> Failure {
    Failure { code: code.to_owned(), message, field: field.map(str::to_owned) }
}

impl From<ReadError> for Failure {
    fn from(error: ReadError) -> Self {
        let about_target =
            matches!(error, ReadError::UnknownTarget { .. } | ReadError::NotTwoClasses { .. });
        failure(error.code(), error.to_string(), about_target.then_some("target"))
    }
}

impl From<SampleError> for Failure {
    fn from(error: SampleError) -> Self {
        let about_rows = matches!(error, SampleError::RowsOutOfRange { .. });
        failure(error.code(), error.to_string(), about_rows.then_some("rows"))
    }
}

impl From<SelectionError> for Failure {
    fn from(error: SelectionError) -> Self {
        failure(error.code(), error.to_string(), Some(error.field()))
    }
}

impl From<RecordError> for Failure {
    fn from(error: RecordError) -> Self {
        failure(error.code(), error.to_string(), Some(error.field()))
    }
}

impl From<GridError> for Failure {
    fn from(error: GridError) -> Self {
        failure(error.code(), error.to_string(), error.field())
    }
}

impl From<DecisionError> for Failure {
    fn from(error: DecisionError) -> Self {
        match error {
            DecisionError::Fit(error) => Self::from(error),
            error => failure(error.code(), error.to_string(), Some("threshold")),
        }
    }
}

impl From<RegistryError> for Failure {
    fn from(error: RegistryError) -> Self {
        Self::new(error.code(), error.to_string())
    }
}

impl From<ScenarioError> for Failure {
    fn from(error: ScenarioError) -> Self {
        Self::new(error.code(), error.to_string())
    }
}

impl From<NamedError> for Failure {
    fn from(error: NamedError) -> Self {
        failure(error.code(), error.to_string(), Some(error.field()))
    }
}

impl From<TrainError> for Failure {
    fn from(error: TrainError) -> Self {
        let field = match &error {
            TrainError::Split(SplitError::TestRatio { .. }) => Some("test_ratio"),
            TrainError::Logistic(LogisticError::C { .. }) => Some("C"),
            TrainError::Logistic(LogisticError::MaxIterations { .. }) => Some("max_iter"),
            TrainError::Logistic(LogisticError::Tolerance { .. }) => Some("tol"),
            TrainError::Logistic(LogisticError::L1Ratio { .. }) => Some("l1_ratio"),
            TrainError::Logistic(LogisticError::Strengths { .. }) => Some("Cs"),
            TrainError::Logistic(LogisticError::Folds(_)) => Some("cv"),
            TrainError::Svc(error) => error.field(),
            TrainError::Fit(error) => error.field(),
            _ => None,
        };
        failure(error.code(), error.to_string(), field)
    }
}

impl From<StepsError> for Failure {
    fn from(error: StepsError) -> Self {
        match error {
            StepsError::Train(error) => error.into(),
            error => failure(error.code(), error.to_string(), error.field()),
        }
    }
}

impl From<OnnxError> for Failure {
    fn from(error: OnnxError) -> Self {
        failure(error.code(), error.to_string(), None)
    }
}

impl From<EvaluationError> for Failure {
    fn from(error: EvaluationError) -> Self {
        let field = match &error {
            EvaluationError::Resamples { .. } => Some("resamples"),
            EvaluationError::Bins { .. } => Some("n_bins"),
            EvaluationError::GridPoints { .. } => Some("grid_points"),
            EvaluationError::Level { .. } => Some("level"),
            _ => None,
        };
        failure(error.code(), error.to_string(), field)
    }
}

impl From<ExplainError> for Failure {
    fn from(error: ExplainError) -> Self {
        let field = match &error {
            ExplainError::Samples { .. } => Some("samples"),
            ExplainError::Features => Some("features"),
            ExplainError::Seeds { .. } => Some("seeds"),
            ExplainError::Width { .. } => Some("width"),
            ExplainError::BackgroundRows { .. } => Some("background"),
            ExplainError::Permutations { .. } => Some("permutations"),
            ExplainError::OutOfRange { field, .. } => Some(*field),
            ExplainError::SameFeature { .. } => Some("features"),
            ExplainError::Setting { name, .. } => Some(*name),
            ExplainError::UnknownFeature { setting, .. } => Some(*setting),
            _ => None,
        };
        failure(error.code(), error.to_string(), field)
    }
}

impl From<CustomersError> for Failure {
    fn from(error: CustomersError) -> Self {
        match error {
            CustomersError::Explain(error) => error.into(),
            CustomersError::Selection(error) => error.into(),
            error => failure(error.code(), error.to_string(), error.field()),
        }
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
        let about_calls = matches!(error, TrafficError::Calls { .. });
        failure(error.code(), error.to_string(), about_calls.then_some("calls"))
    }
}

impl From<DriftError> for Failure {
    fn from(error: DriftError) -> Self {
        failure(error.code(), error.to_string(), error.field())
    }
}
