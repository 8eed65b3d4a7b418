//! Model + record → [`Explanation`].

pub mod cache;
pub mod counterfactual;
pub mod dependence;
pub mod error;
pub mod explainable;
pub mod explanation;
pub mod lime;
pub mod local;
pub mod moments;
pub mod neighbours;
pub mod scenarios;
pub mod settings;
pub mod shapley;
pub mod stability;
pub mod versus;
pub mod whole;

pub use cache::ExplainCache;
pub use counterfactual::{
    Change, Counterfactual, CounterfactualParams, Counterfactuals, Outcome, Side, Way,
};
pub use dependence::{Curve, CurvePoint, Curves, CurvesParams, Swept};
pub use error::ExplainError;
pub use explainable::ExplainableModel;
pub use explanation::{Contribution, Explanation, FeatureCount, LimeParams, Neighbourhood};
pub use lime::{FeatureStatistics, LimeExplainer};
pub use local::LocalModel;
pub use neighbours::{Bins, Neighbours};
pub use scenarios::{CustomerScenario, CustomerScenarios, ScenarioError};
pub use settings::{
    Compared, Discretizer, Distance, FeatureSelection, FirstFeatures, LimeSettings, SettingsParams,
    Variant, VariantEffect,
};
pub use shapley::{Background, Shapley, ShapleyMethod, ShapleyParams, ShapleyValue, ShapleyValues};
pub use stability::{Band, Narrowing, Stability, StabilityParams, Verdict, WeightBand};
pub use versus::{Version, Versus, VersusRow, Weighed};
