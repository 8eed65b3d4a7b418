//! The areas under two ROC curves of the same rows: do they differ by more than chance?
//!
//! DeLong, DeLong and Clarke-Pearson (Biometrics 44, 1988), with the midranks of Sun and Xu (IEEE
//! Signal Processing Letters 21, 2014) in place of a comparison of all pairs.

use serde::{Deserialize, Serialize};

use super::comparison::{Verdict, check_alpha};
use super::error::EvaluationError;
use super::predictions::probabilities;
use crate::numerics::interval::{Interval, Z_95};
use crate::numerics::normal;

/// Rows of each class that a variance needs.
const FEWEST: u32 = 2;

/// DeLong's test of two areas.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct DeLong {
    /// Area of the first.
    pub first_auc: f64,
    /// Area of the second.
    pub second_auc: f64,
    /// `first_auc` − `second_auc`.
    pub difference: f64,
    /// Of the difference.
    pub variance: f64,
    /// Of the difference, 95 %: ± 1.96·√variance.
    pub interval: Interval,
    /// `difference` / √`variance`; `None` where the variance is 0.
    pub z: Option<f64>,
    /// 2·Φ(−|z|); `None` where the variance is 0.
    pub p: Option<f64>,
    /// By `p`.
    pub verdict: Verdict,
}

/// Compares the probabilities that two models give to the same rows. `alpha`: the largest probability
/// of chance that counts as a difference, usually 0.05.
///
/// # Errors
/// Lists of different lengths, numbers outside 0 to 1, fewer than two rows of a class, or an alpha
/// outside (0, 1).
pub fn delong(
    y_true: &[bool],
    first: &[f64],
    second: &[f64],
    alpha: f64,
) -> Result<DeLong, EvaluationError> {
    check_alpha(alpha)?;
    let (a, b) = (placements(y_true, first)?, placements(y_true, second)?);
    let (first_auc, second_auc) = (mean(&a.of_positives), mean(&b.of_positives));
    let difference = first_auc - second_auc;
    let variance = variance_of_mean(&apart(&a.of_positives, &b.of_positives))
        + variance_of_mean(&apart(&a.of_negatives, &b.of_negatives));
    let error = variance.sqrt();
    let z = (error > 0.0).then(|| difference / error);
    let p = z.map(|z| 2.0 * normal::cdf(-z.abs()));
    let verdict = match p {
        // no row is placed otherwise by the second
        None if a == b => Verdict::Identical,
        // what is the same for every row of a class has no spread to judge by
        None => Verdict::TooFewToTell,
        Some(p) if p > alpha => Verdict::NoDifferenceShown,
        Some(_) if difference > 0.0 => Verdict::FirstBetter,
        Some(_) => Verdict::SecondBetter,
    };
    let interval = Interval { low: difference - Z_95 * error, high: difference + Z_95 * error };
    Ok(DeLong { first_auc, second_auc, difference, variance, interval, z, p, verdict })
}

/// For every row the share of the other class that it is on the right side of, ties counting half; the
/// mean of either list is the area.
#[derive(PartialEq)]
struct Placements {
    of_positives: Vec<f64>,
    of_negatives: Vec<f64>,
}

fn placements(y_true: &[bool], y_pred: &[f64]) -> Result<Placements, EvaluationError> {
    let (expected, found) = (y_true.len(), y_pred.len());
    if expected != found {
        return Err(EvaluationError::UnequalLengths { what: "probabilities", expected, found });
    }
    probabilities(y_pred)?;
    let of_class = |class| -> Vec<f64> {
        let rows = y_true.iter().zip(y_pred).filter(|&(&truth, _)| truth == class);
        rows.map(|(_, &p)| p).collect()
    };
    let (positives, negatives) = (of_class(true), of_class(false));
    for (class, n) in [("positive", positives.len()), ("negative", negatives.len())] {
        if n < FEWEST as usize {
            return Err(EvaluationError::TooFewRows { class, n: n as u32, least: FEWEST });
        }
    }
    let (m, n) = (positives.len(), negatives.len());
    let all = midranks(&[positives.as_slice(), &negatives].concat());
    let (all_positives, all_negatives) = all.split_at(m);
    // the rank among all less that among its own counts those of the other class below
    let below = |all: &[f64], own: Vec<f64>, others: usize| -> Vec<f64> {
        all.iter().zip(own).map(|(all, own)| (all - own) / others as f64).collect()
    };
    let of_positives = below(all_positives, midranks(&positives), n);
    let mut of_negatives = below(all_negatives, midranks(&negatives), m);
    for share in &mut of_negatives {
        *share = 1.0 - *share;
    }
    Ok(Placements { of_positives, of_negatives })
}

/// Ranks from 1, equal values sharing the middle of theirs.
fn midranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<u32> = (0..values.len() as u32).collect();
    order.sort_by(|&a, &b| values[a as usize].total_cmp(&values[b as usize]));
    let mut ranks = vec![0.0; values.len()];
    let mut before = 0;
    for tie in order.chunk_by(|&a, &b| values[a as usize] == values[b as usize]) {
        let middle = before as f64 + (tie.len() as f64 + 1.0) / 2.0;
        for &row in tie {
            ranks[row as usize] = middle;
        }
        before += tie.len();
    }
    ranks
}

fn apart(a: &[f64], b: &[f64]) -> Vec<f64> {
    a.iter().zip(b).map(|(a, b)| a - b).collect()
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// Σ (v − mean)² / ((n − 1)·n).
fn variance_of_mean(values: &[f64]) -> f64 {
    let (n, mean) = (values.len() as f64, mean(values));
    values.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / ((n - 1.0) * n)
}
