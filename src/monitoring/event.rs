//! The metrics store's records and what is read from them.

use serde::{Deserialize, Serialize};

use crate::data::Record;
use crate::explain::Contribution;
use crate::numerics::quantile::{quantile, sorted};
use crate::serving::{Endpoint, EndpointId, PredictionResponse};

/// One call of an endpoint, as it is kept in the metrics store.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PredictionEvent {
    /// Names the prediction.
    pub uuid: String,
    /// The endpoint called.
    pub endpoint_id: EndpointId,
    /// When the call began, Unix milliseconds.
    pub at_ms: f64,
    /// How long it took, milliseconds.
    pub processing_ms: f64,
    /// The request with its defaults filled in.
    pub request: Record,
    /// Of the positive class.
    pub probability: f64,
    /// Sorted by absolute weight.
    pub explanation: Vec<Contribution>,
    /// The true class is positive; `None` until the truth is known.
    pub ground_truth: Option<bool>,
    /// What the simulation that made the call lets expect; `None` for a person's call.
    pub simulated: Option<Simulated>,
}

/// What a simulated call knows of itself.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Simulated {
    /// Probability that a prediction at threshold 0.5 is right under the scenario.
    pub expected_accuracy: f64,
}

/// The four outputs of the workshop's operations lab, computed from the events of one endpoint.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MonitoringReport {
    /// Calls.
    pub n_calls: u32,
    /// Calls whose truth is known.
    pub n_labelled: u32,
    /// Mean probability; `None` without calls.
    pub mean_probability: Option<f64>,
    /// Processing time: median, milliseconds.
    pub p50_ms: Option<f64>,
    /// Processing time: 95th percentile, milliseconds.
    pub p95_ms: Option<f64>,
    /// Share of right predictions at threshold 0.5 among the labelled calls.
    pub accuracy: Option<f64>,
    /// Accuracy per window of 100 labelled calls, the last one possibly shorter.
    pub windows: Vec<WindowAccuracy>,
}

/// Accuracy of consecutive labelled calls.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct WindowAccuracy {
    /// First call of the window, counted from 1 over the labelled calls.
    pub first: u32,
    /// Last call of the window.
    pub last: u32,
    /// When the window's first call began, Unix milliseconds.
    pub from_ms: f64,
    /// When its last call began.
    pub to_ms: f64,
    /// Share of right predictions at threshold 0.5.
    pub accuracy: f64,
    /// What the scenario lets expect; `None` unless all its calls are simulated.
    pub expected: Option<f64>,
    /// Standard deviation of `accuracy` under the scenario: √Σ eᵢ(1 − eᵢ) / n.
    pub expected_std: Option<f64>,
}

/// Labelled calls per window, as in the workshop.
pub const WINDOW: usize = 100;

/// From this probability on a prediction is positive.
const THRESHOLD: f64 = 0.5;

impl PredictionEvent {
    /// A person's call that began at `at_ms` (Unix milliseconds), its truth not yet known.
    #[must_use]
    pub fn of(endpoint: &Endpoint, response: &PredictionResponse, at_ms: f64) -> Self {
        Self {
            uuid: response.uuid.clone(),
            endpoint_id: endpoint.id.clone(),
            at_ms,
            processing_ms: response.ms,
            request: response.prediction.data.clone(),
            probability: response.prediction.probability,
            explanation: response.prediction.explanation.contributions.clone(),
            ground_truth: None,
            simulated: None,
        }
    }

    /// The prediction is the positive class, at threshold 0.5.
    #[must_use]
    pub fn is_positive(&self) -> bool {
        self.probability >= THRESHOLD
    }

    /// The prediction is right; `None` until the truth is known.
    #[must_use]
    pub fn is_right(&self) -> Option<bool> {
        self.ground_truth.map(|truth| self.is_positive() == truth)
    }
}

impl MonitoringReport {
    /// What the calls of one endpoint, in their order, tell.
    ///
    /// The workshop scores whole windows only and so never the last calls; here the rest is a shorter
    /// window.
    #[must_use]
    pub fn of(events: &[PredictionEvent]) -> Self {
        let times = sorted(&events.iter().map(|event| event.processing_ms).collect::<Vec<_>>());
        let labelled: Vec<&PredictionEvent> =
            events.iter().filter(|event| event.ground_truth.is_some()).collect();
        Self {
            n_calls: events.len() as u32,
            n_labelled: labelled.len() as u32,
            mean_probability: mean(events.iter().map(|event| event.probability)),
            p50_ms: quantile(&times, 0.5),
            p95_ms: quantile(&times, 0.95),
            accuracy: accuracy(&labelled),
            windows: labelled
                .chunks(WINDOW)
                .enumerate()
                .filter_map(|(k, calls)| WindowAccuracy::of(k * WINDOW, calls))
                .collect(),
        }
    }
}

impl WindowAccuracy {
    fn of(before: usize, calls: &[&PredictionEvent]) -> Option<Self> {
        let expected: Option<Vec<f64>> = calls
            .iter()
            .map(|call| call.simulated.map(|simulated| simulated.expected_accuracy))
            .collect();
        let variance =
            expected.as_ref().map(|chances| chances.iter().map(|e| e * (1.0 - e)).sum::<f64>());
        Some(Self {
            first: (before + 1) as u32,
            last: (before + calls.len()) as u32,
            from_ms: calls.first()?.at_ms,
            to_ms: calls.last()?.at_ms,
            accuracy: accuracy(calls)?,
            expected: expected.and_then(|chances| mean(chances.into_iter())),
            expected_std: variance.map(|variance| variance.sqrt() / calls.len() as f64),
        })
    }
}

fn accuracy(labelled: &[&PredictionEvent]) -> Option<f64> {
    let right = labelled.iter().filter(|event| event.is_right() == Some(true)).count();
    (!labelled.is_empty()).then(|| right as f64 / labelled.len() as f64)
}

fn mean(values: impl ExactSizeIterator<Item = f64>) -> Option<f64> {
    let n = values.len();
    (n > 0).then(|| values.sum::<f64>() / n as f64)
}
