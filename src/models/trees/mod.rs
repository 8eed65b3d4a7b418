//! Classification trees, one or many.
//!
//! ```text
//! FeatureMatrix ─ columns ▶ ranks and levels ─ split ▶ best split ─ grow ▶ nodes ─ nodes ▶ leaf values
//! ```
//!
//! Breiman, Friedman, Olshen and Stone, "Classification and Regression Trees" (1984); Breiman, "Random
//! Forests" (2001). Splits are scikit-learn's, draw for draw: `DecisionTreeClassifier` and
//! `RandomForestClassifier` behind one-hot columns and a scaler give the same trees for the same seed.

mod columns;
mod forest;
mod grow;
pub(super) mod nodes;
mod params;
mod split;
mod sum;
mod tree;

pub use forest::{FittedForest, ForestParams};
pub use nodes::{Precision, Seen, Trees};
pub use params::{Criterion, MaxFeatures, TreeParams};
pub use sum::TreeSum;
pub use tree::FittedTree;
