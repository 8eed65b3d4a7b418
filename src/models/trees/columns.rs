//! A feature matrix laid out for finding splits.

use crate::features::FeatureMatrix;

/// Column by column: the level of every row, and the rank of every number.
pub struct Columns {
    n_samples: usize,
    /// By column of a level: its place in `levels`, and its number among its feature's levels.
    places: Vec<(usize, u16)>,
    /// `(n_categorical, n_samples)`: the level of every row, counted within the feature.
    levels: Vec<u16>,
    numbers: Vec<Ranked>,
}

/// A numeric column in single precision, as scikit-learn's trees see it.
pub struct Ranked {
    /// By row: the rank of its number among the distinct ones.
    pub of_row: Vec<u32>,
    /// The distinct numbers, ascending.
    pub values: Vec<f32>,
}

/// A column as a split sees it.
pub enum Column<'c> {
    /// 1 where the row has this level.
    Level { levels: &'c [u16], level: u16 },
    /// Numbers.
    Number(&'c Ranked),
}

impl Columns {
    pub fn of(matrix: &FeatureMatrix) -> Self {
        let n_samples = matrix.n_samples();
        let blocks = &matrix.encoder().categorical;
        let mut places = Vec::with_capacity(matrix.encoder().n_level_columns());
        let mut levels = Vec::with_capacity(blocks.len() * n_samples);
        for (b, block) in blocks.iter().enumerate() {
            let first = block.first as u32;
            let columns = matrix.level_columns().iter().skip(b).step_by(blocks.len());
            levels.extend(columns.map(|&column| (column - first) as u16));
            places.extend((0..block.n_levels).map(|level| (b, level as u16)));
        }
        let n_numbers = matrix.encoder().numeric.len();
        let numbers = (0..n_numbers)
            .map(|k| Ranked::of(matrix.numbers().iter().skip(k).step_by(n_numbers)))
            .collect();
        Self { n_samples, places, levels, numbers }
    }

    pub fn n_samples(&self) -> usize {
        self.n_samples
    }

    pub fn n_columns(&self) -> usize {
        self.places.len() + self.numbers.len()
    }

    pub fn column(&self, column: usize) -> Column<'_> {
        match self.places.get(column) {
            Some(&(block, level)) => {
                let levels = &self.levels[block * self.n_samples..][..self.n_samples];
                Column::Level { levels, level }
            }
            None => Column::Number(&self.numbers[column - self.places.len()]),
        }
    }
}

impl Ranked {
    fn of<'n>(numbers: impl Iterator<Item = &'n f64>) -> Self {
        // adding 0 makes one zero of both
        let numbers: Vec<f32> = numbers.map(|&number| number as f32 + 0.0).collect();
        let mut values = numbers.clone();
        values.sort_unstable_by(f32::total_cmp);
        values.dedup();
        let rank = |number: &f32| values.partition_point(|value| value < number) as u32;
        Self { of_row: numbers.iter().map(rank).collect(), values }
    }
}
