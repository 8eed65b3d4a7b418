//! How far changes go at most in log-odds, where numbers follow from them.
//!
//! A sum of prices adds up as log-odds do, so a level carries what it adds to the sum. A product of two
//! numbers adds up once one of them is settled: each value of that one is a branch of the search. What
//! comes at most once, that the record was off before, and rounding, is added to every combination, so
//! that no bound is too low.

use super::changing::Follows;
use super::lattice::Candidate;
use crate::data::rules::{PriceSum, TwoFactors};
use crate::models::LogOddsTable;

/// A part of the search in which gains add up.
pub(super) struct Branch {
    /// By feature, the cheapest first, each with how far it goes the wanted way at most.
    pub steps: Vec<Vec<(Candidate, f64)>>,
    /// Feature that has to be changed.
    pub must: Option<usize>,
    /// How far any combination may go beyond the sum of its steps.
    pub beyond: f64,
}

struct Bounds<'a> {
    table: &'a LogOddsTable,
    encoded: &'a [f64],
    follows: &'a Follows<'a>,
    sums: Vec<PriceSum<'a>>,
    products: Vec<TwoFactors>,
    /// 1 where log-odds have to rise, −1 where they have to fall.
    sign: f64,
}

/// The branches; `None` where what follows does not add up in this way.
pub(super) fn branches(
    table: &LogOddsTable,
    encoded: &[f64],
    follows: &Follows<'_>,
    lattice: &[Vec<Candidate>],
    sign: f64,
) -> Option<Vec<Branch>> {
    let rules = follows.rules();
    let (sums, products): (Vec<_>, Vec<_>) = (rules.sums().collect(), rules.products().collect());
    let follows_twice = |column: usize| {
        sums.iter().filter(|sum| sum.target == column).count()
            + products.iter().filter(|product| product.target == column).count()
            > 1
    };
    let is_product = |column: &usize| products.iter().any(|product| product.target == *column);
    let is_chain = |product: &TwoFactors| product.factors.iter().any(is_product);
    if sums.iter().any(|sum| follows_twice(sum.target))
        || products.iter().any(|product| follows_twice(product.target) || is_chain(product))
    {
        return None;
    }
    let can_move = |column: usize| {
        let is_free = |at: usize| lattice.get(at).is_some_and(|some| !some.is_empty());
        follows.feature_of(column).is_some_and(is_free)
            || sums.iter().any(|sum| sum.target == column)
    };
    // the factor that is settled where both may move: one that follows from nothing
    let mut settled: Vec<usize> = Vec::new();
    for product in &products {
        if let [true, true] = product.factors.map(can_move) {
            let mut free =
                product.factors.iter().filter(|&&at| sums.iter().all(|sum| sum.target != at));
            settled.push(*free.next()?);
        }
    }
    settled.dedup();
    let bounds = Bounds { table, encoded, follows, sums, products, sign };
    match settled.as_slice() {
        [] => Some(vec![bounds.branch(lattice, None, None)?]),
        &[column] => {
            let feature = follows.feature_of(column)?;
            let candidates = lattice.get(feature)?;
            let settings = std::iter::once(None).chain(candidates.iter().map(Some));
            settings.map(|to| bounds.branch(lattice, Some(feature), to)).collect()
        }
        _ => None,
    }
}

impl Bounds<'_> {
    /// What one more of a number adds.
    fn slope(&self, feature: usize) -> f64 {
        self.table.term(feature, 1.0) - self.table.term(feature, 0.0)
    }

    fn present(&self, feature: usize) -> f64 {
        self.encoded.get(feature).copied().unwrap_or(f64::NAN)
    }

    /// With the settled feature at the value of `to`, or as it is.
    fn branch(
        &self,
        lattice: &[Vec<Candidate>],
        settled: Option<usize>,
        to: Option<&Candidate>,
    ) -> Option<Branch> {
        let value = |feature: usize| match to {
            Some(to) if to.feature == feature => to.value,
            _ => self.present(feature),
        };
        let feature = |column: usize| self.follows.feature_of(column);
        // what one more of a number adds, with the products that it is a factor of
        let slope = |of: usize| {
            let mut slope = self.slope(of);
            for product in &self.products {
                let Some(target) = feature(product.target) else { continue };
                let [one, other] = product.factors.map(feature);
                if one == Some(of) {
                    slope += self.slope(target) * value(other?);
                } else if other == Some(of) {
                    slope += self.slope(target) * value(one?);
                }
            }
            Some(slope)
        };
        let mut beyond = 0.0;
        for sum in &self.sums {
            let at = feature(sum.target)?;
            let slope = slope(at)?;
            let mut due = sum.base;
            for (column, prices) in sum.prices {
                due += prices.get(self.present(feature(*column)?) as usize)?;
            }
            let off = if self.follows.is_free(sum.target) { sum.rounding } else { sum.tolerance };
            beyond += f64::max(0.0, self.sign * slope * (due - self.present(at)));
            beyond += slope.abs() * off;
        }
        for product in &self.products {
            let at = feature(product.target)?;
            let [one, other] = product.factors.map(feature);
            let (one, other) = (one?, other?);
            let once = self.sign * self.slope(at) * (value(one) * value(other) - self.present(at));
            let is_moved = to.is_some_and(|to| to.feature == one || to.feature == other);
            beyond += if is_moved { once } else { f64::max(0.0, once) };
            let off = if self.follows.is_free(product.target) {
                product.rounding
            } else {
                product.tolerance
            };
            beyond += self.slope(at).abs() * off;
        }
        let steps = lattice.iter().enumerate().map(|(at, candidates)| {
            let mut steps = Vec::new();
            for change in candidates {
                let gain = match to {
                    Some(to) if to.feature == at => {
                        if change != to {
                            continue;
                        }
                        // the products that it is a factor of are in what goes beyond
                        self.sign * self.slope(at) * (change.value - self.present(at))
                    }
                    None if settled == Some(at) => continue,
                    _ if self.follows.is_level(at) => self.level(change, &slope)?,
                    _ => self.sign * slope(at)? * (change.value - self.present(at)),
                };
                steps.push((*change, gain));
            }
            Some(steps)
        });
        let steps = steps.collect::<Option<Vec<_>>>()?;
        let is_sound =
            beyond.is_finite() && steps.iter().flatten().all(|(_, gain)| gain.is_finite());
        is_sound.then_some(Branch { steps, must: to.map(|to| to.feature), beyond })
    }

    /// How far a changed level goes, with the levels that are one fact with it where these help.
    fn level(&self, change: &Candidate, slope: &dyn Fn(usize) -> Option<f64>) -> Option<f64> {
        let own = self.own(change.feature, change.value, slope)?;
        let along = self
            .follows
            .one_fact_with(change)
            .into_iter()
            .try_fold(0.0, |sum, (at, value)| Some(sum + self.own(at, value, slope)?.max(0.0)));
        Some(own + along?)
    }

    /// How far a level goes by itself and by its prices.
    fn own(&self, feature: usize, value: f64, slope: &dyn Fn(usize) -> Option<f64>) -> Option<f64> {
        let present = self.present(feature);
        let mut gain = self.table.term(feature, value) - self.table.term(feature, present);
        for sum in &self.sums {
            let of = |(column, _): &&(usize, Vec<f64>)| {
                self.follows.feature_of(*column) == Some(feature)
            };
            if let Some((_, prices)) = sum.prices.iter().find(of) {
                let dearer = prices.get(value as usize)? - prices.get(present as usize)?;
                gain += slope(self.follows.feature_of(sum.target)?)? * dearer;
            }
        }
        Some(self.sign * gain)
    }
}
