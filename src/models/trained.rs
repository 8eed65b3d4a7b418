//! A model with all it takes to use and to judge it.

use serde::{Deserialize, Serialize};

use super::logistic::FittedLogistic;
use super::provenance::{ModelId, Provenance};
use crate::evaluation::Evaluation;
use crate::features::FeaturePipeline;

/// What a fit of any family gives.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum FittedModel {
    /// Logistic regression.
    Logistic(FittedLogistic),
}

/// Pipeline + model + evaluation + provenance.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TrainedModel {
    /// Names the model.
    pub id: ModelId,
    /// From raw records to columns.
    pub pipeline: FeaturePipeline,
    /// The fit's result.
    pub model: FittedModel,
    /// How good it is.
    pub evaluation: Evaluation,
    /// What it was made from.
    pub provenance: Provenance,
}
