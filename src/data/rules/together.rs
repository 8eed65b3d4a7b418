//! Pairs of levels of two columns that no row has.

use super::Cell;
use crate::data::ColumnValues;

/// So many rows must be expected to have both levels, if the columns had nothing to do with each other,
/// for "none has" to be a rule. With 10 of them chance alone leaves none once in 22,000 pairs.
const EXPECTED_ROWS: f64 = 10.0;

/// A column with more levels says too little about each.
const MOST_LEVELS: usize = 50;

/// Columns that are looked at, the first of the table.
const MOST_COLUMNS: usize = 100;

/// How often the levels of two columns come together.
#[derive(Clone, Debug, PartialEq)]
struct PairTable {
    first: usize,
    second: usize,
    /// Levels of the second column.
    width: usize,
    /// Rows with each pair of levels, row-major.
    counts: Vec<u32>,
    /// Rows that would be expected, where that makes a rule; else 0. As `counts`.
    expected: Vec<f64>,
}

/// The pairs of columns of which some levels never come together.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Together(Vec<PairTable>);

/// A pair of levels that no row has, each with its column.
pub(super) struct Broken {
    pub first: (usize, usize),
    pub second: (usize, usize),
    pub expected_rows: f64,
}

impl Together {
    pub fn learn(values: &[&ColumnValues], n_rows: usize) -> Self {
        let columns: Vec<(usize, usize, &[u16])> = values
            .iter()
            .enumerate()
            .filter_map(|(column, values)| match values {
                ColumnValues::Levels { levels, codes }
                    if (2..=MOST_LEVELS).contains(&levels.len()) =>
                {
                    Some((column, levels.len(), codes.as_slice()))
                }
                _ => None,
            })
            .take(MOST_COLUMNS)
            .collect();
        let mut tables = Vec::new();
        for (at, &(first, height, codes)) in columns.iter().enumerate() {
            for &(second, width, others) in columns.iter().skip(at + 1) {
                let mut counts = vec![0; height * width];
                for (&code, &other) in codes.iter().zip(others) {
                    if let Some(count) =
                        counts.get_mut(usize::from(code) * width + usize::from(other))
                    {
                        *count += 1;
                    }
                }
                let expected = expected(&counts, width, n_rows);
                if expected.iter().any(|&rows| rows > 0.0) {
                    tables.push(PairTable { first, second, width, counts, expected });
                }
            }
        }
        Self(tables)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The pairs that the record has and no row, in file order.
    pub fn broken(&self, cells: &[Cell]) -> Vec<Broken> {
        self.0.iter().filter_map(|table| table.broken(cells)).collect()
    }

    /// Some pair of these columns is one that no row has.
    pub fn is_broken_among(&self, cells: &[Cell], among: impl Fn(usize) -> bool) -> bool {
        self.0
            .iter()
            .any(|table| among(table.first) && among(table.second) && table.broken(cells).is_some())
    }

    /// The first pair that no row has.
    pub fn first_broken(&self, cells: &[Cell]) -> Option<Broken> {
        self.0.iter().find_map(|table| table.broken(cells))
    }

    /// How many pairs of the record no row has.
    pub fn count_broken(&self, cells: &[Cell]) -> usize {
        self.0.iter().filter(|table| table.broken(cells).is_some()).count()
    }

    /// Moves the levels that are one fact with a moved level of an earlier column, and tells which moved;
    /// `None` where a pair that no row has is left, of which one has moved.
    pub fn same_facts(
        &self,
        cells: &mut [Cell],
        moved: &mut [bool],
    ) -> Option<Vec<(usize, usize)>> {
        let mut followed = Vec::new();
        let is_moved = |moved: &[bool], column: usize| moved.get(column) == Some(&true);
        // in file order of the first column, so that it has moved before others follow it
        for table in &self.0 {
            if is_moved(moved, table.first)
                && !is_moved(moved, table.second)
                && let Some(broken) = table.broken(cells)
            {
                let level = table.same_fact(broken.first.1)?;
                *cells.get_mut(table.second)? = Cell::Level(level);
                *moved.get_mut(table.second)? = true;
                followed.push((table.second, level));
            }
        }
        let is_new =
            |table: &PairTable| is_moved(moved, table.first) || is_moved(moved, table.second);
        let is_broken = self.0.iter().any(|table| is_new(table) && table.broken(cells).is_some());
        (!is_broken).then_some(followed)
    }

    /// Levels of later columns that are one fact with this one, each with its column.
    pub fn one_fact_with(&self, column: usize, level: usize) -> Vec<(usize, usize)> {
        let tables = self.0.iter().filter(|table| table.first == column);
        tables.filter_map(|table| Some((table.second, table.same_fact(level)?))).collect()
    }

    /// Levels of a column that go with the other's level, the most frequent first.
    pub fn partners(&self, (other, level): (usize, usize), of: usize) -> Vec<usize> {
        let Some(table) = self.0.iter().find(|table| {
            (table.first, table.second) == (other, of) || (table.first, table.second) == (of, other)
        }) else {
            return Vec::new();
        };
        let width = table.width.max(1);
        let at = |partner: usize| {
            if table.first == other { level * width + partner } else { partner * width + level }
        };
        let partners = if table.first == other { table.width } else { table.counts.len() / width };
        let count = |&partner: &usize| table.counts.get(at(partner)).copied().unwrap_or(0);
        let mut seen: Vec<usize> = (0..partners).filter(|partner| count(partner) > 0).collect();
        seen.sort_by_key(|partner| std::cmp::Reverse(count(partner)));
        seen
    }
}

impl PairTable {
    /// The level of the second column that rows have exactly when they have this one of the first.
    fn same_fact(&self, first: usize) -> Option<usize> {
        let has = |row: &[u32], at: usize| row.get(at).is_some_and(|&count| count > 0);
        let own = self.counts.chunks(self.width).nth(first)?;
        let mut seen = (0..self.width).filter(|&at| has(own, at));
        let level = seen.next()?;
        let rows = self.counts.chunks(self.width).filter(|row| has(row, level)).count();
        (seen.next().is_none() && rows == 1).then_some(level)
    }

    fn broken(&self, cells: &[Cell]) -> Option<Broken> {
        let first = cells.get(self.first)?.level()?;
        let second = cells.get(self.second)?.level()?;
        let expected_rows = *self.expected.get(first * self.width + second)?;
        (expected_rows > 0.0).then_some(Broken {
            first: (self.first, first),
            second: (self.second, second),
            expected_rows,
        })
    }
}

/// Rows of the first level × rows of the second / all rows, where that is enough and no row has both.
fn expected(counts: &[u32], width: usize, n_rows: usize) -> Vec<f64> {
    let rows: Vec<f64> =
        counts.chunks(width).map(|row| row.iter().map(|&n| f64::from(n)).sum()).collect();
    let column = |at: usize| -> f64 {
        counts.chunks(width).filter_map(|row| row.get(at)).map(|&n| f64::from(n)).sum()
    };
    let columns: Vec<f64> = (0..width).map(column).collect();
    let mut expected = Vec::with_capacity(counts.len());
    for (row, &of_first) in counts.chunks(width).zip(&rows) {
        for (&count, &of_second) in row.iter().zip(&columns) {
            let chance = of_first * of_second / n_rows as f64;
            expected.push(if count == 0 && chance >= EXPECTED_ROWS { chance } else { 0.0 });
        }
    }
    expected
}
