//! A number that is about the product of two others, as a sum of bills is of months and the bill of one.

use super::{Cell, Step};
use crate::data::ColumnValues;
use crate::numerics::quantile::{quantile, sorted};

/// Share of the variance that must follow from the product, of all but the furthest rows.
const R2: f64 = 0.99;

/// The middle ratio of number to product may be so far from 1.
const RATIO: f64 = 0.01;

/// Share of the rows that count: a few entry errors make no other rule.
const COUNTING: f64 = 0.995;

/// Rows further from the product than all but this share, relatively or by themselves, are off.
const FOLLOWING: f64 = 0.999;

/// Numbers that are looked at.
const MOST_NUMBERS: usize = 30;

/// Rows that decide at first whether a product is worth a closer look.
const GLANCE: usize = 64;

/// A number as a product.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Product {
    /// The number's column.
    pub target: usize,
    /// The factors' columns, in file order.
    pub factors: [usize; 2],
    /// Most that the number is off, as a share of the product.
    relative: f64,
    /// Most that the number is off.
    absolute: f64,
    /// Half a step of the column's numbers, lost when a product is rounded.
    rounding: f64,
}

impl Product {
    /// The product; `None` where a factor is unknown.
    pub fn value(&self, cells: &[Cell]) -> Option<f64> {
        let [first, second] = self.factors;
        let product = cells.get(first)?.number()? * cells.get(second)?.number()?;
        product.is_finite().then_some(product)
    }

    /// Furthest that a number may be from the product.
    pub fn furthest(&self) -> f64 {
        self.absolute + self.rounding
    }

    /// Whether the number is too far from the product.
    pub fn is_off(&self, value: f64, product: f64) -> bool {
        let off = (value - product).abs();
        off > self.absolute + self.rounding || off > self.relative * product.abs() + self.rounding
    }
}

/// All products of a table.
pub(super) fn learn(values: &[&ColumnValues], n_rows: usize) -> Vec<Product> {
    let numbers: Vec<(usize, &[f64])> = values
        .iter()
        .enumerate()
        .filter_map(|(column, values)| match values {
            ColumnValues::Numbers(numbers) => Some((column, numbers.as_slice())),
            _ => None,
        })
        .take(MOST_NUMBERS)
        .collect();
    let mut products = Vec::new();
    for &(target, whole) in &numbers {
        for (at, first) in numbers.iter().enumerate() {
            for second in numbers.iter().skip(at + 1) {
                if first.0 != target && second.0 != target {
                    products.extend(product((target, whole), *first, *second, n_rows));
                }
            }
        }
    }
    products
}

fn product(
    (target, whole): (usize, &[f64]),
    (first, ones): (usize, &[f64]),
    (second, others): (usize, &[f64]),
    n_rows: usize,
) -> Option<Product> {
    let pairs = || ones.iter().zip(others).map(|(one, other)| one * other);
    let ratio = |every: usize| {
        let ratios =
            whole.iter().zip(pairs()).step_by(every).filter(|(_, product)| *product != 0.0);
        let ratios: Vec<f64> = ratios.map(|(number, product)| number / product).collect();
        quantile(&sorted(&ratios), 0.5)
    };
    let is_one = |ratio: f64, allowed: f64| (ratio - 1.0).abs() <= allowed;
    if !is_one(ratio(n_rows.div_ceil(GLANCE).max(1))?, 5.0 * RATIO) || !is_one(ratio(1)?, RATIO) {
        return None;
    }
    let off: Vec<f64> =
        whole.iter().zip(pairs()).map(|(number, product)| (number - product).abs()).collect();
    if off.iter().any(|off| !off.is_finite()) {
        return None;
    }
    let ascending = sorted(&off);
    let counting = quantile(&ascending, COUNTING)?;
    let follows = |of: &dyn Fn(usize) -> f64| {
        let rows = (0..n_rows).filter(|&row| off.get(row).is_some_and(|off| *off <= counting));
        let rows: Vec<(f64, f64)> =
            rows.filter_map(|row| Some((*whole.get(row)?, of(row)))).collect();
        let mean = rows.iter().map(|(number, _)| number).sum::<f64>() / rows.len().max(1) as f64;
        let around: f64 = rows.iter().map(|(n, _)| (n - mean) * (n - mean)).sum();
        let left: f64 = rows.iter().map(|(n, product)| (n - product) * (n - product)).sum();
        around > 0.0 && left <= (1.0 - R2) * around
    };
    let get = |of: &[f64], row: usize| of.get(row).copied().unwrap_or(0.0);
    // a factor that is nearly always 1, or the number itself, makes no product
    let alone = follows(&|row| get(ones, row)) || follows(&|row| get(others, row));
    if alone || !follows(&|row| get(ones, row) * get(others, row)) {
        return None;
    }
    let shares = off.iter().zip(pairs()).filter(|(_, product)| *product != 0.0);
    let shares: Vec<f64> = shares.map(|(off, product)| off / product.abs()).collect();
    Some(Product {
        target,
        factors: [first, second],
        relative: quantile(&sorted(&shares), FOLLOWING)?,
        absolute: quantile(&ascending, FOLLOWING)?,
        rounding: Step::of(whole).half().max(1e-9 * ascending.last()?),
    })
}
