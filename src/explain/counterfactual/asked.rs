//! The search where the model has to be asked: all combinations of one change, then of two, and so on, the
//! cheapest first.

use std::cmp::Ordering;

use ndarray::ArrayView2;

use super::changing::Changing;
use super::found::{Best, Found, by_value};
use super::lattice::Candidate;
use super::{CounterfactualParams, Searched};
use crate::models::TrainedModel;

/// Combinations that are asked in one go.
const BATCH: usize = 512;
/// Halvings of the cost at which a search has to end.
const HALVINGS: u32 = 20;

type Combination = (Vec<Candidate>, f64);

pub(super) fn search(
    model: &TrainedModel,
    record: &Changing<'_>,
    lattice: &[Vec<Candidate>],
    params: &CounterfactualParams,
    found: &mut Found,
    progress: &mut dyn FnMut(u32, u32),
) -> Searched {
    let budget = params.budget as usize;
    let mut tried = 0;
    let mut complete = 0;
    for size in 1..=params.most as usize {
        let left = budget.saturating_sub(tried);
        let all = within(lattice, size, found.bound(), left);
        let fits = all.is_some();
        let planned = all.unwrap_or_else(|| cheapest(lattice, size, left));
        let total = tried + planned.len();
        for batch in planned.chunks(BATCH) {
            if batch.first().is_some_and(|(_, cost)| *cost > found.bound()) {
                break;
            }
            tried += ask(model, record, batch, params, found);
            progress(tried as u32, total as u32);
        }
        if !fits {
            return Searched { tried: tried as u32, complete, stopped: true };
        }
        complete = size as u32;
    }
    Searched { tried: tried as u32, complete, stopped: false }
}

/// Asks the model about those that are wanted still, where there is such a record, and says how many were
/// wanted.
fn ask(
    model: &TrainedModel,
    record: &Changing<'_>,
    batch: &[Combination],
    params: &CounterfactualParams,
    found: &mut Found,
) -> usize {
    let mut n_wanted = 0;
    let (mut asked, mut records) = (Vec::new(), Vec::new());
    for combination in batch.iter().filter(|(changes, cost)| found.wants(changes, *cost)) {
        n_wanted += 1;
        if let Some(changed) = record.with(&combination.0) {
            records.extend(changed);
            asked.push(combination);
        }
    }
    let view = ArrayView2::from_shape((asked.len(), record.record().len()), &records);
    let probabilities = view.map(|view| model.predict_proba(view)).unwrap_or_default();
    for ((changes, cost), probability) in asked.into_iter().zip(probabilities) {
        if params.reaches(probability) && found.wants(changes, *cost) {
            found.keep(Best { changes: changes.clone(), probability, cost: *cost });
        }
    }
    n_wanted
}

/// The cheapest combinations of `size` changes, as many as there can be without leaving out any of the
/// same cost.
fn cheapest(lattice: &[Vec<Candidate>], size: usize, most: usize) -> Vec<Combination> {
    let dearest = lattice.iter().flatten().fold(0.0_f64, |cost, change| cost.max(change.cost));
    let (mut low, mut high) = (0.0, dearest * size as f64);
    let mut best = Vec::new();
    for _ in 0..HALVINGS {
        let middle = f64::midpoint(low, high);
        match within(lattice, size, middle, most) {
            Some(some) => {
                best = some;
                low = middle;
            }
            None => high = middle,
        }
    }
    best
}

/// All combinations of `size` changes that cost at most `limit`, the cheapest first; `None` when they are
/// more than `most`.
fn within(
    lattice: &[Vec<Candidate>],
    size: usize,
    limit: f64,
    most: usize,
) -> Option<Vec<Combination>> {
    let mut all = Vec::new();
    if !collect(lattice, size, &mut Vec::with_capacity(size), 0.0, limit, most, &mut all) {
        return None;
    }
    all.sort_by(|(one, cost), (other, dearer)| {
        cost.total_cmp(dearer)
            .then_with(|| by_feature(one, other))
            .then_with(|| by_value(one, other))
    });
    Some(all)
}

fn by_feature(one: &[Candidate], other: &[Candidate]) -> Ordering {
    one.iter().map(|change| change.feature).cmp(other.iter().map(|change| change.feature))
}

/// False when there are too many.
fn collect(
    lattice: &[Vec<Candidate>],
    left: usize,
    changes: &mut Vec<Candidate>,
    cost: f64,
    limit: f64,
    most: usize,
    into: &mut Vec<Combination>,
) -> bool {
    if left == 0 {
        into.push((changes.clone(), cost));
        return into.len() <= most;
    }
    for (at, candidates) in lattice.iter().enumerate() {
        let rest = lattice.get(at + 1..).unwrap_or_default();
        for change in candidates {
            let cost = cost + change.cost;
            if cost > limit {
                break;
            }
            changes.push(*change);
            let goes_on = collect(rest, left - 1, changes, cost, limit, most, into);
            changes.pop();
            if !goes_on {
                return false;
            }
        }
    }
    true
}
