//! What no customer is like, on the explain page.

use super::names::{readable, small};
use crate::charts::format;
use crate::data::rules::FeatureLevel;
use crate::data::{Value, Violation};

pub const REPAIR: &str = "Repair";

/// "No customer has phone service No with multiple lines Yes."
#[must_use]
pub fn said(violation: &Violation) -> String {
    match violation {
        Violation::NeverTogether { first, second, .. } => {
            let with =
                |of: &FeatureLevel| format!("{} {}", small(&readable(&of.feature)), of.level);
            format!("No customer has {} with {}.", with(first), with(second))
        }
        Violation::Sum { feature, value, expected, .. } => format!(
            "{} of {} do not fit what this customer has: others with the same pay about {}.",
            readable(feature),
            format::plain(*value),
            format::plain(*expected)
        ),
        Violation::Product { feature, value, expected, of: [first, second] } => format!(
            "{} of {} are far from {} times {}, which is about {}.",
            readable(feature),
            format::plain(*value),
            small(&readable(first)),
            small(&readable(second)),
            format::plain(*expected)
        ),
    }
}

/// "Sets multiple lines to No phone service, monthly charges to 45.1".
#[must_use]
pub fn repair(changes: &[(String, Value)]) -> String {
    let told = changes.iter().map(|(name, value)| format!("{} to {value}", small(&readable(name))));
    format!("Sets {}", told.collect::<Vec<_>>().join(", "))
}

/// "And 4 more."
#[must_use]
pub fn more(violations: usize) -> String {
    format!("And {violations} more.")
}
