//! Rows cut into folds, each of which tests once: scikit-learn's, draw for draw.

use serde::{Deserialize, Serialize};

use super::{SplitError, TrainTest};
use crate::numerics::random::RandomState;

/// Folds there may be.
pub const MOST_FOLDS: u32 = 1_000;
/// Repeats there may be.
pub const MOST_REPEATS: u32 = 1_000;

/// Whether rows are mixed before they are cut.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Shuffle {
    /// As they come.
    #[default]
    No,
    /// By `RandomState(seed)` of numpy.
    Seeded {
        /// scikit-learn's `random_state`.
        seed: u32,
    },
}

impl Shuffle {
    fn random(self) -> Option<RandomState> {
        match self {
            Self::No => None,
            Self::Seeded { seed } => Some(RandomState::new(seed)),
        }
    }
}

/// The folds of `KFold(n_splits, shuffle=…, random_state=…).split(range(n_rows))`, both parts in
/// ascending order.
///
/// # Errors
/// Fewer than two folds, or more folds than rows.
pub fn k_fold(
    n_rows: usize,
    n_splits: u32,
    shuffle: Shuffle,
) -> Result<Vec<TrainTest>, SplitError> {
    let n = checked(n_rows, n_splits)?;
    if n < n_splits {
        return Err(SplitError::FoldsOfRows { n_splits, n_rows });
    }
    let order = match shuffle.random() {
        Some(mut random) => random.permutation(n),
        None => (0..n).collect(),
    };
    let mut fold_of_row = vec![0; n_rows];
    let mut rows = order.into_iter();
    for fold in 0..n_splits {
        let size = n / n_splits + u32::from(fold < n % n_splits);
        for row in rows.by_ref().take(size as usize) {
            fold_of_row[row as usize] = fold;
        }
    }
    Ok(parts(&fold_of_row, n_splits))
}

/// The folds of `StratifiedKFold(n_splits, shuffle=…, random_state=…).split(…, labels)`, in each of
/// which the classes have about the shares they have on the whole; both parts in ascending order.
///
/// # Errors
/// Fewer than two folds, or a class with fewer rows than folds, of which scikit-learn only warns.
pub fn stratified_k_fold(
    labels: &[bool],
    n_splits: u32,
    shuffle: Shuffle,
) -> Result<Vec<TrainTest>, SplitError> {
    let mut random = shuffle.random();
    stratified(labels, n_splits, random.as_mut())
}

/// The folds of `RepeatedStratifiedKFold(n_splits=…, n_repeats=…, random_state=seed)`, repeat after
/// repeat; all of them draw from one stream.
///
/// # Errors
/// As [`stratified_k_fold`], or no repeat.
pub fn repeated_stratified_k_fold(
    labels: &[bool],
    n_splits: u32,
    n_repeats: u32,
    seed: u32,
) -> Result<Vec<TrainTest>, SplitError> {
    if !(1..=MOST_REPEATS).contains(&n_repeats) {
        return Err(SplitError::Repeats { n_repeats, most: MOST_REPEATS });
    }
    let mut random = RandomState::new(seed);
    let mut folds = Vec::new();
    for _ in 0..n_repeats {
        folds.append(&mut stratified(labels, n_splits, Some(&mut random))?);
    }
    Ok(folds)
}

fn checked(n_rows: usize, n_splits: u32) -> Result<u32, SplitError> {
    if !(2..=MOST_FOLDS).contains(&n_splits) {
        return Err(SplitError::Folds { n_splits, most: MOST_FOLDS });
    }
    u32::try_from(n_rows).map_err(|_too_many| SplitError::TooManyRows { n_rows, max: u32::MAX })
}

/// Rows sorted by class are dealt to the folds in turn, which says how many of each class a fold gets;
/// which ones is in file order, or shuffled within each class. The class of the first row comes first.
fn stratified(
    labels: &[bool],
    n_splits: u32,
    mut random: Option<&mut RandomState>,
) -> Result<Vec<TrainTest>, SplitError> {
    let n = checked(labels.len(), n_splits)?;
    let first = labels.first().copied().unwrap_or_default();
    let n_first = labels.iter().filter(|&&label| label == first).count() as u32;
    for (label, n_class) in [(first, n_first), (!first, n - n_first)] {
        if n_class < n_splits {
            return Err(SplitError::FoldsOfClass { n_splits, label, n_class });
        }
    }
    let mut fold_of_row = vec![0; labels.len()];
    for (class, places) in [(first, 0..n_first), (!first, n_first..n)] {
        let dealt =
            |fold: u32| places.clone().filter(move |place| place % n_splits == fold).count();
        let mut folds: Vec<u32> =
            (0..n_splits).flat_map(|fold| std::iter::repeat_n(fold, dealt(fold))).collect();
        if let Some(random) = random.as_deref_mut() {
            random.shuffle(&mut folds);
        }
        let rows = fold_of_row.iter_mut().zip(labels).filter(|&(_, &label)| label == class);
        for ((to, _), fold) in rows.zip(folds) {
            *to = fold;
        }
    }
    Ok(parts(&fold_of_row, n_splits))
}

fn parts(fold_of_row: &[u32], n_splits: u32) -> Vec<TrainTest> {
    let mut parts = vec![TrainTest::default(); n_splits as usize];
    for (row, &fold) in (0..).zip(fold_of_row) {
        for (at, part) in (0..).zip(&mut parts) {
            if at == fold { part.test.push(row) } else { part.train.push(row) }
        }
    }
    parts
}
