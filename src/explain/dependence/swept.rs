//! Rows with some of their features set to other values.

use crate::models::{LogOddsTable, TrainedModel};
use crate::numerics::quantile::quantile;

/// Records that are asked of the model in one go.
const BATCH: usize = 4_096;

/// Encoded rows that a model is asked about again and again, each time with other values of a few
/// features: what partial dependence and its kin are made of.
#[derive(Clone, Debug)]
pub struct Swept<'a> {
    model: &'a TrainedModel,
    rows: &'a [f64],
    n_features: usize,
    /// Of a logistic regression: its table, and every row's log-odds.
    table: Option<(LogOddsTable, Vec<f64>)>,
}

impl<'a> Swept<'a> {
    /// `rows`: encoded records one after the other, `(n_rows, n_features)`, row-major.
    #[must_use]
    pub fn new(model: &'a TrainedModel, rows: &'a [f64]) -> Self {
        let n_features = model.pipeline.space.len().max(1);
        let table = model.log_odds_table().map(|table| {
            let log_odds = rows.chunks_exact(n_features).map(|row| table.log_odds(row)).collect();
            (table, log_odds)
        });
        Self { model, rows, n_features, table }
    }

    /// How many rows.
    #[must_use]
    pub fn n_rows(&self) -> usize {
        self.rows.len() / self.n_features
    }

    /// The rows' values of a feature.
    pub fn seen(&self, feature: usize) -> impl Iterator<Item = f64> + '_ {
        self.rows.iter().skip(feature).step_by(self.n_features).copied()
    }

    /// Probability of the positive class, one a row, with each of these features (by place) set to a
    /// value in every row. A feature is named at most once.
    #[must_use]
    pub fn probabilities(&self, set: &[(usize, f64)]) -> Vec<f64> {
        if let Some(moved) = self.moved(set) {
            return moved.map(LogOddsTable::probability).collect();
        }
        let mut probabilities = Vec::with_capacity(self.n_rows());
        for batch in self.rows.chunks(BATCH * self.n_features) {
            let mut records = batch.to_vec();
            for row in records.chunks_exact_mut(self.n_features) {
                for &(at, value) in set {
                    if let Some(cell) = row.get_mut(at) {
                        *cell = value;
                    }
                }
            }
            let n_records = records.len() / self.n_features;
            let view = ndarray::ArrayView2::from_shape((n_records, self.n_features), &records);
            probabilities
                .extend(view.map(|view| self.model.predict_proba(view)).unwrap_or_default());
        }
        probabilities
    }

    /// Their mean: one point of the partial dependence; NaN without rows.
    #[must_use]
    pub fn mean(&self, set: &[(usize, f64)]) -> f64 {
        mean(&self.probabilities(set))
    }

    /// The log-odds of every row moved likewise, averaged; `None` where the model is no logistic
    /// regression.
    #[must_use]
    pub fn mean_log_odds(&self, set: &[(usize, f64)]) -> Option<f64> {
        Some(mean(&self.moved(set)?.collect::<Vec<f64>>()))
    }

    /// Every row's log-odds with features set to values.
    fn moved<'s>(&'s self, set: &'s [(usize, f64)]) -> Option<impl Iterator<Item = f64> + 's> {
        let (table, log_odds) = self.table.as_ref()?;
        let to: Vec<_> = set.iter().map(|&(at, value)| (at, table.term(at, value))).collect();
        let rows = self.rows.chunks_exact(self.n_features).zip(log_odds);
        Some(rows.map(move |(row, &log_odds)| {
            to.iter().fold(log_odds, |sum, &(at, term)| {
                sum + (term - table.term(at, row.get(at).copied().unwrap_or(f64::NAN)))
            })
        }))
    }
}

/// Σ / n, in order.
pub(super) fn mean(values: &[f64]) -> f64 {
    values.iter().fold(0.0, |sum, value| sum + value) / values.len() as f64
}

/// Between which two of the values the middle 80 % of them lie.
pub(super) fn middle(mut values: Vec<f64>) -> [f64; 2] {
    values.sort_unstable_by(f64::total_cmp);
    [0.1, 0.9].map(|share| quantile(&values, share).unwrap_or(f64::NAN))
}
