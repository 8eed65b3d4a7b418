//! Versions of a customer, on the explain page: kept ones, two side by side, one on paper.

use super::classes::Classes;
use super::explain::WEIGHT;
use super::names::{readable, small};
use crate::charts::format;
use crate::data::Value;
use crate::explain::{Explanation, Versus};
use crate::features::{Domain, FeatureSpace};

pub const TITLE: &str = "Save, compare, print";
pub const ASK: &str =
    "Keep this customer as changed, lay two versions side by side, put one on paper";
pub const WAYS: &str = "What to do with versions of a customer";
pub const SAVED: &str = "Scenarios";
pub const COMPARE: &str = "Two versions";
pub const PAGE: &str = "One page";

pub const NAME: &str = "Name of the scenario";
pub const SAVE: &str = "Save";
pub const LINK: &str = "Share, at the top, copies a link that holds the customer, the changes and the settings, but not the data and not the model: who opens it needs the same data set, and sees what their own model says.";
pub const NONE: &str =
    "Nothing is saved of this data set. Change a value above, and keep it here under a name.";
pub const OPEN: &str = "Open";
pub const ON_SCREEN: &str = "On screen";
pub const COMPARE_IT: &str = "Compare";
pub const RENAME: &str = "Rename";
pub const DELETE: &str = "Delete";
pub const UNCHANGED: &str = "as in the data";
pub const OTHERS: &str = "Of other data sets";
pub const NO_MODEL: &str = "there is no model to ask; train one first";
pub const OTHER_CUSTOMER: &str =
    "the customer on screen is of another data set than the one in use; try again";
pub const NOW_UNKNOWN: &str = "What the model in use says of them is not known:";

pub const FIRST: &str = "First version";
pub const SECOND: &str = "Second version";
pub const IN_DATA: &str = "As in the data";
pub const EDITED: &str = "As changed";
pub const GONE: &str =
    "The address names a scenario that is not in this browser. Choose another version.";
pub const TABLE: &str = "Both versions, feature by feature";
pub const DIFFERENCE: &str = "Difference";
pub const DIFFERS: &str = "differs";
pub const HOW_COMPARE: &str = "Both are explained by the model in use, with the same settings and the same seed; all bars have one scale. A weight belongs to its value or range: where these differ, the two weights answer different questions, and their difference is not what the change does to the probability.";

pub const PRINT: &str = "Print";
pub const ADDRESS: &str = "Address";
pub const MODEL: &str = "Model";
pub const DATA: &str = "Data set";
pub const METHOD: &str = "Explanation";
pub const CHANGES: &str = "Changes";

/// "Scenario Longer contract deleted".
#[must_use]
pub fn deleted(name: &str) -> String {
    format!("Scenario {name} deleted")
}

/// Why it can't be opened.
#[must_use]
pub fn dataset_gone(dataset: &str) -> String {
    format!(
        "its data set {dataset} is not in this lab any more; load the same file under the same name, and it can be opened"
    )
}

/// Neither its identifier nor its number leads there.
#[must_use]
pub fn no_way(row: u32) -> String {
    format!("no identifier and no number of the data set leads to the customer of row {row}")
}

/// "Open Longer contract".
#[must_use]
pub fn of_scenario(action: &str, name: &str) -> String {
    format!("{action} {name}")
}

/// What a scenario is called unless a person says otherwise: "Customer 4, internet service DSL".
#[must_use]
pub fn default_name(customer: &str, edits: &[(String, String)]) -> String {
    /// So many are told.
    const TOLD: usize = 2;
    let told = edits.iter().take(TOLD).map(|(name, value)| format!("{} {value}", small(name)));
    let mut parts = vec![format!("Customer {customer}")];
    parts.extend(told);
    if edits.is_empty() {
        parts.push(UNCHANGED.to_owned());
    }
    let name = parts.join(", ");
    match edits.len().saturating_sub(TOLD) {
        0 => name,
        more => format!("{name} and {more} more"),
    }
}

/// "Internet service: Fiber optic → DSL".
#[must_use]
pub fn change(feature: &str, from: &str, to: &str) -> String {
    format!("{}: {from} → {to}", readable(feature))
}

