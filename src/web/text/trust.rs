//! What an explanation is worth, on the explain page.

use super::names::readable;
use crate::charts::format;
use crate::explain::{Shapley, ShapleyMethod, Stability, Verdict};

pub const TITLE: &str = "Can it be trusted?";
pub const ASK: &str = "With other seeds and settings, by fair shares, side by side";
pub const WAYS: &str = "Ways to check it";
pub const STABILITY: &str = "Other seeds";
pub const SHAPLEY: &str = "Fair shares";
pub const BESIDE: &str = "Side by side";
pub const CLOSE: &str = "Close";
pub const LOST: &str = "This part could not be loaded. Is the network there?";
pub const AGAIN: &str = "Try again";
pub const CANCELLED: &str = "Cancelled before there was an answer.";
pub const NO_CUSTOMER: &str = "There is no customer to explain.";

pub const SEEDS: &str = "Seeds";
pub const SEEDS_ALLOWED: &str = "a whole number from 2 to 200";
pub const NARROW: &str = "More neighbours until the bands are narrow";
pub const AS_SET: &str = "Back to the neighbours set";
pub const BANDS: &str = "Weights over the seeds";
pub const WEIGHT: &str = "LIME weight";
pub const FEATURE: &str = "Feature";
pub const MEAN: &str = "Mean";
pub const RANGE: &str = "Least to most";
pub const DEVIATION: &str = "Deviation";
pub const SIGNS: &str = "Other sign";
pub const AMONG_FIRST: &str = "Among the first three";
pub const CHOSEN: &str = "Chosen";
pub const HOW_STABILITY: &str = "The same customer is explained once a seed: only the neighbours that LIME draws differ. A bar is the mean weight, its line goes from the least to the most.";
pub const LOW_R2: &str = "The straight lines explain less than half of what the model does nearby (r² under .50): the weights leave much out.";

pub const SCALE: &str = "Scale";
pub const PROBABILITY: &str = "Probability";
pub const LOG_ODDS: &str = "Log-odds";
pub const SHARE: &str = "Shapley value";
pub const EXACT: &str = "Exact, log-odds";
pub const NOT_THERE: &str = "none";
pub const MEANS: &str =
    "Compared with the training means of every column, all at once, which is nobody in particular.";
pub const HOW_SHAPLEY: &str = "Features come in one after the other, in every order; a feature's share is what it adds on average. Together the shares are the whole way from the background to this customer.";

pub const HOW_BESIDE: &str = "They answer three questions. LIME: how does the probability change nearby when the condition stops to hold, averaged over neighbours? Shapley: how much of the way from the background to this customer is the feature's? Exact: what does the feature add to the log-odds of a logistic regression?";
pub const DIFFERS: &str = "other sign";
pub const NOT_CAUSAL: &str = "All of them describe the model, not causes.";

/// "The order of the first three is the same in 28 of 30 seeds."
#[must_use]
pub fn verdict(stability: &Stability) -> String {
    let Stability { same_order, same_set, seeds, first, .. } = stability;
    let n = match first.len() {
        1 => "the first feature".to_owned(),
        2 => "the first two".to_owned(),
        _ => "the first three".to_owned(),
    };
    let names: Vec<String> = first.iter().map(|name| readable(name)).collect();
    let names = names.join(", ");
    match stability.verdict {
        Verdict::Order => {
            format!("The order of {n} is the same in {same_order} of {seeds} seeds: {names}.")
        }
        Verdict::Set => format!(
            "Of {n} the order changes, the features do not: {names} in {same_set} of {seeds} seeds, in this order in {same_order}."
        ),
        Verdict::Unstable => format!(
            "Unstable: {n} are the same features in only {same_set} of {seeds} seeds, most often {names}."
        ),
    }
}

/// How wide the widest band of the first three is, and whether that is narrow enough.
#[must_use]
pub fn narrowing(stability: &Stability) -> String {
    let samples = format::count(u64::from(stability.samples));
    let Some((_, widest)) = stability.tried.last() else { return String::new() };
    let widest = format::decimal(*widest, 3);
    match (stability.narrow, stability.tried.len()) {
        (Some(true), 1) => {
            format!("With {samples} neighbours the bands are narrow: at most {widest} wide.")
        }
        (Some(true), _) => format!(
            "With {samples} neighbours the bands of the first three have become narrow: at most {widest} wide."
        ),
        (Some(false), _) => {
            format!("Still {widest} wide with {samples} neighbours, the most that are tried.")
        }
        (None, _) => format!(
            "The widest band of the first three is {widest} wide, with {samples} neighbours."
        ),
    }
}

/// What the explanations were made with.
#[must_use]
pub fn made_with(stability: &Stability) -> String {
    let Stability { seed, seeds, samples, r2, .. } = stability;
    format!(
        "Seeds {seed} to {}, {} neighbours each, r² {} to {}.",
        seed.wrapping_add(seeds.saturating_sub(1)),
        format::count(u64::from(*samples)),
        format::decimal(r2.least, 2),
        format::decimal(r2.most, 2),
    )
}

/// Which run and which data set.
#[must_use]
pub fn model(number: u32, dataset: &str) -> String {
    format!("Run {number} on {dataset}.")
}

/// How the shares came about.
#[must_use]
pub fn method(shapley: &Shapley, n_features: usize, permutations: u32, seed: u32) -> String {
    match shapley.method {
        ShapleyMethod::Linear => {
            "Exact: weight times standardised column, summed by feature.".to_owned()
        }
        ShapleyMethod::Coalitions => format!(
            "Exact: every one of the {} coalitions of {n_features} features was asked.",
            format::count(1_u64 << n_features.min(40))
        ),
        ShapleyMethod::Trees => "Exact: counted along the trees.".to_owned(),
        ShapleyMethod::Permutations => format!(
            "An estimate from {} orders of the features, seed {seed}; lines are 95 % intervals.",
            format::count(u64::from(permutations))
        ),
    }
}

/// What rows the customer is compared with.
#[must_use]
pub fn rows(count: u32, seed: u32) -> String {
    format!(
        "Compared with {} training customers, drawn with seed {seed}.",
        format::count(u64::from(count))
    )
}

/// "0.149 for the background, −0.147 by the features: 0.002 for this customer …".
#[must_use]
pub fn additivity(shapley: &Shapley) -> String {
    let number = |value: f64| format::decimal(value, 3);
    let sum: f64 = shapley.values.iter().map(|value| value.value).sum();
    let gap = shapley.gap().abs();
    let off = if gap == 0.0 { "0".to_owned() } else { format!("{gap:.0e}") };
    format!(
        "{} for the background and {} by the features make {}, what the model says (off by {off}).",
        number(shapley.base),
        format::weight(sum),
        number(shapley.prediction),
    )
}

/// How far two ways of explaining agree.
#[must_use]
pub fn beside(turned: &[String], of: usize) -> String {
    match turned {
        [] => format!("LIME and Shapley give all {of} features the same sign."),
        [one] => format!(
            "LIME and Shapley give one of {of} features another sign: {one}. A feature near zero turns easily; else the model bends between the neighbours and the background."
        ),
        many => format!(
            "LIME and Shapley give {} of {of} features another sign: {}. Those near zero turn easily; else the model bends between the neighbours and the background.",
            many.len(),
            many.join(", ")
        ),
    }
}

/// "28 of 30".
#[must_use]
pub fn of(part: u32, whole: u32) -> String {
    format!("{part} of {whole}")
}
