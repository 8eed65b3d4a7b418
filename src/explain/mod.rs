//! Model + record → [`Explanation`].

pub mod explainable;
pub mod explanation;
pub mod lime;

pub use explainable::ExplainableModel;
pub use explanation::{Contribution, Explanation, FeatureCount, LimeParams, Neighbourhood};
pub use lime::{FeatureStatistics, LimeExplainer};
