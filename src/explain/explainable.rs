//! A model that can say why.

use serde::{Deserialize, Serialize};

use super::lime::LimeExplainer;
use crate::models::TrainedModel;

/// A trained model with what LIME must know of its data; what travels, is stored and deployed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ExplainableModel {
    /// The model.
    pub model: TrainedModel,
    /// Fitted on all kept rows of the model's data set, as the workshop does.
    pub explainer: LimeExplainer,
}
