//! The registry on the train page.

use crate::experiments::registry::AliasChange;

pub const TITLE: &str = "Registry";
pub const SUB: &str =
    "Runs that are worth a name: numbered versions, and aliases that say which one is relied on";
pub const NONE: &str =
    "Nothing is registered yet. Register a run, and give it an alias such as champion.";
pub const REGISTER: &str = "Register";
pub const AS: &str = "as a version of";
pub const NAME: &str = "Name of the model";
pub const FIRST_NAME: &str = "churn";
pub const VERSION: &str = "Version";
pub const RUN: &str = "Run";
pub const RUN_GONE: &str = "deleted";
pub const MODEL: &str = "Model";
pub const TEST_ACCURACY: &str = "Accuracy, test";
pub const AUC: &str = "ROC AUC, test";
pub const ALIASES: &str = "Aliases";
pub const NOTE: &str = "Note";
pub const WHEN: &str = "Registered";
pub const ACTIONS: &str = "Actions";
pub const USE: &str = "Use";
pub const IN_USE: &str = "In use";
pub const DELETE: &str = "Delete";
pub const OTHER: &str = "Another alias";
pub const ADD_ALIAS: &str = "Add an alias";
pub const HISTORY: &str = "History of the aliases";
pub const AT: &str = "What was relied on at";
pub const NOTHING_AT: &str = "Nothing had an alias then.";
pub const NO_ALIAS: &str = "no version";

/// "Version 2 of churn".
#[must_use]
pub fn version_of(name: &str, version: u32) -> String {
    format!("version {version} of {name}")
}

/// "Take champion from version 2 of churn".
#[must_use]
pub fn take_from(alias: &str, name: &str, version: u32) -> String {
    format!("Take {alias} from {}", version_of(name, version))
}

/// "champion of churn: version 2, before that version 1".
#[must_use]
pub fn changed(alias: &str, name: &str, to: Option<u32>, from: Option<u32>) -> String {
    let words = |version: Option<u32>| match version {
        Some(version) => format!("version {version}"),
        None => NO_ALIAS.to_owned(),
    };
    match from {
        Some(_) => format!("{alias} of {name}: {}, before that {}", words(to), words(from)),
        None => format!("{alias} of {name}: {}", words(to)),
    }
}

/// "The champion of churn was version 1, which is run 3."
#[must_use]
pub fn relied_on(change: &AliasChange, run: Option<u32>, now: bool) -> String {
    let AliasChange { name, alias, version, .. } = change;
    let version = version.map_or(NO_ALIAS.to_owned(), |version| format!("version {version}"));
    let (is, which) = match run {
        Some(run) => (if now { "is" } else { "was" }, format!("is run {run}")),
        None => ("was", "has been deleted".to_owned()),
    };
    format!("The {alias} of {name} {is} {version}, which {which}.")
}
