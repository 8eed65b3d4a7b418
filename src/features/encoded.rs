//! Encoded records, and what makes columns of them.

use super::{OneHotEncoder, StandardScaler};

/// Records of one number a feature, not yet columns.
#[derive(Clone, Copy)]
pub struct EncodedRecords<'a> {
    /// `(n_records, n_features)`, row-major.
    pub values: &'a [f64],
    /// How many.
    pub n_records: usize,
    /// From levels to columns.
    pub encoder: &'a OneHotEncoder,
    /// From columns to standardised ones.
    pub scaler: &'a StandardScaler,
}

impl EncodedRecords<'_> {
    /// Numbers of a record; `None` when there is not one a feature in each.
    #[must_use]
    pub fn width(&self) -> Option<usize> {
        let width = self.encoder.categorical.len() + self.encoder.numeric.len();
        (width > 0 && self.values.len() == self.n_records * width).then_some(width)
    }
}
