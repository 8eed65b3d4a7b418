//! One closed enum per direction.

mod customers;
mod record;
mod response;
mod whole;

use serde::{Deserialize, Serialize};

use super::codec::bytes::Carried;
use crate::data::csv::FormatChoice;
use crate::data::{DatasetId, Record, Schema};
use crate::experiments::{
    BoundaryParams, GridId, JudgementParams, StepsParams, ThresholdRule, Validation,
};
use crate::explain::{ExplainableModel, LimeParams, Neighbourhood};
use crate::exploration::{Question, Selection};
use crate::models::{ModelId, ModelParams, RunId, Split};
use crate::monitoring::{DriftParams, PredictionEvent, Scenario};
use crate::serving::Endpoint;

pub use customers::{CustomersAnswer, CustomersQuestion};
pub use record::{CardAnswer, Plausibility, RecordQuestion};
pub use response::{Failure, FitSummary, Response};
pub use whole::WholeQuestion;

/// Counts the page's requests; an answer carries its request's id, a stale one is dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RequestId(pub u64);

/// Page → worker: work, one request at a time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(bound(
    serialize = "M: Serialize, B: Carried",
    deserialize = "M: Deserialize<'de>, B: Carried"
))]
pub struct Message<M = ExplainableModel, B = Vec<u8>> {
    /// Names the request.
    pub id: RequestId,
    /// What to do.
    pub request: Request<M, B>,
}

/// Worker → page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(bound(
    serialize = "M: Serialize, B: Carried, T: Serialize",
    deserialize = "M: Deserialize<'de>, B: Carried, T: Deserialize<'de>"
))]
pub enum Reply<M = ExplainableModel, B = Vec<u8>, T = CardAnswer> {
    /// The first message: both sides must come from the same build.
    Ready {
        /// `CHURN_LAB_BUILD` of the worker.
        build: String,
    },
    /// How far a request has come.
    Progress {
        /// The request.
        id: RequestId,
        /// How far.
        progress: Progress,
    },
    /// The end of a request.
    Done {
        /// The request.
        id: RequestId,
        /// Its answer, or why there is none.
        result: Result<Response<M, B, T>, Failure>,
    },
}

/// How far a request has come.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Progress {
    /// Units done.
    pub done: u32,
    /// Units in all; 0 when that is not known.
    pub total: u32,
    /// What a unit is, plural: "calls", "iterations", "bytes".
    pub unit: String,
    /// Rows so far, while a file is read; else 0.
    pub rows: u32,
    /// Calls made since the last progress, while simulating; else empty.
    pub events: Vec<PredictionEvent>,
}

