//! The runs of a grid that are still to come; what is stored, so that a grid goes on after a reload.

use serde::{Deserialize, Serialize};

use super::{GridId, ThresholdRule, Validation};
use crate::data::DatasetId;
use crate::models::{ModelParams, Split};

/// A grid at work.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Queue {
    /// Its runs carry it.
    pub id: GridId,
    /// What its runs learn from.
    pub dataset_id: DatasetId,
    /// Which rows train and test.
    pub split: Split,
    /// How the training rows are cut for cross-validation.
    pub validation: Option<Validation>,
    /// How runs come from a probability to a class.
    #[serde(default)]
    pub rule: ThresholdRule,
    /// What is to be fitted next, in order.
    waiting: Vec<ModelParams>,
    /// What is being fitted.
    running: Vec<ModelParams>,
    /// Runs that are done.
    n_done: u32,
    /// What could not be fitted.
    failed: Vec<FailedTry>,
    /// Nothing new is begun.
    is_paused: bool,
}

/// Settings that gave no run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FailedTry {
    /// The settings.
    pub params: ModelParams,
    /// Why, readable alone.
    pub message: String,
}

/// How the settings of a grid are tried.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Way {
    /// Which rows train and test.
    pub split: Split,
    /// How the training rows are cut for cross-validation; `None` for not at all.
    pub validation: Option<Validation>,
    /// How runs come from a probability to a class.
    pub rule: ThresholdRule,
}

impl Queue {
    /// A grid of these settings that has not begun.
    #[must_use]
    pub fn new(
        id: GridId,
        dataset_id: DatasetId,
        candidates: Vec<ModelParams>,
        Way { split, validation, rule }: Way,
    ) -> Self {
        Self {
            id,
            dataset_id,
            split,
            validation,
            rule,
            waiting: candidates,
            running: Vec::new(),
            n_done: 0,
            failed: Vec::new(),
            is_paused: false,
        }
    }

    /// Begins the next settings; `None` where there are none, or it is paused.
    pub fn begin(&mut self) -> Option<ModelParams> {
        if self.is_paused || self.waiting.is_empty() {
            return None;
        }
        let params = self.waiting.remove(0);
        self.running.push(params.clone());
        Some(params)
    }

    /// Ends settings that were begun, with their run or with the reason why there is none.
    pub fn end(&mut self, params: &ModelParams, result: Result<(), String>) {
        let Some(place) = self.running.iter().position(|running| running == params) else { return };
        let params = self.running.remove(place);
        match result {
            Ok(()) => self.n_done += 1,
            Err(message) => self.failed.push(FailedTry { params, message }),
        }
    }

    /// Begins nothing new.
    pub fn pause(&mut self) {
        self.is_paused = true;
    }

    /// Goes on.
    pub fn resume(&mut self) {
        self.is_paused = false;
    }

    /// As it is to be stored, or was found: what had begun is to begin again, and it waits for a person.
    #[must_use]
    pub fn interrupted(mut self) -> Self {
        self.running.append(&mut self.waiting);
        self.waiting = std::mem::take(&mut self.running);
        self.is_paused = true;
        self
    }

    /// Nothing new is begun until a person says so.
    #[must_use]
    pub fn is_paused(&self) -> bool {
        self.is_paused
    }

    /// Every run is there or failed.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.waiting.is_empty() && self.running.is_empty()
    }

    /// What is being fitted.
    #[must_use]
    pub fn running(&self) -> &[ModelParams] {
        &self.running
    }

    /// What could not be fitted.
    #[must_use]
    pub fn failed(&self) -> &[FailedTry] {
        &self.failed
    }

    /// Runs that are done, those that failed among them.
    #[must_use]
    pub fn n_ended(&self) -> u32 {
        self.n_done + self.failed.len() as u32
    }

    /// Runs in all.
    #[must_use]
    pub fn n_total(&self) -> u32 {
        self.n_ended() + (self.waiting.len() + self.running.len()) as u32
    }
}
