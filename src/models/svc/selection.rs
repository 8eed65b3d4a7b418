//! Which two variables to move: second-order working-set selection (Fan, Chen and Lin 2005, WSS 2).

use super::solver::{Solver, TAU};

/// Variables judged at a time, without a branch, so that a compiler can do several side by side.
const BLOCK: usize = 64;

/// Two variables, by position.
#[derive(Clone, Copy, Debug)]
pub struct Pair {
    pub i: usize,
    pub j: usize,
    /// By how much the worst pair violates optimality.
    pub violation: f64,
}

impl Solver {
    /// i is the variable of I_up with the largest −yᵢ·∇ᵢ; j is the one of I_low with which the
    /// objective falls most, its own bounds left aside. Of equal ones the last counts. `None` when no
    /// pair violates optimality by the tolerance.
    pub(super) fn select(&mut self) -> Option<Pair> {
        let slopes = &self.slope[..self.active];
        let (i, largest) = last_largest(slopes.len(), |from, scores| {
            let rows = self.up[from..].iter().zip(&slopes[from..]);
            for (score, (up, slope)) in scores.iter_mut().zip(rows) {
                *score = up - slope;
            }
        })?;
        self.kernel.ready(i, self.active);
        let row = &self.kernel.row(i)[..self.active];
        let diagonal = &self.kernel.diagonal;
        let k_ii = diagonal[i];
        let mut other_largest = f64::NEG_INFINITY;
        let j = last_largest(slopes.len(), |from, scores| {
            let mut falls = [f64::NEG_INFINITY; BLOCK];
            let rows = self.low[from..].iter().zip(&slopes[from..]);
            for (fall, (low, slope)) in falls[..scores.len()].iter_mut().zip(rows) {
                *fall = low + slope;
            }
            other_largest = f64::max(other_largest, largest_of(&falls));
            let entries = diagonal[from..].iter().zip(&row[from..]);
            for ((score, fall), (k_jj, &k_ij)) in scores.iter_mut().zip(&falls).zip(entries) {
                let gap = largest + fall;
                let curvature = k_ii + k_jj - 2.0 * f64::from(k_ij);
                let curvature = if curvature > 0.0 { curvature } else { TAU };
                let decrease = gap * gap / curvature;
                *score = if gap > 0.0 { decrease } else { f64::NEG_INFINITY };
            }
        });
        let violation = largest + other_largest;
        if violation < self.tolerance { None } else { j.map(|(j, _)| Pair { i, j, violation }) }
    }

    /// What [`Self::select`] holds against the tolerance; −∞ where nothing may move.
    pub(super) fn violation(&self) -> f64 {
        let slopes = || self.slope.iter().take(self.active);
        let largest =
            |scores: &mut dyn Iterator<Item = f64>| scores.fold(f64::NEG_INFINITY, f64::max);
        let rising = largest(&mut self.up.iter().zip(slopes()).map(|(up, slope)| up - slope));
        let falling = largest(&mut self.low.iter().zip(slopes()).map(|(low, slope)| low + slope));
        rising + falling
    }
}

/// The last of the largest scores above −∞, and that score. `score` fills in those from a position on.
fn last_largest(n: usize, mut score: impl FnMut(usize, &mut [f64])) -> Option<(usize, f64)> {
    let mut best = None;
    let mut largest = f64::NEG_INFINITY;
    let mut buffer = [0.0; BLOCK];
    for from in (0..n).step_by(BLOCK) {
        let scores = &mut buffer[..BLOCK.min(n - from)];
        score(from, scores);
        let here = largest_of(scores);
        if here >= largest
            && here > f64::NEG_INFINITY
            && let Some(at) = scores.iter().rposition(|&score| score == here)
        {
            (best, largest) = (Some((from + at, here)), here);
        }
    }
    best
}

/// NaN is passed over.
fn largest_of(scores: &[f64]) -> f64 {
    let mut lanes = [f64::NEG_INFINITY; 8];
    let mut chunks = scores.chunks_exact(8);
    for chunk in &mut chunks {
        for (lane, &score) in lanes.iter_mut().zip(chunk) {
            *lane = if score > *lane { score } else { *lane };
        }
    }
    let all = lanes.iter().chain(chunks.remainder());
    all.fold(f64::NEG_INFINITY, |most, &score| if score > most { score } else { most })
}