/// Work for a worker. What a model and a data set's bytes are to the page, `M`
/// and `B`, is for the page to say: it only passes them on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(bound(
    serialize = "M: Serialize, B: Carried",
    deserialize = "M: Deserialize<'de>, B: Carried"
))]
pub enum Request<M = ExplainableModel, B = Vec<u8>> {
    /// Hand a stored data set to a worker that lacks it.
    AddDataset {
        /// The data set, as [`stored`](super::stored) encodes it.
        #[serde(with = "super::codec::bytes")]
        bytes: B,
    },
    /// Hand a model to a worker that lacks it.
    AddModel {
        /// The model.
        model: Box<M>,
    },
    /// Read the file that comes with the message, piece by piece.
    ReadFile {
        /// A name for the data set.
        name: String,
        /// The column to predict; `None` lets the reader choose.
        target: Option<String>,
        /// How it is cut into cells, as far as a person says.
        format: FormatChoice,
    },
    /// Read a data set in another way.
    Reread {
        /// The data set.
        dataset_id: DatasetId,
        /// What its columns mean.
        schema: Schema,
        /// What to call it, if it is to be kept; else it is only described.
        keep_as: Option<String>,
    },
    /// The different texts of a column of the file.
    Texts {
        /// The data set.
        dataset_id: DatasetId,
        /// The file's column, from 0.
        source: u32,
    },
    /// Call a data set something else.
    Rename {
        /// The data set.
        dataset_id: DatasetId,
        /// Its new name.
        name: String,
    },
    /// Why rows of a data set were left out: more than its summary carries.
    Issues {
        /// The data set.
        dataset_id: DatasetId,
    },
    /// A data set as a CSV file.
    WriteCsv {
        /// The data set.
        dataset_id: DatasetId,
    },
    /// Read a CSV file.
    ReadCsv {
        /// The file's bytes.
        #[serde(with = "super::codec::bytes")]
        bytes: Vec<u8>,
        /// A name for the data set.
        name: String,
        /// The column to predict; `None` lets the reader choose.
        target: Option<String>,
    },
    /// Draw customers from the population model.
    Sample {
        /// How many, 1 to 1,000,000.
        rows: u32,
        /// Seed of the draw.
        seed: u32,
        /// A name for the data set.
        name: String,
    },
    /// Describe a data set.
    Profile {
        /// The data set.
        dataset_id: DatasetId,
    },
    /// Look at some of the rows.
    Explore {
        /// The data set.
        dataset_id: DatasetId,
        /// Which of its rows.
        selection: Selection,
        /// What is asked about them.
        question: Question,
    },
    /// One customer, by the text of the identifier column or by kept row number.
    FindRecord {
        /// The data set.
        dataset_id: DatasetId,
        /// Identifier, or row number from 0.
        customer: String,
    },
    /// Train and evaluate a model.
    Fit {
        /// The data set.
        dataset_id: DatasetId,
        /// Family and settings.
        params: ModelParams,
        /// Which rows train and test.
        split: Split,
        /// How it comes from a probability to a class.
        rule: ThresholdRule,
        /// What the new run is called.
        run_id: RunId,
        /// The new run's number.
        run_number: u32,
        /// What the new model is called.
        model_id: ModelId,
    },
    /// Judge settings: as `Fit`, and by cross-validation where it is asked, but the model is not kept.
    Try {
        /// The data set.
        dataset_id: DatasetId,
        /// Family and settings.
        params: ModelParams,
        /// Which rows train and test.
        split: Split,
        /// How it comes from a probability to a class.
        rule: ThresholdRule,
        /// How the training rows are cut for cross-validation.
        validation: Option<Validation>,
        /// What the new run is called.
        run_id: RunId,
        /// The new run's number.
        run_number: u32,
        /// What its model is to be called, when it is made again.
        model_id: ModelId,
        /// The grid it is of.
        grid: Option<GridId>,
    },
    /// Look closely at the test rows of a run, which is fitted again.
    Judge {
        /// The data set.
        dataset_id: DatasetId,
        /// Family and settings.
        params: ModelParams,
        /// Which rows train and test.
        split: Split,
        /// A row is positive from this probability on; `None` for the model's own rule.
        threshold: Option<f64>,
        /// How it is judged.
        judgement: JudgementParams,
    },
    /// Set two runs of the same rows against each other.
    Compare {
        /// The data set of both.
        dataset_id: DatasetId,
        /// Which rows train and test, of both.
        split: Split,
        /// Family and settings of the first.
        first: ModelParams,
        /// Family and settings of the second.
        second: ModelParams,
        /// From which probability on a row of each is positive; `None` for the model's own rule.
        thresholds: [Option<f64>; 2],
    },
    /// Fit on a share of the training rows.
    Learn {
        /// The data set.
        dataset_id: DatasetId,
        /// Family and settings.
        params: ModelParams,
        /// Which rows train and test.
        split: Split,
        /// A row is positive from this probability on; `None` for the model's own rule.
        threshold: Option<f64>,
        /// Share of the training rows, above 0 and at most 1.
        share: f64,
        /// Decides which rows; a smaller share lies within a larger one of the same seed.
        seed: u32,
    },
    /// Fit step by step.
    Steps {
        /// The data set.
        dataset_id: DatasetId,
        /// Family and settings.
        params: ModelParams,
        /// Which rows train and test.
        split: Split,
        /// Which steps are shown.
        steps: StepsParams,
    },
    /// What a fit says over two features after some steps.
    Boundary {
        /// The data set.
        dataset_id: DatasetId,
        /// Family and settings.
        params: ModelParams,
        /// Which rows train and test.
        split: Split,
        /// The features, and after which step.
        boundary: BoundaryParams,
    },
    /// Probabilities of the positive class.
    Predict {
        /// The model.
        model_id: ModelId,
        /// Raw records; missing fields take the training default.
        records: Vec<Record>,
    },
    /// A model as an ONNX file.
    Onnx {
        /// The model.
        model_id: ModelId,
        /// The number of the run that made it, which the file tells.
        run_number: u32,
    },
    /// Explain one record.
    Explain {
        /// The model.
        model_id: ModelId,
        /// The record.
        record: Record,
        /// Settings.
        params: LimeParams,
        /// Fixed perturbations instead of drawn ones.
        neighbourhood: Option<Neighbourhood>,
    },
    /// Ask what the explanation of a record is worth.
    AboutRecord {
        /// The model.
        model_id: ModelId,
        /// The data set it was trained on, while it is in the lab.
        dataset_id: Option<DatasetId>,
        /// The record.
        record: Record,
        /// What is asked.
        question: RecordQuestion,
    },
    /// Ask what a model says over many rows.
    Whole {
        /// The model.
        model_id: ModelId,
        /// The data set it was trained on.
        dataset_id: DatasetId,
        /// What is asked.
        question: WholeQuestion,
    },
    /// Ask about all customers of a data set.
    Customers {
        /// The model that predicts and is explained.
        model_id: ModelId,
        /// Whose customers.
        dataset_id: DatasetId,
        /// What is asked: a [`CustomersQuestion`], as [`codec`](super::codec) encodes it, so that only the
        /// part of a worker that answers reads it.
        #[serde(with = "super::codec::bytes")]
        question: Vec<u8>,
    },
    /// Call an endpoint.
    Call {
        /// The endpoint.
        endpoint: Endpoint,
        /// The request.
        record: Record,
        /// Seed of the prediction's uuid.
        uuid_seed: u32,
    },
    /// Call an endpoint many times with the test rows of its model.
    Simulate {
        /// The endpoint.
        endpoint: Endpoint,
        /// The data set the model was trained on.
        dataset_id: DatasetId,
        /// How many calls, 1 to 100,000.
        calls: u32,
        /// Seed of the label noise and the uuids.
        seed: u32,
        /// What happens to the labels.
        scenario: Scenario,
    },
    /// Summarise the calls of an endpoint.
    Monitor {
        /// In the order of the calls.
        events: Vec<PredictionEvent>,
    },
    /// Compare two sets of rows.
    Drift {
        /// What was.
        reference: DriftSide,
        /// What is.
        current: DriftSide,
        /// Settings.
        params: DriftParams,
    },
}

/// One side of a drift report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum DriftSide {
    /// All kept rows of a data set.
    Dataset(DatasetId),
    /// The rows a model was trained on.
    TrainingRows {
        /// The data set.
        dataset_id: DatasetId,
        /// Which of its rows.
        split: Split,
    },
    /// Requests, as the metrics store keeps them.
    Records(Vec<Record>),
}
