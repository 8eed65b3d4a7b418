//! The shapes of a deployed model.

use serde::{Deserialize, Serialize};

use crate::data::Record;
use crate::explain::Explanation;
use crate::models::ModelId;

/// Names an endpoint.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EndpointId(pub String);

/// A model deployed under a name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Endpoint {
    /// Names the endpoint.
    pub id: EndpointId,
    /// A person's name for it, not blank.
    pub name: String,
    /// The model it serves.
    pub model_id: ModelId,
    /// Which deployment under this name it is.
    pub build: Build,
    /// What a caller shows; made at deployment.
    pub access_key: String,
    /// When it was deployed, Unix milliseconds.
    pub created_ms: f64,
}

/// One deployment under a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Build {
    /// Names the build.
    pub id: String,
    /// Counts up from 1 under each name.
    pub number: u32,
}

/// What a call answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PredictionResponse {
    /// Names the prediction; ground truth joins by it.
    pub uuid: String,
    /// The answer.
    pub prediction: Prediction,
    /// How long the call took, milliseconds.
    pub ms: f64,
}

/// A probability with what it was computed from and why.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Prediction {
    /// The request with its defaults filled in.
    pub data: Record,
    /// Of the positive class.
    pub probability: f64,
    /// LIME with the endpoint's settings.
    pub explanation: Explanation,
}
