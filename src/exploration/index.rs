//! A data set made ready to be counted: every value as the number of its bin or level.

use std::collections::BTreeMap;

use super::bins::{Bins, range};
use super::rows::Ordered;
use super::selection::{SampleParams, SelectionError};
use crate::data::profile::ClassCounts;
use crate::data::{Column, ColumnKind, ColumnValues, Dataset, Role};

/// Bins of a numeric column in the overview.
const BINS: usize = 10;

/// Groups whose keys fit a byte.
const BYTE_GROUPS: usize = (1 << 7) - 1;

/// What is made once of a data set, and what was last asked for and may be asked for again.
///
/// Takes a byte a value, and 16 more for each numeric column that is looked at closely.
#[derive(Clone, Debug)]
pub struct Index {
    /// One entry a column of the data set.
    pub(super) columns: Vec<Option<Coded>>,
    /// One entry a row: 1 where it is of the positive class, else 0; all 0 without a target.
    pub(super) labels: Vec<u8>,
    pub(super) has_target: bool,
    pub(super) all: ClassCounts,
    /// Strength of each column over all rows, for the order of the overview.
    pub(super) strengths: Vec<f64>,
    /// Numbers with their rows, ascending, by place of the column.
    ascending: BTreeMap<usize, Vec<(f64, u32)>>,
    pub(super) sample: Option<(SampleParams, Vec<u8>)>,
    pub(super) ordered: Option<Ordered>,
}

/// A column with a group for each row.
#[derive(Clone, Debug)]
pub(super) struct Coded {
    /// Of numbers; `None` for levels.
    pub bins: Option<Bins>,
    /// How many groups.
    pub groups: usize,
    /// Twice the group, plus one in the positive class. The group after the last one is for values
    /// that are in none.
    pub keys: Keys,
    /// Least and largest number.
    pub range: (f64, f64),
}

/// A key a row.
#[derive(Clone, Debug)]
pub(super) enum Keys {
    Bytes(Vec<u8>),
    Words(Vec<u16>),
}

impl Index {
    /// Makes a data set ready: a few milliseconds a million values.
    #[must_use]
    pub fn of(dataset: &Dataset) -> Self {
        let labels = dataset.labels();
        let has_target = labels.is_some();
        let labels = labels.map_or_else(
            || vec![0; dataset.n_rows()],
            |labels| labels.into_iter().map(u8::from).collect(),
        );
        let positive = labels.iter().map(|&label| u32::from(label)).sum();
        let mut index = Self {
            columns: dataset.columns.iter().map(|column| Coded::of(column, &labels)).collect(),
            all: ClassCounts { negative: labels.len() as u32 - positive, positive },
            labels,
            has_target,
            strengths: Vec::new(),
            ascending: BTreeMap::new(),
            sample: None,
            ordered: None,
        };
        index.strengths = index.all_strengths(dataset);
        index
    }

    /// The column of that name and its place.
    pub(super) fn find<'a>(
        &self,
        dataset: &'a Dataset,
        name: &str,
    ) -> Result<(usize, &'a Column), SelectionError> {
        let found = dataset.columns.iter().enumerate().find(|(_, column)| column.name == name);
        found.ok_or_else(|| SelectionError::UnknownColumn { column: name.to_owned() })
    }

    /// The groups of a column that is not free text.
    pub(super) fn coded(&self, place: usize, column: &Column) -> Result<&Coded, SelectionError> {
        self.columns.get(place).and_then(Option::as_ref).ok_or_else(|| SelectionError::Kind {
            column: column.name.clone(),
            found: kind_words(column.kind),
            wanted: "numbers or levels",
        })
    }

    /// Sorts the numbers of a column, unless they are sorted already.
    pub(super) fn sort(&mut self, place: usize, numbers: &[f64]) {
        self.ascending.entry(place).or_insert_with(|| {
            let finite = numbers.iter().zip(0_u32..).filter(|(number, _)| number.is_finite());
            let mut pairs: Vec<(f64, u32)> = finite.map(|(&number, row)| (number, row)).collect();
            pairs.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            pairs
        });
    }

    /// The numbers of a column that was sorted, with their rows.
    pub(super) fn ascending(&self, place: usize) -> &[(f64, u32)] {
        self.ascending.get(&place).map_or(&[], Vec::as_slice)
    }
}

/// What a kind of column has, in words.
pub(super) fn kind_words(kind: ColumnKind) -> &'static str {
    match kind {
        ColumnKind::Numeric => "numbers",
        ColumnKind::Categorical => "levels",
        ColumnKind::Identifier | ColumnKind::Text => "free text",
    }
}

/// The numbers of a column.
pub(super) fn numbers(column: &Column) -> Result<&[f64], SelectionError> {
    match &column.values {
        ColumnValues::Numbers(numbers) => Ok(numbers),
        _ => Err(SelectionError::Kind {
            column: column.name.clone(),
            found: kind_words(column.kind),
            wanted: "numbers",
        }),
    }
}

/// Whether the column belongs into the overview.
pub(super) fn is_described(column: &Column) -> bool {
    column.role != Role::Target
}

impl Coded {
    /// `None` for free text.
    fn of(column: &Column, labels: &[u8]) -> Option<Self> {
        match &column.values {
            ColumnValues::Numbers(numbers) => {
                let range = range(numbers);
                Some(Self::binned(numbers, range, BINS, labels))
            }
            ColumnValues::Levels { levels, codes } => {
                let groups = levels.len();
                let codes = codes.iter().map(|&code| usize::from(code).min(groups));
                let keys = Keys::of(codes, groups, labels);
                Some(Self { bins: None, groups, keys, range: (0.0, 0.0) })
            }
            ColumnValues::Text(_) => None,
        }
    }

    /// Numbers in `count` bins over `range`.
    pub fn binned(numbers: &[f64], range: (f64, f64), count: usize, labels: &[u8]) -> Self {
        let bins = Bins::over(range, count);
        let groups = bins.count();
        let keys = Keys::of(numbers.iter().map(|&number| bins.of(number)), groups, labels);
        Self { bins: Some(bins), groups, keys, range }
    }
}

impl Keys {
    fn of(groups: impl Iterator<Item = usize>, count: usize, labels: &[u8]) -> Self {
        let keys = groups.zip(labels).map(|(group, &label)| 2 * group + usize::from(label));
        if count <= BYTE_GROUPS {
            Self::Bytes(keys.map(|key| key as u8).collect())
        } else {
            Self::Words(keys.map(|key| key as u16).collect())
        }
    }

    /// The group of a row.
    pub fn group(&self, row: usize) -> Option<usize> {
        match self {
            Self::Bytes(keys) => keys.get(row).map(|&key| usize::from(key >> 1)),
            Self::Words(keys) => keys.get(row).map(|&key| usize::from(key >> 1)),
        }
    }
}
