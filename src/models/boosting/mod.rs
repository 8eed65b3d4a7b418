//! Gradient boosting on histograms, as scikit-learn's `HistGradientBoostingClassifier` does it.
//!
//! ```text
//! FeatureMatrix ─ bins ▶ bin of every cell ┐
//! log-odds ─ gradients, hessians ──────────┴ histogram ─ split ▶ best split ─ grow ▶ tree ─▶ log-odds
//! ```
//!
//! Friedman, "Greedy function approximation: a gradient boosting machine", Annals of Statistics 29
//! (2001), with the second-order splits of Chen and Guestrin, "XGBoost" (2016), and the leaf-wise trees of
//! Ke and others, "LightGBM" (2017). With log-odds F and yᵢ of 0 or 1 the loss is
//! `Σ log(1 + exp(Fᵢ)) − yᵢ·Fᵢ`; every tree takes one Newton step from it.

mod bins;
mod grow;
mod histogram;
mod split;

use serde::{Deserialize, Serialize};

use super::error::FitError;
use super::estimator::{Family, Probabilities, Training};
use super::params::ClassWeight;
use super::settings::{Setting, class_weight};
use super::trees::Trees;
use super::trees::nodes::Precision;
use crate::features::Rows;
use bins::Binned;
use grow::Grower;

/// Trees a model may have.
const MOST_TREES: u32 = 2_000;
/// Under this, 1 / (1 + exp(−F)) is exp(F).
const LEAST_LOG_ODDS: f64 = -37.0;

/// Settings of gradient boosting, named as in scikit-learn's `HistGradientBoostingClassifier`.
///
/// There is no early stopping: every tree that is asked for is grown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BoostingParams {
    /// Share of a Newton step that each tree takes, above 0. Default 0.1.
    pub learning_rate: f64,
    /// How many trees, 1 to 2,000. Default 100.
    pub max_iter: u32,
    /// Leaves of a tree at most, at least 2; `None` for any number. Default 31.
    pub max_leaf_nodes: Option<u32>,
    /// Edges from the root to a leaf at most, at least 1; `None` for any number. Default `None`.
    pub max_depth: Option<u32>,
    /// Rows a leaf needs, at least 1. Default 20.
    pub min_samples_leaf: u32,
    /// Added to the sum of the hessians of a leaf, at least 0. Default 0.
    pub l2_regularization: f64,
    /// Bins of a number, 2 to 255. Default 255.
    pub max_bins: u32,
    /// How much more a row of one class counts. Default none.
    pub class_weight: ClassWeight,
    /// scikit-learn's `random_state`; with every row and column used, nothing is drawn. Default 0.
    pub seed: u32,
}

/// Fitted gradient boosting: p = 1 / (1 + exp(−F)), F = baseline + Σ over the trees of a leaf's value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FittedBoosting {
    /// Log-odds of the positive class over all training rows.
    pub baseline: f64,
    /// In the order they were grown; leaves hold log-odds, the learning rate included.
    pub trees: Trees,
    /// Mean loss of the training rows before the first tree and after each, in nats; with class
    /// weights the weighted mean.
    pub losses: Vec<f64>,
}

impl Default for BoostingParams {
    fn default() -> Self {
        Self {
            learning_rate: 0.1,
            max_iter: 100,
            max_leaf_nodes: Some(31),
            max_depth: None,
            min_samples_leaf: 20,
            l2_regularization: 0.0,
            max_bins: 255,
            class_weight: ClassWeight::None,
            seed: 0,
        }
    }
}

impl BoostingParams {
    /// Names and values.
    pub(super) fn settings(&self) -> Vec<Setting> {
        vec![
            Setting::of("learning_rate", self.learning_rate),
            Setting::of("max_iter", self.max_iter),
            Setting::limit("max_leaf_nodes", self.max_leaf_nodes),
            Setting::limit("max_depth", self.max_depth),
            Setting::of("min_samples_leaf", self.min_samples_leaf),
            Setting::of("l2_regularization", self.l2_regularization),
            Setting::of("max_bins", self.max_bins),
            class_weight(self.class_weight),
            Setting::of("seed", self.seed),
        ]
    }
}

impl Family for BoostingParams {
    type Fitted = FittedBoosting;

