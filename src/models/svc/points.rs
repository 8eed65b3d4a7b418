//! Rows that keep their one-hot structure, for inner products.
//!
//! The inner product of two standardised one-hot rows is a sum with one term a categorical feature,
//! which depends on the two levels alone, and one a number. Features are joined into groups in which
//! few combinations of levels occur ([`Grouped`]), so that a row of the kernel matrix costs one look-up
//! a group and one product a number, seven an entry instead of 46 on the Telco file.
//!
//! The last bits of such a sum are not those of scikit-learn's. Where they decide how an entry is
//! rounded to single precision, one in a million, the entry is computed again the long way.

use super::kernel::Kernel;
use crate::features::{FeatureMatrix, OneHotEncoder, StandardScaler};
use crate::models::groups::Grouped;
use crate::numerics::blas;

/// What the levels of two rows add to their inner product.
///
/// Column c holds aᶜ = −μ/s where its level is absent and pᶜ = (1 − μ)/s where it is present. Two rows
/// at the same level c of a feature have Σ a² − aᶜ² + pᶜ² from its columns; at levels c and d they have
/// Σ a² + aᶜ·(pᶜ − aᶜ) + aᵈ·(pᵈ − aᵈ).
struct Blocks {
    /// Σ a² over all columns.
    base: f64,
    absent: Vec<f64>,
    present: Vec<f64>,
}

/// A row: columns of its levels, standardised numbers.
pub type Row<'r> = (&'r [u32], &'r [f64]);

impl Blocks {
    fn of(encoder: &OneHotEncoder, scaler: &StandardScaler) -> Self {
        let columns = 0..encoder.n_level_columns();
        let absent: Vec<f64> = columns.clone().map(|c| scaler.standardise(c, 0.0)).collect();
        let present = columns.map(|c| scaler.standardise(c, 1.0)).collect();
        Self { base: absent.iter().map(|a| a * a).sum(), absent, present }
    }

    fn levels(&self, one: u32, other: u32) -> f64 {
        let of = |columns: &[f64], c: u32| columns.get(c as usize).copied().unwrap_or(f64::NAN);
        let present = |c| of(&self.present, c);
        let absent = |c| of(&self.absent, c);
        if one == other {
            present(one) * present(one) - absent(one) * absent(one)
        } else {
            // the lower column first, so that the order of the two rows makes no difference
            let (low, high) = (one.min(other), one.max(other));
            absent(low) * (present(low) - absent(low))
                + absent(high) * (present(high) - absent(high))
        }
    }

    /// Every column of a row.
    fn dense(&self, (columns, numbers): Row<'_>) -> Vec<f64> {
        let mut dense = [&self.absent, numbers].concat();
        for &column in columns {
            if let (Some(to), Some(&present)) =
                (dense.get_mut(column as usize), self.present.get(column as usize))
            {
                *to = present;
            }
        }
        dense
    }
}

/// Rows that kernel values are computed against, each at a position that may change.
pub struct Points {
    kernel: Kernel,
    blocks: Blocks,
    combinations: Vec<Combination>,
    /// By group, then position: the combination.
    codes: Vec<Vec<u32>>,
    /// By number, then position.
    numbers: Vec<Vec<f64>>,
    /// ‖v‖² by position, to scikit-learn's last bit.
    squares: Vec<f64>,
    /// By position: how far off an inner product of a row of length 1 may be.
    blurs: Vec<f64>,
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
    /// Every column.
    dense: Vec<f64>,
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
            numbers: numbers.collect(),
            squares: Vec::new(),
            blurs: Vec::new(),
        };
        // n_columns·ε·‖u‖·‖v‖ bounds the rounding of an inner product, in whichever order
        let unit = encoder.n_columns() as f64 * f64::EPSILON;
        for at in 0..rows.len() {
            let dense = points.dense(at);
            let square = blas::dot(&dense, &dense);
            points.squares.push(square);
            points.blurs.push(unit * square.sqrt());
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
        self.blurs.swap(one, other);
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
        let dense = self.blocks.dense(row);
        Asked { sums: sums.collect(), numbers, square: blas::dot(&dense, &dense), dense }
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

    /// The same in single precision, rounded as scikit-learn's are; `row` grows by as many as `values`
    /// takes, which is left with the values in double precision.
    pub fn rounded(&self, asked: &Asked<'_>, values: &mut [f64], row: &mut Vec<f32>) {
        let from = row.len();
        self.values(asked, from, values);
        let length = asked.square.sqrt();
        let mut doubtful = false;
        for (value, blur) in values.iter().zip(&self.blurs[from..]) {
            let off = self.kernel.error(*value, length * blur);
            doubtful |= (value - off) as f32 != (value + off) as f32;
        }
        row.extend(values.iter().map(|&value| value as f32));
        if doubtful {
            for (at, (single, &value)) in (from..).zip(row[from..].iter_mut().zip(values.iter())) {
                let off = self.kernel.error(value, length * self.blurs[at]);
                if (value - off) as f32 != (value + off) as f32 {
                    let mut exact = [blas::dot(&asked.dense, &self.dense(at))];
                    self.kernel.apply(&mut exact, asked.square, &self.squares[at..=at]);
                    *single = exact[0] as f32;
                }
            }
        }
    }

    /// K of a position with itself.
    pub fn diagonal(&self, at: usize) -> f64 {
        let mut value = [self.squares[at]];
        self.kernel.apply(&mut value, self.squares[at], &self.squares[at..=at]);
        value[0]
    }

    fn dense(&self, at: usize) -> Vec<f64> {
        let (columns, numbers) = self.row(at);
        self.blocks.dense((&columns, &numbers))
    }
}
