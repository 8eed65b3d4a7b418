//! What a model said of rows whose truth is known.

use super::error::EvaluationError;

/// Truth, probability and predicted class of the same rows, lengths and range checked.
///
/// The class is given beside the probability because some models decide it in another way, such as by
/// the sign of a decision function; [`classes_at`] makes it from a threshold.
#[derive(Clone, Copy, Debug)]
pub struct Predictions<'a> {
    y_true: &'a [bool],
    y_pred: &'a [f64],
    classes: &'a [bool],
}

impl<'a> Predictions<'a> {
    /// `y_pred`: probabilities of the positive class; `classes`: true where positive is predicted.
    ///
    /// # Errors
    /// Lists of different lengths, or a number outside 0 to 1.
    pub fn new(
        y_true: &'a [bool],
        y_pred: &'a [f64],
        classes: &'a [bool],
    ) -> Result<Self, EvaluationError> {
        let expected = y_true.len();
        for (what, found) in [("probabilities", y_pred.len()), ("predicted classes", classes.len())]
        {
            if found != expected {
                return Err(EvaluationError::UnequalLengths { what, expected, found });
            }
        }
        probabilities(y_pred)?;
        Ok(Self { y_true, y_pred, classes })
    }

    /// Rows.
    #[must_use]
    pub fn n_rows(self) -> usize {
        self.y_true.len()
    }

    /// True for a positive row.
    #[must_use]
    pub fn y_true(self) -> &'a [bool] {
        self.y_true
    }

    /// Probability of the positive class.
    #[must_use]
    pub fn y_pred(self) -> &'a [f64] {
        self.y_pred
    }

    /// True where positive is predicted.
    #[must_use]
    pub fn classes(self) -> &'a [bool] {
        self.classes
    }

    /// How many rows are positive and how many negative.
    pub(super) fn class_counts(self) -> ClassCounts {
        let positive = self.y_true.iter().filter(|&&truth| truth).count() as u32;
        ClassCounts { positive, negative: self.y_true.len() as u32 - positive }
    }
}

/// Rows by their true class.
pub(super) struct ClassCounts {
    pub positive: u32,
    pub negative: u32,
}

impl ClassCounts {
    /// # Errors
    /// Fewer than `least` rows of a class.
    pub fn at_least(self, least: u32) -> Result<Self, EvaluationError> {
        for (class, n) in [("positive", self.positive), ("negative", self.negative)] {
            if n < least {
                return Err(EvaluationError::TooFewRows { class, n, least });
            }
        }
        Ok(self)
    }
}

/// # Errors
/// A number outside 0 to 1.
pub(super) fn probabilities(y_pred: &[f64]) -> Result<(), EvaluationError> {
    match y_pred.iter().position(|p| !(0.0..=1.0).contains(p)) {
        Some(row) => Err(EvaluationError::Probability { row, value: y_pred[row] }),
        None => Ok(()),
    }
}

/// Positive where `p ≥ threshold`.
#[must_use]
pub fn classes_at(y_pred: &[f64], threshold: f64) -> Vec<bool> {
    y_pred.iter().map(|&p| p >= threshold).collect()
}
