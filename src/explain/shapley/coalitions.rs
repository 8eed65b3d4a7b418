//! Shapley values from the value of every coalition.

use ndarray::Array2;

use crate::features::EncodedRecord;
use crate::models::{LinearTerms, TrainedModel};

/// Records asked at a time.
const AT_A_TIME: usize = 4_096;

/// Values of every coalition of features of a linear model: the features in it have the record's
/// values, the others are at the training means.
///
/// Coalition S is at Σ 2ʲ over its features j. Each margin is one addition away from an earlier one.
/// `None` when the model has no probability of a margin.
pub fn of_margins(model: &TrainedModel, linear: &LinearTerms) -> Option<Vec<f64>> {
    let mut table = Vec::with_capacity(1 << linear.terms.len());
    table.push(linear.base);
    for term in &linear.terms {
        for at in 0..table.len() {
            table.push(table[at] + term);
        }
    }
    for value in &mut table {
        *value = model.model.probability_at(*value)?;
    }
    Some(table)
}

/// Values of every coalition of features of any model, the mean over background rows: the features in it
/// have the record's values, the others the row's.
pub fn of_rows(
    model: &TrainedModel,
    encoded: &[f64],
    rows: &[EncodedRecord],
    progress: &mut dyn FnMut(u32, u32),
) -> Vec<f64> {
    let n = encoded.len();
    let mut table = vec![0.0; 1 << n];
    for (done, row) in (1..).zip(rows) {
        for (chunk, values) in table.chunks_mut(AT_A_TIME).enumerate() {
            let mut records = Array2::zeros((values.len(), n));
            for (at, mut record) in (chunk * AT_A_TIME..).zip(records.rows_mut()) {
                for (j, value) in record.iter_mut().enumerate() {
                    *value = if at >> j & 1 == 1 { encoded[j] } else { row[j] };
                }
            }
            for (value, p) in values.iter_mut().zip(model.predict_proba(records.view())) {
                *value += p;
            }
        }
        progress(done, rows.len() as u32);
    }
    let n_rows = rows.len() as f64;
    table.iter_mut().for_each(|value| *value /= n_rows);
    table
}

/// φⱼ = Σ over the coalitions S without j of |S|!·(n − |S| − 1)!/n! · (v(S ∪ j) − v(S)): Shapley, "A
/// value for n-person games", 1953. `table` has 2ⁿ values.
pub fn shapley(table: &[f64], n: usize) -> Vec<f64> {
    let weights = weights(n);
    (0..n)
        .map(|j| {
            let with_j = 1_usize << j;
            let mut sum = 0.0;
            // blocks of 2ʲ coalitions without j, each followed by the same ones with j
            for (block, pair) in table.chunks_exact(2 * with_j).enumerate() {
                let (without, with) = pair.split_at(with_j);
                for ((at, v), w) in (block * 2 * with_j..).zip(without).zip(with) {
                    sum += weights[at.count_ones() as usize] * (w - v);
                }
            }
            sum
        })
        .collect()
}

/// s!·(n − s − 1)!/n! for s in 0..n.
fn weights(n: usize) -> Vec<f64> {
    let mut weights = Vec::with_capacity(n);
    let mut weight = 1.0 / n as f64;
    for s in 0..n {
        weights.push(weight);
        weight *= (s + 1) as f64 / (n - s).saturating_sub(1).max(1) as f64;
    }
    weights
}

#[cfg(test)]
mod tests {
    use super::{shapley, weights};

    #[test]
    fn weights_by_hand() {
        assert_eq!(weights(1), [1.0]);
        assert_eq!(weights(3), [1.0 / 3.0, 1.0 / 6.0, 1.0 / 3.0]);
    }

    /// A glove on the left hand is worth nothing without one of two for the right hand: Shapley's shares
    /// are 2/3, 1/6 and 1/6.
    #[test]
    fn gloves() {
        let table = [0.0, 0.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0];
        let shares = shapley(&table, 3);
        for (share, expected) in shares.into_iter().zip([2.0 / 3.0, 1.0 / 6.0, 1.0 / 6.0]) {
            assert!((share - expected).abs() < 1e-15, "{share}");
        }
    }
}
