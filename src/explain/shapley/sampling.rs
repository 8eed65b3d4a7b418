//! Shapley values from some of the orders in which features can be let in.

use ndarray::Array2;

use crate::explain::stability::Band;
use crate::features::EncodedRecord;
use crate::models::{LinearTerms, TrainedModel};
use crate::numerics::random::RandomState;

/// A number a feature, and how far it may be off.
pub struct Sampled {
    /// Mean of the first values of the walks.
    pub base: f64,
    /// By feature.
    pub values: Vec<f64>,
    /// Standard errors, by feature: of the mean over pairs of walks.
    pub errors: Vec<f64>,
}

/// The value of the game along a walk: before the first feature, then after each in the order given.
type Along<'a> = &'a dyn Fn(u32, &[u32]) -> Vec<f64>;

/// Walks through `n` features in random orders, each order backwards as well, which takes away what
/// depends linearly on a feature's place: Štrumbelj and Kononenko, "Explaining prediction models and
/// individual predictions with feature contributions", Knowledge and Information Systems 41 (2014);
/// Mitchell et al., "Sampling permutations for Shapley value estimation", JMLR 23 (2022).
///
/// The values of a walk add up to its last value less its first, so those of all walks do so too.
pub fn walk(
    n: usize,
    pairs: u32,
    seed: u32,
    along: Along<'_>,
    progress: &mut dyn FnMut(u32, u32),
) -> Sampled {
    let mut random = RandomState::new(seed);
    let mut of_pairs = vec![Vec::with_capacity(pairs as usize); n];
    let mut bases = Vec::with_capacity(pairs as usize);
    for pair in 0..pairs {
        let mut order = random.permutation(n as u32);
        let mut added = vec![0.0; n];
        for _ in 0..2 {
            let values = along(pair, &order);
            for (&feature, step) in order.iter().zip(values.windows(2)) {
                added[feature as usize] += (step[1] - step[0]) / 2.0;
            }
            if let Some(&first) = values.first() {
                bases.push(first);
            }
            order.reverse();
        }
        for (of_feature, added) in of_pairs.iter_mut().zip(added) {
            of_feature.push(added);
        }
        progress(pair + 1, pairs);
    }
    let bands: Vec<Band> = of_pairs.iter().map(|values| Band::of(values)).collect();
    let root = f64::from(pairs).sqrt();
    Sampled {
        base: Band::of(&bases).mean,
        values: bands.iter().map(|band| band.mean).collect(),
        errors: bands.iter().map(|band| band.std / root).collect(),
    }
}

/// Along a walk of any model, from a background row to the record; the rows take turns.
pub fn between_rows(
    model: &TrainedModel,
    encoded: &[f64],
    rows: &[EncodedRecord],
    pair: u32,
    order: &[u32],
) -> Vec<f64> {
    let Some(row) = rows.get(pair as usize % rows.len().max(1)) else { return Vec::new() };
    let mut records = Array2::zeros((order.len() + 1, encoded.len()));
    let mut now = row.clone();
    let mut next = order.iter();
    for mut record in records.rows_mut() {
        for (to, value) in record.iter_mut().zip(&now) {
            *to = *value;
        }
        if let Some(&feature) = next.next() {
            now[feature as usize] = encoded[feature as usize];
        }
    }
    model.predict_proba(records.view())
}

/// Along a walk of a linear model, from the training means to the record.
pub fn from_means(model: &TrainedModel, linear: &LinearTerms, order: &[u32]) -> Vec<f64> {
    let mut margin = linear.base;
    let at = |margin: f64| model.model.probability_at(margin).unwrap_or(f64::NAN);
    let mut values = vec![at(margin)];
    for &feature in order {
        margin += linear.terms[feature as usize];
        values.push(at(margin));
    }
    values
}
