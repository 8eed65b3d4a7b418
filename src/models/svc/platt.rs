//! A probability fitted to decision values: a sigmoid.

use serde::{Deserialize, Serialize};

const MOST_STEPS: u32 = 100;
/// Stops when both parts of the gradient are smaller.
const SMALL_GRADIENT: f64 = 1e-5;
/// Added to the Hessian's diagonal.
const RIDGE: f64 = 1e-12;
const SMALLEST_STEP: f64 = 1e-10;
/// Share of the expected decrease that a step must bring.
const ENOUGH: f64 = 1e-4;
/// Probabilities keep this distance from 0 and 1, as LIBSVM's do.
const CLOSEST: f64 = 1e-7;
/// Rounds of coupling at most, and when they end.
const MOST_COUPLINGS: u32 = 100;
const UNCOUPLED: f64 = 0.005 / 2.0;

/// P(first class) = 1 / (1 + exp(a·f + b)) of a decision value f towards that class, named as
/// scikit-learn's `probA_` and `probB_`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sigmoid {
    /// Negative when a larger decision means a larger probability; after a fit that was cut off early
    /// it need not be.
    pub a: f64,
    /// Shift.
    pub b: f64,
}

impl Sigmoid {
    /// The maximum of the likelihood, with Platt's targets (n₊ + 1)/(n₊ + 2) and 1/(n₋ + 2) in place of
    /// 1 and 0, by Newton's method with backtracking: Platt 1999; Lin, Lin and Weng, "A note on Platt's
    /// probabilistic outputs for support vector machines", Machine Learning 68 (2007), which also says
    /// how its terms are summed without overflow.
    #[must_use]
    pub fn fit(decisions: &[f64], first: &[bool]) -> Self {
        let n_first = first.iter().filter(|&&is_first| is_first).count() as f64;
        let n_second = first.len() as f64 - n_first;
        let (high, low) = ((n_first + 1.0) / (n_first + 2.0), 1.0 / (n_second + 2.0));
        let targets = first.iter().map(|&is_first| if is_first { high } else { low });
        let rows: Vec<(f64, f64)> = decisions.iter().copied().zip(targets).collect();

        let mut at = Self { a: 0.0, b: libm::log((n_second + 1.0) / (n_first + 1.0)) };
        let mut loss = at.loss(&rows);
        for _ in 0..MOST_STEPS {
            let Some((direction, slope)) = at.newton(&rows) else { break };
            let mut step = 1.0;
            let better = loop {
                let next = Self { a: at.a + step * direction.a, b: at.b + step * direction.b };
                let next_loss = next.loss(&rows);
                if next_loss < loss + ENOUGH * step * slope {
                    break Some((next, next_loss));
                }
                step /= 2.0;
                if step < SMALLEST_STEP || next_loss.is_nan() {
                    break None;
                }
            };
            let Some(better) = better else { break };
            (at, loss) = better;
        }
        at
    }

    /// −Σ t·ln p + (1 − t)·ln(1 − p).
    fn loss(self, rows: &[(f64, f64)]) -> f64 {
        let loss = |&(f, target): &(f64, f64)| {
            let x = f * self.a + self.b;
            let weight = if x >= 0.0 { target } else { target - 1.0 };
            weight * x + libm::log(1.0 + libm::exp(-x.abs()))
        };
        rows.iter().map(loss).sum()
    }

    /// Newton's direction and the slope along it; `None` where the gradient is small.
    fn newton(self, rows: &[(f64, f64)]) -> Option<(Self, f64)> {
        let (mut h_aa, mut h_bb, mut h_ab) = (RIDGE, RIDGE, 0.0);
        let (mut g_a, mut g_b) = (0.0, 0.0);
        for &(f, target) in rows {
            let (p, q) = shares(f * self.a + self.b);
            let curvature = p * q;
            h_aa += f * f * curvature;
            h_bb += curvature;
            h_ab += f * curvature;
            let rest = target - p;
            g_a += f * rest;
            g_b += rest;
        }
        if g_a.abs() < SMALL_GRADIENT && g_b.abs() < SMALL_GRADIENT {
            return None;
        }
        let determinant = h_aa * h_bb - h_ab * h_ab;
        let a = -(h_bb * g_a - h_ab * g_b) / determinant;
        let b = -(h_aa * g_b - h_ab * g_a) / determinant;
        Some((Self { a, b }, g_a * a + g_b * b))
    }

    /// P(first class) at a decision value towards it, between 1e-7 and 1 − 1e-7.
    #[must_use]
    pub fn first(self, decision: f64) -> f64 {
        shares(decision * self.a + self.b).0.clamp(CLOSEST, 1.0 - CLOSEST)
    }

    /// P(second class) as scikit-learn tells it, up to 0.004 off 1 − [`Self::first`].
    ///
    /// LIBSVM couples the probabilities of all pairs of classes by an iteration (Wu, Lin and Weng,
    /// "Probability estimates for multi-class classification by pairwise coupling", JMLR 5 (2004),
    /// algorithm 2) that ends within 0.0025, and does so for a single pair too.
    #[must_use]
    pub fn second_coupled(self, decision: f64) -> f64 {
        let first = self.first(decision);
        let r = [first, 1.0 - first];
        let q = [[r[1] * r[1], -r[1] * r[0]], [-r[1] * r[0], r[0] * r[0]]];
        let mut p = [0.5, 0.5];
        for _ in 0..MOST_COUPLINGS {
            let mut slope = q.map(|row| row[0] * p[0] + row[1] * p[1]);
            let mut level = p[0] * slope[0] + p[1] * slope[1];
            if slope.iter().all(|s| (s - level).abs() < UNCOUPLED) {
                break;
            }
            for t in 0..2 {
                let by = (level - slope[t]) / q[t][t];
                let norm = 1.0 + by;
                p[t] += by;
                level = (level + by * (by * q[t][t] + 2.0 * slope[t])) / norm / norm;
                for j in 0..2 {
                    slope[j] = (slope[j] + by * q[t][j]) / norm;
                    p[j] /= norm;
                }
            }
        }
        p[1]
    }
}

/// 1/(1 + eˣ) and 1/(1 + e⁻ˣ).
fn shares(x: f64) -> (f64, f64) {
    let tail = libm::exp(-x.abs());
    let (minor, major) = (tail / (1.0 + tail), 1.0 / (1.0 + tail));
    if x >= 0.0 { (minor, major) } else { (major, minor) }
}
