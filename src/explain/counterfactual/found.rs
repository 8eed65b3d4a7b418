//! The cheapest answer of every set of features, as far as it is among those wanted.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::lattice::Candidate;

/// Changes that do it.
#[derive(Clone, Debug, PartialEq)]
pub struct Best {
    /// In the order of the feature space.
    pub changes: Vec<Candidate>,
    /// What the model then says.
    pub probability: f64,
    /// Sum of their costs, in that order.
    pub cost: f64,
}

/// Answers by which features they change. Sets of fewer features have to be searched before sets of more.
#[derive(Clone, Debug)]
pub struct Found {
    by_features: BTreeMap<Vec<usize>, Best>,
    wanted: usize,
    bound: f64,
}

impl Found {
    /// None yet; `wanted` are enough.
    #[must_use]
    pub fn new(wanted: usize) -> Self {
        Self { by_features: BTreeMap::new(), wanted, bound: f64::INFINITY }
    }

    /// What costs more is not wanted any more.
    #[must_use]
    pub fn bound(&self) -> f64 {
        self.bound
    }

    /// Whether these changes, should they do it, would be wanted: they are not dearer than all wanted, no
    /// part of their features does it for the same or less, and they are better than what is known of
    /// the same features.
    #[must_use]
    pub fn wants(&self, changes: &[Candidate], cost: f64) -> bool {
        if cost > self.bound {
            return false;
        }
        let features: Vec<usize> = changes.iter().map(|change| change.feature).collect();
        let parts = 1_u32..(1_u32 << features.len().min(31)) - 1;
        let is_ruled_out = parts.into_iter().any(|part| {
            let some = features.iter().enumerate().filter(|(at, _)| part & (1 << at) != 0);
            let some: Vec<usize> = some.map(|(_, &feature)| feature).collect();
            self.by_features.get(&some).is_some_and(|best| best.cost <= cost)
        });
        !is_ruled_out
            && self.by_features.get(&features).is_none_or(|best| {
                cost.total_cmp(&best.cost).then_with(|| by_value(changes, &best.changes))
                    == Ordering::Less
            })
    }

    /// Keeps an answer that is [wanted](Self::wants).
    pub fn keep(&mut self, best: Best) {
        let features = best.changes.iter().map(|change| change.feature).collect();
        self.by_features.insert(features, best);
        let mut costs: Vec<f64> = self.by_features.values().map(|best| best.cost).collect();
        costs.sort_unstable_by(f64::total_cmp);
        let last_wanted = self.wanted.checked_sub(1).and_then(|last| costs.get(last));
        self.bound = last_wanted.copied().unwrap_or(f64::INFINITY);
    }

    /// Those wanted, the cheapest first; of equally dear ones that with fewer changes, then that of
    /// earlier features.
    #[must_use]
    pub fn best(self) -> Vec<Best> {
        let mut all: Vec<Best> = self.by_features.into_values().collect();
        // stable: the map has them by features
        all.sort_by(|one, other| {
            one.cost.total_cmp(&other.cost).then(one.changes.len().cmp(&other.changes.len()))
        });
        all.truncate(self.wanted);
        all
    }
}

/// Of changes of the same features: the smaller value first.
pub(super) fn by_value(one: &[Candidate], other: &[Candidate]) -> Ordering {
    let pairs = one.iter().zip(other).map(|(a, b)| a.value.total_cmp(&b.value));
    pairs.fold(Ordering::Equal, Ordering::then)
}
