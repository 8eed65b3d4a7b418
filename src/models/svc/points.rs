//! Rows that keep their one-hot structure, for inner products.
//!
//! The inner product of two standardised one-hot rows is a sum with one term a categorical feature,
//! which depends on the two levels alone, and one a number. Features are joined into groups in which
//! few combinations of levels occur ([`Grouped`]), so that a row of the kernel matrix costs one look-up
//! a group and one product a number, seven an entry instead of 46 on the Telco file.

use super::kernel::Kernel;
use crate::features::{FeatureMatrix, OneHotEncoder, StandardScaler};
use crate::models::groups::Grouped;

/// What the levels of two rows add to their inner product.
///
/// Column c holds aᶜ = −μ/s where its level is absent and pᶜ = (1 − μ)/s where it is present. Two rows
/// at the same level c of a feature have Σ a² − aᶜ² + pᶜ² from its columns; at levels c and d they have
/// Σ a² + aᶜ·(pᶜ − aᶜ) + aᵈ·(pᵈ − aᵈ).
pub struct Blocks {
    /// Σ a² over all columns.
    base: f64,
    pub absent: Vec<f64>,
    present: Vec<f64>,
}

/// A row: columns of its levels, standardised numbers.
pub type Row<'r> = (&'r [u32], &'r [f64]);

impl Blocks {
    pub fn of(encoder: &OneHotEncoder, scaler: &StandardScaler) -> Self {
        let columns = 0..encoder.n_level_columns();
        let absent: Vec<f64> = columns.clone().map(|c| scaler.standardise(c, 0.0)).collect();
        let present = columns.map(|c| scaler.standardise(c, 1.0)).collect();
        Self { base: absent.iter().map(|a| a * a).sum(), absent, present }
    }

    fn absent(&self, column: u32) -> f64 {
        self.absent.get(column as usize).copied().unwrap_or(f64::NAN)
    }

    fn present(&self, column: u32) -> f64 {
        self.present.get(column as usize).copied().unwrap_or(f64::NAN)
    }

    /// From absent to present.
    pub fn step(&self, column: u32) -> f64 {
        self.present(column) - self.absent(column)
    }

    fn levels(&self, one: u32, other: u32) -> f64 {
        if one == other {
            let (a, p) = (self.absent(one), self.present(one));
            p * p - a * a
        } else {
            // the lower column first, so that the order of the two rows makes no difference
            let (low, high) = (one.min(other), one.max(other));
            self.absent(low) * self.step(low) + self.absent(high) * self.step(high)
        }
    }

    pub fn product(&self, one: Row<'_>, other: Row<'_>) -> f64 {
        let levels: f64 = one.0.iter().zip(other.0).map(|(&a, &b)| self.levels(a, b)).sum();
        let numbers: f64 = one.1.iter().zip(other.1).map(|(a, b)| a * b).sum();
        self.base + levels + numbers
    }
}

/// Rows that kernel values are computed against, each at a position that may change.
pub struct Points {
    kernel: Kernel,
    blocks: Blocks,
    combinations: Vec<Combination>,
    /// By group, then position: the combination.
    codes: Vec<Vec<u32>>,
    /// By group: how many features are joined.
    widths: Vec<usize>,
    /// By number, then position.
    numbers: Vec<Vec<f64>>,
    /// ‖v‖² by position.
    squares: Vec<f64>,
}

/// Levels of the features of a group.
struct Combination {
    /// The first of these features, counting categorical ones.
    first: usize,
    /// The columns of the levels.
    columns: Vec<u32>,
}

/// A row that kernel values are asked for.
pub struct Asked<'r> {
    /// By combination: what the levels add to the inner product.
    sums: Vec<f64>,
    numbers: &'r [f64],
    square: f64,
}

