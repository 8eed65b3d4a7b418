//! The metrics store's records and what is read from them.

use serde::{Deserialize, Serialize};

use crate::data::Record;
use crate::explain::Contribution;
use crate::serving::EndpointId;

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
    /// The simulation that made the call, with the probability that its label was replaced; `None`
    /// for a person's call.
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