    fn check(&self) -> Result<(), FitError> {
        let refused = |name, value: f64, allowed| Err(FitError::setting(name, value, allowed));
        if !(self.learning_rate.is_finite() && self.learning_rate > 0.0) {
            return refused("learning_rate", self.learning_rate, "a finite number above 0");
        }
        if !(1..=MOST_TREES).contains(&self.max_iter) {
            return Err(FitError::setting("max_iter", self.max_iter, "1 to 2000 trees"));
        }
        if let Some(leaves @ 0..2) = self.max_leaf_nodes {
            return Err(FitError::setting("max_leaf_nodes", leaves, "2 or more, or no limit"));
        }
        if let Some(depth @ 0) = self.max_depth {
            return Err(FitError::setting("max_depth", depth, "1 or more, or no limit"));
        }
        if self.min_samples_leaf == 0 {
            return Err(FitError::setting("min_samples_leaf", 0, "1 or more"));
        }
        if !(self.l2_regularization.is_finite() && self.l2_regularization >= 0.0) {
            return refused("l2_regularization", self.l2_regularization, "a finite number from 0");
        }
        if !(2..=255).contains(&self.max_bins) {
            return Err(FitError::setting("max_bins", self.max_bins, "2 to 255"));
        }
        self.class_weight.check()
    }

    fn learn(
        &self,
        training: &Training<'_>,
        progress: &mut dyn FnMut(u32, u32),
    ) -> Result<FittedBoosting, FitError> {
        let factors = self.class_weight.factors(training.n_of_class);
        let [negatives, positives] = training.n_of_class.map(|n| n as f64);
        let share = positives * factors[1] / (negatives * factors[0] + positives * factors[1]);
        let baseline = libm::log(share / (1.0 - share));
        let weight = |&label: &bool| factors[usize::from(label)];
        let weights: Vec<f64> = training.labels.iter().map(weight).collect();
        let binned = Binned::of(training.matrix, &weights, self.max_bins as usize);
        let mut log_odds = vec![baseline; training.labels.len()];
        let mut loss = Loss::new(&training.labels, factors);
        let mut losses = vec![loss.mean(&log_odds)];
        let mut grower = Grower::new(&binned, self);
        let mut trees = Trees::default();
        for tree in 1..=self.max_iter {
            loss.slopes(&log_odds);
            grower.grow(&loss.gradients, &loss.hessians, &mut log_odds, &mut trees)?;
            losses.push(loss.mean(&log_odds));
            progress(tree, self.max_iter);
        }
        Ok(FittedBoosting { baseline, trees, losses })
    }
}

/// The loss of rows and its slopes, in single precision as scikit-learn keeps them.
struct Loss<'l> {
    labels: &'l [bool],
    /// By class: negative, positive.
    factors: [f64; 2],
    gradients: Vec<f32>,
    hessians: Vec<f32>,
}

impl<'l> Loss<'l> {
    fn new(labels: &'l [bool], factors: [f64; 2]) -> Self {
        let (gradients, hessians) = (vec![0.0; labels.len()], vec![0.0; labels.len()]);
        Self { labels, factors, gradients, hessians }
    }

    /// dL/dF = p − y and d²L/dF² = p·(1 − p) of every row, times its weight.
    fn slopes(&mut self, log_odds: &[f64]) {
        let slopes = self.gradients.iter_mut().zip(&mut self.hessians);
        for ((gradient, hessian), (&label, &f)) in slopes.zip(self.labels.iter().zip(log_odds)) {
            let weight = self.factors[usize::from(label)];
            let y = f64::from(u8::from(label));
            let (g, h) = if f > LEAST_LOG_ODDS {
                let odds = libm::exp(-f);
                let all = 1.0 + odds;
                (((1.0 - y) - y * odds) / all, odds / (all * all))
            } else {
                let p = libm::exp(f);
                (p - y, p)
            };
            *gradient = (weight * g) as f32;
            *hessian = (weight * h) as f32;
        }
    }

    fn mean(&self, log_odds: &[f64]) -> f64 {
        let (mut sum, mut weights) = (0.0, 0.0);
        for (&label, &f) in self.labels.iter().zip(log_odds) {
            let weight = self.factors[usize::from(label)];
            let margin = if label { f } else { -f };
            // log(1 + exp(−m)), whatever the size of m
            let loss = libm::log1p(libm::exp(-margin.abs())) + (-margin).max(0.0);
            sum += weight * loss;
            weights += weight;
        }
        sum / weights
    }
}

impl Probabilities for FittedBoosting {
    fn probabilities(&self, rows: &dyn Rows) -> Vec<f64> {
        let mut sums = self.trees.sums(rows, Precision::Double, self.baseline);
        sums.iter_mut().for_each(|f| *f = 1.0 / (1.0 + libm::exp(-*f)));
        sums
    }
}
