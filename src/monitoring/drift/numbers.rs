//! Distances between two ascending lists of numbers.

use super::KsTest;
use crate::numerics::special::kolmogorov_sf;

/// Up to so many rows on either side the p-value is exact, as in scipy's `ks_2samp`.
const EXACT_LIMIT: u64 = 10_000;

/// p ≤ e·exp(−2·d²·nm/(n + m)) (Wei and Dudley 2012): beyond this d²·nm/(n + m) it is no float above 0.
const CERTAIN: f64 = 374.0;

/// Two-sided two-sample Kolmogorov–Smirnov test of two ascending, non-empty lists.
pub(super) fn ks(reference: &[f64], current: &[f64]) -> KsTest {
    let (n, m) = (reference.len() as u64, current.len() as u64);
    let divisor = gcd(n, m);
    let (n_step, m_step) = (m / divisor, n / divisor);
    // the distance in units of 1/lcm(n, m), free of rounding
    let mut widest = 0;
    for_each_step(reference, current, |i, j, _| {
        widest = widest.max((i as u64 * n_step).abs_diff(j as u64 * m_step));
    });
    let statistic = widest as f64 / (n * n_step) as f64;
    let effective = n as f64 * m as f64 / (n + m) as f64;
    let p_value = if widest == 0 {
        1.0
    } else if effective * statistic * statistic > CERTAIN {
        0.0
    } else if n.max(m) > EXACT_LIMIT {
        kolmogorov_sf(libm::round(effective), statistic)
    } else if n == m {
        outside_square(n as f64, widest)
    } else {
        outside_rectangle(n.max(m), n.min(m), divisor, widest)
    };
    KsTest { statistic, p_value: p_value.clamp(0.0, 1.0) }
}

/// ∫ |F − G| dx of the empirical distribution functions of two ascending, non-empty lists.
pub(super) fn wasserstein(reference: &[f64], current: &[f64]) -> f64 {
    let (n, m) = (reference.len() as f64, current.len() as f64);
    let mut distance = 0.0;
    for_each_step(reference, current, |i, j, width| {
        distance += (i as f64 / n - j as f64 / m).abs() * width;
    });
    distance
}

/// Standard deviation with n of an ascending list; exactly 0 when all its values are equal.
pub(super) fn standard_deviation(values: &[f64]) -> f64 {
    if values.first() == values.last() {
        return 0.0;
    }
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    (values.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>() / n).sqrt()
}

/// Visits every distinct value of both lists in ascending order with the numbers of values up to it
/// (reference, current) and the distance to the next one (0 for the last).
fn for_each_step(reference: &[f64], current: &[f64], mut visit: impl FnMut(usize, usize, f64)) {
    let (mut i, mut j) = (0, 0);
    let next = |i: usize, j: usize| match (reference.get(i), current.get(j)) {
        (Some(&a), Some(&b)) => Some(if b < a { b } else { a }),
        (Some(&only), None) | (None, Some(&only)) => Some(only),
        (None, None) => None,
    };
    let mut at = next(0, 0);
    while let Some(value) = at {
        // the loop must end even on a NaN, which sorts last
        while reference.get(i).is_some_and(|&a| a <= value || value.is_nan()) {
            i += 1;
        }
        while current.get(j).is_some_and(|&b| b <= value || value.is_nan()) {
            j += 1;
        }
        at = next(i, j);
        visit(i, j, at.map_or(0.0, |following| following - value));
    }
}

fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// Share of lattice paths from (0, 0) to (n, n) that reach |x − y| = h, by reflection:
/// 2·A₀·(1 − A₁·(1 − A₂·…)), each Aₖ a ratio of neighbouring binomials (scipy's
/// `_compute_prob_outside_square`).
fn outside_square(n: f64, h: u64) -> f64 {
    let mut share = 0.0;
    for k in (0..=(n as u64) / h).rev() {
        let base = (k * h) as f64;
        let mut ratio = 1.0;
        for j in 0..h {
            let j = j as f64;
            ratio = (n - base - j) * ratio / (n + base + j + 1.0);
        }
        share = ratio * (1.0 - share);
    }
    2.0 * share
}

/// Share of lattice paths from (0, 0) to (m, n), m and n with greatest common divisor `divisor`, that
/// reach |x/m − y/n| = h/lcm(m, n): the recursion of Hodges (1958) for the share already outside, as
/// Viehmann (2021) and scipy have it, here along the diagonals x + y = s, whose cells don't depend on
/// one another.
fn outside_rectangle(m: u64, n: u64, divisor: u64, h: u64) -> f64 {
    let (m_step, n_step) = (m / divisor, n / divisor);
    let span = m_step + n_step;
    let heights: Vec<f64> = (0..=n).map(|y| y as f64).collect();
    // at [y + 1] the share at height y of the diagonal; beyond the two lines it is 1
    let mut before = vec![1.0; heights.len() + 2];
    let mut now = before.clone();
    before[1] = 0.0;
    for s in 1..=m + n {
        let above_low_line = (n_step * s).checked_sub(h).map_or(0, |low| low / span + 1);
        let first = above_low_line.max(s.saturating_sub(m)) as usize;
        let past = (n_step * s + h).div_ceil(span).min(n.min(s) + 1) as usize;
        if past <= first {
            return 1.0;
        }
        let s = s as f64;
        let neighbours = before[first + 1..=past].iter().zip(&before[first..past]);
        let cells = now[first + 1..=past].iter_mut().zip(&heights[first..past]);
        for ((share, height), (left, below)) in cells.zip(neighbours) {
            *share = (left * (s - height) + below * height) / s;
        }
        now[first] = 1.0;
        now[past + 1] = 1.0;
        std::mem::swap(&mut before, &mut now);
    }
    before[heights.len()]
}
