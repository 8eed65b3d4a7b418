//! What each level and each number adds to the margin of a linear model.

use crate::features::{EncodedRecords, OneHotEncoder, StandardScaler};

/// Records whose margins grow side by side.
const AT_A_TIME: usize = 8;

/// A linear model laid out for look-ups: margin = intercept + Σ wⱼ·zⱼ over standardised columns z.
///
/// A level's standardised columns together add one number that does not depend on the record, so a
/// record costs one look-up a categorical feature and one product a numeric one. Both ways in add in
/// the same order, so a record has the same bits alone, in a batch and in a feature matrix.
pub struct WeightTable {
    /// Margin of a record with no level at all and mean numbers.
    offset: f64,
    /// By column: what the level adds, or what one standard deviation adds.
    weights: Vec<f64>,
    /// Columns of levels; those of numbers come after.
    n_level_columns: usize,
}

impl WeightTable {
    /// Σⱼ wⱼ·(xⱼ − μⱼ)/sⱼ over 0/1 columns is Σ over the ones of wⱼ/sⱼ, less Σⱼ wⱼ·μⱼ/sⱼ.
    pub fn of(
        coefficients: &[f64],
        intercept: f64,
        encoder: &OneHotEncoder,
        scaler: &StandardScaler,
    ) -> Self {
        let mut weights = coefficients.to_vec();
        let mut offset = intercept;
        let levels = scaler.mean.iter().zip(&scaler.scale).take(encoder.n_level_columns());
        for (weight, (mean, scale)) in weights.iter_mut().zip(levels) {
            *weight /= scale;
            offset -= *weight * mean;
        }
        Self { offset, weights, n_level_columns: encoder.n_level_columns() }
    }

    /// Of a row of a feature matrix.
    pub fn margin_of_row(&self, level_columns: &[u32], numbers: &[f64]) -> f64 {
        let mut margin = self.offset;
        for &column in level_columns {
            margin += self.weight(column as usize);
        }
        for (column, z) in (self.n_level_columns..).zip(numbers) {
            margin += self.weight(column) * z;
        }
        margin
    }

    /// One a record; all NaN when they have not one number a feature.
    ///
    /// Feature by feature over a few records at a time: a sum waits for its last addition, the sums of
    /// other records do not.
    pub fn margins(&self, records: EncodedRecords<'_>) -> Vec<f64> {
        let EncodedRecords { values, n_records, encoder, scaler } = records;
        let Some(width) = records.width() else { return vec![f64::NAN; n_records] };
        let mut all = Vec::with_capacity(n_records);
        for records in values.chunks(AT_A_TIME * width) {
            let mut margins = [self.offset; AT_A_TIME];
            for block in &encoder.categorical {
                for (margin, record) in margins.iter_mut().zip(records.chunks_exact(width)) {
                    *margin += self.weight(block.column(record[block.feature]));
                }
            }
            for (column, &feature) in (self.n_level_columns..).zip(&encoder.numeric) {
                let weight = self.weight(column);
                for (margin, record) in margins.iter_mut().zip(records.chunks_exact(width)) {
                    *margin += weight * scaler.standardise(column, record[feature]);
                }
            }
            let margins = margins.iter().take(records.len() / width);
            all.extend(margins);
        }
        all
    }

    fn weight(&self, column: usize) -> f64 {
        self.weights.get(column).copied().unwrap_or(f64::NAN)
    }
}
