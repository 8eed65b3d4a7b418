//! What a run has to be better than: no model at all.

use super::Run;
use crate::evaluation::Scores;

/// What scikit-learn's `DummyClassifier(strategy="prior")` scores on the rows of a run: everyone gets
/// the share of the positive class among the training rows, and the class that is more frequent there.
#[derive(Clone, Debug, PartialEq)]
pub struct BaselineScores {
    /// On the training rows.
    pub train: Scores,
    /// On the test rows.
    pub test: Scores,
}

impl BaselineScores {
    /// On the rows of a run, by the classes it counted there.
    #[must_use]
    pub fn of(run: &Run) -> Self {
        let train = classes(&run.evaluation.train);
        let test = classes(&run.evaluation.test);
        let n = f64::from((train.positives + train.negatives).max(1));
        let share = f64::from(train.positives) / n;
        let scores = |of: &Classes| Scores::of_constant(of.positives, of.negatives, share);
        Self { train: scores(&train), test: scores(&test) }
    }
}

/// How many rows of each class there are.
struct Classes {
    positives: u32,
    negatives: u32,
}

fn classes(scores: &Scores) -> Classes {
    let counts = scores.confusion;
    Classes { positives: counts.tp + counts.fn_, negatives: counts.tn + counts.fp }
}
