//! Which rows a selection leaves: one byte a row, 0 where it stays.

use std::borrow::Cow;

use super::filter::{Filter, plain_number};
use super::index::{Index, kind_words};
use super::selection::{Pick, Picked, SampleParams, Selection, SelectionError};
use crate::data::{Column, ColumnValues, Dataset, DatasetSummary};
use crate::numerics::random::RandomState;

/// What fails in a data set, by reason.
pub struct Chosen {
    /// By the sample and the filter.
    base: Vec<u8>,
    /// By a pick, with the place of its column.
    picks: Vec<(usize, Vec<u8>)>,
    /// By any reason.
    failed: Vec<u8>,
}

impl Chosen {
    /// What the selection leaves out.
    pub fn of(
        index: &mut Index,
        dataset: &Dataset,
        selection: &Selection,
    ) -> Result<Self, SelectionError> {
        let mut base = match selection.sample {
            Some(sample) => index.sampled(sample)?.to_vec(),
            None => vec![0; dataset.n_rows()],
        };
        if !selection.filter.trim().is_empty() {
            let columns = DatasetSummary::columns_of(dataset);
            let filter = Filter::parse(&selection.filter, &columns, plain_number)
                .map_err(|error| SelectionError::Filter { error })?;
            join(&mut base, &filter.failed(dataset));
        }
        let picks = selection.picks.iter().map(|pick| {
            let (place, column) = index.find(dataset, &pick.column)?;
            Ok((place, pick_failed(index, place, column, pick)?))
        });
        let picks = picks.collect::<Result<Vec<_>, SelectionError>>()?;
        let mut failed = base.clone();
        picks.iter().for_each(|(_, other)| join(&mut failed, other));
        Ok(Self { base, picks, failed })
    }

    /// What fails, the picks of some columns left out.
    pub fn ignoring(&self, columns: &[usize]) -> Cow<'_, [u8]> {
        if !self.picks.iter().any(|(place, _)| columns.contains(place)) {
            return Cow::Borrowed(&self.failed);
        }
        let mut failed = self.base.clone();
        let others = self.picks.iter().filter(|(place, _)| !columns.contains(place));
        others.for_each(|(_, other)| join(&mut failed, other));
        Cow::Owned(failed)
    }

    /// What fails.
    pub fn failed(&self) -> &[u8] {
        &self.failed
    }
}

fn join(failed: &mut [u8], other: &[u8]) {
    failed.iter_mut().zip(other).for_each(|(failed, other)| *failed |= other);
}

fn pick_failed(
    index: &Index,
    place: usize,
    column: &Column,
    pick: &Pick,
) -> Result<Vec<u8>, SelectionError> {
    match (&pick.values, &column.values) {
        (Picked::Levels(picked), ColumnValues::Levels { levels, codes }) => {
            let passes: Vec<bool> = levels.iter().map(|level| picked.contains(level)).collect();
            Ok(super::filter::levels_failed(codes, &passes))
        }
        (Picked::Range { from, to, closed }, ColumnValues::Numbers(numbers)) => {
            let (from, to) = (*from, *to);
            // the last bin includes its right edge
            let closed = *closed || to >= index.coded(place, column)?.range.1;
            let to = if closed { to.next_up() } else { to };
            Ok(numbers.iter().map(|&n| u8::from(!(n >= from && n < to))).collect())
        }
        (picked, _) => Err(SelectionError::Kind {
            column: column.name.clone(),
            found: kind_words(column.kind),
            wanted: if matches!(picked, Picked::Levels(_)) { "levels" } else { "numbers" },
        }),
    }
}

impl Index {
    /// 0 for the rows of the sample, drawn anew only when it is another one.
    fn sampled(&mut self, params: SampleParams) -> Result<&[u8], SelectionError> {
        if !(params.fraction > 0.0 && params.fraction <= 1.0) {
            return Err(SelectionError::Fraction { fraction: params.fraction });
        }
        let n_rows = self.labels.len();
        let drawn = self.sample.take().filter(|(before, _)| *before == params);
        let (_, failed) = self.sample.insert(drawn.unwrap_or_else(|| {
            let mut failed = vec![1; n_rows];
            let order = RandomState::new(params.seed).permutation(n_rows as u32);
            for row in order.into_iter().take(params.size(n_rows)) {
                if let Some(failed) = failed.get_mut(row as usize) {
                    *failed = 0;
                }
            }
            (params, failed)
        }));
        Ok(failed)
    }
}
