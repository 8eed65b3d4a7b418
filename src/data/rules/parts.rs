//! What the rules say in numbers, for whoever has to reckon with them.

use super::{RuleDomain, Rules};

/// A number that is a sum of prices: base + Σ price of the column's level.
#[derive(Clone, Copy, Debug)]
pub struct PriceSum<'r> {
    /// The number's column.
    pub target: usize,
    /// What is added in any case.
    pub base: f64,
    /// Columns in file order, with what each of their levels adds.
    pub prices: &'r [(usize, Vec<f64>)],
    /// Most that is lost when the sum is rounded.
    pub rounding: f64,
    /// Most that a number that stays may be off.
    pub tolerance: f64,
}

/// A number that is the product of two others.
#[derive(Clone, Copy, Debug)]
pub struct TwoFactors {
    /// The number's column.
    pub target: usize,
    /// The factors' columns, in file order.
    pub factors: [usize; 2],
    /// Most that is lost when the product is rounded.
    pub rounding: f64,
    /// Most that a number that stays may be off.
    pub tolerance: f64,
}

impl Rules {
    /// All numbers that are sums.
    pub fn sums(&self) -> impl Iterator<Item = PriceSum<'_>> {
        self.formulas.iter().map(|formula| PriceSum {
            target: formula.target,
            base: formula.base,
            prices: &formula.terms,
            rounding: self.half_step(formula.target),
            tolerance: formula.tolerance,
        })
    }

    /// All numbers that are products.
    pub fn products(&self) -> impl Iterator<Item = TwoFactors> {
        self.products.iter().map(|product| TwoFactors {
            target: product.target,
            factors: product.factors,
            rounding: self.half_step(product.target),
            tolerance: product.furthest(),
        })
    }

    /// Levels of later columns that are one fact with this level, each with its column, and those that are
    /// one with them.
    #[must_use]
    pub fn one_fact_with(&self, column: usize, level: usize) -> Vec<(usize, usize)> {
        let mut all = vec![(column, level)];
        let mut at = 0;
        while let Some(&(column, level)) = all.get(at) {
            for fact in self.together.one_fact_with(column, level) {
                if !all.contains(&fact) {
                    all.push(fact);
                }
            }
            at += 1;
        }
        all.split_off(1)
    }

    fn half_step(&self, column: usize) -> f64 {
        match self.columns.get(column).map(|column| &column.domain) {
            Some(RuleDomain::Numbers(step)) => step.half(),
            _ => 0.0,
        }
    }
}
