//! Support vector classification as scikit-learn's `SVC`, which is LIBSVM, does it: step for step.
//!
//! ```text
//! FeatureMatrix ─ points, kernel ▶ kernel values ─ matrix ▶ kept rows ─ solver ▶ α, ρ
//!                                                     selection, shrinking ┘      │ decision
//!                       probability ◀ platt ─ decisions of held-out rows ◀── fit ─┘
//! ```
//!
//! Chang and Lin, "LIBSVM: a library for support vector machines", ACM TIST 2 (2011). Why not
//! linfa-svm: its cap on iterations is fixed and its steps are others, while the workshop's runs are
//! cut off after 1, 10, 100 … steps of LIBSVM's. The class is decided by the decision function; the
//! probability is fitted to it afterwards, and where a fit was cut off early the two can disagree.

mod decision;
mod error;
mod fit;
mod kernel;
mod matrix;
mod platt;
mod points;
mod selection;
mod shrinking;
mod sides;
mod solver;

use linfa::dataset::{AsSingleTargets, DatasetBase};
use linfa::param_guard::ParamGuard;
use linfa::traits::{Fit, PredictInplace};
use ndarray::Array1;
use serde::{Deserialize, Serialize};

use super::params::{ClassWeight, Gamma, SvcKernel, SvcParams};
use crate::features::{EncodedRecords, FeatureMatrix, OneHotEncoder, StandardScaler};
use decision::Decision;
pub use error::SvcError;
pub use fit::Iterates;
use fit::Told;
pub use kernel::Kernel;
pub use platt::Sigmoid;
pub use sides::Sides;
pub use solver::Step;

/// A support vector classification whose settings are not checked yet.
#[derive(Clone, Debug, PartialEq)]
pub struct SupportVectors(ValidSvc);

/// A support vector classification with settings that make sense.
#[derive(Clone, Debug, PartialEq)]
pub struct ValidSvc(SvcParams);

/// Fitted support vectors: decision = intercept + Σ βᵢ·K(xᵢ, x), positive class at 0 and above.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FittedSvc {
    /// The kernel.
    pub kernel: Kernel,
    /// Which training rows support, from 0; those of the negative class first, each class ascending.
    pub support: Vec<u32>,
    /// How many of each class: negative, positive.
    pub n_support: [u32; 2],
    /// The columns that are 1 before scaling, `(n_support, n_categorical)`, row-major.
    pub level_columns: Vec<u32>,
    /// Their numbers, `(n_support, n_numeric)`, row-major, standardised.
    pub numbers: Vec<f64>,
    /// βᵢ: above 0 for the positive class, at most C times the weight of the class in size.
    pub dual_coefficients: Vec<f64>,
    /// scikit-learn's `intercept_`, LIBSVM's ρ.
    pub intercept: f64,
    /// Solver steps taken, without those for the probability.
    pub iterations: u32,
    /// No pair of rows violated optimality by more than the tolerance.
    pub converged: bool,
    /// The probability of a decision towards the negative class; `None` when it was not asked for.
    pub sigmoid: Option<Sigmoid>,
}

impl SupportVectors {
    /// With these settings.
    #[must_use]
    pub fn new(params: SvcParams) -> Self {
        Self(ValidSvc(params))
    }
}

impl ParamGuard for SupportVectors {
    type Checked = ValidSvc;
    type Error = SvcError;

    fn check_ref(&self) -> Result<&ValidSvc, SvcError> {
        let SvcParams { c, kernel, class_weight, tolerance, max_iterations, .. } = self.0.0;
        let above_0 = |number: f64| number.is_finite() && number > 0.0;
        if !above_0(c) {
            return Err(SvcError::C { c });
        }
        if !above_0(tolerance) {
            return Err(SvcError::Tolerance { tolerance });
        }
        if let Some(max_iterations @ 0) = max_iterations {
            return Err(SvcError::MaxIterations { max_iterations });
        }
        if let ClassWeight::Given { negative, positive } = class_weight
            && !(above_0(negative) && above_0(positive))
        {
            return Err(SvcError::ClassWeight { negative, positive });
        }
        let (gamma, coef0) = match kernel {
            SvcKernel::Linear => (Gamma::Auto, 0.0),
            SvcKernel::Rbf { gamma } => (gamma, 0.0),
            SvcKernel::Poly { gamma, coef0, .. } | SvcKernel::Sigmoid { gamma, coef0 } => {
                (gamma, coef0)
            }
        };
        match gamma {
            Gamma::Value(gamma) if !above_0(gamma) => Err(SvcError::Gamma { gamma }),
            _ if !coef0.is_finite() => Err(SvcError::Coef0 { coef0 }),
            _ => Ok(&self.0),
        }
    }

    fn check(self) -> Result<ValidSvc, SvcError> {
        self.check_ref()?;
        Ok(self.0)
    }
}

