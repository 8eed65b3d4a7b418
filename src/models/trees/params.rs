//! What may be set of a tree.

use serde::{Deserialize, Serialize};

use crate::models::error::FitError;
use crate::models::params::ClassWeight;
use crate::models::settings::{Setting, class_weight};

/// Settings of a tree, named as in scikit-learn's `DecisionTreeClassifier`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TreeParams {
    /// How impure a node is. Default gini.
    pub criterion: Criterion,
    /// Edges from the root to a leaf at most, at least 1; `None` for any number. Default `None`.
    pub max_depth: Option<u32>,
    /// Rows a node needs to be split, at least 2. Default 2.
    pub min_samples_split: u32,
    /// Rows each side of a split needs, at least 1. Default 1.
    pub min_samples_leaf: u32,
    /// Columns looked at for a split. Default all; of a forest the square root.
    pub max_features: MaxFeatures,
    /// How much more a row of one class counts. Default none.
    pub class_weight: ClassWeight,
    /// scikit-learn's `random_state`: the order in which columns are looked at. Default 0.
    pub seed: u32,
}

/// How impure a node with the share p of positive rows is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Criterion {
    /// 1 − p² − (1 − p)².
    Gini,
    /// −p·log₂ p − (1 − p)·log₂(1 − p).
    Entropy,
}

/// How many columns are looked at for a split, drawn anew for each.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum MaxFeatures {
    /// Every one.
    All,
    /// ⌊√n⌋ of n, at least 1.
    Sqrt,
    /// ⌊log₂ n⌋ of n, at least 1.
    Log2,
    /// This many, at least 1.
    Count(u32),
    /// This share of them, above 0 and at most 1; at least 1 column.
    Share(f64),
}

impl Default for TreeParams {
    fn default() -> Self {
        Self {
            criterion: Criterion::Gini,
            max_depth: None,
            min_samples_split: 2,
            min_samples_leaf: 1,
            max_features: MaxFeatures::All,
            class_weight: ClassWeight::None,
            seed: 0,
        }
    }
}

impl MaxFeatures {
    /// Of so many columns.
    pub(super) fn of(self, n_columns: usize) -> usize {
        let some = match self {
            Self::All => n_columns,
            Self::Sqrt => n_columns.isqrt(),
            Self::Log2 => n_columns.checked_ilog2().unwrap_or(0) as usize,
            Self::Count(count) => count as usize,
            Self::Share(share) => (share * n_columns as f64) as usize,
        };
        some.max(1)
    }

    fn shown(self) -> String {
        match self {
            Self::All => "none".to_owned(),
            Self::Sqrt => "sqrt".to_owned(),
            Self::Log2 => "log2".to_owned(),
            Self::Count(count) => count.to_string(),
            Self::Share(share) => share.to_string(),
        }
    }
}

impl TreeParams {
    /// # Errors
    /// The first setting out of range.
    pub(super) fn check_all(&self) -> Result<(), FitError> {
        if let Some(depth @ 0) = self.max_depth {
            return Err(FitError::setting("max_depth", depth, "1 or more, or no limit"));
        }
        if self.min_samples_split < 2 {
            let value = self.min_samples_split;
            return Err(FitError::setting("min_samples_split", value, "2 or more"));
        }
        if self.min_samples_leaf < 1 {
            let value = self.min_samples_leaf;
            return Err(FitError::setting("min_samples_leaf", value, "1 or more"));
        }
        match self.max_features {
            MaxFeatures::Count(count @ 0) => {
                return Err(FitError::setting("max_features", count, "1 or more"));
            }
            MaxFeatures::Share(share) if !(share > 0.0 && share <= 1.0) => {
                return Err(FitError::setting("max_features", share, "above 0 and at most 1"));
            }
            _ => {}
        }
        self.class_weight.check()
    }

    /// Names and values.
    pub(in crate::models) fn settings(&self) -> Vec<Setting> {
        let criterion = match self.criterion {
            Criterion::Gini => "gini",
            Criterion::Entropy => "entropy",
        };
        vec![
            Setting::limit("max_depth", self.max_depth),
            Setting::of("criterion", criterion),
            Setting::of("min_samples_split", self.min_samples_split),
            Setting::of("min_samples_leaf", self.min_samples_leaf),
            Setting::of("max_features", self.max_features.shown()),
            class_weight(self.class_weight),
            Setting::of("seed", self.seed),
        ]
    }
}
