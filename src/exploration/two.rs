//! Two columns against each other.

use super::answer::{Pair, PairPoint};
use super::chosen::Chosen;
use super::index::{Coded, Index, numbers};
use super::numbers::bins_in_range;
use super::selection::SelectionError;
use crate::data::profile::ClassCounts;
use crate::data::{ColumnKind, Dataset};

/// Most rows that are given point by point.
const MOST_POINTS: u32 = 5_000;

impl Index {
    pub(super) fn pair(
        &mut self,
        dataset: &Dataset,
        chosen: &Chosen,
        (x, y): (&str, &str),
        bins: u32,
    ) -> Result<Pair, SelectionError> {
        let bins = bins_in_range(bins)?;
        let (x_place, x_column) = self.find(dataset, x)?;
        let (y_place, y_column) = self.find(dataset, y)?;
        let side = |place: usize, column| -> Result<Coded, SelectionError> {
            let coded = self.coded(place, column)?;
            Ok(match column.kind {
                ColumnKind::Numeric => {
                    Coded::binned(numbers(column)?, coded.range, bins, &self.labels)
                }
                _ => coded.clone(),
            })
        };
        let (along, upward) = (side(x_place, x_column)?, side(y_place, y_column)?);
        let failed = chosen.ignoring(&[x_place, y_place]);
        let cells = cells(&along, &upward, &self.labels, &failed);
        let n_rows: u32 = cells.iter().map(|cell| cell.total()).sum();
        let is_number = |kind| kind == ColumnKind::Numeric;
        let (points, boxes) = match (is_number(x_column.kind), is_number(y_column.kind)) {
            (true, true) if n_rows <= MOST_POINTS => {
                let points = points(numbers(x_column)?, numbers(y_column)?, &self.labels, &failed);
                (points, Vec::new())
            }
            (true, false) => (Vec::new(), self.boxes(dataset, chosen, x, y)?),
            (false, true) => (Vec::new(), self.boxes(dataset, chosen, y, x)?),
            _ => (Vec::new(), Vec::new()),
        };
        Ok(Pair {
            x: x.to_owned(),
            y: y.to_owned(),
            columns: along.groups_of(x_column),
            rows: upward.groups_of(y_column),
            cells,
            points,
            boxes,
        })
    }
}

/// Rows by group of both columns, and by class; `(upward, along)`, row-major.
fn cells(along: &Coded, upward: &Coded, labels: &[u8], failed: &[u8]) -> Vec<ClassCounts> {
    let mut cells = vec![ClassCounts::default(); along.groups * upward.groups];
    for (row, (&label, _)) in labels.iter().zip(failed).enumerate().filter(|(_, row)| *row.1 == 0) {
        let (Some(x), Some(y)) = (along.keys.group(row), upward.keys.group(row)) else { continue };
        // a value in no group is in no cell
        if x < along.groups
            && y < upward.groups
            && let Some(cell) = cells.get_mut(y * along.groups + x)
        {
            cell.positive += u32::from(label);
            cell.negative += u32::from(1 - (label & 1));
        }
    }
    cells
}

fn points(x: &[f64], y: &[f64], labels: &[u8], failed: &[u8]) -> Vec<PairPoint> {
    let rows = x.iter().zip(y).zip(labels.iter().zip(failed));
    let kept = rows.filter(|((x, y), row)| *row.1 == 0 && x.is_finite() && y.is_finite());
    kept.map(|((&x, &y), (&label, _))| PairPoint { x, y, positive: label == 1 }).collect()
}
