//! The local linear model: choosing features, then ridge regression.

use super::error::ExplainError;
use super::explanation::FeatureCount;
use super::moments::Moments;
use crate::numerics::cholesky;

/// Up to so many features are chosen one after the other, more by their weight.
const MOST_FORWARD: usize = 6;
/// Ridge penalty of the fit that chooses features by weight.
const SELECTION_ALPHA: f64 = 0.01;
/// Ridge penalty of the local model.
const ALPHA: f64 = 1.0;
/// Share of a feature's variance under which the features already chosen explain it wholly.
const REDUNDANT: f64 = 1e-12;

/// A weighted ridge regression of the probability on "same bin as the customer".
#[derive(Clone, Debug, PartialEq)]
pub struct LocalModel {
    /// Free of the penalty.
    pub intercept: f64,
    /// Feature and weight, by absolute weight, largest first.
    pub weights: Vec<(usize, f64)>,
    /// Weighted coefficient of determination; 1 when the model gives one and the same probability.
    pub r2: f64,
}

impl LocalModel {
    /// Chooses features as lime's "auto" and fits them with penalty 1.
    ///
    /// # Errors
    /// [`ExplainError::NoSolution`] without features, or when the sums are not finite.
    pub fn fit(moments: &Moments, features: FeatureCount) -> Result<Self, ExplainError> {
        let n_features = moments.n_features();
        let asked = features.of(n_features);
        let chosen = if asked <= MOST_FORWARD {
            forward_selection(moments, asked.min(n_features))
        } else {
            highest_weights(moments, asked.min(n_features))?
        };
        Self::of_chosen(moments, chosen)
    }

    /// Fits chosen features with penalty 1.
    ///
    /// # Errors
    /// As [`fit`](Self::fit).
    pub(super) fn of_chosen(moments: &Moments, chosen: Vec<usize>) -> Result<Self, ExplainError> {
        if moments.n_features() == 0 {
            return Err(ExplainError::NoSolution { features: 0, rows: moments.n_rows });
        }
        let coefficients = ridge(moments, &chosen, ALPHA)?;
        let shift: f64 =
            chosen.iter().zip(&coefficients).map(|(&j, c)| c * moments.x_means[j]).sum();
        let r2 = if moments.yy > 0.0 {
            1.0 - residual_sum(moments, &chosen, &coefficients) / moments.yy
        } else {
            1.0
        };
        let mut weights: Vec<(usize, f64)> = chosen.into_iter().zip(coefficients).collect();
        weights.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
        Ok(Self { intercept: moments.y_mean - shift, weights, r2 })
    }

    /// What the local model says for the customer, whose bits are all ones.
    #[must_use]
    pub fn local_prediction(&self) -> f64 {
        self.weights.iter().fold(self.intercept, |sum, (_, weight)| sum + weight)
    }
}

/// Solves (X'X + `alpha`·I)·w = X'y over the chosen features.
fn ridge(moments: &Moments, chosen: &[usize], alpha: f64) -> Result<Vec<f64>, ExplainError> {
    let n_features = moments.n_features();
    let mut a = Vec::with_capacity(chosen.len() * chosen.len());
    for &i in chosen {
        for &j in chosen {
            let penalty = if i == j { alpha } else { 0.0 };
            a.push(moments.xx[i * n_features + j] + penalty);
        }
    }
    let mut b: Vec<f64> = chosen.iter().map(|&i| moments.xy[i]).collect();
    cholesky::solve(&mut a, &mut b)
        .ok_or(ExplainError::NoSolution { features: chosen.len(), rows: moments.n_rows })?;
    Ok(b)
}

/// Σ w·(y − ŷ)² = yy − 2·w'X'y + w'X'X·w.
fn residual_sum(moments: &Moments, chosen: &[usize], coefficients: &[f64]) -> f64 {
    let n_features = moments.n_features();
    let mut sum = moments.yy;
    for (&i, ci) in chosen.iter().zip(coefficients) {
        let fitted: f64 = chosen
            .iter()
            .zip(coefficients)
            .map(|(&j, cj)| cj * moments.xx[i * n_features + j])
            .sum();
        sum += ci * (fitted - 2.0 * moments.xy[i]);
    }
    sum
}

/// The `count` features with the largest absolute weight in a fit of all; the customer's bits, which
/// lime multiplies in, are all ones.
pub(super) fn highest_weights(moments: &Moments, count: usize) -> Result<Vec<usize>, ExplainError> {
    let all: Vec<usize> = (0..moments.n_features()).collect();
    let weights = ridge(moments, &all, SELECTION_ALPHA)?;
    let mut order = all;
    order.sort_by(|&a, &b| weights[b].abs().total_cmp(&weights[a].abs()));
    order.truncate(count);
    Ok(order)
}

/// Adds `count` times the feature that raises the weighted R² of an unpenalised fit most, the first
/// of equals.
///
/// Instead of fitting every candidate, the chosen features are swept out of the moments: what is
/// left of a candidate then raises the explained sum of squares by xy² / xx.
pub(super) fn forward_selection(moments: &Moments, count: usize) -> Vec<usize> {
    let n = moments.n_features();
    let (mut xx, mut xy) = (moments.xx.clone(), moments.xy.clone());
    let mut chosen: Vec<usize> = Vec::with_capacity(count);
    for _ in 0..count {
        let mut best: Option<(usize, f64)> = None;
        for j in (0..n).filter(|j| !chosen.contains(j)) {
            let variance = xx[j * n + j];
            let redundant = variance <= REDUNDANT * moments.xx[j * n + j].max(1.0);
            let gain = if redundant { 0.0 } else { xy[j] * xy[j] / variance };
            if best.is_none_or(|(_, most)| gain > most) {
                best = Some((j, gain));
            }
        }
        let Some((pivot, gain)) = best else { break };
        chosen.push(pivot);
        if gain > 0.0 {
            let row: Vec<f64> = (0..n).map(|j| xx[pivot * n + j] / xx[pivot * n + pivot]).collect();
            let target = xy[pivot];
            for i in 0..n {
                let with_pivot = xx[i * n + pivot];
                for j in 0..n {
                    xx[i * n + j] -= with_pivot * row[j];
                }
                xy[i] -= target * row[i];
            }
        }
    }
    chosen
}
