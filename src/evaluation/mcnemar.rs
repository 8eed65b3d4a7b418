//! Two models on the same rows: do their mistakes differ by more than chance?

use serde::{Deserialize, Serialize};

use super::comparison::{Verdict, check_alpha};
use super::error::EvaluationError;
use crate::numerics::special::chi_square_sf;

/// McNemar's test of two classifications of the same rows.
///
/// Rows that both get right or both get wrong say nothing of the difference; of those that one alone
/// gets right, each model would have half if they were equally good (McNemar, Psychometrika 12, 1947).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct McNemar {
    /// Rows that both get right.
    pub both_right: u32,
    /// Rows that only the first gets right.
    pub only_first_right: u32,
    /// Rows that only the second gets right.
    pub only_second_right: u32,
    /// Rows that both get wrong.
    pub both_wrong: u32,
    /// Accuracy of the first less that of the second.
    pub accuracy_difference: f64,
    /// Two-sided, exact: min(1, 2·P(X ≤ the smaller count)) for X binomial of all rows that one alone
    /// gets right, at one half.
    pub exact_p: f64,
    /// max(0, |b − c| − 1)² / (b + c), with the continuity correction; 0 without such rows.
    pub chi_square: f64,
    /// P(X ≥ `chi_square`) for χ² with one degree of freedom.
    pub chi_square_p: f64,
    /// By the exact probability.
    pub verdict: Verdict,
}

/// Compares the classes that two models predict of the same rows. `alpha`: the largest probability of
/// chance that counts as a difference, usually 0.05.
///
/// # Errors
/// Lists of different lengths, no row, or an alpha outside (0, 1).
pub fn mcnemar(
    y_true: &[bool],
    first: &[bool],
    second: &[bool],
    alpha: f64,
) -> Result<McNemar, EvaluationError> {
    check_alpha(alpha)?;
    let expected = y_true.len();
    for found in [first.len(), second.len()] {
        if found != expected {
            let what = "predicted classes";
            return Err(EvaluationError::UnequalLengths { what, expected, found });
        }
    }
    if y_true.is_empty() {
        return Err(EvaluationError::TooFewRows { class: "judged", n: 0, least: 1 });
    }
    let (mut both_right, mut only_first, mut only_second, mut both_wrong) = (0, 0, 0, 0);
    for ((truth, a), b) in y_true.iter().zip(first).zip(second) {
        let cell = match (a == truth, b == truth) {
            (true, true) => &mut both_right,
            (true, false) => &mut only_first,
            (false, true) => &mut only_second,
            (false, false) => &mut both_wrong,
        };
        *cell += 1_u32;
    }
    let apart = only_first + only_second;
    let corrected = f64::from(only_first.abs_diff(only_second).saturating_sub(1));
    let chi_square = if apart == 0 { 0.0 } else { corrected * corrected / f64::from(apart) };
    let exact_p = two_sided_binomial(only_first.min(only_second), apart);
    let verdict = if first == second {
        Verdict::Identical
    } else if two_sided_binomial(0, apart) > alpha {
        Verdict::TooFewToTell
    } else if exact_p > alpha {
        Verdict::NoDifferenceShown
    } else if only_first > only_second {
        Verdict::FirstBetter
    } else {
        Verdict::SecondBetter
    };
    Ok(McNemar {
        both_right,
        only_first_right: only_first,
        only_second_right: only_second,
        both_wrong,
        accuracy_difference: (f64::from(only_first) - f64::from(only_second)) / expected as f64,
        exact_p,
        chi_square,
        chi_square_p: chi_square_sf(chi_square, 1),
        verdict,
    })
}

/// min(1, 2·Σᵢ C(n, i)/2ⁿ), i from 0 to `smaller`, summed from the largest term down.
fn two_sided_binomial(smaller: u32, n: u32) -> f64 {
    let (k, all) = (f64::from(smaller), f64::from(n));
    let choose = libm::lgamma(all + 1.0) - libm::lgamma(k + 1.0) - libm::lgamma(all - k + 1.0);
    let mut term = libm::exp(choose - all * std::f64::consts::LN_2);
    let mut sum = term;
    for i in (1..=smaller).rev() {
        term *= f64::from(i) / f64::from(n - i + 1);
        sum += term;
        if term <= sum * f64::EPSILON * 0.01 {
            break;
        }
    }
    (2.0 * sum).min(1.0)
}
