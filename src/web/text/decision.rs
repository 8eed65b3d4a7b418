//! How a run comes from a probability to a class.

use crate::charts::format;
use crate::experiments::{Decision, ThresholdRule, TunedScore};

pub const RULE: &str = "Threshold";
pub const WHY: &str = "From which probability on a customer counts as positive. Chosen on training rows left out it does not flatter the test scores; chosen by looking at the test customers it does";
pub const OWN: &str = "the model's own";
pub const FIXED: &str = "a number";
pub const AT: &str = "Probability from which on a customer is positive";
pub const ALLOWED: &str = "from 0 to 1";

/// What a threshold is chosen for.
#[must_use]
pub fn tuned_for(score: TunedScore) -> String {
    format!("best {}", score_name(score))
}

fn score_name(score: TunedScore) -> &'static str {
    match score {
        TunedScore::BalancedAccuracy => "balanced accuracy",
        TunedScore::F1 => "F1",
        TunedScore::Accuracy => "accuracy",
    }
}

/// What the classes behind the scores are.
#[must_use]
pub fn scored_at(decision: Decision) -> String {
    let threshold = format::decimal(decision.threshold, 4);
    let threshold = threshold.strip_prefix('0').unwrap_or(&threshold).trim_end_matches('0');
    match decision.rule {
        ThresholdRule::Tuned(score) => format!(
            "Positive from a probability of {threshold} on: the best {} on training rows left out",
            score_name(score)
        ),
        _ => format!("Positive from a probability of {threshold} on"),
    }
}

/// Of support vectors: where class and probability disagree.
#[must_use]
pub fn disagreeing(n: u32, of: u32) -> String {
    let [n, of] = [n, of].map(|n| format::count(u64::from(n)));
    format!(
        " For {n} of the {of} test customers the class is not the side of .50 that the probability is \
         on: probabilities are fitted to the decision function afterwards, by folds of their own."
    )
}
