//! The model as a whole, on the explain page.

use super::names::readable;
use crate::charts::format;
use crate::explain::whole::{
    AverageLime, Condition, Importance, ImportanceScore, Part, Scale, ShapleySummary, ShareScale,
    Surrogate,
};
use crate::explain::{Background, ShapleyMethod};

pub const TITLE: &str = "The model as a whole";
pub const ASK: &str = "What matters over many customers, and how";
pub const WAYS: &str = "Ways to see it";
pub const IMPORTANCE: &str = "Importance";
pub const DEPENDENCE: &str = "Dependence";
pub const PAIRS: &str = "Pairs";
pub const SHAPLEY: &str = "Fair shares";
pub const AVERAGE: &str = "Average LIME";
pub const SURROGATE: &str = "Simple tree";
pub const NO_DATA: &str =
    "The model is asked about rows of its data set, which is not in the lab any more.";
pub const NO_MODEL: &str = "There is no model to look at.";
pub const NOT_CAUSAL: &str = "It describes the model, not causes.";

pub const PART: &str = "Customers";
pub const TEST: &str = "Test";
pub const TRAIN: &str = "Training";
pub const SCORE: &str = "Score";
pub const ACCURACY: &str = "Accuracy";
pub const AREA: &str = "ROC AUC";
pub const LOSS: &str = "Log loss";
pub const REPEATS: &str = "Shuffles";
pub const REPEATS_ALLOWED: &str = "a whole number from 2 to 1,000";
pub const ROWS_ALLOWED: &str = "a whole number from 1 to 10,000";
pub const ROWS: &str = "How many";
pub const DEPTH: &str = "Questions at most";
pub const DEPTH_ALLOWED: &str = "a whole number from 1 to 8";
pub const FEATURE: &str = "Feature";
pub const OTHER: &str = "And";
pub const SCALE: &str = "Scale";
pub const PROBABILITY: &str = "Probability";
pub const LOG_ODDS: &str = "Log-odds";

pub const LOST_SCORE: &str = "Loss of score when shuffled";
pub const HOW_IMPORTANCE: &str = "Each feature's values are dealt anew among these customers, again and again; what the score loses is what the model gets from the feature. A line holds the middle 95 of 100 shuffles. Of features that say the same, each can seem unimportant, since the other is still there.";
pub const MEAN_SHARE: &str = "Mean size of the Shapley value";
pub const SWARM: &str = "Shapley values, customer by customer";
pub const LOW: &str = "low";
pub const HIGH: &str = "high";
pub const WHICH_LEVEL: &str = "Which colour is which level";
pub const HOW_SHAPLEY: &str = "Each point is a customer: to the right, the feature raises what the model says of that customer. Of a number the colour runs from the least to the largest; of a category each level has its place among them, in the order of the alphabet.";
pub const MEAN_WEIGHT: &str = "Mean LIME weight";
pub const SIZE: &str = "Mean size";
pub const POSITIVE: &str = "Above zero";
pub const HOW_AVERAGE: &str = "Weights of opposite signs cancel in the mean and not in the mean size. A weight says how the probability changes when the customer's own condition stops to hold, so customers with different values are averaged here.";
pub const RULES: &str = "Rules";
pub const RULE: &str = "Rule";
pub const EVERYONE: &str = "Everyone";
pub const SHARE: &str = "Called positive";
pub const CUSTOMERS: &str = "Customers";
pub const HOW_SURROGATE: &str = "A decision tree that learned from the classes the model gives its training customers, not from what happened. It stands for the model only as far as the two agree.";
pub const PARTIAL: &str = "Partial dependence";
pub const LOCAL: &str = "Local effects (ALE), laid at the mean";
pub const HOW_CURVES: &str = "Partial dependence sets the feature to a value for everyone, also where nobody is like that. Local effects only move customers within the stretch they are in, and add the steps up; the two part where features go together.";
pub const ORDER: &str = "Local effects need an order: levels whose customers are alike otherwise stand beside each other, and each step is made by the customers of both its levels.";
pub const HOW_PAIR: &str =
    "Both features are set for everyone, also to pairs of values that nobody has.";
