//! Levels in an order of likeness, for what needs one: levels whose customers are alike otherwise stand
//! beside each other.
//!
//! Apley and Zhu (JRSS B 82, 2020), as their `ALEPlot` does it: two levels are as far apart as the other
//! features' distributions among their rows differ, summed over the features, and the order is that
//! along the first coordinate of classical scaling.

use super::column;
use crate::explain::stability::Band;
use crate::features::{Domain, EncodedRecord, FeatureSpace};
use crate::numerics::order::sorted_by;

/// Steps of the search for the first coordinate, which ends before when nothing moves any more.
const STEPS: usize = 10_000;

/// The levels of `feature` that occur among the rows, by their numbers. Of an order and its reverse, the
/// one that begins with the lower number.
#[must_use]
pub fn by_likeness(space: &FeatureSpace, rows: &[EncodedRecord], feature: usize) -> Vec<usize> {
    let own = column(rows, feature);
    let mut levels: Vec<usize> = own.iter().map(|&level| level as usize).collect();
    levels.sort_unstable();
    levels.dedup();
    let n = levels.len();
    let mut distances = vec![0.0; n * n];
    for (at, other) in space.features.iter().enumerate().filter(|(at, _)| *at != feature) {
        let values = column(rows, at);
        // of each level's rows, once for all its pairs
        let of_levels: Vec<Vec<f64>> = levels
            .iter()
            .map(|&level| {
                let chosen = values.iter().zip(&own).filter(|(_, own)| **own as usize == level);
                let values: Vec<f64> = chosen.map(|(&value, _)| value).collect();
                match &other.domain {
                    Domain::Levels(levels) => shares(&values, levels.len()),
                    Domain::Numbers { .. } => sorted_by(values, |&value| value),
                }
            })
            .collect();
        let distance = match &other.domain {
            Domain::Levels(_) => total_variation,
            Domain::Numbers { .. } => kolmogorov_smirnov,
        };
        for (i, one) in of_levels.iter().enumerate() {
            for (j, other) in of_levels.iter().enumerate().skip(i + 1) {
                let between = distance(one, other);
                for at in [i * n + j, j * n + i] {
                    if let Some(sum) = distances.get_mut(at) {
                        *sum += between;
                    }
                }
            }
        }
    }
    let squared: Vec<f64> = distances.iter().map(|distance| distance * distance).collect();
    let along = first_coordinate(&squared, n);
    let mut order =
        sorted_by((0..n).collect(), |&at: &usize| along.get(at).copied().unwrap_or(0.0));
    if order.first() > order.last() {
        order.reverse();
    }
    order.into_iter().filter_map(|at| levels.get(at).copied()).collect()
}

/// The share of each level among values that are numbers of levels.
fn shares(values: &[f64], n_levels: usize) -> Vec<f64> {
    let mut shares = vec![0.0; n_levels];
    for &value in values {
        if let Some(share) = shares.get_mut(value as usize) {
            *share += 1.0 / values.len() as f64;
        }
    }
    shares
}

/// Half the sum of the differences of two lists of shares.
fn total_variation(one: &[f64], other: &[f64]) -> f64 {
    one.iter().zip(other).map(|(one, other)| (one - other).abs()).sum::<f64>() / 2.0
}

/// The largest difference of the two shares of values up to a number; both lists ascend.
fn kolmogorov_smirnov(one: &[f64], other: &[f64]) -> f64 {
    let up_to =
        |of: &[f64], end: f64| of.partition_point(|&value| value <= end) as f64 / of.len() as f64;
    let ends = one.iter().chain(other);
    ends.map(|&end| (up_to(one, end) - up_to(other, end)).abs()).fold(0.0, f64::max)
}

/// The first coordinate of classical scaling of squared distances, `(n, n)`: the direction of the largest
/// eigenvalue of the doubly centred −½·D², by the power method. Its length does not matter here.
fn first_coordinate(squared: &[f64], n: usize) -> Vec<f64> {
    let rows = || squared.chunks_exact(n.max(1));
    let means: Vec<f64> = rows().map(|row| Band::of(row).mean).collect();
    let mean = Band::of(&means).mean;
    let centred: Vec<f64> = rows()
        .zip(&means)
        .flat_map(|(row, mine)| {
            row.iter().zip(&means).map(move |(cell, other)| -0.5 * (cell - mine - other + mean))
        })
        .collect();
    // moved so far that no eigenvalue is negative, since the method finds the one furthest from 0
    let row_sums = centred.chunks_exact(n.max(1)).map(|row| row.iter().map(|c| c.abs()).sum());
    let shift: f64 = row_sums.fold(0.0, f64::max);
    let mut along: Vec<f64> = (0..n).map(|at| 1.0 + at as f64 * at as f64).collect();
    for _ in 0..STEPS {
        let next: Vec<f64> = centred
            .chunks_exact(n.max(1))
            .zip(&along)
            .map(|(row, own)| {
                row.iter().zip(&along).map(|(cell, v)| cell * v).sum::<f64>() + shift * own
            })
            .collect();
        // centred, as every direction but that of the sum is
        let mean = Band::of(&next).mean;
        let length = next.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>().sqrt();
        if length == 0.0 {
            break;
        }
        let next: Vec<f64> = next.iter().map(|v| (v - mean) / length).collect();
        let moved = next.iter().zip(&along).map(|(new, old)| (new - old).abs()).fold(0.0, f64::max);
        along = next;
        if moved < 1e-13 {
            break;
        }
    }
    along
}
