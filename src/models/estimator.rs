//! What the families without a solver of their own share: settings that are checked once, a fit, and
//! probabilities of rows in either form.

use linfa::dataset::{AsSingleTargets, DatasetBase};
use linfa::param_guard::ParamGuard;
use linfa::traits::Fit;

use super::error::FitError;
use crate::features::{FeatureMatrix, Rows};

/// The settings of a family.
pub trait Family {
    /// What a fit gives.
    type Fitted: Probabilities;

    /// # Errors
    /// The first setting out of range.
    fn check(&self) -> Result<(), FitError>;

    /// Learns from rows of both classes. `progress` hears of every step: steps taken, steps at most.
    ///
    /// # Errors
    /// What can only be seen with the rows.
    fn learn(
        &self,
        training: &Training<'_>,
        progress: &mut dyn FnMut(u32, u32),
    ) -> Result<Self::Fitted, FitError>;
}

/// What a family learns from: at least one column, and rows of both classes.
pub struct Training<'a> {
    /// `(n_samples, n_columns)`.
    pub matrix: &'a FeatureMatrix,
    /// True for the positive class, one a row.
    pub labels: Vec<bool>,
    /// Rows by class: negative, positive.
    pub n_of_class: [usize; 2],
}

/// A fitted model that says a probability of the positive class.
pub trait Probabilities {
    /// One a row, NaN where a number is NaN; the bits of a row hang on no other row.
    fn probabilities(&self, rows: &dyn Rows) -> Vec<f64>;
}

/// A family whose settings are not checked yet.
#[derive(Clone, Debug, PartialEq)]
pub struct Estimator<P>(Checked<P>);

/// A family with settings that make sense.
#[derive(Clone, Debug, PartialEq)]
pub struct Checked<P>(P);

impl<P> Estimator<P> {
    /// With these settings.
    #[must_use]
    pub fn new(params: P) -> Self {
        Self(Checked(params))
    }
}

impl<P: Family> ParamGuard for Estimator<P> {
    type Checked = Checked<P>;
    type Error = FitError;

    fn check_ref(&self) -> Result<&Checked<P>, FitError> {
        self.0.0.check().map(|()| &self.0)
    }

    fn check(self) -> Result<Checked<P>, FitError> {
        self.check_ref()?;
        Ok(self.0)
    }
}

impl<P: Family> Checked<P> {
    /// Fits; `targets` is true for the positive class, one a row. `progress` hears of every step: steps
    /// taken, steps at most.
    ///
    /// # Errors
    /// Labels of one class or not one a row, no column, or what the family can't learn from.
    pub fn fit_with_progress<T: AsSingleTargets<Elem = bool>>(
        &self,
        dataset: &DatasetBase<FeatureMatrix, T>,
        progress: &mut dyn FnMut(u32, u32),
    ) -> Result<P::Fitted, FitError> {
        let labels = dataset.targets.as_single_targets();
        let matrix = &dataset.records;
        let n_samples = matrix.n_samples();
        if labels.len() != n_samples {
            return Err(FitError::LabelCount { n_labels: labels.len(), n_samples });
        }
        if matrix.encoder().n_columns() == 0 {
            return Err(FitError::NoColumns);
        }
        let labels: Vec<bool> = labels.iter().copied().collect();
        let positives = labels.iter().filter(|&&label| label).count();
        let n_of_class = [n_samples - positives, positives];
        if n_of_class.contains(&0) {
            return Err(FitError::OneClass { label: positives > 0, n_samples });
        }
        self.0.learn(&Training { matrix, labels, n_of_class }, progress)
    }
}

impl<P: Family, T: AsSingleTargets<Elem = bool>> Fit<FeatureMatrix, T, FitError> for Checked<P> {
    type Object = P::Fitted;

    fn fit(&self, dataset: &DatasetBase<FeatureMatrix, T>) -> Result<P::Fitted, FitError> {
        self.fit_with_progress(dataset, &mut |_, _| {})
    }
}

/// linfa's trait for fitted models that have [`Probabilities`].
macro_rules! predict_inplace {
    ($($fitted:ty),*) => {$(
        /// Probabilities of the positive class, one a row.
        impl linfa::traits::PredictInplace<FeatureMatrix, ndarray::Array1<f64>> for $fitted {
            fn predict_inplace<'a>(
                &'a self,
                records: &'a FeatureMatrix,
                probabilities: &mut ndarray::Array1<f64>,
            ) {
                *probabilities = self.probabilities(records).into();
            }

            fn default_target(&self, records: &FeatureMatrix) -> ndarray::Array1<f64> {
                ndarray::Array1::zeros(records.n_samples())
            }
        }
    )*};
}

predict_inplace!(
    super::FittedBaseline,
    super::FittedTree,
    super::FittedForest,
    super::FittedBoosting,
    super::FittedNaiveBayes,
    super::FittedKnn
);
