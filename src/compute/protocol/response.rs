//! What a worker answers.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::record::CardAnswer;
use crate::compute::codec::bytes::Carried;
use crate::data::{DatasetId, DatasetSummary, Profile, Record, RowIssue};
use crate::experiments::{Boundary, Comparison, Judgement, LearningPoint, Run, Steps};
use crate::explain::{ExplainableModel, Explanation};
use crate::exploration::Answer;
use crate::models::ModelId;
use crate::monitoring::{DriftReport, MonitoringReport, PredictionEvent};
use crate::serving::PredictionResponse;

/// The answer to a request of the same name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(bound(
    serialize = "M: Serialize, B: Carried, T: Serialize",
    deserialize = "M: Deserialize<'de>, B: Carried, T: Deserialize<'de>"
))]
pub enum Response<M = ExplainableModel, B = Vec<u8>, T = CardAnswer> {
    /// To `AddDataset`.
    DatasetAdded {
        /// The data set.
        id: DatasetId,
    },
    /// To `AddModel`.
    ModelAdded {
        /// The model.
        id: ModelId,
    },
    /// To `ReadCsv`, `ReadFile`, `Sample`, `Rename`, and `Reread` when it is kept.
    Dataset {
        /// What the page keeps.
        summary: DatasetSummary,
        /// What the storage keeps: the data set, as [`stored`](crate::compute::stored) encodes it.
        #[serde(with = "crate::compute::codec::bytes")]
        bytes: B,
    },
    /// To `Reread` when it is not kept: what the data set would be.
    Reread(Box<DatasetSummary>),
    /// To `Texts`: the most frequent ones, and how many there are.
    Texts {
        /// At most 100, the most frequent first, with their rows.
        texts: Vec<(String, u32)>,
        /// Different texts in all.
        distinct: u32,
    },
    /// To `Issues`: the first 1,000, in file order.
    Issues(Vec<RowIssue>),
    /// To `WriteCsv`.
    Csv(#[serde(with = "crate::compute::codec::bytes")] B),
    /// To `Profile`.
    Profile(Box<Profile>),
    /// To `Explore`.
    Explored(Box<Answer>),
    /// To `FindRecord`.
    Record {
        /// Kept row number, from 0.
        row: u32,
        /// Text of the identifier column; `None` without one.
        identifier: Option<String>,
        /// The features' values.
        record: Record,
        /// The true class is positive; `None` without a target.
        label: Option<bool>,
    },
    /// To `Fit`.
    Fit(Box<FitSummary<M>>),
    /// To `Try`.
    Tried(Box<Run>),
    /// To `Judge`.
    Judged(Box<Judgement>),
    /// To `Compare`.
    Compared(Box<Comparison>),
    /// To `Learn`.
    Learned(Box<LearningPoint>),
    /// To `Steps`.
    Stepped(Box<Steps>),
    /// To `Boundary`.
    Boundary(Box<Boundary>),
    /// To `Predict`.
    Probabilities(Vec<f64>),
    /// To `Onnx`: the file.
    Onnx(#[serde(with = "crate::compute::codec::bytes")] Vec<u8>),
    /// To `Explain`.
    Explanation {
        /// The explanation.
        explanation: Box<Explanation>,
        /// How long it took, milliseconds.
        ms: f64,
    },
    /// To `AboutRecord`.
    AboutRecord {
        /// The answer.
        answer: Box<T>,
        /// How long it took, milliseconds.
        ms: f64,
    },
    /// To `Whole`.
    Whole {
        /// The answer.
        answer: Box<T>,
        /// How long it took, milliseconds.
        ms: f64,
    },
    /// To `Customers`: a [`CustomersAnswer`](super::CustomersAnswer), as [`codec`](crate::compute::codec)
    /// encodes it, so that many numbers travel in one piece.
    Customers(#[serde(with = "crate::compute::codec::bytes")] B),
    /// To `Call`.
    Called {
        /// The answer for the caller.
        response: Box<PredictionResponse>,
        /// What the metrics store keeps.
        event: Box<PredictionEvent>,
    },
    /// To `Simulate`; the calls themselves came with the progress, the last ones come here.
    Simulated {
        /// Calls since the last progress.
        events: Vec<PredictionEvent>,
        /// How long all of it took, milliseconds.
        ms: f64,
    },
    /// To `Monitor`.
    Monitoring(Box<MonitoringReport>),
    /// To `Drift`.
    Drift(Box<DriftReport>),
}

/// A run and the model it made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FitSummary<M = ExplainableModel> {
    /// For the runs table.
    pub run: Run,
    /// For the storage and the other workers.
    pub model: M,
}

/// Why a request has no answer: made from the rooms' errors at the door, shown or thrown once.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
#[error("{message}")]
pub struct Failure {
    /// Stable, for programs: "unknown_level", "csv_empty", "not_found".
    pub code: String,
    /// Readable alone in a banner: names place, value and what is allowed.
    pub message: String,
    /// The field of a form it belongs to, when there is one.
    pub field: Option<String>,
}

impl Failure {
    /// A failure that belongs to no field.
    #[must_use]
    pub fn new(code: &str, message: impl Into<String>) -> Self {
        Self { code: code.to_owned(), message: message.into(), field: None }
    }
}
