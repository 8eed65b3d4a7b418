//! Growing parts of the training rows, for a learning curve.

use super::SplitError;
use crate::numerics::random::RandomState;

/// Which of the training rows to learn from at a share of them: of each class that share, rounded up,
/// in the order of `train`. `labels`: of every kept row.
///
/// The rows are drawn by `seed` once for all shares, so that a smaller part lies within a larger one;
/// at a share of 1 they are `train` itself. A model is judged by the same test rows at every share.
///
/// # Errors
/// A share that is none, a row that does not exist, or training rows of one class.
pub fn growing_part(
    train: &[u32],
    labels: &[bool],
    share: f64,
    seed: u32,
) -> Result<Vec<u32>, SplitError> {
    if !(share > 0.0 && share <= 1.0) {
        return Err(SplitError::TrainShare { share });
    }
    let mut of_class: [Vec<usize>; 2] = [Vec::new(), Vec::new()];
    for (place, &row) in train.iter().enumerate() {
        let Some(&label) = labels.get(row as usize) else {
            let part = super::Part::Train;
            return Err(SplitError::RowOutOfRange { part, row, n_rows: labels.len() });
        };
        let [negative, positive] = &mut of_class;
        if label { positive.push(place) } else { negative.push(place) }
    }
    let mut random = RandomState::new(seed);
    let mut chosen = vec![false; train.len()];
    for (label, mut places) in [false, true].into_iter().zip(of_class) {
        if places.is_empty() {
            return Err(SplitError::NoRowOfClass { label });
        }
        random.shuffle(&mut places);
        let n = (share * places.len() as f64).ceil() as usize;
        for place in places.into_iter().take(n) {
            chosen[place] = true;
        }
    }
    let rows = train.iter().zip(chosen);
    Ok(rows.filter_map(|(&row, chosen)| chosen.then_some(row)).collect())
}
