//! Where a model came from.

use serde::{Deserialize, Serialize};

use super::params::ModelParams;
use crate::data::{DatasetId, Target};

/// Names a trained model.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ModelId(pub String);

/// Names a run.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RunId(pub String);

/// Which rows train and which test.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Split {
    /// scikit-learn's `train_test_split(test_size=test_ratio, random_state=seed)`.
    Random {
        /// Share of test rows, above 0 and under 1. Default 0.25.
        test_ratio: f64,
        /// Default 42.
        seed: u32,
    },
    /// Kept rows by number, from 0.
    Rows {
        /// Training rows.
        train: Vec<u32>,
        /// Test rows.
        test: Vec<u32>,
    },
}

impl Default for Split {
    fn default() -> Self {
        Self::Random { test_ratio: 0.25, seed: 42 }
    }
}

/// What a model was made from: enough to make it again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Provenance {
    /// The data set.
    pub dataset_id: DatasetId,
    /// Its name at that time.
    pub dataset_name: String,
    /// What is predicted.
    pub target: Target,
    /// Family and settings.
    pub params: ModelParams,
    /// Which rows trained and tested.
    pub split: Split,
    /// Training rows.
    pub n_train: u32,
    /// Test rows.
    pub n_test: u32,
    /// When the fit ended, Unix milliseconds.
    pub created_ms: f64,
    /// How long the fit took, milliseconds.
    pub fit_ms: f64,
}
