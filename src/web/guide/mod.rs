//! The guide: the workshop's labs as steps, each with a check that is true when it was really done.
//!
//! Checks read [`Facts`], what the lab knows and shows now; they never trust a click. What was done
//! once stays done: `actions` keeps it in the storage.

mod facts;
mod steps;

pub use facts::Facts;
pub use steps::{LABS, LabSteps, Step};

/// Steps of all labs.
#[must_use]
pub fn n_steps() -> usize {
    LABS.iter().map(|lab| lab.steps.len()).sum()
}

/// Steps that are done by these facts and not among those `done` before.
#[must_use]
pub fn newly_done(facts: &Facts, done: &[String]) -> Vec<&'static str> {
    let steps = LABS.iter().flat_map(|lab| lab.steps);
    let open = steps.filter(|step| !done.iter().any(|id| id == step.id));
    open.filter(|step| (step.check)(facts)).map(|step| step.id).collect()
}
