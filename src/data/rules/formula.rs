//! A number that follows from levels: a base and, for each level, what it adds.
//!
//! Least squares on one-hot columns, number ≈ base + Σ price of the column's level. Rows far from their
//! sum (an entry error) are left out and the rest fitted again; columns that hardly matter are left out
//! one by one, so that a rule names only what the number follows from.

use super::Cell;
use crate::data::ColumnValues;
use crate::numerics::quantile::{quantile, sorted};

/// Share of the variance that must follow from the levels.
const R2: f64 = 0.99;

/// Share that must follow in every fit on the way, outliers and all, for the number to be looked at
/// further.
const WORTH_IT: f64 = 0.75;

/// Rows at most so many deviations from their sum count as following it: in a normal distribution all
/// but 2 in a billion.
const DEVIATIONS: f64 = 6.0;

/// What makes the median absolute deviation of a normal distribution its standard deviation.
const NORMAL: f64 = 1.482_602_218_505_602;

/// Share of the rows that must follow the sum.
const FOLLOWING: f64 = 0.98;

/// A column is left out when the squares grow by less than this share without it.
const MATTERS: f64 = 0.02;

/// Levels in all, base included; columns that would make more are not looked at.
const MOST_TERMS: usize = 200;

/// Levels of a column.
const MOST_LEVELS: usize = 30;

/// Numbers that are looked at, and rows that prices are fitted to.
const MOST_NUMBERS: usize = 30;
const MOST_ROWS: usize = 20_000;

/// A pivot under this share of its diagonal is a column that others already say.
const SINGULAR: f64 = 1e-9;

/// A number as a sum of prices.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Formula {
    /// The number's column.
    pub target: usize,
    pub base: f64,
    /// Columns, in file order, with what each of their levels adds.
    pub terms: Vec<(usize, Vec<f64>)>,
    /// Furthest that a following row is from its sum.
    pub tolerance: f64,
}

impl Formula {
    pub fn columns(&self) -> impl Iterator<Item = usize> {
        self.terms.iter().map(|(column, _)| *column)
    }

    pub fn uses(&self, column: usize) -> bool {
        self.columns().any(|used| used == column)
    }

    /// The sum; `None` where a level is unknown.
    pub fn value(&self, cells: &[Cell]) -> Option<f64> {
        let mut sum = self.base;
        for (column, prices) in &self.terms {
            sum += prices.get(cells.get(*column)?.level()?)?;
        }
        Some(sum)
    }
}

/// The columns of levels that prices may hang on.
struct Levels<'a> {
    column: usize,
    codes: &'a [u16],
    /// Where the price of its second level stands; the first one's is 0.
    offset: usize,
    levels: usize,
}

/// All formulas of a table.
pub(super) fn learn(values: &[&ColumnValues], n_rows: usize) -> Vec<Formula> {
    let mut levels: Vec<Levels<'_>> = Vec::new();
    let mut terms = 1;
    for (column, values) in values.iter().enumerate() {
        let ColumnValues::Levels { levels: names, codes } = values else { continue };
        if (2..=MOST_LEVELS).contains(&names.len()) && terms + names.len() - 1 <= MOST_TERMS {
            levels.push(Levels { column, codes, offset: terms, levels: names.len() });
            terms += names.len() - 1;
        }
    }
    let every = n_rows.div_ceil(MOST_ROWS).max(1);
    let rows: Vec<usize> = (0..n_rows).step_by(every).collect();
    if levels.is_empty() || rows.len() < 5 * terms {
        return Vec::new();
    }
    let numbers = values.iter().enumerate().filter_map(|(column, values)| match values {
        ColumnValues::Numbers(numbers) => Some((column, numbers.as_slice())),
        _ => None,
    });
    numbers
        .take(MOST_NUMBERS)
        .filter_map(|(target, numbers)| formula(target, numbers, &levels, terms, &rows))
        .collect()
}

