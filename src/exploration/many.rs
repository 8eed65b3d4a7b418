//! Many columns at once.

use super::answer::{Figures, Matrix};
use super::chosen::Chosen;
use super::index::{Coded, Index, numbers};
use super::joint::every_pair;
use super::numbers::bins_in_range;
use super::overview::cramers_v;
use super::selection::SelectionError;
use crate::data::profile::Correlations;
use crate::data::{ColumnValues, Dataset, Role};

/// Most columns of a pair plot.
const MOST_PAIRED: usize = 5;

impl Index {
    /// Pearson's correlation of the numeric features and the target as 0 and 1.
    pub(super) fn correlations(&self, dataset: &Dataset, chosen: &Chosen) -> Matrix {
        let failed = chosen.failed();
        let mut names = Vec::new();
        let mut columns = Vec::new();
        for column in dataset.features() {
            if let ColumnValues::Numbers(numbers) = &column.values {
                names.push(column.name.clone());
                columns.push(kept(numbers.iter().copied(), failed));
            }
        }
        if let Some(target) = &dataset.target {
            names.push(target.column.clone());
            columns.push(kept(self.labels.iter().map(|&label| f64::from(label)), failed));
        }
        let Correlations { names, pearson } = Correlations::of(names, &columns);
        Matrix { names, values: pearson.into_iter().flatten().collect() }
    }

    /// Cramér's V of the categorical features and the target.
    pub(super) fn cramers_v(&self, dataset: &Dataset, chosen: &Chosen) -> Matrix {
        let named = dataset.columns.iter().zip(&self.columns).filter_map(|(column, coded)| {
            let wanted = matches!(column.role, Role::Feature | Role::Target);
            let coded = coded.as_ref().filter(|coded| wanted && coded.bins.is_none())?;
            Some((column, coded))
        });
        // the target comes last, as among the correlations
        let is_target = |role: Role| role == Role::Target;
        let (targets, features): (Vec<_>, Vec<_>) =
            named.partition(|(column, _)| is_target(column.role));
        let columns: Vec<_> = features.into_iter().chain(targets).collect();
        let n = columns.len();
        let has_several = |coded: &Coded| {
            let counts = coded.count(chosen.failed());
            counts.iter().filter(|classes| classes.total() > 0).count() > 1
        };
        let mut values = vec![None; n * n];
        for (place, (_, coded)) in columns.iter().enumerate() {
            if let Some(value) = values.get_mut(place * n + place) {
                *value = has_several(coded).then_some(1.0);
            }
        }
        let coded: Vec<&Coded> = columns.iter().map(|(_, coded)| *coded).collect();
        for joint in every_pair(&coded, chosen.failed()) {
            let v = cramers_v(&joint.counts, joint.width);
            let (i, j) = joint.columns;
            for place in [i * n + j, j * n + i] {
                if let Some(value) = values.get_mut(place) {
                    *value = v;
                }
            }
        }
        Matrix { names: columns.iter().map(|(column, _)| column.name.clone()).collect(), values }
    }

    /// Every pair of some numeric columns.
    pub(super) fn pairs(
        &mut self,
        dataset: &Dataset,
        chosen: &Chosen,
        names: &[String],
        bins: u32,
    ) -> Result<Figures, SelectionError> {
        if names.len() > MOST_PAIRED {
            let (asked, most) = (names.len(), MOST_PAIRED);
            return Err(SelectionError::TooMany { asked, what: "columns", most });
        }
        let count = bins_in_range(bins)?;
        let mut columns = Vec::new();
        for name in names {
            let (place, column) = self.find(dataset, name)?;
            let range = self.coded(place, column)?.range;
            let coded = Coded::binned(numbers(column)?, range, count, &self.labels);
            columns.push(coded.distribution(column, &chosen.ignoring(&[place])));
        }
        let mut pairs = Vec::new();
        for (i, y) in names.iter().enumerate() {
            for x in names.iter().take(i) {
                pairs.push(self.pair(dataset, chosen, (x, y), bins)?);
            }
        }
        Ok(Figures::Pairs { columns, pairs })
    }
}

fn kept(values: impl Iterator<Item = f64>, failed: &[u8]) -> Vec<f64> {
    values.zip(failed).filter(|(_, failed)| **failed == 0).map(|(value, _)| value).collect()
}
