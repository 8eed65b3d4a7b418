//! Simulated calls: the test rows of a model once more, their labels perhaps wrong.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::event::{PredictionEvent, Simulated};
use crate::data::{Dataset, DatasetId};
use crate::explain::{ExplainCache, ExplainableModel};
use crate::models::train::{self, TrainError};
use crate::numerics::random::RandomState;
use crate::serving::{self, CallError, Endpoint};

/// The most calls of one simulation.
pub const MOST_CALLS: u32 = 100_000;

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

/// Settings of a simulation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TrafficParams {
    /// How many calls, 1 to 100,000. The workshop makes 1,000.
    pub calls: u32,
    /// Seed of the label noise and the uuids.
    pub seed: u32,
    /// What happens to the labels.
    pub scenario: Scenario,
}

/// Why a simulation stopped.
#[derive(Debug, Error)]
pub enum TrafficError {
    /// Too few or too many.
    #[error("{calls} calls were asked for; allowed: 1 to {MOST_CALLS}")]
    Calls {
        /// What was asked for.
        calls: u32,
    },
    /// The data set's rows are not the model's test rows.
    #[error("the model was trained on data set {expected}, not on {found}")]
    OtherDataset {
        /// The model's data set.
        expected: DatasetId,
        /// What was given.
        found: DatasetId,
    },
    /// No truth to compare with.
    #[error("data set \"{dataset}\" has no target; simulated calls need the truth")]
    NoTarget {
        /// The data set's name.
        dataset: String,
    },
    /// The model's split does not fit the data set.
    #[error(transparent)]
    Rows(#[from] TrainError),
    /// The endpoint refused a test row.
    #[error("test row {row}: {error}")]
    Call {
        /// The data set's kept row, counted from 0.
        row: u32,
        /// Why.
        error: CallError,
    },
}

impl TrafficError {
    /// Stable, for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Calls { .. } => "calls_out_of_range",
            Self::OtherDataset { .. } => "other_dataset",
            Self::NoTarget { .. } => "no_target",
            Self::Rows(error) => error.code(),
            Self::Call { error, .. } => error.code(),
        }
    }
}

/// Calls an endpoint with the test rows of its model, in the order of the split and over again when
/// there are fewer rows than calls; `each` gets every call as it ends.
///
/// Two streams of random numbers: `RandomState(seed)` decides the labels, one `random_sample` a call
/// of [`Scenario::LabelNoise`]; a second one, whose seed also takes in the time of the start, makes
/// the uuids, so that the same simulation made again doesn't repeat them.
///
/// # Errors
/// A number of calls out of range, another data set than the model's, or a row the endpoint refuses.
pub fn simulate(
    endpoint: &Endpoint,
    model: &ExplainableModel,
    cache: &mut ExplainCache,
    dataset: &Dataset,
    params: &TrafficParams,
    clock: &dyn Fn() -> f64,
    each: &mut dyn FnMut(PredictionEvent),
) -> Result<(), TrafficError> {
    let TrafficParams { calls, seed, scenario } = *params;
    if !(1..=MOST_CALLS).contains(&calls) {
        return Err(TrafficError::Calls { calls });
    }
    let provenance = &model.model.provenance;
    if provenance.dataset_id != dataset.id {
        return Err(TrafficError::OtherDataset {
            expected: provenance.dataset_id.clone(),
            found: dataset.id.clone(),
        });
    }
    let labels =
        dataset.labels().ok_or_else(|| TrafficError::NoTarget { dataset: dataset.name.clone() })?;
    let test = train::rows(&provenance.split, dataset.n_rows())?.test;
    let known = test.iter().filter_map(|&row| {
        let at = row as usize;
        Some((row, dataset.record(at)?, labels.get(at).copied()?))
    });
    let known: Vec<_> = known.collect();

    let mut noise = RandomState::new(seed);
    let mut uuids = RandomState::new(!seed ^ fold(clock()));
    for (number, (row, record, truth)) in (1..=calls).zip(known.iter().cycle()) {
        let share = match scenario {
            Scenario::LabelNoise => f64::from(number) / f64::from(calls),
            Scenario::Stable => 0.0,
        };
        let replaced = scenario == Scenario::LabelNoise && noise.random_sample() < share;
        let at_ms = clock();
        let response = serving::call(endpoint, model, cache, record, uuids.uuid(), clock)
            .map_err(|error| TrafficError::Call { row: *row, error })?;
        let positive = if *truth { 1.0 } else { share };
        let mut event = PredictionEvent::of(endpoint, &response, at_ms);
        event.ground_truth = Some(replaced || *truth);
        event.simulated = Some(Simulated {
            expected_accuracy: if event.is_positive() { positive } else { 1.0 - positive },
        });
        each(event);
    }
    Ok(())
}

/// 32 bits that change with every fraction of a millisecond.
fn fold(ms: f64) -> u32 {
    let bits = ms.to_bits();
    (bits >> 32) as u32 ^ bits as u32
}
