//! Endpoint + request → explained prediction.

use thiserror::Error;

use super::endpoint::{Endpoint, Prediction, PredictionResponse};
use crate::data::Record;
use crate::explain::{ExplainCache, ExplainError, ExplainableModel, LimeParams};
use crate::features::RecordError;
use crate::models::ModelId;

/// Why a call has no answer.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum CallError {
    /// The request is no record of the model.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// The prediction can't be explained.
    #[error(transparent)]
    Explain(#[from] ExplainError),
    /// The model at hand is not the endpoint's.
    #[error("endpoint \"{endpoint}\" serves model {}, not {}", expected.0, found.0)]
    OtherModel {
        /// The endpoint's name.
        endpoint: String,
        /// What it serves.
        expected: ModelId,
        /// What was at hand.
        found: ModelId,
    },
}

impl CallError {
    /// Stable, for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Record(error) => error.code(),
            Self::Explain(error) => error.code(),
            Self::OtherModel { .. } => "other_model",
        }
    }
}

/// Predicts and explains one request as every call of the endpoint is: missing fields take the
/// training default, the explanation has LIME's default settings. `uuid` names the prediction;
/// `clock` gives milliseconds.
///
/// # Errors
/// An unknown field, an unknown level or something other than a finite number in the request.
pub fn call(
    endpoint: &Endpoint,
    model: &ExplainableModel,
    cache: &mut ExplainCache,
    record: &Record,
    uuid: String,
    clock: &dyn Fn() -> f64,
) -> Result<PredictionResponse, CallError> {
    let began = clock();
    if endpoint.model_id != model.model.id {
        return Err(CallError::OtherModel {
            endpoint: endpoint.name.clone(),
            expected: endpoint.model_id.clone(),
            found: model.model.id.clone(),
        });
    }
    let space = &model.model.pipeline.space;
    let encoded = space.encode(record)?;
    let explanation = cache.explain(model, &encoded, &LimeParams::default())?;
    let prediction = Prediction {
        data: space.decode(&encoded),
        probability: explanation.probability,
        explanation,
    };
    Ok(PredictionResponse { uuid, prediction, ms: (clock() - began).max(0.0) })
}
