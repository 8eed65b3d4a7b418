//! Cells as numbers of bins.

use crate::features::FeatureMatrix;

/// A feature matrix in bins. A categorical feature has a bin a level, which stands for the two bins of
/// each of its one-hot columns: of a column that is 0 or 1 the rows at 0 are those of all other levels.
pub struct Binned {
    pub n_samples: usize,
    /// Categorical features first, then numbers.
    pub features: Vec<Feature>,
    /// Bins of all features.
    pub n_bins: usize,
}

/// One feature in bins.
pub struct Feature {
    /// Its first bin, counted over all features.
    pub first: usize,
    /// How many bins it has.
    pub n_bins: usize,
    /// The column of its first level, or the column of the number.
    pub column: usize,
    /// By row, counted within the feature.
    pub of_row: Vec<u16>,
    /// Of a number: rows of bin b have more than threshold b − 1 and at most threshold b, so one less
    /// than bins; `None` for levels.
    pub thresholds: Option<Vec<f64>>,
}

impl Binned {
    /// `weights`: what each row counts for where numbers are cut at quantiles.
    pub fn of(matrix: &FeatureMatrix, weights: &[f64], max_bins: usize) -> Self {
        let blocks = &matrix.encoder().categorical;
        let mut features = Vec::new();
        let mut first = 0;
        for (b, block) in blocks.iter().enumerate() {
            let columns = matrix.level_columns().iter().skip(b).step_by(blocks.len());
            let of_row = columns.map(|&column| (column as usize - block.first) as u16).collect();
            let (n_bins, column) = (block.n_levels, block.first);
            features.push(Feature { first, n_bins, column, of_row, thresholds: None });
            first += n_bins;
        }
        let n_numbers = matrix.encoder().numeric.len();
        for k in 0..n_numbers {
            let numbers = matrix.numbers().iter().skip(k).step_by(n_numbers);
            let numbers: Vec<f64> = numbers.copied().collect();
            let thresholds = thresholds(&numbers, weights, max_bins);
            let bin = |number: &f64| thresholds.partition_point(|t| t < number) as u16;
            let of_row = numbers.iter().map(bin).collect();
            let n_bins = thresholds.len() + 1;
            let column = matrix.encoder().n_level_columns() + k;
            let thresholds = Some(thresholds);
            features.push(Feature { first, n_bins, column, of_row, thresholds });
            first += n_bins;
        }
        Self { n_samples: matrix.n_samples(), features, n_bins: first }
    }
}

/// Where numbers are cut: between all distinct ones while they are at most `max_bins`, else at the
/// quantiles of the weighted rows, as scikit-learn has them: numpy's "averaged_inverted_cdf".
fn thresholds(numbers: &[f64], weights: &[f64], max_bins: usize) -> Vec<f64> {
    let mut rows: Vec<(f64, f64)> = numbers.iter().copied().zip(weights.iter().copied()).collect();
    rows.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut distinct: Vec<f64> = rows.iter().map(|&(number, _)| number).collect();
    distinct.dedup();
    if distinct.len() <= max_bins {
        return distinct.windows(2).map(|pair| pair.iter().sum::<f64>() / 2.0).collect();
    }
    let mut sum = 0.0;
    let cumulated: Vec<f64> = rows
        .iter()
        .map(|(_, weight)| {
            sum += weight;
            sum
        })
        .collect();
    let last = rows.len() - 1;
    let step = 100.0 / max_bins as f64;
    let quantile = |k: usize| {
        let position = k as f64 * step / 100.0 * sum;
        let at = cumulated.partition_point(|&c| c < position).min(last);
        let (number, next) = (rows[at].0, rows[(at + 1).min(last)].0);
        if cumulated[at] - position > f64::EPSILON { number } else { (number + next) / 2.0 }
    };
    let mut thresholds: Vec<f64> = (1..max_bins).map(quantile).collect();
    thresholds.dedup();
    thresholds
}
