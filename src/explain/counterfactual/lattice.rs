//! What each feature of a record may be changed to, and what that costs.

use serde::{Deserialize, Serialize};

use super::CounterfactualParams;
use crate::explain::dependence::place_of;
use crate::explain::error::ExplainError;
use crate::features::{Domain, Feature, FeatureSpace};
use crate::numerics::quantile::{quantile, sorted};

/// Which way a number may go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// Up or down.
    #[default]
    Either,
    /// Only to larger values.
    Up,
    /// Only to smaller values.
    Down,
}

impl Way {
    /// Whether a value may become another one.
    pub(super) fn allows(self, present: f64, value: f64) -> bool {
        match self {
            Self::Either => value != present,
            Self::Up => value > present,
            Self::Down => value < present,
        }
    }
}

/// A value that a feature may be changed to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Candidate {
    /// The feature's place.
    pub feature: usize,
    /// Its new value, encoded.
    pub value: f64,
    /// What the change costs, 0 or more.
    pub cost: f64,
}

/// By feature, in the order of the feature space, what it may be changed to: the cheapest first, of
/// equally dear ones the smaller value; empty where it has to stay, and for `dependent` features, which
/// follow from others.
///
/// Levels: each other one, at cost 1. Numbers: the distinct quantiles 0, 1/(n − 1), …, 1 of `rows`
/// (training rows, encoded, one after the other), whole where all values seen are, at the cost
/// |new − present| / (largest − smallest of those rows). Weights multiply costs.
///
/// # Errors
/// A name that is no feature.
pub fn of(
    space: &FeatureSpace,
    encoded: &[f64],
    rows: &[f64],
    dependent: &[usize],
    params: &CounterfactualParams,
) -> Result<Vec<Vec<Candidate>>, ExplainError> {
    let known = |setting, name: &String| place_of(space, setting, name).map(drop);
    params.locked.iter().try_for_each(|name| known("locked", name))?;
    params.ways.keys().try_for_each(|name| known("ways", name))?;
    params.weights.keys().try_for_each(|name| known("weights", name))?;
    let features = space.features.iter().zip(encoded).enumerate();
    Ok(features
        .map(|(at, (feature, &present))| {
            if params.locked.contains(&feature.name) || dependent.contains(&at) {
                return Vec::new();
            }
            let weight = params.weights.get(&feature.name).copied().unwrap_or(1.0);
            let seen = rows.iter().skip(at).step_by(space.len().max(1)).copied();
            let mut candidates: Vec<Candidate> = match &feature.domain {
                Domain::Levels(levels) => (0..levels.len())
                    .map(|level| Candidate { feature: at, value: level as f64, cost: weight })
                    .filter(|candidate| candidate.value != present)
                    .collect(),
                Domain::Numbers { .. } => {
                    let way = params.ways.get(&feature.name).copied().unwrap_or_default();
                    let steps = numbers(feature, seen, params.grid as usize);
                    let range = steps.first().zip(steps.last()).map_or(0.0, |(a, b)| b - a);
                    let candidate = |value: f64| Candidate {
                        feature: at,
                        value,
                        cost: weight * ((value - present).abs() / range),
                    };
                    let allowed = steps.into_iter().filter(|value| way.allows(present, *value));
                    allowed.map(candidate).collect()
                }
            };
            candidates.retain(|candidate| candidate.cost.is_finite());
            candidates.sort_by(|one, other| {
                one.cost.total_cmp(&other.cost).then(one.value.total_cmp(&other.value))
            });
            candidates
        })
        .collect())
}

/// Distinct, ascending; the first and the last are the smallest and the largest value seen.
fn numbers(feature: &Feature, seen: impl Iterator<Item = f64>, count: usize) -> Vec<f64> {
    let whole = matches!(feature.domain, Domain::Numbers { whole: true, .. });
    let ascending = sorted(&seen.collect::<Vec<_>>());
    let last = count.saturating_sub(1).max(1) as f64;
    let steps = (0..count).filter_map(|at| quantile(&ascending, at as f64 / last));
    let mut steps: Vec<f64> = steps.map(|n| if whole { libm::round(n) } else { n }).collect();
    steps.dedup();
    steps
}

/// Ways to change between 1 and `most` features: Σ over sets of features of the product of their numbers
/// of candidates. As a float, since it may be beyond any whole number.
#[must_use]
pub fn combinations(lattice: &[Vec<Candidate>], most: usize) -> f64 {
    // elementary symmetric polynomials
    let mut ways = vec![0.0; most + 1];
    if let Some(none) = ways.first_mut() {
        *none = 1.0;
    }
    for candidates in lattice {
        for size in (1..=most).rev() {
            let fewer = ways.get(size - 1).copied().unwrap_or(0.0);
            if let Some(here) = ways.get_mut(size) {
                *here += fewer * candidates.len() as f64;
            }
        }
    }
    ways.iter().skip(1).sum()
}
