//! The best split of a node by its histogram.

use super::BoostingParams;
use super::bins::{Binned, Feature};
use super::histogram::{Histogram, Sums};

/// The least sum of hessians on a side.
const LEAST_HESSIAN: f64 = 1e-3;
/// So that a leaf with no hessian at all has a value.
const TINY: f64 = 1e-15;

/// Who goes left, and what both sides sum up to.
#[derive(Clone, Copy)]
pub struct Split {
    /// The feature's place.
    pub feature: usize,
    /// Of levels: the level that goes right. Of a number: the last bin that goes left.
    pub bin: usize,
    pub gain: f64,
    pub left: Sums,
    pub right: Sums,
}

/// Newton's step of a leaf: −Σg / (Σh + λ).
pub fn value(sums: Sums, l2_regularization: f64) -> f64 {
    -sums.gradient / (sums.hessian + l2_regularization + TINY)
}

/// The split with the largest gain above 0, the first of equal ones.
///
/// The gain of a split is the decrease of the loss's second-order model, ×2:
/// `G·v − G_left·v_left − G_right·v_right` with [`value`]s v, G·v of the node being given.
pub fn best(
    binned: &Binned,
    histogram: &Histogram,
    node: Sums,
    node_value: f64,
    params: &BoostingParams,
) -> Option<Split> {
    let search = Search { node, loss: node.gradient * node_value, params };
    let mut best: Option<Split> = None;
    for (at, feature) in binned.features.iter().enumerate() {
        let bins = &histogram[feature.first..][..feature.n_bins];
        match &feature.thresholds {
            None => search.levels(at, bins, &mut best),
            Some(_) => search.number(at, bins, &mut best),
        }
    }
    best
}

struct Search<'p> {
    node: Sums,
    loss: f64,
    params: &'p BoostingParams,
}

impl Search<'_> {
    /// Each level against all others.
    fn levels(&self, feature: usize, bins: &[Sums], best: &mut Option<Split>) {
        for (bin, &with) in bins.iter().enumerate() {
            self.consider(feature, bin, self.node.minus(with), best);
        }
    }

    /// The bins up to each one against those after it.
    fn number(&self, feature: usize, bins: &[Sums], best: &mut Option<Split>) {
        let mut left = Sums::default();
        for (bin, sums) in bins.iter().enumerate().take(bins.len().saturating_sub(1)) {
            left = left.plus(*sums);
            self.consider(feature, bin, left, best);
        }
    }

    fn consider(&self, feature: usize, bin: usize, left: Sums, best: &mut Option<Split>) {
        let right = self.node.minus(left);
        let least = self.params.min_samples_leaf;
        let l2 = self.params.l2_regularization;
        if left.rows < least
            || right.rows < least
            || left.hessian < LEAST_HESSIAN
            || right.hessian < LEAST_HESSIAN
        {
            return;
        }
        let gain = self.loss - left.gradient * value(left, l2) - right.gradient * value(right, l2);
        if gain > best.map_or(0.0, |split| split.gain) {
            *best = Some(Split { feature, bin, gain, left, right });
        }
    }
}

impl Split {
    /// Whether a row at this bin of the feature goes left.
    pub fn goes_left(&self, feature: &Feature, bin: u16) -> bool {
        match feature.thresholds {
            None => usize::from(bin) != self.bin,
            Some(_) => usize::from(bin) <= self.bin,
        }
    }
}
