//! What a model learns from, with its one-hot structure kept.

use linfa::dataset::Records;
use ndarray::Array2;

use super::one_hot::OneHotEncoder;
use super::scaler::StandardScaler;

/// Records as standardised one-hot columns: `(n_samples, n_columns)`, no NaN.
///
/// A row of the Telco file has 46 columns, 16 of them ones and 27 zeros before scaling. So a row is
/// kept as the columns of its levels and its standardised numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct FeatureMatrix {
    pub(super) encoder: OneHotEncoder,
    pub(super) scaler: StandardScaler,
    pub(super) n_samples: usize,
    /// `(n_samples, n_categorical)`, row-major.
    pub(super) level_columns: Vec<u32>,
    /// `(n_samples, n_numeric)`, row-major, standardised.
    pub(super) numbers: Vec<f64>,
}

impl FeatureMatrix {
    /// Of rows that are encoded already; `None` where a row lacks something, or a level's column is not
    /// one of its feature.
    #[must_use]
    pub fn of_rows(
        encoder: &OneHotEncoder,
        scaler: &StandardScaler,
        level_columns: Vec<u32>,
        numbers: Vec<f64>,
        n_samples: usize,
    ) -> Option<Self> {
        let (n_categorical, n_numeric) = (encoder.categorical.len(), encoder.numeric.len());
        let whole = level_columns.len() == n_samples * n_categorical
            && numbers.len() == n_samples * n_numeric
            && scaler.mean.len() == encoder.n_columns()
            && scaler.scale.len() == encoder.n_columns();
        let blocks = encoder.categorical.iter().cycle();
        let known = level_columns.iter().zip(blocks).all(|(&column, block)| {
            (block.first..block.first + block.n_levels).contains(&(column as usize))
        });
        (whole && known).then(|| Self {
            encoder: encoder.clone(),
            scaler: scaler.clone(),
            n_samples,
            level_columns,
            numbers,
        })
    }

    /// Which column stands for what.
    #[must_use]
    pub fn encoder(&self) -> &OneHotEncoder {
        &self.encoder
    }

    /// The columns' means and scales; the matrix's columns are (0/1 or number − mean) / scale.
    #[must_use]
    pub fn scaler(&self) -> &StandardScaler {
        &self.scaler
    }

    /// Rows.
    #[must_use]
    pub fn n_samples(&self) -> usize {
        self.n_samples
    }

    /// The columns that are 1 before scaling, `(n_samples, n_categorical)`, row-major.
    #[must_use]
    pub fn level_columns(&self) -> &[u32] {
        &self.level_columns
    }

    /// The numeric columns, `(n_samples, n_numeric)`, row-major, standardised.
    #[must_use]
    pub fn numbers(&self) -> &[f64] {
        &self.numbers
    }

    /// Row after row: the columns of its levels, its standardised numbers.
    pub fn rows(&self) -> impl Iterator<Item = (&[u32], &[f64])> {
        let n_categorical = self.encoder.categorical.len();
        let n_numeric = self.encoder.numeric.len();
        (0..self.n_samples).map(move |row| {
            (
                &self.level_columns[row * n_categorical..][..n_categorical],
                &self.numbers[row * n_numeric..][..n_numeric],
            )
        })
    }

    /// One row: the columns of its levels, its standardised numbers; empty where there is none.
    #[must_use]
    pub fn row(&self, row: usize) -> (&[u32], &[f64]) {
        let n_categorical = self.encoder.categorical.len();
        let n_numeric = self.encoder.numeric.len();
        let columns = self.level_columns.get(row * n_categorical..(row + 1) * n_categorical);
        let numbers = self.numbers.get(row * n_numeric..(row + 1) * n_numeric);
        (columns.unwrap_or_default(), numbers.unwrap_or_default())
    }

    /// The rows of these numbers, from 0, in this order; those that do not exist are left out.
    #[must_use]
    pub fn select(&self, rows: &[u32]) -> Self {
        let mut level_columns = Vec::with_capacity(rows.len() * self.encoder.categorical.len());
        let mut numbers = Vec::with_capacity(rows.len() * self.encoder.numeric.len());
        let mut n_samples = 0;
        for row in rows.iter().map(|&row| row as usize).filter(|&row| row < self.n_samples) {
            let (columns, row_numbers) = self.row(row);
            level_columns.extend_from_slice(columns);
            numbers.extend_from_slice(row_numbers);
            n_samples += 1;
        }
        let (encoder, scaler) = (self.encoder.clone(), self.scaler.clone());
        Self { encoder, scaler, n_samples, level_columns, numbers }
    }

    /// Every column of every row, standardised: `(n_samples, n_columns)`.
    #[must_use]
    pub fn to_dense(&self) -> Array2<f64> {
        let n_levels = self.encoder.n_level_columns();
        let absent: Vec<f64> = (0..n_levels).map(|j| self.scaler.standardise(j, 0.0)).collect();
        let mut dense = Array2::zeros((self.n_samples, self.encoder.n_columns()));
        for (mut row, (level_columns, numbers)) in dense.rows_mut().into_iter().zip(self.rows()) {
            for (to, from) in row.iter_mut().zip(absent.iter().chain(numbers)) {
                *to = *from;
            }
            for &column in level_columns {
                row[column as usize] = self.scaler.standardise(column as usize, 1.0);
            }
        }
        dense
    }
}

impl Records for FeatureMatrix {
    type Elem = f64;

    fn nsamples(&self) -> usize {
        self.n_samples
    }

    fn nfeatures(&self) -> usize {
        self.encoder.n_columns()
    }
}
