//! Customers grouped by their reasons: k-means over LIME's weights.
//!
//! The weights of all features are in one unit, probability, so none is scaled. The starts are drawn by
//! k-means++ (Arthur and Vassilvitskii, 2007), the groups then moved until no customer changes sides
//! (Lloyd, 1982).

use serde::{Deserialize, Serialize};

use super::error::CustomersError;
use crate::numerics::random::RandomState;

/// Rounds at most; most tables need twenty.
const MOST_ROUNDS: u32 = 300;

/// Fewest and most groups.
pub const GROUPS: [u32; 2] = [2, 8];

/// Customers by what speaks for and against them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Clustering {
    /// The group of every row, from 0; the largest group is the first.
    pub of_row: Vec<u32>,
    /// Mean weight of each feature by group.
    pub mean_weights: Vec<Vec<f64>>,
    /// Share of the weights' variance that lies between the groups, 0 to 1: 1 says that all customers
    /// of a group have the same reasons.
    pub between: f64,
}

impl Clustering {
    /// Groups rows of `n_features` weights each, one row after the other; there may be fewer groups than
    /// asked for where fewer rows differ.
    ///
    /// # Errors
    /// Fewer than 2 groups or more than 8, or a row that was not explained.
    pub fn of(
        weights: &[f32],
        n_features: usize,
        groups: u32,
        seed: u32,
    ) -> Result<Self, CustomersError> {
        groups_allowed(groups)?;
        let rows: Vec<&[f32]> = weights.chunks_exact(n_features.max(1)).collect();
        let is_open = |row: &&[f32]| row.iter().any(|weight| weight.is_nan());
        if let Some(row) = rows.iter().position(is_open) {
            return Err(CustomersError::NotExplained { row: row as u32 });
        }
        let mut centres = starts(&rows, groups as usize, seed);
        let mut of_row = vec![usize::MAX; rows.len()];
        for _ in 0..MOST_ROUNDS {
            let mut is_settled = true;
            for (row, own) in rows.iter().zip(&mut of_row) {
                let nearest = nearest(row, &centres).0;
                is_settled &= nearest == *own;
                *own = nearest;
            }
            if is_settled {
                break;
            }
            centres = means(&rows, &of_row, &centres);
        }
        Ok(Self::sorted(&rows, &of_row, &centres))
    }

    /// Those of `rows` that are in a group, in their order.
    #[must_use]
    pub fn among(&self, rows: &[u32], group: u32) -> Vec<u32> {
        let is_in = |row: &&u32| self.of_row.get(**row as usize) == Some(&group);
        rows.iter().filter(is_in).copied().collect()
    }

    /// The largest group first, of equally large ones the earlier; groups without rows are left out.
    fn sorted(rows: &[&[f32]], of_row: &[usize], centres: &[Vec<f64>]) -> Self {
        let count = |group: usize| of_row.iter().filter(|&&own| own == group).count();
        let mut order: Vec<(usize, usize)> =
            (0..centres.len()).map(|group| (group, count(group))).filter(|(_, n)| *n > 0).collect();
        order.sort_by(|(_, one), (_, other)| other.cmp(one));
        let place = |own: &usize| order.iter().position(|(group, _)| group == own).unwrap_or(0);
        let centre = |(group, _): &(usize, usize)| centres.get(*group).cloned();
        let within: f64 = rows
            .iter()
            .zip(of_row)
            .filter_map(|(row, own)| centres.get(*own).map(|centre| distance(row, centre)))
            .sum();
        let all = vec![0; rows.len()];
        let middle = means(rows, &all, &[vec![0.0; rows.first().map_or(0, |row| row.len())]]);
        let total: f64 =
            rows.iter().filter_map(|row| middle.first().map(|middle| distance(row, middle))).sum();
        Self {
            of_row: of_row.iter().map(|own| place(own) as u32).collect(),
            mean_weights: order.iter().filter_map(centre).collect(),
            between: if total > 0.0 { (1.0 - within / total).clamp(0.0, 1.0) } else { 0.0 },
        }
    }
}

/// That so many groups can be made.
///
/// # Errors
/// Fewer than 2 or more than 8.
pub fn groups_allowed(asked: u32) -> Result<(), CustomersError> {
    let [fewest, most] = GROUPS;
    let is_allowed = (fewest..=most).contains(&asked);
    is_allowed.then_some(()).ok_or(CustomersError::Groups { asked, fewest, most })
}

/// The first centre is any row, each further one a row drawn by its squared distance to the nearest.
fn starts(rows: &[&[f32]], groups: usize, seed: u32) -> Vec<Vec<f64>> {
    let mut random = RandomState::new(seed);
    let as_centre = |row: &&[f32]| row.iter().map(|&weight| f64::from(weight)).collect();
    let first = (random.random_sample() * rows.len() as f64) as usize;
    let mut centres: Vec<Vec<f64>> = rows.get(first).map(as_centre).into_iter().collect();
    while !centres.is_empty() && centres.len() < groups {
        let distances: Vec<f64> = rows.iter().map(|row| nearest(row, &centres).1).collect();
        let total: f64 = distances.iter().sum();
        let mut left = random.random_sample() * total;
        let drawn = distances.iter().position(|distance| {
            left -= distance;
            *distance > 0.0 && left <= 0.0
        });
        // rounding may leave a rest, and rows that are all the same no distance
        let drawn = drawn.or_else(|| distances.iter().rposition(|distance| *distance > 0.0));
        let Some(row) = drawn.and_then(|at| rows.get(at)) else { break };
        centres.push(as_centre(row));
    }
    centres
}

/// The group and the squared distance to its centre; of equally near ones the first.
fn nearest(row: &[f32], centres: &[Vec<f64>]) -> (usize, f64) {
    let distances = centres.iter().map(|centre| distance(row, centre)).enumerate();
    distances.fold((0, f64::INFINITY), |best, next| if next.1 < best.1 { next } else { best })
}

fn distance(row: &[f32], centre: &[f64]) -> f64 {
    let apart = row.iter().zip(centre).map(|(&weight, middle)| f64::from(weight) - middle);
    apart.map(|apart| apart * apart).sum()
}

/// The mean of each group; where there are no rows, the centre before.
fn means(rows: &[&[f32]], of_row: &[usize], before: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let mut sums: Vec<Vec<f64>> = before.iter().map(|centre| vec![0.0; centre.len()]).collect();
    let mut counts = vec![0_u32; before.len()];
    for (row, &own) in rows.iter().zip(of_row) {
        if let (Some(sum), Some(count)) = (sums.get_mut(own), counts.get_mut(own)) {
            sum.iter_mut().zip(*row).for_each(|(sum, &weight)| *sum += f64::from(weight));
            *count += 1;
        }
    }
    for ((sum, &count), before) in sums.iter_mut().zip(&counts).zip(before) {
        if count == 0 {
            sum.clone_from(before);
        } else {
            sum.iter_mut().for_each(|sum| *sum /= f64::from(count));
        }
    }
    sums
}
