//! The nearest record that breaks no rule.

use super::{Cell, RuleDomain, Rules};
use crate::data::{Record, Value};

/// Records that are looked at, at most, for the one with the fewest changes.
const MOST_LOOKS: usize = 20_000;

/// What a record costs: first the pairs that no row has, then the fields that had to move.
type Cost = (usize, usize);

struct Search<'a> {
    rules: &'a Rules,
    start: &'a [Cell],
    /// By column: a person set it, so it stays.
    fixed: &'a [bool],
    looks: usize,
    best: Option<(Cost, Vec<Cell>)>,
}

impl Rules {
    /// The record with as few values as possible moved so that no rule is broken: levels that never come
    /// together first, then numbers that follow from them. The features in `changed`, which a person set,
    /// stay; where two of them exclude each other, the one named later does. A number that a person set
    /// stays even if it follows from others, so [`violations`](Rules::violations) of the answer may be
    /// left. The same record always gives the same answer, and repairing that changes nothing.
    #[must_use]
    pub fn repair(&self, record: &Record, changed: &[&str]) -> Record {
        let start = self.cells(record);
        let mut fixed = vec![false; start.len()];
        let position = |name: &str| self.columns.iter().position(|column| column.name == name);
        for column in changed.iter().rev().filter_map(|name| position(name)) {
            let clashes = |other: usize| fixed.get(other) == Some(&true) || other == column;
            if !self.together.is_broken_among(&start, clashes)
                && let Some(fixed) = fixed.get_mut(column)
            {
                *fixed = true;
            }
        }
        let mut search = Search { rules: self, start: &start, fixed: &fixed, looks: 0, best: None };
        search.look(&mut start.clone(), &mut fixed.clone());
        let set_by_hand = |name: &str| changed.contains(&name);
        let repaired = search.best.map_or_else(|| start.clone(), |(_, cells)| cells);
        let (repaired, _) = self.follow(repaired, &set_by_hand);
        self.written(record, &start, &repaired)
    }

    /// The cells with numbers that follow from others moved to where they should be, and how many moved.
    fn follow(&self, mut cells: Vec<Cell>, stays: &dyn Fn(&str) -> bool) -> (Vec<Cell>, usize) {
        let mut moved = 0;
        let free =
            |column: usize| self.columns.get(column).is_some_and(|column| !stays(&column.name));
        for formula in self.formulas.iter().filter(|formula| free(formula.target)) {
            let Some(value) = cells.get(formula.target).and_then(|cell| cell.number()) else {
                continue;
            };
            let Some(sum) = self.sum(formula, &cells) else { continue };
            if (value - sum).abs() > formula.tolerance
                && let Some(cell) = cells.get_mut(formula.target)
            {
                *cell = Cell::Number(self.rounded(formula.target, sum));
                moved += 1;
            }
        }
        for product in self.products.iter().filter(|product| free(product.target)) {
            let Some(value) = cells.get(product.target).and_then(|cell| cell.number()) else {
                continue;
            };
            let Some(due) = product.value(&cells) else { continue };
            if product.is_off(value, due)
                && let Some(cell) = cells.get_mut(product.target)
            {
                *cell = Cell::Number(self.rounded(product.target, due));
                moved += 1;
            }
        }
        (cells, moved)
    }

    fn written(&self, record: &Record, before: &[Cell], after: &[Cell]) -> Record {
        let mut written = record.clone();
        for (column, (before, after)) in self.columns.iter().zip(before.iter().zip(after)) {
            if before == after {
                continue;
            }
            let value = match (&column.domain, after) {
                (RuleDomain::Levels(levels), Cell::Level(level)) => {
                    levels.get(*level).map(|level| Value::Text(level.clone()))
                }
                (_, Cell::Number(number)) => Some(Value::Number(*number)),
                _ => None,
            };
            if let Some(value) = value {
                written.insert(column.name.clone(), value);
            }
        }
        written
    }
}

impl Search<'_> {
    /// Takes the first broken pair apart in every way that is open, keeps the cheapest record found.
    /// `settled` columns do not move any more.
    fn look(&mut self, cells: &mut Vec<Cell>, settled: &mut [bool]) {
        if self.looks >= MOST_LOOKS {
            return;
        }
        self.looks += 1;
        let moved = self.start.iter().zip(&*cells).filter(|(was, is)| was != is).count();
        let is_worse = |cost: Cost| self.best.as_ref().is_some_and(|(best, _)| *best <= cost);
        // numbers can only add to what has moved so far
        if is_worse((0, moved)) {
            return;
        }
        let Some(broken) = self.rules.together.first_broken(cells) else {
            return self.end(cells, (0, moved));
        };
        let mut open = false;
        for (moving, other) in [(broken.second, broken.first), (broken.first, broken.second)] {
            if settled.get(moving.0) != Some(&false) {
                continue;
            }
            for level in self.rules.together.partners(other, moving.0) {
                open = true;
                let Some(cell) = cells.get_mut(moving.0) else { continue };
                let was = std::mem::replace(cell, Cell::Level(level));
                let fits = {
                    let is_set =
                        |column: usize| settled.get(column) == Some(&true) || column == moving.0;
                    !self.rules.together.is_broken_among(cells, is_set)
                };
                if fits {
                    let mut settled = settled.to_vec();
                    if let Some(settled) = settled.get_mut(moving.0) {
                        *settled = true;
                    }
                    self.look(cells, &mut settled);
                }
                if let Some(cell) = cells.get_mut(moving.0) {
                    *cell = was;
                }
            }
        }
        if !open {
            let left = self.rules.together.count_broken(cells);
            self.end(cells, (left, moved));
        }
    }

    /// Keeps the record if it is the cheapest so far; the first of equally cheap ones stays.
    fn end(&mut self, cells: &[Cell], (left, moved): Cost) {
        let stays = |name: &str| {
            let column = self.rules.columns.iter().position(|column| column.name == name);
            column.and_then(|column| self.fixed.get(column)) == Some(&true)
        };
        let (_, numbers) = self.rules.follow(cells.to_vec(), &stays);
        let cost = (left, moved + numbers);
        if self.best.as_ref().is_none_or(|(best, _)| cost < *best) {
            self.best = Some((cost, cells.to_vec()));
        }
    }
}