impl Points {
    /// Some rows of a matrix, in the order given.
    pub fn of(matrix: &FeatureMatrix, rows: &[u32], kernel: Kernel) -> Self {
        let encoder = matrix.encoder();
        let grouped = Grouped::of(matrix);
        let n_numeric = encoder.numeric.len();
        let combinations = grouped.columns.iter().map(|columns| Combination {
            first: columns.first().map_or(0, |&column| {
                encoder.categorical.partition_point(|block| block.first <= column).saturating_sub(1)
            }),
            columns: columns.iter().map(|&column| column as u32).collect(),
        });
        let width = |code: &u32| grouped.columns.get(*code as usize).map_or(0, Vec::len);
        let widths = grouped.of_row.iter().take(grouped.n_groups).map(width);
        let codes = (0..grouped.n_groups).map(|g| {
            rows.iter().map(|&row| grouped.of_row[row as usize * grouped.n_groups + g]).collect()
        });
        let numbers = (0..n_numeric).map(|k| {
            rows.iter().map(|&row| matrix.numbers()[row as usize * n_numeric + k]).collect()
        });
        let mut points = Self {
            kernel,
            blocks: Blocks::of(encoder, matrix.scaler()),
            combinations: combinations.collect(),
            codes: codes.collect(),
            widths: widths.collect(),
            numbers: numbers.collect(),
            squares: vec![0.0; rows.len()],
        };
        for at in 0..rows.len() {
            let (columns, numbers) = points.row(at);
            points.squares[at] = points.ask((&columns, &numbers)).square;
        }
        points
    }

    /// How many positions.
    pub fn len(&self) -> usize {
        self.squares.len()
    }

    /// The row at a position: columns of its levels, numbers.
    pub fn row(&self, at: usize) -> (Vec<u32>, Vec<f64>) {
        let combinations = self.codes.iter().map(|codes| &self.combinations[codes[at] as usize]);
        let columns = combinations.flat_map(|c| c.columns.iter().copied()).collect();
        (columns, self.numbers.iter().map(|numbers| numbers[at]).collect())
    }

    /// Exchanges two positions.
    pub fn swap(&mut self, one: usize, other: usize) {
        self.codes.iter_mut().for_each(|codes| codes.swap(one, other));
        self.numbers.iter_mut().for_each(|numbers| numbers.swap(one, other));
        self.squares.swap(one, other);
    }

    /// Prepares a row; a column that does not exist gives NaN.
    pub fn ask<'r>(&self, row: Row<'r>) -> Asked<'r> {
        let (columns, numbers) = row;
        let levels = |own: &[u32], other: &[u32]| -> f64 {
            own.iter().zip(other).map(|(&own, &other)| self.blocks.levels(own, other)).sum()
        };
        let sums = self
            .combinations
            .iter()
            .map(|other| levels(columns.get(other.first..).unwrap_or_default(), &other.columns));
        // added up in the order of `products`, so that a row is at no distance from itself
        let mut square = self.blocks.base;
        let mut rest = columns;
        for &width in &self.widths {
            let (group, later) = rest.split_at(width.min(rest.len()));
            square += levels(group, group);
            rest = later;
        }
        for z in numbers {
            square += z * z;
        }
        Asked { sums: sums.collect(), numbers, square }
    }

    /// Kernel values of the positions from `from` on, as many as `values` takes.
    pub fn values(&self, asked: &Asked<'_>, from: usize, values: &mut [f64]) {
        values.fill(self.blocks.base);
        for codes in &self.codes {
            for (value, &code) in values.iter_mut().zip(&codes[from..]) {
                *value += asked.sums[code as usize];
            }
        }
        for (own, numbers) in asked.numbers.iter().zip(&self.numbers) {
            for (value, other) in values.iter_mut().zip(&numbers[from..]) {
                *value += own * other;
            }
        }
        self.kernel.apply(values, asked.square, &self.squares[from..]);
    }

    /// K of a position with itself.
    pub fn diagonal(&self, at: usize) -> f64 {
        let (columns, numbers) = self.row(at);
        let mut value = [0.0];
        self.values(&self.ask((&columns, &numbers)), at, &mut value);
        value[0]
    }
}
