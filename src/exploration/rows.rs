//! The selected rows themselves, in order.

use serde::{Deserialize, Serialize};

use super::answer::RowsPart;
use super::chosen::Chosen;
use super::index::Index;
use super::selection::{Selection, SelectionError};
use crate::data::{ColumnValues, Dataset};

/// Most rows of one answer.
const MOST_ROWS: usize = 1_000;

/// The order of rows; equal ones stay in file order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sort {
    /// By this column: numbers by size, texts by code point.
    pub column: String,
    /// The largest first.
    pub descending: bool,
}

/// The rows of a selection in an order; a table asks for them piece by piece.
#[derive(Clone, Debug)]
pub(super) struct Ordered {
    selection: Selection,
    sort: Option<Sort>,
    rows: Vec<u32>,
}

impl Index {
    pub(super) fn rows(
        &mut self,
        dataset: &Dataset,
        (selection, chosen): (&Selection, &Chosen),
        (from, count): (u32, u32),
        sort: Option<&Sort>,
    ) -> Result<RowsPart, SelectionError> {
        let (from, count) = (from as usize, count as usize);
        if count > MOST_ROWS {
            return Err(SelectionError::TooMany { asked: count, what: "rows", most: MOST_ROWS });
        }
        let fits =
            |before: &Ordered| before.selection == *selection && before.sort.as_ref() == sort;
        let ordered = match self.ordered.take().filter(fits) {
            Some(ordered) => ordered,
            None => Ordered {
                selection: selection.clone(),
                sort: sort.cloned(),
                rows: self.in_order(dataset, chosen, sort)?,
            },
        };
        let places: Vec<u32> = ordered.rows.iter().skip(from).take(count).copied().collect();
        self.ordered = Some(ordered);
        let values = |&row: &u32| {
            let columns = dataset.columns.iter();
            columns.filter_map(|column| column.values.value(row as usize)).collect()
        };
        let source = |&row: &u32| dataset.source_rows.get(row as usize).copied();
        let source_rows = places.iter().filter_map(source).collect();
        Ok(RowsPart { rows: places.iter().map(values).collect(), source_rows, places })
    }

    /// All selected rows in an order, as kept row numbers from 0.
    ///
    /// # Errors
    /// A filter that is none, a column that is missing or of another kind.
    pub fn places(
        &mut self,
        dataset: &Dataset,
        selection: &Selection,
        sort: Option<&Sort>,
    ) -> Result<Vec<u32>, SelectionError> {
        let chosen = Chosen::of(self, dataset, selection)?;
        self.in_order(dataset, &chosen, sort)
    }

    fn in_order(
        &self,
        dataset: &Dataset,
        chosen: &Chosen,
        sort: Option<&Sort>,
    ) -> Result<Vec<u32>, SelectionError> {
        let kept = chosen.failed().iter().zip(0_u32..).filter(|(failed, _)| **failed == 0);
        let mut rows: Vec<u32> = kept.map(|(_, row)| row).collect();
        let Some(sort) = sort else { return Ok(rows) };
        let (_, column) = self.find(dataset, &sort.column)?;
        match &column.values {
            ColumnValues::Numbers(numbers) => {
                let number = |row: &u32| numbers.get(*row as usize).copied().unwrap_or(f64::NAN);
                by(&mut rows, sort.descending, |a, b| number(a).total_cmp(&number(b)));
            }
            ColumnValues::Levels { codes, .. } => {
                // levels are sorted, so their codes are too
                let code = |row: &u32| codes.get(*row as usize);
                by(&mut rows, sort.descending, |a, b| code(a).cmp(&code(b)));
            }
            ColumnValues::Text(texts) => {
                let text = |row: &u32| texts.get(*row as usize);
                by(&mut rows, sort.descending, |a, b| text(a).cmp(&text(b)));
            }
        }
        Ok(rows)
    }
}

fn by(rows: &mut [u32], descending: bool, order: impl Fn(&u32, &u32) -> std::cmp::Ordering) {
    if descending {
        rows.sort_by(|a, b| order(b, a));
    } else {
        rows.sort_by(order);
    }
}
