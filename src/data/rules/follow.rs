//! What follows when values of a record are changed, and whether that leaves a record that could be.

use super::{Cell, RuleDomain, Rules};

/// A record whose values are changed one way and another, and what follows each time.
///
/// A level follows a changed one of an earlier column when the two are one fact: rows have both or
/// neither, as "no internet" and "no internet service" of everything that needs it. A number follows when
/// something that it is the sum or the product of has moved. Nothing else moves: where more would have to,
/// there is no such record.
#[derive(Clone, Debug)]
pub struct Following<'r> {
    rules: &'r Rules,
    before: Vec<Cell>,
}

impl Rules {
    /// Name of every column, with its levels where it has some.
    pub fn columns(&self) -> impl Iterator<Item = (&str, Option<&[String]>)> {
        self.columns.iter().map(|column| match &column.domain {
            RuleDomain::Levels(levels) => (column.name.as_str(), Some(levels.as_slice())),
            RuleDomain::Numbers(_) => (column.name.as_str(), None),
        })
    }

    /// Places of the numbers that follow from others, ascending.
    #[must_use]
    pub fn dependent(&self) -> Vec<usize> {
        let sums = self.formulas.iter().map(|formula| formula.target);
        let mut all: Vec<usize> =
            sums.chain(self.products.iter().map(|product| product.target)).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// A record to change: by column a level's index or a number, `None` where the rules are not to look.
    #[must_use]
    pub fn following(&self, record: &[Option<f64>]) -> Following<'_> {
        let columns = self.columns.iter().enumerate();
        let cell = |(at, _)| record.get(at).copied().flatten().and_then(|v| self.cell(at, v));
        let before = columns.map(|column| cell(column).unwrap_or(Cell::Unknown)).collect();
        Following { rules: self, before }
    }

    fn cell(&self, column: usize, value: f64) -> Option<Cell> {
        match &self.columns.get(column)?.domain {
            RuleDomain::Levels(levels) => {
                let is_level =
                    value.trunc() == value && (0.0..levels.len() as f64).contains(&value);
                is_level.then_some(Cell::Level(value as usize))
            }
            RuleDomain::Numbers(_) => value.is_finite().then_some(Cell::Number(value)),
        }
    }
}

impl Following<'_> {
    /// What moves beside these changes, by column, in the order in which it follows; `None` where there is
    /// no such record: two levels that no row has together would come together, or a number that may not
    /// move would be off. Rules that the record breaks as it is are left alone until something they are
    /// about moves. `may` says whether a column may take a value.
    #[must_use]
    pub fn after(
        &self,
        changes: &[(usize, f64)],
        may: &dyn Fn(usize, f64) -> bool,
    ) -> Option<Vec<(usize, f64)>> {
        let rules = self.rules;
        let mut cells = self.before.clone();
        let mut moved = vec![false; cells.len()];
        for &(column, value) in changes {
            *cells.get_mut(column)? = rules.cell(column, value)?;
            *moved.get_mut(column)? = true;
        }
        let mut follows = Vec::new();
        for (column, level) in rules.together.same_facts(&mut cells, &mut moved)? {
            if !may(column, level as f64) {
                return None;
            }
            follows.push((column, level as f64));
        }
        let mut number = |column: usize, due: f64, cells: &mut [Cell], moved: &mut [bool]| {
            let to = rules.rounded(column, due);
            let is = cells.get(column).and_then(|cell| cell.number());
            if is.is_some_and(|is| is != to)
                && moved.get(column) == Some(&false)
                && may(column, to)
                && let (Some(cell), Some(moved)) = (cells.get_mut(column), moved.get_mut(column))
            {
                (*cell, *moved) = (Cell::Number(to), true);
                follows.push((column, to));
            }
        };
        for formula in &rules.formulas {
            if formula.columns().any(|column| moved.get(column) == Some(&true)) {
                let due = rules.sum(formula, &cells)?;
                number(formula.target, due, &mut cells, &mut moved);
            }
        }
        for product in &rules.products {
            if product.factors.iter().any(|&column| moved.get(column) == Some(&true))
                && let Some(due) = product.value(&cells)
            {
                number(product.target, due, &mut cells, &mut moved);
            }
        }
        self.holds(&cells, &moved).then_some(follows)
    }

    /// No number that has moved, or whose parts have, is off.
    fn holds(&self, cells: &[Cell], moved: &[bool]) -> bool {
        let is_moved = |column: usize| moved.get(column) == Some(&true);
        let number = |column: usize| cells.get(column).and_then(|cell| cell.number());
        let sums = self.rules.formulas.iter().all(|formula| {
            let untouched = !is_moved(formula.target) && !formula.columns().any(is_moved);
            let is_off = |value: f64| {
                let due = self.rules.sum(formula, cells);
                due.is_none_or(|due| (value - due).abs() > formula.tolerance)
            };
            untouched || !number(formula.target).is_some_and(is_off)
        });
        let products = self.rules.products.iter().all(|product| {
            let untouched =
                !is_moved(product.target) && !product.factors.iter().any(|&at| is_moved(at));
            let is_off =
                |value: f64| product.value(cells).is_some_and(|due| product.is_off(value, due));
            untouched || !number(product.target).is_some_and(is_off)
        });
        sums && products
    }
}
