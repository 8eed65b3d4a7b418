//! One column closely: its numbers in order, whole and by group.

use super::answer::{ColumnFigures, NamedBox, Share};
use super::chosen::Chosen;
use super::index::{Coded, Index, numbers};
use super::selection::SelectionError;
use crate::data::profile::FiveNumbers;
use crate::data::{ColumnKind, ColumnValues, Dataset};

/// Most bins of a side.
pub const MOST_BINS: u32 = 100;

/// Most points of a cumulative line.
const MOST_POINTS: usize = 512;

/// The bins asked for, if they are allowed.
pub fn bins_in_range(bins: u32) -> Result<usize, SelectionError> {
    match bins {
        1..=MOST_BINS => Ok(bins as usize),
        _ => Err(SelectionError::Bins { bins, most: MOST_BINS }),
    }
}

impl Index {
    /// One column closely; `by` is the column whose levels get a box each.
    pub(super) fn column(
        &mut self,
        dataset: &Dataset,
        chosen: &Chosen,
        name: &str,
        bins: u32,
        by: Option<&str>,
    ) -> Result<ColumnFigures, SelectionError> {
        let (place, column) = self.find(dataset, name)?;
        let bins = bins_in_range(bins)?;
        let coded = self.coded(place, column)?;
        let failed = chosen.ignoring(&[place]);
        if column.kind != ColumnKind::Numeric {
            let distribution = coded.distribution(column, &failed);
            let (cumulative, boxes) = (Vec::new(), Vec::new());
            return Ok(ColumnFigures { distribution, by: None, cumulative, boxes });
        }
        let range = coded.range;
        let values = numbers(column)?;
        let fine = Coded::binned(values, range, bins, &self.labels);
        let distribution = fine.distribution(column, &failed);
        let classes = if self.has_target { 2 } else { 1 };
        self.sort(place, values);
        let label = |row: usize| self.labels.get(row).map(|&label| usize::from(label));
        let by_class = grouped(self.ascending(place), &failed, classes, label);
        let cumulative = by_class.iter().map(|numbers| cumulative(numbers)).collect();
        let boxes = match by {
            Some(by) => self.boxes(dataset, chosen, name, by)?,
            None => {
                let all = chosen.ignoring(&self.with_target(dataset, place));
                let by_class = grouped(self.ascending(place), &all, classes, label);
                named_boxes(&class_names(dataset), &by_class)
            }
        };
        Ok(ColumnFigures { distribution, by: by.map(str::to_owned), cumulative, boxes })
    }

    /// The places of a column and of the target.
    fn with_target(&self, dataset: &Dataset, place: usize) -> Vec<usize> {
        let target = dataset.target.as_ref();
        let target = target.and_then(|target| self.find(dataset, &target.column).ok());
        std::iter::once(place).chain(target.map(|(place, _)| place)).collect()
    }

    /// The numbers of a column by the levels of another one, their picks left out.
    pub(super) fn boxes(
        &mut self,
        dataset: &Dataset,
        chosen: &Chosen,
        name: &str,
        by: &str,
    ) -> Result<Vec<NamedBox>, SelectionError> {
        let (place, column) = self.find(dataset, name)?;
        let (by_place, by_column) = self.find(dataset, by)?;
        let values = numbers(column)?;
        let ColumnValues::Levels { levels, codes } = &by_column.values else {
            return Err(SelectionError::Kind {
                column: by.to_owned(),
                found: super::index::kind_words(by_column.kind),
                wanted: "levels",
            });
        };
        let failed = chosen.ignoring(&[place, by_place]);
        self.sort(place, values);
        let code = |row: usize| codes.get(row).map(|&code| usize::from(code));
        Ok(named_boxes(levels, &grouped(self.ascending(place), &failed, levels.len(), code)))
    }
}

/// The negative class, then the positive one; one name that says nothing without a target.
fn class_names(dataset: &Dataset) -> Vec<String> {
    dataset.target.as_ref().map_or_else(
        || vec![String::new()],
        |target| vec![target.negative_class.clone(), target.positive_class.clone()],
    )
}

/// The numbers of each group that don't fail, ascending.
fn grouped(
    ascending: &[(f64, u32)],
    failed: &[u8],
    groups: usize,
    group: impl Fn(usize) -> Option<usize>,
) -> Vec<Vec<f64>> {
    let mut grouped = vec![Vec::new(); groups];
    for &(number, row) in ascending {
        let row = row as usize;
        if failed.get(row) == Some(&0)
            && let Some(numbers) = group(row).and_then(|group| grouped.get_mut(group))
        {
            numbers.push(number);
        }
    }
    grouped
}

fn named_boxes(names: &[String], groups: &[Vec<f64>]) -> Vec<NamedBox> {
    let boxes = names.iter().zip(groups).filter_map(|(name, numbers)| {
        FiveNumbers::of(numbers).map(|numbers| NamedBox { name: name.clone(), numbers })
    });
    boxes.collect()
}

/// The share of rows up to a value, at every value or, where there are more, at so many places evenly
/// spread over the rows.
fn cumulative(ascending: &[f64]) -> Vec<Share> {
    let n = ascending.len();
    let up_to = |value: f64| ascending.partition_point(|&number| number <= value);
    let mut shares = Vec::new();
    let mut at = 0;
    let step = (n / MOST_POINTS).max(1);
    while let Some(&value) = ascending.get(at) {
        let up_to = up_to(value);
        shares.push(Share { value, share: up_to as f64 / n as f64 });
        at = up_to.max((at + step).min(n - 1)).max(at + 1);
    }
    shares
}
