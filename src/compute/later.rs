//! Work that a first visit does not ask for. A worker fetches the code for it when it is first asked, so
//! each kind of it stands beside the others of its part.

use crate::data::{DatasetId, Record};
use crate::experiments::judgement::LearningPart;
use crate::experiments::{
    BoundaryParams, GridId, JudgementParams, StepsParams, ThresholdRule, Validation,
};
use crate::exploration::{Question, Selection};
use crate::models::{ModelId, ModelParams, RunId, Split};
use crate::monitoring::DriftParams;

use super::protocol::{DriftSide, RecordQuestion, WholeQuestion};

/// A request that waits for its part of the code.
#[derive(Clone, Debug, PartialEq)]
pub enum Later {
    /// Fits of any family, and what is asked of runs.
    Training(Training),
    /// Figures about rows.
    Figures(Figures),
    /// What is asked of one record beyond its explanation.
    AboutRecord(AboutRecord),
    /// A model as a whole.
    Whole(Whole),
    /// All customers of a data set.
    Customers(Customers),
}

/// As [`Request::Whole`](super::Request::Whole).
#[derive(Clone, Debug, PartialEq)]
pub struct Whole {
    /// The model.
    pub model_id: ModelId,
    /// The data set that it was trained on.
    pub dataset_id: DatasetId,
    /// What is asked.
    pub question: WholeQuestion,
}

/// As [`Request::Customers`](super::Request::Customers).
#[derive(Clone, Debug, PartialEq)]
pub struct Customers {
    /// The model that predicts and is explained.
    pub model_id: ModelId,
    /// Whose customers.
    pub dataset_id: DatasetId,
    /// What is asked, encoded.
    pub question: Vec<u8>,
}

/// As [`Request::AboutRecord`](super::Request::AboutRecord).
#[derive(Clone, Debug, PartialEq)]
pub struct AboutRecord {
    /// The model.
    pub model_id: ModelId,
    /// The data set that it was trained on.
    pub dataset_id: Option<DatasetId>,
    /// The record explained.
    pub record: Record,
    /// What is asked.
    pub question: RecordQuestion,
}

/// Fits of any family, and what is asked of runs.
#[derive(Clone, Debug, PartialEq)]
pub enum Training {
    /// As [`Request::Fit`](super::Request::Fit).
    Fit(Recipe, Names),
    /// As [`Request::Try`](super::Request::Try).
    Try {
        /// What the run is made from.
        recipe: Recipe,
        /// What it and its model are called.
        names: Names,
        /// How the training rows are cut for cross-validation.
        validation: Option<Validation>,
        /// The grid it is of.
        grid: Option<GridId>,
    },
    /// As [`Request::Judge`](super::Request::Judge).
    Judge(Origin, JudgementParams),
    /// As [`Request::Compare`](super::Request::Compare).
    Compare(Origin, Origin),
    /// As [`Request::Learn`](super::Request::Learn).
    Learn(Origin, LearningPart),
    /// As [`Request::Steps`](super::Request::Steps).
    Steps(Origin, StepsParams),
    /// As [`Request::Boundary`](super::Request::Boundary).
    Boundary(Origin, BoundaryParams),
    /// As [`Request::Onnx`](super::Request::Onnx).
    Onnx {
        /// The model.
        model_id: ModelId,
        /// The number of the run that made it, which the file tells.
        run_number: u32,
    },
}

/// Figures about rows.
#[derive(Clone, Debug, PartialEq)]
pub enum Figures {
    /// As [`Request::Profile`](super::Request::Profile).
    Profile(DatasetId),
    /// As [`Request::Explore`](super::Request::Explore).
    Explore(DatasetId, Selection, Question),
    /// As [`Request::Drift`](super::Request::Drift).
    Drift {
        /// What was.
        reference: DriftSide,
        /// What is.
        current: DriftSide,
        /// Settings.
        params: DriftParams,
    },
}

/// What a run is made from.
#[derive(Clone, Debug, PartialEq)]
pub struct Recipe {
    /// The data set.
    pub dataset_id: DatasetId,
    /// Family and settings.
    pub params: ModelParams,
    /// Which rows train and test.
    pub split: Split,
    /// How it comes from a probability to a class.
    pub rule: ThresholdRule,
}

/// What a new run and its model are called.
#[derive(Clone, Debug, PartialEq)]
pub struct Names {
    /// What the run is called.
    pub run_id: RunId,
    /// The run's number.
    pub run_number: u32,
    /// What its model is called.
    pub model_id: ModelId,
}

/// What a run was made from, and can be made from again.
#[derive(Clone, Debug, PartialEq)]
pub struct Origin {
    /// The data set.
    pub dataset_id: DatasetId,
    /// Family and settings.
    pub params: ModelParams,
    /// Which rows train and test.
    pub split: Split,
    /// A row is positive from this probability on; `None` for the model's own rule.
    pub threshold: Option<f64>,
}
