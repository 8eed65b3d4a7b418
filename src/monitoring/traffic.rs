//! What simulated calls do.

use serde::{Deserialize, Serialize};

/// What happens to the labels of simulated calls.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scenario {
    /// The workshop's: call i of n is labelled positive with probability i/n, else truly. Inputs
    /// never change, so only accuracy can tell.
    #[default]
    LabelNoise,
    /// Labels are the truth.
    Stable,
}
