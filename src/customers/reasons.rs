//! The reasons of many customers.

use super::error::CustomersError;
use super::scored::{MOST_ROWS, encode_rows};
use crate::data::Dataset;
use crate::explain::{ExplainCache, ExplainableModel, FeatureCount, LimeParams};

/// LIME's weight of every feature for some rows: `rows.len()` × features, row by row, in the order of the
/// model's features. They are those of an explanation of all features with the same samples and seed,
/// rounded to single precision; `params.features` counts for nothing.
///
/// # Errors
/// More than 1,000 rows, a row past the end, settings out of range, or a data set of another kind.
pub fn weights(
    model: &ExplainableModel,
    dataset: &Dataset,
    rows: &[u32],
    params: &LimeParams,
    cache: &mut ExplainCache,
) -> Result<Vec<f32>, CustomersError> {
    if rows.len() > MOST_ROWS {
        return Err(CustomersError::TooMany { asked: rows.len(), most: MOST_ROWS });
    }
    let space = &model.model.pipeline.space;
    let params = LimeParams { features: FeatureCount::All, ..params.clone() };
    let encoded = encode_rows(&model.model.pipeline, dataset, rows)?;
    let mut all = Vec::with_capacity(encoded.len());
    for record in encoded.chunks(space.len().max(1)) {
        let explanation = cache.explain(model, record, &params)?;
        let mut weights = vec![0.0_f32; space.len()];
        for contribution in &explanation.contributions {
            let place = space.position(&contribution.feature);
            if let Some(weight) = place.and_then(|place| weights.get_mut(place)) {
                *weight = contribution.weight as f32;
            }
        }
        all.extend(weights);
    }
    Ok(all)
}

/// The weights of those rows that were explained so far.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reasons {
    n_features: usize,
    /// Rows × features; NaN where a row was not explained yet, which is not a weight of zero.
    weights: Vec<f32>,
    explained: u32,
    largest: f32,
}

impl Reasons {
    /// Nothing explained yet.
    #[must_use]
    pub fn new(n_rows: usize, n_features: usize) -> Self {
        let weights = vec![f32::NAN; n_rows.saturating_mul(n_features)];
        Self { n_features, weights, explained: 0, largest: 0.0 }
    }

    /// Keeps what [`weights`] gave for these rows.
    pub fn put(&mut self, rows: &[u32], weights: &[f32]) {
        for (&row, given) in rows.iter().zip(weights.chunks(self.n_features.max(1))) {
            let from = (row as usize).saturating_mul(self.n_features);
            let Some(kept) = self.weights.get_mut(from..from.saturating_add(self.n_features))
            else {
                continue;
            };
            if given.len() != kept.len() {
                continue;
            }
            self.explained += u32::from(kept.first().is_some_and(|weight| weight.is_nan()));
            kept.copy_from_slice(given);
            self.largest = given.iter().fold(self.largest, |most, weight| most.max(weight.abs()));
        }
    }

    /// The weights of a row, one a feature; `None` where it was not explained yet.
    #[must_use]
    pub fn of_row(&self, row: u32) -> Option<&[f32]> {
        let from = (row as usize).checked_mul(self.n_features)?;
        let weights = self.weights.get(from..from.checked_add(self.n_features)?)?;
        weights.first().is_some_and(|weight| !weight.is_nan()).then_some(weights)
    }

    /// Rows explained so far.
    #[must_use]
    pub fn explained(&self) -> u32 {
        self.explained
    }

    /// The largest absolute weight so far: the ends of the colour scale of the whole table.
    #[must_use]
    pub fn largest(&self) -> f32 {
        self.largest
    }

    /// The weights of all rows, row by row; NaN where one was not explained yet.
    #[must_use]
    pub fn all(&self) -> &[f32] {
        &self.weights
    }

    /// The weights of one feature, a place among the model's, for some rows; NaN where one was not
    /// explained yet.
    #[must_use]
    pub fn of_feature(&self, rows: &[u32], feature: usize) -> Vec<f32> {
        let weight = |&row: &u32| self.of_row(row)?.get(feature).copied();
        rows.iter().map(|row| weight(row).unwrap_or(f32::NAN)).collect()
    }

    /// The `count` features whose mean absolute weight is largest over the rows explained so far, the
    /// largest first, of equal ones the earlier; none before a row was explained.
    #[must_use]
    pub fn strongest(&self, count: usize) -> Vec<usize> {
        let mut sums = vec![0.0_f64; self.n_features];
        for row in self.weights.chunks_exact(self.n_features.max(1)) {
            // a row is explained as a whole
            if row.iter().all(|weight| !weight.is_nan()) {
                sums.iter_mut().zip(row).for_each(|(sum, &weight)| *sum += f64::from(weight.abs()));
            }
        }
        let mut order: Vec<usize> =
            (0..if self.explained > 0 { self.n_features } else { 0 }).collect();
        let sum = |feature: &usize| sums.get(*feature).copied().unwrap_or(0.0);
        order.sort_by(|one, other| sum(other).total_cmp(&sum(one)));
        order.truncate(count);
        order
    }

    /// The rows of `rows` that were not explained yet, in their order.
    pub fn lacking(&self, rows: impl Iterator<Item = u32>) -> Vec<u32> {
        rows.filter(|&row| self.of_row(row).is_none()).collect()
    }
}
