//! Encoded records, and what makes columns of them.

use super::{FeatureMatrix, OneHotEncoder, StandardScaler};

/// Rows as a model reads them, one after the other, in whatever form they are kept.
pub trait Rows {
    /// How many.
    fn n_rows(&self) -> usize;
    /// Which column stands for what.
    fn encoder(&self) -> &OneHotEncoder;
    /// The columns' means and scales.
    fn scaler(&self) -> &StandardScaler;
    /// Shows every row: the columns of its levels, its standardised numbers.
    fn each(&self, visit: &mut dyn FnMut(&[u32], &[f64]));
}

impl Rows for FeatureMatrix {
    fn n_rows(&self) -> usize {
        self.n_samples()
    }

    fn encoder(&self) -> &OneHotEncoder {
        self.encoder()
    }

    fn scaler(&self) -> &StandardScaler {
        self.scaler()
    }

    fn each(&self, visit: &mut dyn FnMut(&[u32], &[f64])) {
        for (level_columns, numbers) in self.rows() {
            visit(level_columns, numbers);
        }
    }
}

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

impl Rows for EncodedRecords<'_> {
    fn n_rows(&self) -> usize {
        self.n_records
    }

    fn encoder(&self) -> &OneHotEncoder {
        self.encoder
    }

    fn scaler(&self) -> &StandardScaler {
        self.scaler
    }

    /// None when there is not one number a feature in each.
    fn each(&self, visit: &mut dyn FnMut(&[u32], &[f64])) {
        let Some(width) = self.width() else { return };
        let first_number = self.encoder.n_level_columns();
        let mut columns = vec![0; self.encoder.categorical.len()];
        let mut numbers = vec![0.0; self.encoder.numeric.len()];
        for record in self.values.chunks_exact(width) {
            for (to, block) in columns.iter_mut().zip(&self.encoder.categorical) {
                *to = block.column(record[block.feature]) as u32;
            }
            let features = (first_number..).zip(&self.encoder.numeric);
            for (to, (column, &feature)) in numbers.iter_mut().zip(features) {
                *to = self.scaler.standardise(column, record[feature]);
            }
            visit(&columns, &numbers);
        }
    }
}