pub const INTERACTION: &str = "Together beyond what each does alone";
pub const PAIR: &str = "Pair";
pub const H: &str = "H";
pub const SHOW_PAIR: &str = "Show";
pub const HOW_H: &str = "Ordered by how far the pair moves the model beyond what each does alone. Friedman's H is the same divided by all that the pair does: where a pair does little, H can be large and mean nothing. On the scale of probabilities every logistic regression bends, so that even features that add up in log-odds have some.";
pub const BACK: &str = "Back to one pair";
pub const FIND: &str = "Look at every pair";

/// "of the 1,758 test customers".
fn customers(rows: u32, part: Part) -> String {
    let part = match part {
        Part::Test => "test",
        Part::Train => "training",
    };
    format!("{} {part} customers", format::count(u64::from(rows)))
}

/// Its name on screen.
#[must_use]
pub fn score(score: ImportanceScore) -> &'static str {
    match score {
        ImportanceScore::Accuracy => ACCURACY,
        ImportanceScore::RocAuc => AREA,
        ImportanceScore::LogLoss => LOSS,
    }
}

/// What a shuffle costs, on the axis.
#[must_use]
pub fn lost(score: ImportanceScore) -> &'static str {
    match score {
        ImportanceScore::Accuracy => "Loss of accuracy",
        ImportanceScore::RocAuc => "Loss of ROC AUC",
        ImportanceScore::LogLoss => "Rise of log loss",
    }
}

/// Its name on screen.
#[must_use]
pub fn part(part: Part) -> &'static str {
    match part {
        Part::Test => TEST,
        Part::Train => TRAIN,
    }
}

/// Its name on screen.
#[must_use]
pub fn scale(scale: Scale) -> &'static str {
    match scale {
        Scale::Probability => PROBABILITY,
        Scale::LogOdds => LOG_ODDS,
    }
}

/// "Contract matters most: shuffled, accuracy falls by .021 from .790."
#[must_use]
pub fn importance(found: &Importance) -> String {
    let best = found.features.iter().max_by(|a, b| a.mean.total_cmp(&b.mean));
    let Some(best) = best else { return String::new() };
    if best.low <= 0.0 {
        return "No feature stands out: the score can be kept without any one of them.".to_owned();
    }
    let verb = match found.score {
        ImportanceScore::LogLoss => "rises",
        _ => "falls",
    };
    format!(
        "{} matters most: shuffled, {} {verb} by {} from {}.",
        readable(&best.feature),
        match found.score {
            ImportanceScore::Accuracy => "accuracy",
            ImportanceScore::RocAuc => "the area under the ROC curve",
            ImportanceScore::LogLoss => "log loss",
        },
        format::decimal(best.mean, 3),
        format::decimal(found.baseline, 3)
    )
}

/// What it was made with.
#[must_use]
pub fn importance_made(found: &Importance) -> String {
    let Importance { rows, repeats, seed, .. } = found;
    format!("{}, {repeats} shuffles a feature, seed {seed}.", customers(*rows, found.part))
}

/// What the values add up to.
#[must_use]
pub fn share_scale(scale: ShareScale) -> &'static str {
    match scale {
        ShareScale::LogOdds => "log-odds",
        ShareScale::Decision => "distance from the boundary",
        ShareScale::Probability => "probability",
    }
}

/// "Tenure moves the model most: by 0.76 log-odds on average."
#[must_use]
pub fn summary(found: &ShapleySummary) -> String {
    let best = found.features.iter().max_by(|a, b| a.mean_abs.total_cmp(&b.mean_abs));
    let Some(best) = best else { return String::new() };
    format!(
        "{} moves the model most: by {} in {} on average.",
        readable(&best.feature),
        format::decimal(best.mean_abs, 3),
        share_scale(found.scale)
    )
}

