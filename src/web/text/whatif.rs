//! What would change a prediction, on the explain page.

use super::names::{readable, small};
use crate::charts::format;
use crate::data::Value;
use crate::explain::{Change, Counterfactual, Counterfactuals, Curve, Curves, Outcome, Side};

pub const TITLE: &str = "What would change it?";
pub const ASK: &str = "Curves of single features, and the smallest changes that turn it";
pub const WAYS: &str = "Ways to change it";
pub const CURVES: &str = "Curves";
pub const COUNTERFACTUAL: &str = "Smallest changes";
pub const NOT_CAUSAL: &str = "It describes what the model says, not what would happen: to change a customer's contract is not to change the customer.";

pub const FEATURE: &str = "Feature";
pub const WIDEST: &str = "The three that move it most";
pub const PROBABILITY: &str = "Probability";
pub const THIS: &str = "this customer";
pub const AVERAGE: &str = "average customer";
pub const MIDDLE: &str = "middle 80 % of customers";
pub const THRESHOLD_LINE: &str = "one half";
pub const HOW_CURVES: &str = "One feature is set to other values, the rest stays. The strong line is this customer, the dashed one the mean of the training customers (partial dependence).";

pub const SIDE: &str = "Bring it";
pub const SIDES: [(&str, &str); 2] =
    [("below", "under the threshold"), ("above", "to the threshold or above")];
pub const THRESHOLD: &str = "Threshold";
pub const THRESHOLD_ALLOWED: &str = "above 0 and below 1";
pub const MOST: &str = "Most changes";
pub const MOST_ALLOWED: &str = "a whole number from 1 to 6";
pub const FREE: &str = "may change";
pub const STAYS: &str = "stays";
pub const UP: &str = "only up";
pub const DOWN: &str = "only down";
pub const ANSWERS: &str = "Smallest changes";
pub const APPLY: &str = "Apply";
pub const COST: &str = "Cost";
pub const MAY_CHANGE: &str = "Which features may change, and what that counts";
pub const FOLLOW: &str = "What depends on it";
pub const FOLLOW_HOW: [(&str, &str); 2] = [("", "follows"), ("no", "stays as it is")];
pub const TIMES: &str = "×";
pub const COST_ALLOWED: &str = "above 0";
pub const HOW_COST: &str = "A changed category costs 1, a changed number its distance as a share of the range in the training rows, each times what it counts; numbers are tried at 20 quantiles.";

/// What moves along with changes; nothing where no rules of the rows were kept.
#[must_use]
pub fn follow(found: &Counterfactuals) -> String {
    if !found.follow {
        return "Features are changed one by one, nothing follows.".to_owned();
    }
    let numbers = listed(found.dependent.iter().map(String::as_str));
    let numbers = upper(&numbers);
    let along = match found.dependent.len() {
        0 => String::new(),
        1 => format!("{numbers} is not changed by itself: it becomes {BECOMES} "),
        _ => format!("{numbers} are not changed by themselves: they become {BECOMES} "),
    };
    format!("{along}{TOGETHER}")
}

const BECOMES: &str = "what customers with the same features have, at no cost.";
const TOGETHER: &str = "What goes together was learned from the data set's rows, and a combination that none of them has is no answer.";

/// "Follows: online backup and streaming TV → No internet service; monthly charges 70.7 → 20".
#[must_use]
pub fn followed(follows: &[Change]) -> Option<String> {
    let mut said: Vec<String> = Vec::new();
    let mut rest = follows.iter().peekable();
    while let Some(first) = rest.next() {
        // levels that become the same are told at once
        let mut names = vec![first.feature.as_str()];
        let is_text = matches!(first.to, Value::Text(_));
        while let Some(next) = rest.next_if(|next| is_text && next.to == first.to) {
            names.push(&next.feature);
        }
        let from = if is_text { String::new() } else { format!("{} ", value(&first.from)) };
        said.push(format!("{} {from}→ {}", listed(names.into_iter()), value(&first.to)));
    }
    (!said.is_empty()).then(|| format!("Follows: {}", said.join("; ")))
}

/// "monthly charges, tech support and tenure".
fn listed<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<String> = names.map(small).collect();
    match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => names.concat(),
    }
}

