//! Rows sorted by probability once, and judged with any count of each.

use super::predictions::Predictions;

/// Rows from the highest probability down.
pub(super) struct Ranked {
    rows: Vec<RankedRow>,
    /// By row: its place in `rows`.
    rank_of: Vec<u32>,
}

#[derive(Clone, Copy)]
struct RankedRow {
    truth: bool,
    right: bool,
    /// The next row has a lower probability.
    ends_tie: bool,
}

/// What a walk along the counts finds.
pub(super) struct Walk {
    pub accuracy: f64,
    pub roc_auc: f64,
    pub average_precision: f64,
    /// By grid point.
    pub true_positive_rates: Vec<f64>,
    /// By grid point.
    pub precisions: Vec<f64>,
}

/// A point of the ROC curve while walking.
#[derive(Clone, Copy)]
struct Place {
    x: f64,
    y: f64,
}

impl Ranked {
    pub fn of(predictions: Predictions<'_>) -> Self {
        let (y_true, y_pred, classes) =
            (predictions.y_true(), predictions.y_pred(), predictions.classes());
        let mut order: Vec<u32> = (0..y_true.len() as u32).collect();
        order.sort_by(|&a, &b| y_pred[b as usize].total_cmp(&y_pred[a as usize]));
        let mut rank_of = vec![0; order.len()];
        let mut rows = Vec::with_capacity(order.len());
        for (rank, &row) in order.iter().enumerate() {
            let row = row as usize;
            rank_of[row] = rank as u32;
            let next = order.get(rank + 1).map(|&next| y_pred[next as usize]);
            rows.push(RankedRow {
                truth: y_true[row],
                right: y_true[row] == classes[row],
                ends_tie: next != Some(y_pred[row]),
            });
        }
        Self { rows, rank_of }
    }

    /// Ranks in the order of the rows.
    pub fn ranks(&self) -> Vec<u32> {
        self.rank_of.clone()
    }

    /// Those of one class.
    pub fn ranks_of(&self, truth: bool) -> Vec<u32> {
        let ranks = self.rank_of.iter().copied();
        ranks.filter(|&rank| self.rows[rank as usize].truth == truth).collect()
    }

    /// `counts`: how often each row counts, by rank.
    pub fn has_both_classes(&self, counts: &[u32]) -> bool {
        let occurs =
            |class| self.rows.iter().zip(counts).any(|(row, &n)| n > 0 && row.truth == class);
        occurs(true) && occurs(false)
    }

    /// Scores of rows that count so often, by rank; both classes must occur. `grid` ascends from 0 to 1.
    pub fn walk(&self, counts: &[u32], grid: &[f64]) -> Walk {
        let of_class = |class| -> u32 {
            self.rows
                .iter()
                .zip(counts)
                .map(|(row, &n)| if row.truth == class { n } else { 0 })
                .sum()
        };
        let (positives, negatives) = (f64::from(of_class(true)), f64::from(of_class(false)));
        let (mut tp, mut fp, mut right) = (0_u32, 0_u32, 0_u32);
        let (mut last_tp, mut last_fp) = (0_u32, 0_u32);
        let mut last = Place { x: 0.0, y: 0.0 };
        let (mut twice_area, mut precision_sum) = (0_u64, 0.0);
        let mut true_positive_rates = Vec::with_capacity(grid.len());
        let mut precisions = Vec::with_capacity(grid.len());
        for (row, &n) in self.rows.iter().zip(counts) {
            if row.truth {
                tp += n;
            } else {
                fp += n;
            }
            if row.right {
                right += n;
            }
            if !row.ends_tie || (tp == last_tp && fp == last_fp) {
                continue;
            }
            let gained = tp - last_tp;
            let precision = f64::from(tp) / f64::from(tp + fp);
            twice_area += u64::from(fp - last_fp) * (u64::from(tp) + u64::from(last_tp));
            precision_sum += f64::from(gained) * precision;
            let place = Place { x: f64::from(fp) / negatives, y: f64::from(tp) / positives };
            while let Some(&x) = grid.get(true_positive_rates.len()).filter(|&&x| x < place.x) {
                let slope = (place.y - last.y) / (place.x - last.x);
                true_positive_rates.push(slope * (x - last.x) + last.y);
            }
            while grid.get(precisions.len()).is_some_and(|&recall| recall <= place.y) {
                precisions.push(precision);
            }
            (last_tp, last_fp, last) = (tp, fp, place);
        }
        true_positive_rates.resize(grid.len(), 1.0);
        Walk {
            accuracy: f64::from(right) / (positives + negatives),
            roc_auc: twice_area as f64 / (2.0 * positives * negatives),
            average_precision: precision_sum / positives,
            true_positive_rates,
            precisions,
        }
    }
}
