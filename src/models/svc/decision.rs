//! Decision values of fitted support vectors.

use super::FittedSvc;
use super::kernel::Kernel;
use super::points::{Points, Row};
use crate::features::{EncodedRecords, FeatureMatrix, OneHotEncoder, Rows, StandardScaler};
use crate::models::weights::WeightTable;

/// Kernel values computed at a time.
const CHUNK: usize = 256;

/// Kernel rows are finite for numbers up to this size; larger ones count as this one.
const LARGEST: f64 = 1e100;

/// A sum of kernel values, b + Σ βᵢ·K(xᵢ, x), laid out for many rows.
pub struct Decision {
    intercept: f64,
    weights: Weights,
}

enum Weights {
    /// A linear kernel's sum is one product a column.
    Columns(WeightTable),
    Points {
        points: Points,
        coefficients: Vec<f64>,
    },
    /// The stored support vectors are not rows of these columns.
    Broken,
}

impl Decision {
    /// Of some rows of a matrix with a coefficient each.
    pub fn of_rows(
        matrix: &FeatureMatrix,
        rows: &[u32],
        coefficients: Vec<f64>,
        intercept: f64,
        kernel: Kernel,
    ) -> Self {
        let points = Points::of(matrix, rows, kernel);
        let weights = match kernel {
            Kernel::Linear => {
                let columns = column_weights(matrix, rows, &coefficients);
                let (encoder, scaler) = (matrix.encoder(), matrix.scaler());
                Weights::Columns(WeightTable::of(&columns, intercept, encoder, scaler))
            }
            _ => Weights::Points { points, coefficients },
        };
        Self { intercept, weights }
    }

    /// Towards the positive class.
    pub fn of(fitted: &FittedSvc, encoder: &OneHotEncoder, scaler: &StandardScaler) -> Self {
        let coefficients = fitted.dual_coefficients.clone();
        match fitted.vectors(encoder, scaler) {
            Some(matrix) => {
                let rows: Vec<u32> = (0..coefficients.len() as u32).collect();
                Self::of_rows(&matrix, &rows, coefficients, fitted.intercept, fitted.kernel)
            }
            None => Self { intercept: fitted.intercept, weights: Weights::Broken },
        }
    }

    /// Of one row.
    pub fn value(&self, (columns, numbers): Row<'_>) -> f64 {
        match &self.weights {
            Weights::Columns(table) => table.margin_of_row(columns, numbers),
            Weights::Points { points, coefficients } => {
                let numbers: Vec<f64> =
                    numbers.iter().map(|z| z.clamp(-LARGEST, LARGEST)).collect();
                let asked = points.ask((columns, &numbers));
                let mut buffer = [0.0; CHUNK];
                let mut sums = [0.0; 4];
                for (chunk, coefficients) in coefficients.chunks(CHUNK).enumerate() {
                    let values = &mut buffer[..coefficients.len()];
                    points.values(&asked, chunk * CHUNK, values);
                    add_products(&mut sums, values, coefficients);
                }
                self.intercept + (sums[0] + sums[1]) + (sums[2] + sums[3])
            }
            Weights::Broken => f64::NAN,
        }
    }

    /// Of every row of a matrix.
    pub fn values(&self, matrix: &FeatureMatrix) -> Vec<f64> {
        matrix.rows().map(|row| self.value(row)).collect()
    }

    /// One a record; all NaN when they have not one number a feature.
    pub fn values_encoded(&self, records: EncodedRecords<'_>) -> Vec<f64> {
        if let Weights::Columns(table) = &self.weights {
            return table.margins(records);
        }
        if records.width().is_none() {
            return vec![f64::NAN; records.n_records];
        }
        let mut values = Vec::with_capacity(records.n_records);
        records.each(&mut |columns, numbers| values.push(self.value((columns, numbers))));
        values
    }
}

/// Four sums side by side, so that no addition waits for the one before.
fn add_products(sums: &mut [f64; 4], values: &[f64], coefficients: &[f64]) {
    for (values, coefficients) in values.chunks(4).zip(coefficients.chunks(4)) {
        for ((sum, value), coefficient) in sums.iter_mut().zip(values).zip(coefficients) {
            *sum += value * coefficient;
        }
    }
}

/// Σ βᵢ·xᵢ over the rows: the weights of the columns of a linear kernel's decision.
pub fn column_weights(matrix: &FeatureMatrix, rows: &[u32], coefficients: &[f64]) -> Vec<f64> {
    let scaler = matrix.scaler();
    let first_number = matrix.encoder().n_level_columns();
    let mut weights = vec![0.0; matrix.encoder().n_columns()];
    let total: f64 = coefficients.iter().sum();
    for (&row, coefficient) in rows.iter().zip(coefficients) {
        let (columns, numbers) = matrix.row(row as usize);
        for &column in columns {
            weights[column as usize] += coefficient;
        }
        for (weight, z) in weights[first_number..].iter_mut().zip(numbers) {
            *weight += coefficient * z;
        }
    }
    let columns = weights.iter_mut().zip(scaler.mean.iter().zip(&scaler.scale));
    for (weight, (mean, scale)) in columns.take(first_number) {
        *weight = (*weight - mean * total) / scale;
    }
    weights
}
