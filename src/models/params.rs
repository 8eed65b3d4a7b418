//! What a person may set before a fit; the settings of most families stand beside the family.

use serde::{Deserialize, Serialize};

use super::baseline::BaselineParams;
use super::boosting::BoostingParams;
use super::error::FitError;
use super::knn::KnnParams;
use super::logistic::cross_validation::{LogisticCvParams, WeightedLogisticCvParams};
use super::logistic::elastic_net::{ElasticNetParams, WeightedLogisticParams};
use super::naive_bayes::NaiveBayesParams;
use super::trees::{ForestParams, TreeParams};

/// A model family and its settings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ModelParams {
    /// Logistic regression.
    Logistic(LogisticParams),
    /// Support vector classification.
    Svc(SvcParams),
    /// Logistic regression with an L1 or elastic-net penalty.
    ElasticNet(ElasticNetParams),
    /// Logistic regression whose C is chosen by cross-validation.
    LogisticCv(LogisticCvParams),
    /// The share of the positive class, whoever is asked about.
    Baseline(BaselineParams),
    /// A classification tree.
    DecisionTree(TreeParams),
    /// Many trees on drawn rows.
    RandomForest(ForestParams),
    /// Trees that each mend what those before leave wrong.
    GradientBoosting(BoostingParams),
    /// Features independent within a class.
    NaiveBayes(NaiveBayesParams),
    /// The training rows next to a record.
    Knn(KnnParams),
    /// Logistic regression in which the rows of one class count more.
    WeightedLogistic(WeightedLogisticParams),
    /// The same whose C is chosen by cross-validation.
    WeightedLogisticCv(WeightedLogisticCvParams),
}

impl ModelParams {
    /// The family's name in the API: "logistic", "random_forest".
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Logistic(_) | Self::ElasticNet(_) | Self::WeightedLogistic(_) => "logistic",
            Self::LogisticCv(_) | Self::WeightedLogisticCv(_) => "logistic_cv",
            Self::Svc(_) => "svc",
            Self::Baseline(_) => "baseline",
            Self::DecisionTree(_) => "decision_tree",
            Self::RandomForest(_) => "random_forest",
            Self::GradientBoosting(_) => "gradient_boosting",
            Self::NaiveBayes(_) => "naive_bayes",
            Self::Knn(_) => "knn",
        }
    }

    /// The family's name on screen: "Logistic regression".
    #[must_use]
    pub fn label(&self) -> &'static str {
        match self {
            Self::Logistic(_) => "Logistic regression",
            Self::ElasticNet(_) => "Sparse logistic regression",
            Self::WeightedLogistic(_) => "Weighted logistic regression",
            Self::LogisticCv(_) => "Cross-validated logistic regression",
            Self::WeightedLogisticCv(_) => "Cross-validated weighted logistic regression",
            Self::Svc(_) => "Support vector classifier",
            Self::Baseline(_) => "Baseline",
            Self::DecisionTree(_) => "Decision tree",
            Self::RandomForest(_) => "Random forest",
            Self::GradientBoosting(_) => "Gradient boosting",
            Self::NaiveBayes(_) => "Naive Bayes",
            Self::Knn(_) => "k nearest neighbours",
        }
    }
}

/// Settings of an L2-penalised logistic regression, named as in scikit-learn.
///
/// Minimises `C·Σ log(1 + exp(−yᵢ·mᵢ)) + ½·‖w‖²`, the intercept free, over standardised columns.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LogisticParams {
    /// Inverse strength of the penalty, above 0. Default 1.
    pub c: f64,
    /// Newton steps at most, at least 1. Default 100.
    pub max_iterations: u32,
    /// Stops when no component of the gradient is larger, above 0. Default 1e-9.
    pub tolerance: f64,
}

impl Default for LogisticParams {
    fn default() -> Self {
        Self { c: 1.0, max_iterations: 100, tolerance: 1e-9 }
    }
}

/// Settings of a support vector classification, named as in scikit-learn's `SVC`.
///
/// Minimises `½·‖w‖² + Σ Cᵢ·max(0, 1 − yᵢ·(w·φ(xᵢ) + b))` over standardised columns x, where the
/// kernel is K(u, v) = φ(u)·φ(v).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SvcParams {
    /// What an error costs, above 0. Default 1.
    pub c: f64,
    /// Default rbf with gamma `scale`.
    pub kernel: SvcKernel,
    /// How much more the errors of one class cost. Default none.
    pub class_weight: ClassWeight,
    /// Stops when no pair of rows violates optimality by more, above 0. Default 1e-3.
    pub tolerance: f64,
    /// Solver steps at most, at least 1; `None` for any number of them. Default `None`.
    pub max_iterations: Option<u32>,
    /// Leave out rows that seem decided while the solver runs. Default true.
    pub shrinking: bool,
    /// Fit a probability to the decision, which takes five more fits. Default false.
    pub probability: bool,
    /// scikit-learn's `random_state`: draws the rows of those five fits, nothing else. Default 0.
    pub seed: u32,
}

/// Which kernel, and its settings.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum SvcKernel {
    /// u·v.
    Linear,
    /// exp(−γ·‖u − v‖²).
    Rbf {
        /// Default `scale`.
        gamma: Gamma,
    },
    /// (γ·u·v + r)ᵈ.
    Poly {
        /// Default `scale`.
        gamma: Gamma,
        /// d. Default 3.
        degree: u32,
        /// r. Default 0.
        coef0: f64,
    },
    /// tanh(γ·u·v + r).
    Sigmoid {
        /// Default `scale`.
        gamma: Gamma,
        /// r. Default 0.
        coef0: f64,
    },
}

/// The γ of a kernel.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Gamma {
    /// 1 / (n_columns · variance of all cells).
    Scale,
    /// 1 / n_columns.
    Auto,
    /// This number, above 0.
    Value(f64),
}

/// Factors by class: of C, or of a row's weight.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum ClassWeight {
    /// 1 for both.
    None,
    /// n / (2 · rows of the class).
    Balanced,
    /// These, above 0.
    Given {
        /// Of the negative class.
        negative: f64,
        /// Of the positive class.
        positive: f64,
    },
}

impl ClassWeight {
    /// The factors of the negative and the positive class, given the rows of each.
    #[must_use]
    pub fn factors(self, n_of_class: [usize; 2]) -> [f64; 2] {
        let n_samples: usize = n_of_class.iter().sum();
        match self {
            Self::None => [1.0, 1.0],
            Self::Balanced => n_of_class.map(|n| n_samples as f64 / (2 * n) as f64),
            Self::Given { negative, positive } => [negative, positive],
        }
    }

    /// # Errors
    /// A factor that is no finite number above 0.
    pub(super) fn check(self) -> Result<(), FitError> {
        match self {
            Self::Given { negative, positive }
                if ![negative, positive].iter().all(|w| w.is_finite() && *w > 0.0) =>
            {
                let value = format!("{negative} and {positive}");
                Err(FitError::setting("class_weight", value, "finite numbers above 0"))
            }
            _ => Ok(()),
        }
    }
}

impl Default for SvcParams {
    fn default() -> Self {
        Self {
            c: 1.0,
            kernel: SvcKernel::Rbf { gamma: Gamma::Scale },
            class_weight: ClassWeight::None,
            tolerance: 1e-3,
            max_iterations: None,
            shrinking: true,
            probability: false,
            seed: 0,
        }
    }
}
