//! Runs: every fit is kept, with what it was made from and how good it is.

pub mod baseline;
pub mod card;
pub mod decision;
pub mod frames;
pub mod grid;
pub mod judgement;
pub mod mlflow;
pub mod python;
pub mod queue;
pub mod registry;
pub mod side_by_side;
pub mod slices;
pub mod steps;
pub mod table;
pub mod tags;
pub mod validation;
pub mod zip;

pub use decision::{Decision, DecisionError, ThresholdRule, TunedScore};
pub use frames::{Boundary, BoundaryParams, Frames, Side};
pub use grid::{Drawn, Grid, GridError};
pub use judgement::{Comparison, Judgement, JudgementParams, LearningPoint};
pub use queue::Queue;
pub use registry::{ModelVersion, Registry, RegistryError};
pub use steps::{Step, Steps, StepsError, StepsParams};
pub use tags::{TagError, Tags};
pub use validation::{CrossValidation, Validation};

use serde::{Deserialize, Serialize};

use crate::evaluation::Evaluation;
use crate::models::{ModelId, Provenance, RunId, StrengthScore};

/// Names the runs of one grid.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct GridId(pub String);

/// One fit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// Names the run.
    pub id: RunId,
    /// Counts up from 1 in the order of the fits, for people.
    pub number: u32,
    /// The model it made.
    pub model_id: ModelId,
    /// What it was made from.
    pub provenance: Provenance,
    /// How good it is.
    pub evaluation: Evaluation,
    /// Weights on the standardised columns, the intercept first: `("Contract=Two year", −0.33)`.
    pub coefficients: Vec<(String, f64)>,
    /// Solver steps taken.
    pub iterations: u32,
    /// The solver met its tolerance.
    pub converged: bool,
    /// How good the settings are on training rows left out; `None` where that was not asked.
    #[serde(default)]
    pub validation: Option<CrossValidation>,
    /// The grid it is of.
    #[serde(default)]
    pub grid: Option<GridId>,
    /// From which probability on a row counts as positive; `None` where the model decides by itself.
    #[serde(default)]
    pub decision: Option<Decision>,
    /// Test rows whose class, by the model's own rule, is not the side of one half that their probability
    /// is on; `None` where nobody counted.
    #[serde(default)]
    pub disagreeing: Option<u32>,
    /// How each strength of a penalty did, ascending, where one was chosen among several.
    #[serde(default)]
    pub strengths: Vec<StrengthScore>,
    /// A person's words about it.
    #[serde(default)]
    pub note: String,
    /// A person's tags, each with its value.
    #[serde(default)]
    pub tags: Tags,
}

impl Run {
    /// The probability from which on a row counts as positive; `None` where the model decides by itself.
    #[must_use]
    pub fn threshold(&self) -> Option<f64> {
        self.decision.map(|decision| decision.threshold)
    }

    /// How it comes from a probability to a class.
    #[must_use]
    pub fn rule(&self) -> ThresholdRule {
        self.decision.map_or(ThresholdRule::Own, |decision| decision.rule)
    }
}
