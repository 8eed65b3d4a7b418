//! Columns on a common scale.

use serde::{Deserialize, Serialize};

/// z = (x − mean) / scale, column by column.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct StandardScaler {
    /// Arithmetic mean of the training rows; length `n_columns`.
    pub mean: Vec<f64>,
    /// Standard deviation with n of the training rows; 1 for a constant column.
    pub scale: Vec<f64>,
}

impl StandardScaler {
    /// Adds a 0/1 column with `ones` ones among `n` rows.
    pub(super) fn push_indicator(&mut self, ones: usize, n: usize) {
        let share = ones as f64 / n as f64;
        let constant = ones == 0 || ones == n;
        self.mean.push(share);
        self.scale.push(if constant { 1.0 } else { (share * (1.0 - share)).sqrt() });
    }

    /// Adds a column of at least one number.
    ///
    /// Mean and variance are corrected by the sum of the deviations, which is 0 but for rounding
    /// (Chan, Golub and LeVeque 1983); a column counts as constant where scikit-learn says so:
    /// variance ≤ n·ε·variance + (n·mean·ε)².
    pub(super) fn push_numbers(&mut self, numbers: &[f64]) {
        let n = numbers.len() as f64;
        let rough = numbers.iter().sum::<f64>() / n;
        let deviations: f64 = numbers.iter().map(|x| x - rough).sum();
        let squares: f64 = numbers.iter().map(|x| (x - rough) * (x - rough)).sum();
        let mean = rough + deviations / n;
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
