//! Why a family that needs no solver of its own was not fitted.

use thiserror::Error;

/// Why there is no fit.
#[derive(Debug, Error)]
pub enum FitError {
    /// A setting out of range.
    #[error("{name} is {value}; allowed: {allowed}")]
    Setting {
        /// scikit-learn's name.
        name: &'static str,
        /// What was given.
        value: String,
        /// What may be.
        allowed: String,
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
    /// More rows than can be looked through for every row.
    #[error(
        "{n_samples} training rows; allowed: at most {most}, since each row is compared with all"
    )]
    TooManyRows {
        /// Rows given.
        n_samples: usize,
        /// Rows allowed.
        most: usize,
    },
    /// The trees outgrow a browser's memory.
    #[error(
        "the trees have more than {most} nodes after {n_trees} trees; try fewer trees or a smaller \
         max_depth"
    )]
    TooManyNodes {
        /// Trees grown.
        n_trees: u32,
        /// Nodes allowed.
        most: usize,
    },
    /// From linfa's own checks.
    #[error(transparent)]
    Linfa(#[from] linfa::error::Error),
}

impl FitError {
    /// A setting out of range.
    pub(super) fn setting(name: &'static str, value: impl ToString, allowed: &str) -> Self {
        Self::Setting { name, value: value.to_string(), allowed: allowed.to_owned() }
    }

    /// Stable, for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Setting { .. } => "bad_param",
            Self::LabelCount { .. } => "label_count",
            Self::NoColumns => "no_features",
            Self::OneClass { .. } => "one_class",
            Self::TooManyRows { .. } => "too_many_rows",
            Self::TooManyNodes { .. } => "too_many_nodes",
            Self::Linfa(_) => "linfa",
        }
    }

    /// The setting the error is about, by scikit-learn's name.
    #[must_use]
    pub fn field(&self) -> Option<&'static str> {
        match self {
            Self::Setting { name, .. } => Some(name),
            _ => None,
        }
    }
}
