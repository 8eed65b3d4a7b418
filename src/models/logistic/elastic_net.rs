//! Logistic regression with absolute weights in the penalty, which sets many of them to 0.

use linfa::dataset::{AsSingleTargets, DatasetBase};
use linfa::param_guard::ParamGuard;
use linfa::traits::Fit;
use serde::{Deserialize, Serialize};

use super::newton::{NewtonStep, Problem};
use super::penalty::Penalty;
use super::{FittedLogistic, LogisticError, check_solver, checked_labels, optimum};
use crate::features::FeatureMatrix;
use crate::models::params::ClassWeight;

/// Settings of a logistic regression with an L1 or elastic-net penalty, named as in scikit-learn.
///
/// Minimises `C·Σ log(1 + exp(−yᵢ·mᵢ)) + ρ·‖w‖₁ + ½·(1 − ρ)·‖w‖²`, the intercept free, over standardised
/// columns. At ρ = 1, where columns repeat each other, several weights are as good as each other; then
/// the first of the columns takes what the others could.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ElasticNetParams {
    /// Inverse strength of the penalty, above 0. Default 1.
    pub c: f64,
    /// ρ: the share of absolute weights in the penalty, 0 to 1; 1 is `penalty="l1"`. Default 1.
    pub l1_ratio: f64,
    /// Newton steps at most, at least 1. Default 100.
    pub max_iterations: u32,
    /// Stops when no weight violates its condition of optimality by more, above 0. Default 1e-9.
    pub tolerance: f64,
}

impl Default for ElasticNetParams {
    fn default() -> Self {
        Self { c: 1.0, l1_ratio: 1.0, max_iterations: 100, tolerance: 1e-9 }
    }
}

/// Settings of a logistic regression with any penalty, in which the rows of one class count more.
///
/// A variant of its own because models are stored in postcard, where a new field would make earlier ones
/// unreadable.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WeightedLogisticParams {
    /// The penalty and the solver; ρ = 0 is `penalty="l2"`.
    pub penalised: ElasticNetParams,
    /// How much more the rows of one class count.
    pub class_weight: ClassWeight,
}

/// Settings that are not checked yet.
#[derive(Clone, Debug, PartialEq)]
pub struct ElasticNet(ValidElasticNet);

/// Settings that make sense.
#[derive(Clone, Debug, PartialEq)]
pub struct ValidElasticNet(WeightedLogisticParams);

impl ElasticNet {
    /// With these settings.
    #[must_use]
    pub fn new(penalised: ElasticNetParams) -> Self {
        Self::weighted(WeightedLogisticParams { penalised, class_weight: ClassWeight::None })
    }

    /// With these settings, in which the rows of one class may count more.
    #[must_use]
    pub fn weighted(params: WeightedLogisticParams) -> Self {
        Self(ValidElasticNet(params))
    }
}

impl ParamGuard for ElasticNet {
    type Checked = ValidElasticNet;
    type Error = LogisticError;

    fn check_ref(&self) -> Result<&ValidElasticNet, LogisticError> {
        let WeightedLogisticParams { penalised, class_weight } = &self.0.0;
        let ElasticNetParams { c, l1_ratio, max_iterations, tolerance } = *penalised;
        class_weight.check()?;
        check_solver(c, max_iterations, tolerance)?;
        if !(0.0..=1.0).contains(&l1_ratio) {
            return Err(LogisticError::L1Ratio { l1_ratio });
        }
        Ok(&self.0)
    }

    fn check(self) -> Result<ValidElasticNet, LogisticError> {
        self.check_ref()?;
        Ok(self.0)
    }
}

impl ValidElasticNet {
    /// Fits; `targets` is true for the positive class, one a row. `progress` hears of every Newton
    /// step: steps taken, steps at most.
    ///
    /// # Errors
    /// Labels of one class or not one a row, no column or too many, numbers out of range.
    pub fn fit_with_progress<T: AsSingleTargets<Elem = bool>>(
        &self,
        dataset: &DatasetBase<FeatureMatrix, T>,
        progress: &mut dyn FnMut(u32, u32),
    ) -> Result<FittedLogistic, LogisticError> {
        let most = self.0.penalised.max_iterations;
        self.fit_followed(dataset, &mut |step| {
            if step.iteration > 0 {
                progress(step.iteration, most);
            }
        })
    }

    /// The same; `each` hears of the start and of every step what a fit that ends there would
    /// give.
    ///
    /// # Errors
    /// As [`Self::fit_with_progress`].
    pub fn fit_followed<T: AsSingleTargets<Elem = bool>>(
        &self,
        dataset: &DatasetBase<FeatureMatrix, T>,
        each: &mut dyn FnMut(NewtonStep<'_>),
    ) -> Result<FittedLogistic, LogisticError> {
        let ElasticNetParams { c, l1_ratio, max_iterations, tolerance } = self.0.penalised;
        let positives = checked_labels(dataset)?.into_iter().filter(|&label| label).count();
        let n_of_class = [dataset.records.n_samples() - positives, positives];
        let factors = self.0.class_weight.factors(n_of_class);
        let penalty = Penalty::mixed(l1_ratio);
        let problem = Problem { c, penalty, max_iterations, tolerance };
        optimum(dataset, problem, factors, each)
    }
}

impl<T: AsSingleTargets<Elem = bool>> Fit<FeatureMatrix, T, LogisticError> for ValidElasticNet {
    type Object = FittedLogistic;

    fn fit(
        &self,
        dataset: &DatasetBase<FeatureMatrix, T>,
    ) -> Result<FittedLogistic, LogisticError> {
        self.fit_with_progress(dataset, &mut |_, _| {})
    }
}
