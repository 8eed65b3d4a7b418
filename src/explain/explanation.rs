//! The shapes of an explanation.

use serde::{Deserialize, Serialize};

use super::error::ExplainError;
use crate::data::Record;

/// A local model that explains less of its neighbours leaves most of what the model does out.
pub const LOW_R2: f64 = 0.5;

/// Settings of a LIME explanation; the defaults are those of Python's `lime`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LimeParams {
    /// Neighbours drawn, the customer itself included. Default 5,000; 2 to 1,000,000.
    pub samples: u32,
    /// How many features get a weight. Default 10.
    pub features: FeatureCount,
    /// Seed of the neighbours. Default 42.
    pub seed: u32,
}

impl Default for LimeParams {
    fn default() -> Self {
        Self { samples: 5_000, features: FeatureCount::Top(10), seed: 42 }
    }
}

impl LimeParams {
    /// Fewest neighbours, the customer itself included.
    pub const MIN_SAMPLES: u32 = 2;
    /// Most neighbours, the customer itself included.
    pub const MAX_SAMPLES: u32 = 1_000_000;

    /// Every setting is in its range.
    ///
    /// # Errors
    /// [`ExplainError::Samples`], [`ExplainError::Features`].
    pub fn check(&self) -> Result<(), ExplainError> {
        let (min, max) = (Self::MIN_SAMPLES, Self::MAX_SAMPLES);
        if !(min..=max).contains(&self.samples) {
            return Err(ExplainError::Samples { samples: self.samples, min, max });
        }
        self.features.check()
    }
}

/// How many features get a weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FeatureCount {
    /// The best so many, at least 1.
    Top(u32),
    /// Every feature.
    All,
}

impl FeatureCount {
    /// Of so many features; more than there are where more were asked for.
    pub(super) fn of(self, n_features: usize) -> usize {
        match self {
            Self::Top(count) => count as usize,
            Self::All => n_features,
        }
    }

    /// At least one feature.
    ///
    /// # Errors
    /// [`ExplainError::Features`].
    pub fn check(self) -> Result<(), ExplainError> {
        if self == Self::Top(0) { Err(ExplainError::Features) } else { Ok(()) }
    }
}

/// Fixed perturbations of a record, instead of drawn ones; the first is the record itself.
pub type Neighbourhood = Vec<Record>;

/// Why a model gives this record this probability: a weighted linear model around it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Explanation {
    /// The model's probability for the record.
    pub probability: f64,
    /// The local model's intercept, on the probability scale.
    pub intercept: f64,
    /// What the local model says for the record.
    pub local_prediction: f64,
    /// Weighted coefficient of determination of the local model over the neighbours.
    pub r2: f64,
    /// Sorted by absolute weight, largest first.
    pub contributions: Vec<Contribution>,
    /// Neighbours, the record itself included.
    pub samples: u32,
    /// Seed of the neighbours; 0 when they were given.
    pub seed: u32,
}

/// What one feature adds to the local model's prediction.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Contribution {
    /// The feature's name.
    pub feature: String,
    /// What holds for the record: "Contract=Month-to-month", "tenure <= 9.00".
    pub condition: String,
    /// Change of probability against a neighbour for whom the condition does not hold.
    pub weight: f64,
}