/// What the model said when it was kept: "saved at .580 (run 1)".
#[must_use]
pub fn then(probability: f64, run: u32, is_here: bool) -> String {
    let gone = if is_here { "" } else { ", deleted" };
    format!("saved at {} (run {run}{gone})", format::score(probability))
}

/// What the model in use says: "now .361 (run 3)".
#[must_use]
pub fn now(probability: f64, run: u32) -> String {
    format!("now {} (run {run})", format::score(probability))
}

/// A value as a person writes it, in full, so that two that differ look different.
#[must_use]
pub fn value(space: &FeatureSpace, feature: &str, value: &Value) -> String {
    let domain = space.features.iter().find(|f| f.name == feature).map(|f| &f.domain);
    match (value, domain) {
        (Value::Number(day), Some(Domain::Numbers { are_dates: true, .. })) => format::date(*day),
        (value, _) => value.to_string(),
    }
}

/// Above the weights of a version: "Weight, as in the data".
#[must_use]
pub fn weight_of(version: &str) -> String {
    format!("{WEIGHT}, {}", first_small(version))
}

/// The ways to name a version begin with a capital; a person's own name stays as it is.
fn first_small(version: &str) -> String {
    if version == IN_DATA || version == EDITED {
        version.to_lowercase()
    } else {
        version.to_owned()
    }
}

/// "Changing internet service from Fiber optic to DSL takes the probability of leaving from .580 to .282."
#[must_use]
pub fn sentence(
    classes: &Classes,
    space: &FeatureSpace,
    names: &[String; 2],
    versus: &Versus,
) -> String {
    /// More changes are counted instead of told.
    const TOLD: usize = 3;
    let [before, after] = versus.probabilities.map(format::score);
    let outcome = classes.outcome();
    let shown = |feature: &str, of: &Option<Value>| {
        of.as_ref().map_or(format::MISSING.to_owned(), |of| value(space, feature, of))
    };
    let told = versus.rows.iter().take(versus.n_differ).map(|row| {
        let [from, to] = row.values.each_ref().map(|of| shown(&row.feature, of));
        format!("{} from {from} to {to}", small(&row.feature))
    });
    match versus.n_differ {
        0 => format!("Both have the same values, and the probability of {outcome} is {before}."),
        few if few <= TOLD => format!(
            "Changing {} takes the probability of {outcome} from {before} to {after}.",
            told.collect::<Vec<_>>().join(" and ")
        ),
        many => {
            let [first, second] = names;
            format!(
                "They differ in {many} features: the probability of {outcome} is {before} for “{first}” and {after} for “{second}”."
            )
        }
    }
}

/// "(was Fiber optic)".
#[must_use]
pub fn was(value: &str) -> String {
    format!(" (was {value})")
}

/// What was said of a scenario when it was kept.
#[must_use]
pub fn kept_with(name: &str, probability: f64, run: u32) -> String {
    format!("When “{name}” was saved, run {run} gave it {}.", format::score(probability))
}

/// The title of the page.
#[must_use]
pub fn page_title(classes: &Classes, customer: &str, probability: f64) -> String {
    format!("Customer {customer}: {}", classes.explain_title(probability >= 0.5))
}

/// "Probability of leaving: .282; as in the data .580".
#[must_use]
pub fn page_probability(classes: &Classes, now: f64, before: Option<f64>) -> String {
    let was = before.map(|before| format!("; {UNCHANGED} {}", format::score(before)));
    format!("{}: {}{}", classes.probability(), format::score(now), was.unwrap_or_default())
}

/// "Run 3, logistic regression, from 5,274 training rows".
#[must_use]
pub fn page_model(run: u32, family: &str, n_train: u32) -> String {
    let rows = format::count(u64::from(n_train));
    format!("Run {run}, {}, from {rows} training rows", family.to_lowercase())
}

/// "telco.csv, 7,032 rows".
#[must_use]
pub fn page_data(dataset: &str, kept: u32) -> String {
    format!("{dataset}, {} rows", format::count(u64::from(kept)))
}

/// How the weights came about, and how far they can be trusted.
#[must_use]
pub fn page_method(explanation: &Explanation) -> String {
    format!(
        "LIME on {} neighbours, seed {}; r² of its line {}, which says {} where the model says {}",
        format::count(u64::from(explanation.samples)),
        explanation.seed,
        format::score(explanation.r2),
        format::score(explanation.local_prediction),
        format::score(explanation.probability),
    )
}
