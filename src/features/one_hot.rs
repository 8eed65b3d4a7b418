//! One column a level.

use serde::{Deserialize, Serialize};

use super::space::{Domain, FeatureSpace};

/// Which column stands for what: every level of every categorical feature in file order, then the
/// numeric features in file order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OneHotEncoder {
    /// The categorical features, in file order.
    pub categorical: Vec<LevelColumns>,
    /// The numeric features by their place in the feature space, in file order.
    pub numeric: Vec<usize>,
}

/// The columns of one categorical feature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LevelColumns {
    /// Its place in the feature space.
    pub feature: usize,
    /// The column of its first level.
    pub first: usize,
    /// How many levels it has.
    pub n_levels: usize,
}

impl LevelColumns {
    /// The column of an encoded level; an index that is no level gives the first one, as
    /// [`FeatureSpace::decode`] does.
    #[must_use]
    pub fn column(&self, level: f64) -> usize {
        let level = level as usize;
        self.first + if level < self.n_levels { level } else { 0 }
    }
}

impl OneHotEncoder {
    /// The columns of a feature space.
    #[must_use]
    pub fn of(space: &FeatureSpace) -> Self {
        let mut encoder = Self::default();
        let mut first = 0;
        for (feature, of) in space.features.iter().enumerate() {
            match &of.domain {
                Domain::Levels(levels) => {
                    let n_levels = levels.len();
                    encoder.categorical.push(LevelColumns { feature, first, n_levels });
                    first += n_levels;
                }
                Domain::Numbers { .. } => encoder.numeric.push(feature),
            }
        }
        encoder
    }

    /// Columns that stand for a level; the first numeric column comes after them.
    #[must_use]
    pub fn n_level_columns(&self) -> usize {
        self.categorical.last().map_or(0, |block| block.first + block.n_levels)
    }

    /// All columns.
    #[must_use]
    pub fn n_columns(&self) -> usize {
        self.n_level_columns() + self.numeric.len()
    }

    /// "Contract=Two year" for a level, "tenure" for a number; length `n_columns`.
    #[must_use]
    pub fn column_names(&self, space: &FeatureSpace) -> Vec<String> {
        let mut names = Vec::with_capacity(self.n_columns());
        for feature in &space.features {
            if let Domain::Levels(levels) = &feature.domain {
                names.extend(levels.iter().map(|level| format!("{}={level}", feature.name)));
            }
        }
        for feature in &space.features {
            if let Domain::Numbers { .. } = feature.domain {
                names.push(feature.name.clone());
            }
        }
        names
    }
}
