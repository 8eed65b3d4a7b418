//! The nearest rows, all distances at once.

use std::collections::BinaryHeap;

use super::FittedKnn;
use crate::features::{OneHotEncoder, StandardScaler};

/// Numbers count as no larger than this, so that no distance is infinite.
const LARGEST: f64 = 1e100;

/// A row and how far it is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Neighbour {
    /// Bits of the squared distance, which are in its order since it is no less than 0.
    bits: u64,
    /// In training, from 0.
    row: u32,
    pub positive: bool,
}

impl Neighbour {
    /// Squared distance.
    pub fn square(&self) -> f64 {
        f64::from_bits(self.bits)
    }
}

/// Training rows laid out for search.
///
/// The squared distance is a sum with one term a feature: 0 for the same level, 1/s² of both columns
/// for another one, and the squared difference of numbers. The terms of a group of features are added
/// once for each combination of levels that occurs, so that a row costs one look-up a group; numbers
/// are only looked at where the levels leave a row near enough.
pub struct Search<'f> {
    fitted: &'f FittedKnn,
    n_numbers: usize,
    /// By column of a level: 1/s².
    costs: Vec<f64>,
    /// By group, then row: the combination.
    codes: Vec<Vec<u32>>,
    /// For one record. By column of a level: what a row that has it is farther.
    of_column: Vec<f64>,
    /// By combination.
    of_combination: Vec<f64>,
    /// By row: what its levels add.
    of_row: Vec<f64>,
    heap: BinaryHeap<Neighbour>,
    found: Vec<Neighbour>,
}

impl<'f> Search<'f> {
    /// `None` when the rows are none of these columns.
    pub fn of(
        fitted: &'f FittedKnn,
        encoder: &OneHotEncoder,
        scaler: &StandardScaler,
    ) -> Option<Self> {
        let n = fitted.labels.len();
        let n_groups = fitted.n_groups as usize;
        let n_numbers = encoder.numeric.len();
        let n_levels = encoder.n_level_columns();
        let n_combinations = fitted.combinations.len();
        let whole = fitted.codes.len() == n * n_groups
            && fitted.numbers.len() == n * n_numbers
            && fitted.codes.iter().all(|&code| (code as usize) < n_combinations)
            && fitted.combinations.iter().flatten().all(|&column| (column as usize) < n_levels)
            && scaler.scale.len() >= n_levels;
        let of_group = |group| fitted.codes.iter().skip(group).step_by(n_groups).copied().collect();
        whole.then(|| Self {
            fitted,
            n_numbers,
            costs: scaler.scale.iter().take(n_levels).map(|s| 1.0 / (s * s)).collect(),
            codes: (0..n_groups).map(of_group).collect(),
            of_column: vec![0.0; n_levels],
            of_combination: vec![0.0; n_combinations],
            of_row: vec![0.0; n],
            heap: BinaryHeap::new(),
            found: Vec::new(),
        })
    }

    /// The k nearest, the nearest first.
    pub fn nearest(
        &mut self,
        encoder: &OneHotEncoder,
        level_columns: &[u32],
        numbers: &[f64],
    ) -> &[Neighbour] {
        self.add_levels(encoder, level_columns);
        let numbers: Vec<f64> = numbers.iter().map(|z| z.clamp(-LARGEST, LARGEST)).collect();
        let k = self.fitted.n_neighbors as usize;
        let mut farthest = f64::INFINITY;
        self.heap.clear();
        for (row, &levels) in self.of_row.iter().enumerate() {
            if levels > farthest {
                continue;
            }
            let mut square = levels;
            let own = &self.fitted.numbers[row * self.n_numbers..][..self.n_numbers];
            for (one, other) in own.iter().zip(&numbers) {
                square += (one - other) * (one - other);
            }
            let positive = self.fitted.labels[row] == 1;
            let neighbour = Neighbour { bits: square.to_bits(), row: row as u32, positive };
            if self.heap.len() == k {
                if self.heap.peek().is_some_and(|last| neighbour >= *last) {
                    continue;
                }
                self.heap.pop();
            }
            self.heap.push(neighbour);
            if self.heap.len() == k {
                farthest = self.heap.peek().map_or(farthest, Neighbour::square);
            }
        }
        self.found.clear();
        self.found.extend(self.heap.drain());
        self.found.sort_unstable();
        &self.found
    }

    /// What levels add, row by row.
    fn add_levels(&mut self, encoder: &OneHotEncoder, level_columns: &[u32]) {
        for (block, &own) in encoder.categorical.iter().zip(level_columns) {
            let cost = self.costs[own as usize];
            for column in block.first..block.first + block.n_levels {
                self.of_column[column] =
                    if column == own as usize { 0.0 } else { self.costs[column] + cost };
            }
        }
        for (sum, columns) in self.of_combination.iter_mut().zip(&self.fitted.combinations) {
            *sum = columns.iter().map(|&column| self.of_column[column as usize]).sum();
        }
        self.of_row.fill(0.0);
        for codes in &self.codes {
            for (sum, &code) in self.of_row.iter_mut().zip(codes) {
                *sum += self.of_combination[code as usize];
            }
        }
    }
}
