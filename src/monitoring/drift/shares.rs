//! Distances between two lists of counts over the same levels or bins.

use super::Chi2Test;
use crate::numerics::special::chi_square_sf;

/// A share of exactly zero counts as this in the population stability index.
const LEAST_SHARE: f64 = 1e-4;

/// Counts over the same levels or bins as shares of their own sums.
pub(super) struct Shares {
    pub(super) reference: Vec<f64>,
    pub(super) current: Vec<f64>,
}

impl Shares {
    pub(super) fn of(reference: &[u32], current: &[u32]) -> Self {
        let shares = |counts: &[u32]| {
            let total: u64 = counts.iter().copied().map(u64::from).sum();
            counts.iter().map(|&count| f64::from(count) / total as f64).collect()
        };
        Self { reference: shares(reference), current: shares(current) }
    }

    fn pairs(&self) -> impl Iterator<Item = (f64, f64)> {
        self.reference.iter().copied().zip(self.current.iter().copied())
    }

    /// Population stability index Σ (qᵢ − pᵢ)·ln(qᵢ/pᵢ), p of the reference, q current.
    pub(super) fn psi(&self) -> f64 {
        let floor = |share: f64| if share == 0.0 { LEAST_SHARE } else { share };
        self.pairs()
            .map(|(p, q)| (floor(p), floor(q)))
            .map(|(p, q)| (q - p) * libm::log(q / p))
            .sum()
    }

    /// Jensen–Shannon distance √((KL(p‖m) + KL(q‖m)) / 2), m the mean of p and q, in base 2.
    pub(super) fn jensen_shannon(&self) -> f64 {
        let entropy = |share: f64, mean: f64| {
            if share > 0.0 { share * libm::log(share / mean) } else { 0.0 }
        };
        let divergence: f64 =
            self.pairs().map(|(p, q)| entropy(p, (p + q) / 2.0) + entropy(q, (p + q) / 2.0)).sum();
        ((divergence / (2.0 * std::f64::consts::LN_2)).clamp(0.0, 1.0)).sqrt()
    }
}

/// Pearson's χ² of the 2 × K table, no continuity correction; levels without any row don't count.
pub(super) fn chi2(reference: &[u32], current: &[u32]) -> Chi2Test {
    let sum = |counts: &[u32]| counts.iter().copied().map(f64::from).sum::<f64>();
    let (n, m) = (sum(reference), sum(current));
    let mut statistic = 0.0;
    let mut levels = 0_u32;
    for (r, c) in
        reference.iter().copied().map(f64::from).zip(current.iter().copied().map(f64::from))
    {
        if r + c > 0.0 {
            levels += 1;
            for (observed, rows) in [(r, n), (c, m)] {
                let expected = rows * (r + c) / (n + m);
                statistic += (observed - expected) * (observed - expected) / expected;
            }
        }
    }
    let dof = levels.saturating_sub(1);
    Chi2Test { statistic, dof, p_value: chi_square_sf(statistic, dof) }
}
