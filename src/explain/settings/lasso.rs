//! Features along the way of the lasso.
//!
//! Efron, Hastie, Johnstone and Tibshirani, "Least Angle Regression" (2004), with the lasso's
//! modification, over the weighted moments: on every stretch between two breakpoints the active features'
//! correlations with the residual stay equal and fall together; a feature joins when its own reaches
//! theirs, and leaves when its coefficient becomes zero.

use crate::explain::moments::Moments;
use crate::numerics::cholesky;

/// scikit-learn's path ends where the largest correlation, divided by the rows, is no larger than single
/// precision's epsilon.
const END: f64 = 1.192_092_895_507_812_5e-7;
/// scikit-learn's limit of breakpoints.
const MOST_BREAKPOINTS: usize = 500;

/// The features with a coefficient at the last breakpoint that has at most `count` of them, in their
/// order; all features when the path has no breakpoint at all.
pub fn chosen(moments: &Moments, count: usize) -> Vec<usize> {
    let path = path(moments);
    let few = path.iter().rev().find(|active| active.len() <= count);
    match few.or(path.first()) {
        Some(active) => {
            let mut active = active.clone();
            active.sort_unstable();
            active
        }
        None => (0..moments.n_features()).collect(),
    }
}

/// The features with a coefficient, at each breakpoint after the start.
fn path(moments: &Moments) -> Vec<Vec<usize>> {
    let n = moments.n_features();
    let xx = |i: usize, j: usize| moments.xx[i * n + j];
    let mut correlations = moments.xy.clone();
    let mut coefficients = vec![0.0; n];
    // in the order of joining; those that can't join because others explain them wholly
    let mut active: Vec<usize> = Vec::new();
    let mut refused = vec![false; n];
    let mut just_left: Option<usize> = None;
    let mut path = Vec::new();
    while path.len() < MOST_BREAKPOINTS {
        let free: Vec<usize> = (0..n).filter(|j| !refused[*j] && !active.contains(j)).collect();
        let next = free.iter().copied().fold(None, |best: Option<usize>, j| match best {
            Some(most) if correlations[j].abs() <= correlations[most].abs() => best,
            _ => Some(j),
        });
        // those of the active features are equal but for rounding
        let largest = match (just_left, active.first(), next) {
            (Some(_), Some(&first), _) => correlations[first].abs(),
            (_, _, Some(next)) => correlations[next].abs(),
            _ => break,
        };
        if largest.is_nan() || largest / moments.n_rows as f64 <= END {
            break;
        }
        if let Some(next) = next.filter(|_| just_left.is_none()) {
            active.push(next);
        }
        let mut a: Vec<f64> =
            active.iter().flat_map(|&i| active.iter().map(move |&j| xx(i, j))).collect();
        let mut direction: Vec<f64> = active.iter().map(|&j| sign(correlations[j])).collect();
        if cholesky::solve(&mut a, &mut direction).is_none() {
            match active.pop() {
                Some(last) if just_left.is_none() => refused[last] = true,
                _ => break,
            }
            continue;
        }
        // how fast each correlation falls while those of the active ones fall by one
        let falls = |j: usize| -> f64 {
            active.iter().zip(&direction).map(|(&i, step)| step * xx(i, j)).sum()
        };
        let joins = free.iter().filter(|j| !active.contains(j)).flat_map(|&j| {
            let (c, fall) = (correlations[j], falls(j));
            let [above, below] = [(largest - c) / (1.0 - fall), (largest + c) / (1.0 + fall)];
            // what has just left is at this end still, but for rounding, and on its way from it
            match just_left == Some(j) {
                true if c > 0.0 => [f64::INFINITY, below],
                true => [above, f64::INFINITY],
                false => [above, below],
            }
        });
        let mut step = joins.filter(|&step| step > 0.0).fold(largest, f64::min);
        let leaves = active
            .iter()
            .zip(&direction)
            .enumerate()
            .map(|(at, (&j, slope))| (at, -coefficients[j] / slope));
        let leaves = leaves
            .filter(|(_, at)| *at > 0.0)
            .fold(None, |first: Option<(usize, f64)>, next| match first {
                Some(first) if first.1 <= next.1 => Some(first),
                _ => Some(next),
            })
            .filter(|(_, at)| *at < step);
        if let Some((_, at)) = leaves {
            step = at;
        }
        let fallen: Vec<f64> = (0..n).map(falls).collect();
        for (correlation, fall) in correlations.iter_mut().zip(fallen) {
            *correlation -= step * fall;
        }
        for (&j, slope) in active.iter().zip(&direction) {
            coefficients[j] += step * slope;
        }
        just_left = leaves.map(|(at, _)| active.remove(at));
        if let Some(left) = just_left {
            coefficients[left] = 0.0;
        }
        path.push(active.clone());
    }
    path
}

fn sign(number: f64) -> f64 {
    if number < 0.0 { -1.0 } else { 1.0 }
}
