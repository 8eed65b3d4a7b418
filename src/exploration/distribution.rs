//! Counting: rows by group and class.

use super::answer::{BinEdges, Distribution, Groups};
use super::index::{Coded, Keys};
use crate::data::profile::ClassCounts;
use crate::data::{Column, ColumnValues};

/// Sets of counters, so that a row does not wait for the count of the row before.
const SETS: usize = 4;

impl Coded {
    /// Rows of each group by class, those that fail left out. `failed`: 0 or 1 a row.
    pub fn count(&self, failed: &[u8]) -> Vec<ClassCounts> {
        let counts = match &self.keys {
            Keys::Bytes(keys) => tally(keys, failed),
            Keys::Words(keys) => {
                let mut counts = vec![0; 2 * self.groups + 2];
                for (&key, &failed) in keys.iter().zip(failed) {
                    if let Some(count) = counts.get_mut(usize::from(key)) {
                        *count += u32::from(failed == 0);
                    }
                }
                counts
            }
        };
        let (pairs, _) = counts.as_chunks::<2>();
        let groups = pairs.iter().take(self.groups);
        groups.map(|&[negative, positive]| ClassCounts { negative, positive }).collect()
    }

    /// The rows of the column, counted.
    pub fn distribution(&self, column: &Column, failed: &[u8]) -> Distribution {
        Distribution {
            column: column.name.clone(),
            groups: self.groups_of(column),
            counts: self.count(failed),
        }
    }

    /// The groups in words and numbers.
    pub fn groups_of(&self, column: &Column) -> Groups {
        match (&self.bins, &column.values) {
            (Some(bins), _) => {
                let (edges, are_dates) = (bins.edges().to_vec(), column.is_date);
                Groups::Bins(BinEdges { edges, are_dates })
            }
            (None, ColumnValues::Levels { levels, .. }) => Groups::Levels(levels.clone()),
            (None, _) => Groups::Levels(Vec::new()),
        }
    }
}

/// How often each key comes where nothing fails.
///
/// A row that fails is counted too, in counters of its own: that is faster than to ask.
pub fn tally(keys: &[u8], failed: &[u8]) -> Vec<u32> {
    let mut sets = [[0_u32; 512]; SETS];
    let place = |key: u8, failed: u8| usize::from(key) | usize::from(failed & 1) << 8;
    let (whole, rest) = keys.as_chunks::<SETS>();
    let (whole_failed, rest_failed) = failed.as_chunks::<SETS>();
    for (keys, failed) in whole.iter().zip(whole_failed) {
        for ((set, &key), &failed) in sets.iter_mut().zip(keys).zip(failed) {
            set[place(key, failed)] += 1;
        }
    }
    for ((set, &key), &failed) in sets.iter_mut().zip(rest).zip(rest_failed) {
        set[place(key, failed)] += 1;
    }
    (0..256).map(|key| sets.iter().map(|set| set[key]).sum()).collect()
}

/// Rows by class that don't fail. `labels`: 1 in the positive class, else 0.
pub fn classes(labels: &[u8], failed: &[u8]) -> ClassCounts {
    let counts = tally(labels, failed);
    let [negative, positive] = [0, 1].map(|label| counts.get(label).copied().unwrap_or(0));
    ClassCounts { negative, positive }
}
