//! The rows of a feature matrix arranged for sums over all rows.
//!
//! A Newton step needs Σᵢ ωᵢ·xᵢ·xᵢᵀ. With 16 categorical and 3 numeric features that is about 190
//! sums a row. But customers repeat: InternetService and the six features that hang on it have 129
//! combinations, not 3⁷. So categorical features are joined into groups in which few combinations
//! occur, weights are summed by combination and pair of combinations, and these are taken apart once
//! at the end. On the Telco file four groups are left, and 32 sums a row.

use crate::features::FeatureMatrix;
use crate::models::groups::Grouped;

/// Columns whose correlation is as near to ±1 are the same: one row of a million makes 1e-6.
const SAME_COLUMN: f64 = 1e-10;

/// Rows as combinations of levels and standardised numbers.
pub struct Design<'a> {
    matrix: &'a FeatureMatrix,
    grouped: Grouped,
}

/// Σ over rows of ω times products of combinations, numbers and 1.
struct WeightedSums {
    /// By combination: ω·z for every number, then ω; `(n_combinations, n_numeric + 1)`.
    edges: Vec<f64>,
    /// ω by pair of combinations, the one of the earlier group first;
    /// `(n_combinations, n_combinations)`.
    pairs: Vec<f64>,
    /// ω·z·zᵀ of the numbers and a last 1, `(n_numeric + 1)²`, lower triangle.
    numbers: Vec<f64>,
}

/// A point to look at: weights on standardised columns, and the intercept.
#[derive(Clone)]
pub struct Point {
    pub weights: Vec<f64>,
    pub intercept: f64,
}

/// The data's part of the objective at a point, without C.
#[derive(Clone)]
pub struct Slope {
    /// Σ log(1 + exp(−yᵢ·mᵢ)).
    pub loss: f64,
    /// By column, the intercept last; length `n_columns + 1`.
    pub gradient: Vec<f64>,
    /// ωᵢ = pᵢ·(1 − pᵢ) times the factor of its class, one a row.
    pub row_weights: Vec<f64>,
}

/// From here on 1 + tail keeps enough of a tail.
const SMALL_TAIL: f64 = 1e-2;

/// Σ log xᵢ by class, of xᵢ from 1 to 2: the logarithm of a product of some hundreds of them takes a
/// hundredth of the time.
#[derive(Default)]
struct LogSums {
    sums: [f64; 2],
    products: [f64; 2],
    n_factors: [u32; 2],
}

impl LogSums {
    /// 2¹⁰²³ is the last power of two that is a number.
    const MOST_FACTORS: u32 = 1_000;

    fn push(&mut self, label: bool, factor: f64) {
        let class = usize::from(label);
        if self.n_factors[class] == 0 {
            self.products[class] = 1.0;
        }
        self.products[class] *= factor;
        self.n_factors[class] += 1;
        if self.n_factors[class] == Self::MOST_FACTORS {
            self.close(class);
        }
    }

    fn close(&mut self, class: usize) {
        if self.n_factors[class] > 0 {
            self.sums[class] += libm::log(self.products[class]);
            self.n_factors[class] = 0;
        }
    }

    /// Of the negative and of the positive class.
    fn sums(mut self) -> [f64; 2] {
        [0, 1].iter().for_each(|&class| self.close(class));
        self.sums
    }
}

impl<'a> Design<'a> {
    /// Arranges the rows of a matrix.
    pub fn of(matrix: &'a FeatureMatrix) -> Self {
        Self { matrix, grouped: Grouped::of(matrix) }
    }

    pub fn n_columns(&self) -> usize {
        self.matrix.encoder().n_columns()
    }

    fn n_level_columns(&self) -> usize {
        self.matrix.encoder().n_level_columns()
    }

    fn n_numeric(&self) -> usize {
        self.matrix.encoder().numeric.len()
    }

    /// Row after row: combinations and numbers.
    fn rows(&self) -> impl Iterator<Item = (&[u32], &[f64])> {
        let n_groups = self.grouped.n_groups;
        self.matrix.rows().enumerate().map(move |(row, (_, numbers))| {
            (&self.grouped.of_row[row * n_groups..][..n_groups], numbers)
        })
    }