fn formula(
    target: usize,
    numbers: &[f64],
    levels: &[Levels<'_>],
    terms: usize,
    rows: &[usize],
) -> Option<Formula> {
    let mut kept = near_the_median(numbers, rows)?;
    let mut prices = Vec::new();
    // the first fit may be bent by outliers; later ones see fewer of them
    for _ in 0..4 {
        let squares = Squares::of(numbers, levels, terms, &kept);
        prices = squares.solve(&vec![true; terms])?;
        if squares.left(&prices) > (1.0 - WORTH_IT) * squares.around_mean() {
            return None;
        }
        let off: Vec<f64> = rows
            .iter()
            .filter_map(|&row| Some(off(numbers, levels, &prices, row)?.abs()))
            .collect();
        let limit = limit(&off)?;
        kept =
            rows.iter().zip(&off).filter(|(_, off)| **off <= limit).map(|(&row, _)| row).collect();
    }
    if (kept.len() as f64) < FOLLOWING * rows.len() as f64 {
        return None;
    }
    let squares = Squares::of(numbers, levels, terms, &kept);
    let mut used = vec![true; terms];
    if squares.left(&squares.solve(&used)?) > (1.0 - R2) * squares.around_mean() {
        return None;
    }
    // leaves out what hardly matters, the least first; the squares are compared with those of a fit that
    // is right to a millionth of the spread, so that a sum without any noise is no matter of rounding
    let floor = 1e-12 * squares.around_mean();
    let mut candidates: Vec<&Levels<'_>> = levels.iter().collect();
    loop {
        let now = squares.left(&squares.solve(&used)?).max(floor);
        let mut least: Option<(usize, f64)> = None;
        for (at, column) in candidates.iter().enumerate() {
            let without = without(&used, column);
            let left = squares.left(&squares.solve(&without)?).max(floor);
            if least.is_none_or(|(_, least)| left < least) {
                least = Some((at, left));
            }
        }
        match least {
            Some((at, left)) if left <= (1.0 + MATTERS) * now => {
                used = without(&used, candidates.remove(at));
            }
            _ => break,
        }
    }
    if candidates.is_empty() {
        return None;
    }
    prices = squares.solve(&used).unwrap_or(prices);
    let all = kept.iter().filter_map(|&row| off(numbers, levels, &prices, row));
    let furthest = all.fold(0.0, |furthest: f64, off| furthest.max(off.abs()));
    let scale = numbers.iter().fold(0.0, |most: f64, number| most.max(number.abs()));
    let price = |at: usize| prices.get(at).copied().unwrap_or(0.0);
    Some(Formula {
        target,
        base: price(0),
        terms: candidates
            .iter()
            .map(|column| {
                let prices = (1..column.levels).map(|level| price(column.offset + level - 1));
                (column.column, std::iter::once(0.0).chain(prices).collect())
            })
            .collect(),
        // half a step of the column's numbers is lost when a sum is rounded to one of them
        tolerance: furthest.max(1e-9 * scale) + super::Step::of(numbers).half(),
    })
}

/// Rows whose number is within the middle of all, widened: a tenfold entry would bend the first fit.
fn near_the_median(numbers: &[f64], rows: &[usize]) -> Option<Vec<usize>> {
    let seen: Vec<f64> = rows.iter().filter_map(|&row| numbers.get(row).copied()).collect();
    if seen.iter().any(|number| !number.is_finite()) {
        return None;
    }
    let ascending = sorted(&seen);
    let (low, high) = (quantile(&ascending, 0.02)?, quantile(&ascending, 0.98)?);
    let width = high - low;
    let near =
        |row: &usize| numbers.get(*row).is_some_and(|n| (low - width..=high + width).contains(n));
    (width > 0.0).then(|| rows.iter().copied().filter(near).collect())
}

/// How far from its sum a row may be.
fn limit(off: &[f64]) -> Option<f64> {
    let ascending = sorted(off);
    let middle = DEVIATIONS * NORMAL * quantile(&ascending, 0.5)?;
    // a sum without noise is off by rounding alone
    Some(middle.max(1e-9 * ascending.last()?.max(1.0)))
}

fn off(numbers: &[f64], levels: &[Levels<'_>], prices: &[f64], row: usize) -> Option<f64> {
    let mut sum = *prices.first()?;
    for column in levels {
        let code = usize::from(*column.codes.get(row)?);
        if let Some(level) = code.checked_sub(1) {
            sum += prices.get(column.offset + level)?;
        }
    }
    Some(numbers.get(row)? - sum)
}

fn without(used: &[bool], column: &Levels<'_>) -> Vec<bool> {
    let gone = column.offset..column.offset + column.levels - 1;
    used.iter().enumerate().map(|(at, &used)| used && !gone.contains(&at)).collect()
}

/// The normal equations: XᵀX, Xᵀy and yᵀy, y less its mean.
struct Squares {
    terms: usize,
    gram: Vec<f64>,
    moments: Vec<f64>,
    total: f64,
    mean: f64,
}

impl Squares {
    fn of(numbers: &[f64], levels: &[Levels<'_>], terms: usize, rows: &[usize]) -> Self {
        let at = |row: &usize| numbers.get(*row).copied().unwrap_or(0.0);
        let mean = rows.iter().map(at).sum::<f64>() / rows.len().max(1) as f64;
        let (mut gram, mut moments) = (vec![0.0; terms * terms], vec![0.0; terms]);
        let mut total = 0.0;
        let mut on = Vec::with_capacity(levels.len() + 1);
        for row in rows {
            on.clear();
            on.push(0);
            for column in levels {
                let code = column.codes.get(*row).map_or(0, |&code| usize::from(code));
                if (1..column.levels).contains(&code) {
                    on.push(column.offset + code - 1);
                }
            }
            let number = at(row) - mean;
            total += number * number;
            for (at, &i) in on.iter().enumerate() {
                if let Some(moment) = moments.get_mut(i) {
                    *moment += number;
                }
                for &j in on.iter().skip(at) {
                    if let Some(cell) = gram.get_mut(i * terms + j) {
                        *cell += 1.0;
                    }
                }
            }
        }
        for i in 0..terms {
            for j in 0..i {
                if let Some(above) = gram.get(j * terms + i).copied()
                    && let Some(below) = gram.get_mut(i * terms + j)
                {
                    *below = above;
                }
            }
        }
        Self { terms, gram, moments, total, mean }
    }

    fn around_mean(&self) -> f64 {
        self.total
    }

    /// The prices, 0 for terms that are not used and for those that the ones before already say:
    /// elimination in order, a vanished pivot skipped.
    fn solve(&self, used: &[bool]) -> Option<Vec<f64>> {
        let at: Vec<usize> = (0..self.terms).filter(|&i| used.get(i) == Some(&true)).collect();
        let n = at.len();
        let mut a = Vec::with_capacity(n * (n + 1));
        for &i in &at {
            for &j in &at {
                a.push(*self.gram.get(i * self.terms + j)?);
            }
            a.push(*self.moments.get(i)?);
        }
        let width = n + 1;
        let diagonal: Vec<f64> =
            (0..n).map(|i| a.get(i * width + i).copied().unwrap_or(0.0)).collect();
        let mut pivots = vec![false; n];
        for k in 0..n {
            let pivot = *a.get(k * width + k)?;
            if pivot.is_nan() || pivot <= SINGULAR * diagonal.get(k)?.max(1.0) {
                continue;
            }
            *pivots.get_mut(k)? = true;
            let row: Vec<f64> = a.get(k * width..(k + 1) * width)?.to_vec();
            for i in k + 1..n {
                let below = a.get_mut(i * width..(i + 1) * width)?;
                let factor = *below.get(k)? / pivot;
                if factor != 0.0 {
                    below
                        .iter_mut()
                        .zip(&row)
                        .skip(k)
                        .for_each(|(cell, own)| *cell -= factor * own);
                }
            }
        }
        let mut solved = vec![0.0; n];
        for k in (0..n).rev().filter(|&k| pivots.get(k) == Some(&true)) {
            let row = a.get(k * width..(k + 1) * width)?;
            let known: f64 =
                row.iter().zip(&solved).take(n).skip(k + 1).map(|(cell, price)| cell * price).sum();
            let price = (*row.get(n)? - known) / *row.get(k)?;
            *solved.get_mut(k)? = price;
        }
        let mut prices = vec![0.0; self.terms];
        for (&i, &price) in at.iter().zip(&solved) {
            *prices.get_mut(i)? = price;
        }
        *prices.first_mut()? += self.mean;
        Some(prices)
    }

    /// Σ (y − Xb)² of prices that solve the normal equations: yᵀy − bᵀXᵀy.
    fn left(&self, prices: &[f64]) -> f64 {
        let base = prices.first().map_or(0.0, |base| base - self.mean);
        let rest = prices.iter().skip(1);
        let explained: f64 =
            std::iter::once(&base).chain(rest).zip(&self.moments).map(|(b, m)| b * m).sum();
        (self.total - explained).max(0.0)
    }
}
