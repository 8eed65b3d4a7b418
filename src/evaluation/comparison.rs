//! What a comparison of two models comes to.

use serde::{Deserialize, Serialize};

use super::error::EvaluationError;

/// The outcome of a paired test.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Verdict {
    /// Both say the same of every row.
    Identical,
    /// So little differs that even the clearest outcome could be chance.
    TooFewToTell,
    /// The difference could be chance.
    NoDifferenceShown,
    /// The first is better, by more than chance explains.
    FirstBetter,
    /// The second is better, by more than chance explains.
    SecondBetter,
}

pub(super) fn check_alpha(alpha: f64) -> Result<(), EvaluationError> {
    if alpha > 0.0 && alpha < 1.0 { Ok(()) } else { Err(EvaluationError::Alpha { alpha }) }
}