/// What it was made with.
#[must_use]
pub fn summary_made(found: &ShapleySummary) -> String {
    let how = match found.method {
        ShapleyMethod::Linear => "exact, from the weights".to_owned(),
        ShapleyMethod::Trees => "exact, from the trees".to_owned(),
        ShapleyMethod::Coalitions => "exact".to_owned(),
        ShapleyMethod::Permutations => {
            format!("estimates from {} orders a customer", found.permutations)
        }
    };
    let against = match found.background {
        Background::Means => "the training means".to_owned(),
        Background::Rows(rows) => customers(rows, Part::Train),
    };
    let of = customers(found.rows, found.part);
    format!("{of}, seed {}; {how}, compared with {against}.", found.seed)
}

/// What it was made with, and how far it can be believed.
#[must_use]
pub fn average_made(found: &AverageLime) -> String {
    let AverageLime { rows, samples, seed, mean_r2, low_r2, .. } = found;
    format!(
        "{}, {} neighbours each, seed {seed}. r² is {} on average, under .50 for {} of them.",
        customers(*rows, found.part),
        format::count(u64::from(*samples)),
        format::decimal(*mean_r2, 2),
        format::count(u64::from(*low_r2))
    )
}

/// "The tree gives 92.1 % of 1,758 test customers the model's class …".
#[must_use]
pub fn fidelity(found: &Surrogate) -> String {
    let test = &found.test;
    let more = match test.r2 {
        Some(r2) => format!(
            " Its rules explain {} of the spread of the model's probabilities (r²).",
            format::decimal(r2, 2)
        ),
        None => " The model says the same of everyone.".to_owned(),
    };
    format!(
        "The tree gives {} of {} the model's class; always saying the model's usual class gives {}.{more}",
        format::percent(test.same_class, 1),
        customers(test.rows, Part::Test),
        format::percent(test.majority, 1)
    )
}

/// What it was made with.
#[must_use]
pub fn surrogate_made(found: &Surrogate) -> String {
    format!(
        "Grown on {}, at least {} a rule, seed {}; on those it agrees with the model for {}.",
        customers(found.train.rows, Part::Train),
        found.least,
        found.seed,
        format::percent(found.train.same_class, 1)
    )
}

/// "Contract is Month-to-month and tenure at most 16.5".
#[must_use]
pub fn rule(conditions: &[Condition]) -> String {
    let words = conditions.iter().map(|condition| match condition {
        Condition::Is { feature, level } => format!("{} is {level}", readable(feature)),
        Condition::IsNot { feature, levels } => {
            format!("{} is not {}", readable(feature), levels.join(" or "))
        }
        Condition::Between { feature, above, at_most, is_date } => {
            let end = |value: f64| match is_date {
                true => format::NumberFormat::Day.show(value),
                false => format::NumberFormat::Plain.show(value),
            };
            let name = readable(feature);
            match (above, at_most) {
                (Some(above), Some(at_most)) => {
                    format!("{name} above {} and at most {}", end(*above), end(*at_most))
                }
                (Some(above), None) => format!("{name} above {}", end(*above)),
                (None, Some(at_most)) => format!("{name} at most {}", end(*at_most)),
                (None, None) => name,
            }
        }
    });
    let words: Vec<String> = words.collect();
    if words.is_empty() { EVERYONE.to_owned() } else { words.join(", and ") }
}

/// What it was made with.
#[must_use]
pub fn rows_made(rows: u32, part: Part, seed: u32) -> String {
    format!("{}, seed {seed}.", customers(rows, part))
}

/// "No (low), Yes (high)": the levels along the colours.
#[must_use]
pub fn from_low(levels: &[&str]) -> String {
    match levels {
        [low, middle @ .., high] => {
            let middle: String = middle.iter().map(|level| format!("{level}, ")).collect();
            format!("{low} ({LOW}), {middle}{high} ({HIGH})")
        }
        [only] => (*only).to_owned(),
        [] => String::new(),
    }
}
