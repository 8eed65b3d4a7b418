//! The search where log-odds add up: depth first, and back as soon as the best that is left is not
//! enough, or costs too much.

use super::bounds::{Branch, branches};
use super::changing::Changing;
use super::found::{Best, Found};
use super::lattice::Candidate;
use super::{CounterfactualParams, Searched, Side};
use crate::models::{LogOddsTable, TrainedModel};

/// Log-odds that may be missing and still be asked of the model, far more than rounding takes.
const SLACK: f64 = 1e-9;
/// Combinations tried for one of the budget.
const CHEAPER: u64 = 100;

struct Search<'a> {
    model: &'a TrainedModel,
    record: &'a Changing<'a>,
    params: &'a CounterfactualParams,
    branch: &'a Branch,
    /// By feature and number of changes: the farthest that so many of this and the later features go.
    reach: &'a [Vec<f64>],
    /// How far there is to go.
    need: f64,
    found: &'a mut Found,
    tried: &'a mut u64,
    budget: u64,
}

/// `None` where what follows does not add up.
pub(super) fn search(
    model: &TrainedModel,
    table: &LogOddsTable,
    record: &Changing<'_>,
    lattice: &[Vec<Candidate>],
    params: &CounterfactualParams,
    found: &mut Found,
) -> Option<Searched> {
    let sign = match params.side {
        Side::Below => -1.0,
        Side::Above => 1.0,
    };
    let target = libm::log(params.threshold / (1.0 - params.threshold));
    let encoded = record.record();
    let need = sign * (target - table.log_odds(encoded)) - SLACK;
    let branches = match record.follows() {
        Some(follows) => branches(table, encoded, follows, lattice, sign)?,
        None => vec![alone(table, encoded, lattice, sign)],
    };
    let most = params.most as usize;
    let reaches: Vec<_> = branches.iter().map(|branch| reach(&branch.steps, most)).collect();
    let budget = u64::from(params.budget) * CHEAPER;
    let (mut tried, mut complete) = (0, 0);
    'sizes: for size in 1..=most {
        for (branch, reach) in branches.iter().zip(&reaches) {
            let need = need - branch.beyond;
            let tried = &mut tried;
            let found = &mut *found;
            let mut search =
                Search { model, record, params, branch, reach, need, found, tried, budget };
            if !search.deeper(0, size, &mut Vec::with_capacity(size), 0.0, 0.0) {
                break 'sizes;
            }
        }
        complete = size as u32;
    }
    let tried = u32::try_from(tried).unwrap_or(u32::MAX);
    Some(Searched { tried, complete, stopped: complete < params.most })
}

/// Where nothing follows, and a combination is as good as its changes.
fn alone(table: &LogOddsTable, encoded: &[f64], lattice: &[Vec<Candidate>], sign: f64) -> Branch {
    let gain = |change: &Candidate| {
        let own = encoded.get(change.feature).copied().unwrap_or(f64::NAN);
        sign * (table.term(change.feature, change.value) - table.term(change.feature, own))
    };
    let of_feature = |candidates: &Vec<Candidate>| {
        let mut farthest = 0.0;
        let steps = candidates.iter().map(|change| (*change, gain(change)));
        // a dearer change that goes no farther is never needed; a tie goes to what comes first
        let steps = steps.filter(|&(_, gain)| {
            let is_farther = gain > farthest;
            farthest = f64::max(farthest, gain);
            is_farther
        });
        steps.collect::<Vec<_>>()
    };
    Branch { steps: lattice.iter().map(of_feature).collect(), must: None, beyond: 0.0 }
}

impl Search<'_> {
    /// False when the budget is spent.
    fn deeper(
        &mut self,
        from: usize,
        left: usize,
        changes: &mut Vec<Candidate>,
        gone: f64,
        cost: f64,
    ) -> bool {
        if left == 0 {
            *self.tried += 1;
            if gone >= self.need
                && self.found.wants(changes, cost)
                && let Some(record) = self.record.with(changes)
            {
                let probability = self.model.predict_record(&record);
                if self.params.reaches(probability) {
                    self.found.keep(Best { changes: changes.clone(), probability, cost });
                }
            }
            return *self.tried < self.budget;
        }
        let branch = self.branch;
        let (first, last) = match branch.must {
            // the last change that is left has to be this one
            Some(must) if must >= from && left == 1 => (must, must + 1),
            Some(must) if must >= from => (from, must + 1),
            _ => (from, branch.steps.len()),
        };
        for feature in first..last {
            let reachable = self.reach.get(feature).and_then(|r| r.get(left)).copied();
            if reachable.is_none_or(|reachable| gone + reachable < self.need) {
                // later features reach no farther
                return true;
            }
            let n_steps = branch.steps.get(feature).map_or(0, Vec::len);
            for at in 0..n_steps {
                let Some(&(change, gain)) = branch.steps.get(feature).and_then(|s| s.get(at))
                else {
                    break;
                };
                let cost = cost + change.cost;
                if cost > self.found.bound() {
                    break;
                }
                changes.push(change);
                let goes_on = self.deeper(feature + 1, left - 1, changes, gone + gain, cost);
                changes.pop();
                if !goes_on {
                    return false;
                }
            }
        }
        true
    }
}

/// Of each feature and those after it, the sum of the `k` largest gains, each of another feature; none
/// where there are not so many.
fn reach(steps: &[Vec<(Candidate, f64)>], most: usize) -> Vec<Vec<f64>> {
    let mut gains: Vec<f64> = Vec::new();
    let mut reach = Vec::with_capacity(steps.len());
    for of_feature in steps.iter().rev() {
        if let Some(farthest) = of_feature.iter().map(|(_, gain)| *gain).reduce(f64::max) {
            let place = gains.partition_point(|gain| *gain >= farthest);
            gains.insert(place, farthest);
        }
        let mut sums = vec![0.0];
        let mut sum = 0.0;
        for gain in gains.iter().take(most) {
            sum += gain;
            sums.push(sum);
        }
        reach.push(sums);
    }
    reach.reverse();
    reach
}
