//! Why there is no fit.

use thiserror::Error;

/// Why a support vector classification was not fitted.
#[derive(Debug, Error)]
pub enum SvcError {
    /// C is no cost.
    #[error("C is {c}; allowed: a finite number above 0")]
    C {
        /// What was given.
        c: f64,
    },
    /// The tolerance is none.
    #[error("tol is {tolerance}; allowed: a finite number above 0")]
    Tolerance {
        /// What was given.
        tolerance: f64,
    },
    /// No step allowed.
    #[error("max_iter is {max_iterations}; allowed: 1 or more, or no limit")]
    MaxIterations {
        /// What was given.
        max_iterations: u32,
    },
    /// Gamma is none.
    #[error("gamma is {gamma}; allowed: scale, auto or a finite number above 0")]
    Gamma {
        /// What was given.
        gamma: f64,
    },
    /// The kernel's constant is no number.
    #[error("coef0 is {coef0}; allowed: a finite number")]
    Coef0 {
        /// What was given.
        coef0: f64,
    },
    /// A class weighs nothing.
    #[error("class_weight is {negative} and {positive}; allowed: finite numbers above 0")]
    ClassWeight {
        /// What was given for the negative class.
        negative: f64,
        /// What was given for the positive class.
        positive: f64,
    },
    /// Not one label a row.
    #[error("{n_labels} labels for {n_samples} rows; one label a row is needed")]
    LabelCount {
        /// Labels given.
        n_labels: usize,
        /// Rows given.
        n_samples: usize,
    },
    /// Nothing to learn from.
    #[error("there is no column to learn from; at least one is needed")]
    NoColumns,
    /// Every label is the same, so there is nothing to tell apart.
    #[error("every one of the {n_samples} labels is {label}; both classes are needed")]
    OneClass {
        /// The only label.
        label: bool,
        /// Rows given.
        n_samples: usize,
    },
    /// Kernel or variables left the range of numbers.
    #[error(
        "the solution is not finite after {iterations} steps; try a smaller C, gamma or degree"
    )]
    NotFinite {
        /// Steps taken.
        iterations: u32,
    },
    /// From linfa's own checks.
    #[error(transparent)]
    Linfa(#[from] linfa::error::Error),
}

impl SvcError {
    /// Stable, for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::C { .. } => "param_c",
            Self::Tolerance { .. } => "param_tol",
            Self::MaxIterations { .. } => "param_max_iter",
            Self::Gamma { .. } => "param_gamma",
            Self::Coef0 { .. } => "param_coef0",
            Self::ClassWeight { .. } => "param_class_weight",
            Self::LabelCount { .. } => "label_count",
            Self::NoColumns => "no_features",
            Self::OneClass { .. } => "one_class",
            Self::NotFinite { .. } => "fit_not_finite",
            Self::Linfa(_) => "linfa",
        }
    }

    /// The setting the error is about, by scikit-learn's name.
    #[must_use]
    pub fn field(&self) -> Option<&'static str> {
        match self {
            Self::C { .. } => Some("C"),
            Self::Tolerance { .. } => Some("tol"),
            Self::MaxIterations { .. } => Some("max_iter"),
            Self::Gamma { .. } => Some("gamma"),
            Self::Coef0 { .. } => Some("coef0"),
            Self::ClassWeight { .. } => Some("class_weight"),
            _ => None,
        }
    }
}
