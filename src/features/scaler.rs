//! Columns on a common scale.

use serde::{Deserialize, Serialize};

/// Levels of a feature whose columns are summed up row by row.
const MOST_SUMMED: usize = 64;

/// z = (x − mean) / scale, column by column.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct StandardScaler {
    /// Arithmetic mean of the training rows; length `n_columns`.
    pub mean: Vec<f64>,
    /// Standard deviation with n of the training rows; 1 for a constant column.
    pub scale: Vec<f64>,
}

impl StandardScaler {
    /// Adds the 0/1 columns of a feature, given the level of each of at least one row.
    ///
    /// The standard deviation √(p·(1 − p)) of a column is summed up row by row, as scikit-learn does
    /// it: that is 1e-14 off, and whoever needs scikit-learn's steps needs its columns to the bit. Of
    /// many levels it is taken as it is.
    pub(super) fn push_levels(&mut self, levels: &[u32], n_levels: usize) {
        let mut counts = vec![0_usize; n_levels];
        for &level in levels {
            counts[level as usize] += 1;
        }
        if n_levels > MOST_SUMMED {
            counts.into_iter().for_each(|count| self.push_indicator(count, levels.len()));
            return;
        }
        let n = levels.len() as f64;
        let means: Vec<f64> = counts.iter().map(|&count| count as f64 / n).collect();
        let mut sums = vec![(0.0, 0.0); n_levels];
        for &level in levels {
            for (column, ((deviations, squares), mean)) in (0..).zip(sums.iter_mut().zip(&means)) {
                let deviation = if column == level { 1.0 - mean } else { 0.0 - mean };
                *deviations += deviation;
                *squares += deviation * deviation;
            }
        }
        for ((count, mean), (deviations, squares)) in counts.into_iter().zip(means).zip(sums) {
            let constant = count == 0 || count == levels.len();
            let variance: f64 = (squares - deviations * deviations / n) / n;
            self.mean.push(mean);
            self.scale.push(if constant { 1.0 } else { variance.sqrt() });
        }
    }

    /// Adds a 0/1 column with `ones` ones among `n` rows.
    fn push_indicator(&mut self, ones: usize, n: usize) {
        let share = ones as f64 / n as f64;
        let constant = ones == 0 || ones == n;
        self.mean.push(share);
        self.scale.push(if constant { 1.0 } else { (share * (1.0 - share)).sqrt() });
    }

    /// Adds a column of at least one number.
    ///
    /// The variance is corrected by the sum of the deviations, which is 0 but for rounding (Chan, Golub
    /// and LeVeque 1983); a column counts as constant where scikit-learn says so:
    /// variance ≤ n·ε·variance + (n·mean·ε)².
    pub(super) fn push_numbers(&mut self, numbers: &[f64]) {
        let n = numbers.len() as f64;
        let mean = numbers.iter().sum::<f64>() / n;
        let deviations: f64 = numbers.iter().map(|x| x - mean).sum();
        let squares: f64 = numbers.iter().map(|x| (x - mean) * (x - mean)).sum();
        let variance = (squares - deviations * deviations / n) / n;
        let rounding = n * mean * f64::EPSILON;
        let constant = variance <= n * f64::EPSILON * variance + rounding * rounding;
        self.mean.push(mean);
        self.scale.push(if constant { 1.0 } else { variance.sqrt() });
    }

    /// A value of a column on the common scale; unchanged past the last column.
    #[must_use]
    pub fn standardise(&self, column: usize, value: f64) -> f64 {
        match (self.mean.get(column), self.scale.get(column)) {
            (Some(mean), Some(scale)) => (value - mean) / scale,
            _ => value,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::StandardScaler;

    #[test]
    fn standardises_by_hand() {
        let mut scaler = StandardScaler::default();
        scaler.push_indicator(1, 4);
        scaler.push_numbers(&[1.0, 3.0, 1.0, 3.0]);
        assert_eq!(scaler.mean, [0.25, 2.0]);
        assert_eq!(scaler.scale, [0.1875_f64.sqrt(), 1.0]);
        assert_eq!(scaler.standardise(1, 5.0), 3.0);
    }

    #[test]
    fn a_constant_column_has_scale_1() {
        let mut scaler = StandardScaler::default();
        scaler.push_indicator(3, 3);
        scaler.push_indicator(0, 3);
        scaler.push_numbers(&[0.1, 0.1, 0.1]);
        assert_eq!(scaler.scale, [1.0, 1.0, 1.0]);
    }
}