    /// Combinations and their columns.
    fn combinations(&self) -> impl Iterator<Item = (usize, &Vec<usize>)> {
        self.grouped.columns.iter().enumerate()
    }

    /// Loss, gradient and row weights; rows of the negative and of the positive class count by these
    /// factors.
    pub fn slope(&self, at: &Point, labels: &[bool], factors: [f64; 2]) -> Slope {
        let scaler = self.matrix.scaler();
        let n_levels = self.n_level_columns();
        let (level_weights, number_weights) = at.weights.split_at(n_levels);
        let mut offset = at.intercept;
        let mut per_level = Vec::with_capacity(n_levels);
        for (j, weight) in level_weights.iter().enumerate() {
            per_level.push(weight / scaler.scale[j]);
            offset -= per_level[j] * scaler.mean[j];
        }
        let mut per_combination = vec![0.0; self.grouped.columns.len()];
        for (combination, columns) in self.combinations() {
            per_combination[combination] = columns.iter().map(|&j| per_level[j]).sum();
        }

        let mut loss = 0.0;
        let mut tails = LogSums::default();
        let mut row_weights = Vec::with_capacity(labels.len());
        let mut by_combination = vec![0.0; self.grouped.columns.len()];
        let mut by_number = vec![0.0; self.n_numeric()];
        let mut total = 0.0;
        for ((combinations, numbers), &label) in self.rows().zip(labels) {
            let mut margin = offset;
            for &combination in combinations {
                margin += per_combination[combination as usize];
            }
            for (weight, z) in number_weights.iter().zip(numbers) {
                margin += weight * z;
            }
            // exp of −|margin| only, so nothing overflows
            let tail = libm::exp(-margin.abs());
            let inverse = 1.0 / (1.0 + tail);
            let minority = tail * inverse;
            let (p, q) = if margin >= 0.0 { (inverse, minority) } else { (minority, inverse) };
            let wrong_side = if label { -margin } else { margin };
            let factor = factors[usize::from(label)];
            loss += factor * wrong_side.max(0.0);
            if tail < SMALL_TAIL {
                // 1 + tail would round it away, and it is all that is left where classes are separable
                loss += factor * libm::log1p(tail);
            } else {
                tails.push(label, 1.0 + tail);
            }
            row_weights.push(factor * (p * q));
            let residual = factor * if label { -q } else { p };
            for &combination in combinations {
                by_combination[combination as usize] += residual;
            }
            for (sum, z) in by_number.iter_mut().zip(numbers) {
                *sum += residual * z;
            }
            total += residual;
        }

        let [negative, positive] = tails.sums();
        loss += factors[0] * negative + factors[1] * positive;
        let mut gradient = vec![0.0; n_levels];
        for (combination, columns) in self.combinations() {
            for &j in columns {
                gradient[j] += by_combination[combination];
            }
        }
        for (j, sum) in gradient.iter_mut().enumerate() {
            *sum = (*sum - scaler.mean[j] * total) / scaler.scale[j];
        }
        gradient.append(&mut by_number);
        gradient.push(total);
        Slope { loss, gradient, row_weights }
    }

    /// Σᵢ ωᵢ·zᵢ·zᵢᵀ over standardised columns and a last one of ones: `(n_columns + 1)²`, row-major,
    /// lower triangle filled.
    ///
    /// Summed over 0/1 columns x first; then, with G = Σ ω·x·xᵀ, c = Σ ω·x, W = Σ ω, mean μ and
    /// scale s, the entry (j, k) is (G − μⱼ·cₖ − cⱼ·μₖ + W·μⱼ·μₖ) / (sⱼ·sₖ).
    pub fn curvature(&self, row_weights: &[f64]) -> Vec<f64> {
        let mut gram = self.gram(&self.weighted_sums(row_weights));
        let scaler = self.matrix.scaler();
        let n_levels = self.n_level_columns();
        let n = self.n_columns() + 1;
        let edge: Vec<f64> = gram[(n - 1) * n..].to_vec();
        let total = edge[n - 1];
        for j in 0..n {
            // numbers are standardised already
            let (mean, scale) =
                if j < n_levels { (scaler.mean[j], scaler.scale[j]) } else { (0.0, 1.0) };
            for k in 0..n_levels.min(j + 1) {
                let mean_k = scaler.mean[k];
                let centred =
                    gram[j * n + k] - mean * edge[k] - edge[j] * mean_k + total * mean * mean_k;
                gram[j * n + k] = centred / (scale * scaler.scale[k]);
            }
        }
        gram
    }

