//! What is asked of a model as a whole.

use serde::{Deserialize, Serialize};

use crate::explain::whole::{
    AverageParams, DependenceParams, ImportanceParams, InteractionsParams, PairParams,
    SummaryParams, SurrogateParams,
};

/// A question about a model and the rows of its data set.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum WholeQuestion {
    /// What gets worse when a feature is shuffled?
    Importance(ImportanceParams),
    /// What does each feature add, customer by customer?
    Shapley(SummaryParams),
    /// What does LIME say on average?
    Average(AverageParams),
    /// Which simple tree says nearly the same?
    Surrogate(SurrogateParams),
    /// How does the model move with a feature?
    Dependence(DependenceParams),
    /// And with two?
    Pair(PairParams),
    /// Which pairs does it not simply add up?
    Interactions(InteractionsParams),
}
