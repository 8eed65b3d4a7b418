//! The search where log-odds add up: depth first, and back as soon as the best that is left is not
//! enough, or costs too much.

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
    /// By feature, the cheapest first, each with how far it goes the wanted way.
    steps: Vec<Vec<(Candidate, f64)>>,
    /// By feature and number of changes: the farthest that so many of this and the later features go.
    reach: Vec<Vec<f64>>,
    /// How far there is to go.
    need: f64,
    found: &'a mut Found,
    tried: u64,
    budget: u64,
}

pub(super) fn search(
    model: &TrainedModel,
    table: &LogOddsTable,
    record: &Changing<'_>,
    lattice: &[Vec<Candidate>],
    params: &CounterfactualParams,
    found: &mut Found,
) -> Searched {
    let sign = match params.side {
        Side::Below => -1.0,
        Side::Above => 1.0,
    };
    let target = libm::log(params.threshold / (1.0 - params.threshold));
    let encoded = record.record();
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
    let steps: Vec<_> = lattice.iter().map(of_feature).collect();
    let most = params.most as usize;
    let mut search = Search {
        model,
        record,
        params,
        reach: reach(&steps, most),
        steps,
        need: sign * (target - table.log_odds(encoded)) - SLACK,
        found,
        tried: 0,
        budget: u64::from(params.budget) * CHEAPER,
    };
    let mut complete = 0;
    for size in 1..=most {
        if !search.deeper(0, size, &mut Vec::with_capacity(size), 0.0, 0.0) {
            break;
        }
        complete = size as u32;
    }
    let tried = u32::try_from(search.tried).unwrap_or(u32::MAX);
    Searched { tried, complete, stopped: complete < params.most }
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
            self.tried += 1;
            if gone >= self.need
                && self.found.wants(changes, cost)
                && let Some(record) = self.record.with(changes)
            {
                let probability = self.model.predict_record(&record);
                if self.params.reaches(probability) {
                    self.found.keep(Best { changes: changes.clone(), probability, cost });
                }
            }
            return self.tried < self.budget;
        }
        for feature in from..self.steps.len() {
            let reachable = self.reach.get(feature).and_then(|r| r.get(left)).copied();
            if reachable.is_none_or(|reachable| gone + reachable < self.need) {
                // later features reach no farther
                return true;
            }
            let n_steps = self.steps.get(feature).map_or(0, Vec::len);
            for at in 0..n_steps {
                let Some(&(change, gain)) = self.steps.get(feature).and_then(|s| s.get(at)) else {
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
        if let Some((_, farthest)) = of_feature.last() {
            let place = gains.partition_point(|gain| gain >= farthest);
            gains.insert(place, *farthest);
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