fn upper(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// "What Contract counts".
#[must_use]
pub fn cost_of(name: &str) -> String {
    format!("What {name} counts")
}

/// "now .58".
#[must_use]
pub fn now(probability: f64) -> String {
    format!("now {}", format::score(probability))
}

/// "Fiber optic (now)".
#[must_use]
pub fn level(value: &Value, present: &Value) -> String {
    if value == present { format!("{value} (now)") } else { value.to_string() }
}

/// "Tenure takes this customer from .021 to .804; now .580".
#[must_use]
pub fn says(curve: &Curve, probability: f64) -> String {
    let all = || curve.own.iter().map(|point| point.probability);
    let (least, most) = (all().fold(1.0, f64::min), all().fold(0.0, f64::max));
    let name = readable(&curve.feature);
    if curve.range == 0.0 {
        return format!("{name} alone changes nothing: {}", format::score(probability));
    }
    format!(
        "{name} alone takes this customer from {} to {}; {} as it is",
        format::score(least),
        format::score(most),
        format::score(probability),
    )
}

/// What the curves were made with.
#[must_use]
pub fn made_with(curves: &Curves) -> String {
    format!(
        "Averages over {} training customers, seed {}.",
        format::count(u64::from(curves.rows)),
        curves.seed
    )
}

/// "Internet service: Fiber optic → DSL".
#[must_use]
pub fn change(change: &Change) -> String {
    format!("{}: {} → {}", readable(&change.feature), value(&change.from), value(&change.to))
}

/// Numbers to the cent, since they are what is applied: "3,452.55", "35", "0.00123".
fn value(value: &Value) -> String {
    match value {
        Value::Number(number) if (1.0..1e9).contains(&number.abs()) => {
            let cents = format::decimal(*number, 2);
            cents.trim_end_matches('0').trim_end_matches('.').to_owned()
        }
        Value::Number(number) => format::plain(*number),
        Value::Text(text) => text.clone(),
    }
}

/// ".494", with more decimals where fewer would stand on the other side of the threshold: ".4998".
fn beside(probability: f64, threshold: f64) -> String {
    let is_told = |decimals: i32| {
        let scale = libm::pow(10.0, f64::from(decimals));
        let shown = libm::round(probability * scale) / scale;
        (shown < threshold) == (probability < threshold)
    };
    match (3..=9).find(|&decimals| is_told(decimals)) {
        None | Some(3) => format::score(probability),
        Some(decimals) => {
            format::decimal(probability, decimals as usize).trim_start_matches('0').to_owned()
        }
    }
}

/// "From .580 to .282: from 58 of 100 to 28 of 100".
#[must_use]
pub fn effect(before: f64, answer: &Counterfactual, threshold: f64) -> String {
    format!(
        "From {} to {}: from {} to {}",
        format::score(before),
        beside(answer.probability, threshold),
        format::of_hundred(before),
        format::of_hundred(answer.probability),
    )
}

/// How the search ended.
#[must_use]
pub fn outcome(found: &Counterfactuals) -> String {
    // in full: rounded it might be 0 or 1
    let threshold = found.threshold;
    let wanted = match found.side {
        Side::Below => format!("under {threshold}"),
        Side::Above => format!("to {threshold} or more"),
    };
    let all = match found.combinations {
        few if few < 1e15 => format::count(few as u64),
        many => format!("{many:.1e}"),
    };
    let changes = |count: u32| match count {
        1 => "1 change".to_owned(),
        count => format!("{count} changes"),
    };
    let most = changes(found.most);
    match found.outcome {
        Outcome::Already => {
            format!("{} as it is: nothing has to change.", format::score(found.probability))
        }
        Outcome::Found => format!(
            "The smallest changes that bring it {wanted}, each of other features: the cheapest of {all} combinations of at most {most}."
        ),
        Outcome::None => format!(
            "No combination of at most {most} brings it {wanted}: all {all} were tried or ruled out."
        ),
        Outcome::Stopped => format!(
            "Stopped after {} of {all} combinations: of at most {} everything was tried, among the rest there may be {}.",
            format::count(u64::from(found.tried)),
            changes(found.complete),
            if found.answers.is_empty() { "an answer" } else { "cheaper answers" },
        ),
    }
}
