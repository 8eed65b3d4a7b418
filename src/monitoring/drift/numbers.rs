//! Distances between two ascending lists of numbers.

use super::KsTest;
use crate::numerics::special::kolmogorov_sf;

/// Up to so many rows on either side the p-value is exact, as in scipy's `ks_2samp`.
const EXACT_LIMIT: u64 = 10_000;

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
    let p_value = if widest == 0 {
        1.0
    } else if n.max(m) > EXACT_LIMIT {
        let (n, m) = (n as f64, m as f64);
        kolmogorov_sf(libm::round(n * m / (n + m)), statistic)
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

/// Standard deviation with n.
pub(super) fn standard_deviation(values: &[f64]) -> f64 {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    libm::sqrt(values.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>() / n)
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

/// Share of lattice paths from (0, 0) to (m, n), m > n with greatest common divisor `divisor`, that
/// reach |x/m − y/n| = h/lcm(m, n): the recursion of Hodges (1958), column by column, the shares of
/// paths already outside carried along (scipy's `_compute_outer_prob_inside_method`).
fn outside_rectangle(m: u64, n: u64, divisor: u64, h: u64) -> f64 {
    let (m_step, n_step) = (m / divisor, n / divisor);
    let mut past = h.div_ceil(m_step).min(n + 1);
    let mut column = vec![1.0; n as usize + 1];
    for share in column.iter_mut().take(past as usize) {
        *share = 0.0;
    }
    // column[y] is the share at height y; heights from `first` to before `past` are inside
    for x in 1..=m {
        let first = (n_step * x).checked_sub(h).map_or(0, |low| low / m_step + 1).min(n);
        let past_before = past;
        past = (n_step * x + h).div_ceil(m_step).min(n + 1);
        if past <= first {
            return 1.0;
        }
        let mut below = if first == 0 { 0.0 } else { 1.0 };
        for y in first..past {
            let left = if y < past_before { column[y as usize] } else { 1.0 };
            below = (left * x as f64 + below * y as f64) / (x + y) as f64;
            column[y as usize] = below;
        }
    }
    column[past as usize - 1]
}