impl ValidSvc {
    /// Fits; `targets` is true for the positive class, one a row. `progress` hears of every thousandth
    /// step: steps taken, and at most, 0 when there is no limit; those for the probability count too.
    ///
    /// # Errors
    /// Labels of one class or not one a row, no column, numbers out of range.
    pub fn fit_with_progress<T: AsSingleTargets<Elem = bool>>(
        &self,
        dataset: &DatasetBase<FeatureMatrix, T>,
        progress: &mut dyn FnMut(u32, u32),
    ) -> Result<FittedSvc, SvcError> {
        let mut iterates = self.iterates(dataset)?;
        let mut told = Told::new(&self.0, progress);
        iterates.by_ref().for_each(|step| told.hear(&step));
        let fitted = iterates.fitted()?;
        told.next_fit(&self.0, fitted.iterations);
        let sigmoid = self.0.probability.then(|| iterates.sigmoid(&self.0, &mut told));
        Ok(FittedSvc { sigmoid, ..fitted })
    }

    /// The fit step by step, as an iterator over its steps; without the probability.
    ///
    /// # Errors
    /// Labels of one class or not one a row, no column.
    pub fn iterates<'a, T: AsSingleTargets<Elem = bool>>(
        &self,
        dataset: &'a DatasetBase<FeatureMatrix, T>,
    ) -> Result<Iterates<'a>, SvcError> {
        let labels = dataset.targets.as_single_targets();
        let n_samples = dataset.records.n_samples();
        if labels.len() != n_samples {
            return Err(SvcError::LabelCount { n_labels: labels.len(), n_samples });
        }
        if dataset.records.encoder().n_columns() == 0 {
            return Err(SvcError::NoColumns);
        }
        let positives = labels.iter().filter(|&&label| label).count();
        if positives == 0 || positives == n_samples {
            return Err(SvcError::OneClass { label: positives > 0, n_samples });
        }
        let labels: Vec<bool> = labels.iter().copied().collect();
        Ok(Iterates::new(&dataset.records, &labels, &self.0))
    }
}

impl<T: AsSingleTargets<Elem = bool>> Fit<FeatureMatrix, T, SvcError> for ValidSvc {
    type Object = FittedSvc;

    fn fit(&self, dataset: &DatasetBase<FeatureMatrix, T>) -> Result<FittedSvc, SvcError> {
        self.fit_with_progress(dataset, &mut |_, _| {})
    }
}

impl FittedSvc {
    /// Decision values, one a row: at 0 and above the positive class.
    #[must_use]
    pub fn decision_function(&self, records: &FeatureMatrix) -> Vec<f64> {
        Decision::of(self, records.encoder(), records.scaler()).values(records)
    }

    /// Probability of the positive class at a decision value; where no sigmoid was fitted, 1 for the
    /// positive class and 0 for the other.
    #[must_use]
    pub fn probability(&self, decision: f64) -> f64 {
        match self.sigmoid {
            _ if decision.is_nan() => f64::NAN,
            Some(sigmoid) => sigmoid.second_coupled(-decision),
            None => f64::from(u8::from(decision >= 0.0)),
        }
    }

    /// Decision values, one a record; all NaN when they have not one number a feature.
    #[must_use]
    pub fn decisions(&self, records: EncodedRecords<'_>) -> Vec<f64> {
        Decision::of(self, records.encoder, records.scaler).values_encoded(records)
    }

    /// Their probabilities of the positive class.
    #[must_use]
    pub fn probabilities(&self, records: EncodedRecords<'_>) -> Vec<f64> {
        let mut values = self.decisions(records);
        for value in &mut values {
            *value = self.probability(*value);
        }
        values
    }

    /// Weights on the standardised columns where the kernel is linear; `None` with another.
    #[must_use]
    pub fn coefficients(
        &self,
        encoder: &OneHotEncoder,
        scaler: &StandardScaler,
    ) -> Option<Vec<f64>> {
        let vectors = self.vectors(encoder, scaler).filter(|_| self.kernel == Kernel::Linear)?;
        let rows: Vec<u32> = (0..vectors.n_samples() as u32).collect();
        Some(decision::column_weights(&vectors, &rows, &self.dual_coefficients))
    }

    /// The support vectors as rows; `None` when they are none of these columns.
    pub(in crate::models) fn vectors(
        &self,
        encoder: &OneHotEncoder,
        scaler: &StandardScaler,
    ) -> Option<FeatureMatrix> {
        let (columns, numbers) = (self.level_columns.clone(), self.numbers.clone());
        FeatureMatrix::of_rows(encoder, scaler, columns, numbers, self.dual_coefficients.len())
    }
}

/// The class, one a row: true is positive. It is that of the decision, not of the probability.
impl PredictInplace<FeatureMatrix, Array1<bool>> for FittedSvc {
    fn predict_inplace<'a>(&'a self, records: &'a FeatureMatrix, classes: &mut Array1<bool>) {
        for (to, decision) in classes.iter_mut().zip(self.decision_function(records)) {
            *to = decision >= 0.0;
        }
    }

    fn default_target(&self, records: &FeatureMatrix) -> Array1<bool> {
        Array1::from_elem(records.n_samples(), false)
    }
}