    /// The columns that are an earlier one again, or that turned round, as "Partner=Yes" is "Partner=No".
    pub fn repeated_columns(&self) -> Vec<bool> {
        let n = self.n_columns() + 1;
        let gram = self.curvature(&vec![1.0; self.matrix.n_samples()]);
        // the square of a standardised column's length is the number of rows, of a constant one's 0
        let same = (1.0 - SAME_COLUMN) * self.matrix.n_samples() as f64;
        let repeats = |j: usize, k: usize| gram[j * n + k].abs() >= same;
        (0..n - 1).map(|j| (0..j).any(|k| repeats(j, k))).collect()
    }

    fn weighted_sums(&self, row_weights: &[f64]) -> WeightedSums {
        let n_edges = self.n_numeric() + 1;
        let n = self.grouped.columns.len();
        let mut edges = vec![0.0; n * n_edges];
        let mut pairs = vec![0.0; n * n];
        let mut products = vec![0.0; n_edges * n_edges];
        let mut weighted = vec![0.0; n_edges];
        for ((combinations, numbers), &weight) in self.rows().zip(row_weights) {
            for (to, z) in weighted.iter_mut().zip(numbers) {
                *to = weight * z;
            }
            weighted[n_edges - 1] = weight;
            for (k, z) in numbers.iter().chain(&[1.0]).enumerate() {
                let row = &mut products[k * n_edges..][..=k];
                for (sum, other) in row.iter_mut().zip(&weighted) {
                    *sum += z * other;
                }
            }
            for (g, &combination) in combinations.iter().enumerate() {
                let combination = combination as usize;
                let edge = &mut edges[combination * n_edges..][..n_edges];
                for (sum, other) in edge.iter_mut().zip(&weighted) {
                    *sum += other;
                }
                let row = &mut pairs[combination * n..][..n];
                for &later in &combinations[g + 1..] {
                    row[later as usize] += weight;
                }
            }
        }
        WeightedSums { edges, pairs, numbers: products }
    }

    /// The sums by column: 0/1 columns, numbers, a last one of ones; lower triangle.
    fn gram(&self, sums: &WeightedSums) -> Vec<f64> {
        let n_levels = self.n_level_columns();
        let n_edges = self.n_numeric() + 1;
        let n = n_levels + n_edges;
        let mut gram = vec![0.0; n * n];
        let mut by_column = vec![0.0; n_levels * self.grouped.columns.len()];
        for (combination, columns) in self.combinations() {
            let edge = &sums.edges[combination * n_edges..][..n_edges];
            let pairs = &sums.pairs[combination * self.grouped.columns.len()..]
                [..self.grouped.columns.len()];
            for &j in columns {
                for (k, sum) in edge.iter().enumerate() {
                    gram[(n_levels + k) * n + j] += sum;
                }
                for &i in columns {
                    gram[i * n + j] += edge[n_edges - 1];
                }
                let row =
                    &mut by_column[j * self.grouped.columns.len()..][..self.grouped.columns.len()];
                for (to, sum) in row.iter_mut().zip(pairs) {
                    *to += sum;
                }
            }
        }
        for (combination, columns) in self.combinations() {
            // the columns of earlier groups are the smaller ones
            for j in 0..columns.first().copied().unwrap_or(0) {
                let sum = by_column[j * self.grouped.columns.len() + combination];
                for &i in columns {
                    gram[i * n + j] += sum;
                }
            }
        }
        for (k, row) in sums.numbers.chunks_exact(n_edges).enumerate() {
            gram[(n_levels + k) * n + n_levels..][..=k].copy_from_slice(&row[..=k]);
        }
        gram
    }
}
