//! The values that a feature is set to.

use crate::features::{Domain, Feature};
use crate::numerics::quantile::sorted;

/// Every level; of numbers what scikit-learn's `partial_dependence` takes: each one seen where they are
/// fewer than `resolution`, else `resolution` of them, evenly spaced between two percentiles (0 to 1).
///
/// `seen` are the feature's values in the training rows; empty gives an empty grid.
#[must_use]
pub fn of(feature: &Feature, seen: &[f64], resolution: usize, percentiles: [f64; 2]) -> Vec<f64> {
    if let Domain::Levels(levels) = &feature.domain {
        return (0..levels.len()).map(|level| level as f64).collect();
    }
    let ascending = sorted(seen);
    let mut distinct = ascending.clone();
    distinct.dedup();
    if distinct.len() < resolution {
        return distinct;
    }
    match percentiles.map(|share| plotting_quantile(&ascending, share)) {
        [Some(from), Some(to)] => evenly(from, to, resolution),
        _ => Vec::new(),
    }
}

/// numpy's `linspace`: both ends, `count` of at least 2.
fn evenly(from: f64, to: f64, count: usize) -> Vec<f64> {
    let last = count.saturating_sub(1).max(1);
    let step = (to - from) / last as f64;
    (0..=last).map(|at| if at == last { to } else { at as f64 * step + from }).collect()
}

/// scipy's `mquantiles`, which scikit-learn takes here and nowhere else: with a = b = 0.4 the position is
/// n·p + 0.4 + 0.2·p, counted from 1.
fn plotting_quantile(ascending: &[f64], share: f64) -> Option<f64> {
    let n = ascending.len();
    let last = n.checked_sub(1)?;
    let position = n as f64 * share + (0.4 + share * (1.0 - 0.4 - 0.4));
    let low = libm::floor(position.clamp(1.0, last.max(1) as f64));
    let part = (position - low).clamp(0.0, 1.0);
    let below = ascending.get(low as usize - 1)?;
    let above = ascending.get((low as usize).min(last))?;
    Some((1.0 - part) * below + part * above)
}
