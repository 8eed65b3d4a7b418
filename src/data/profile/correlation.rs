//! Pearson's correlation.

use super::Correlations;
use crate::data::{ColumnValues, Dataset};

/// Of the numeric features in file order, and the target as 0/1 last.
pub fn correlations(dataset: &Dataset, labels: Option<&[bool]>) -> Correlations {
    let mut names = Vec::new();
    let mut columns = Vec::new();
    for column in dataset.features() {
        if let ColumnValues::Numbers(numbers) = &column.values {
            names.push(column.name.clone());
            columns.push(standardised(numbers.iter().copied()));
        }
    }
    if let (Some(target), Some(labels)) = (&dataset.target, labels) {
        names.push(target.column.clone());
        columns.push(standardised(labels.iter().map(|&label| f64::from(u8::from(label)))));
    }
    of_standardised(names, &columns)
}

impl Correlations {
    /// Of some columns of equal length.
    #[must_use]
    pub fn of(names: Vec<String>, columns: &[Vec<f64>]) -> Self {
        let columns = columns.iter().map(|values| standardised(values.iter().copied()));
        of_standardised(names, &columns.collect::<Vec<_>>())
    }
}

fn of_standardised(names: Vec<String>, columns: &[Option<Vec<f64>>]) -> Correlations {
    let mut pearson = vec![vec![None; columns.len()]; columns.len()];
    for (i, one) in columns.iter().enumerate() {
        let Some(one) = one else { continue };
        for (j, other) in columns.iter().enumerate().take(i) {
            let Some(other) = other else { continue };
            let r: f64 = one.iter().zip(other).map(|(a, b)| a * b).sum();
            pearson[i][j] = Some(r.clamp(-1.0, 1.0));
            pearson[j][i] = pearson[i][j];
        }
        pearson[i][i] = Some(1.0);
    }
    Correlations { names, pearson }
}

/// The values less their mean, over the root of their squares' sum; `None` where they are constant, or
/// none.
fn standardised(values: impl ExactSizeIterator<Item = f64> + Clone) -> Option<Vec<f64>> {
    let mean = values.clone().sum::<f64>() / values.len() as f64;
    let norm = values.clone().map(|value| (value - mean) * (value - mean)).sum::<f64>().sqrt();
    // rounding of the mean alone leaves a constant column a norm of a few of its own units in the last place
    let scale = (norm > 1e-12 * mean.abs()).then(|| 1.0 / norm)?;
    Some(values.map(|value| (value - mean) * scale).collect())
}
