//! What the page knows: plain data behind signals.
//!
//! Pages read [`LabState`]; only [`super::actions`] holds the [`LabWriter`].

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;

use crate::compute::{Failure, Progress, RequestId};
use crate::customers::{Clustering, Reasons};
use crate::data::{DatasetId, DatasetSummary, Schema};
use crate::experiments::{Judgement, JudgementParams, LearningPoint, Queue, Registry, Run, Steps};
use crate::explain::{CustomerScenarios, LimeParams};
use crate::models::{ModelId, RunId};
use crate::monitoring::{DriftReport, PredictionEvent};
use crate::serving::{Endpoint, PredictionResponse};
use crate::web::clock;
use crate::web::model::HeldModel;

/// How far the lab has come since the page opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Storage is being read, or the first model trained.
    Starting,
    /// There is a data set and a model, or a failure that says why not.
    Ready,
}

/// Where things are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StorageStatus {
    /// Not known yet.
    Opening,
    /// In this browser.
    IndexedDb,
    /// In this tab only, and why.
    Memory(String),
}

/// The state of one kind of work.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum TaskState {
    /// Nothing asked.
    #[default]
    Idle,
    /// At work.
    Running {
        /// To cancel it by.
        id: RequestId,
        /// Since when, Unix milliseconds.
        since_ms: f64,
        /// How far; `None` before the first word.
        progress: Option<Progress>,
    },
    /// The last one failed.
    Failed(Failure),
}

impl TaskState {
    /// At work.
    #[must_use]
    pub fn is_running(&self) -> bool {
        matches!(self, Self::Running { .. })
    }
}

/// Kinds of work that can take long enough to be watched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Task {
    /// Reading or drawing a data set.
    Read,
    /// Training.
    Fit,
    /// Deploying.
    Deploy,
    /// A person's call of an endpoint.
    Call,
    /// Simulated calls.
    Simulate,
    /// A drift report.
    Drift,
    /// Deleting and restoring.
    Keep,
    /// Looking closely at a run, or at two.
    Judge,
    /// A learning curve.
    Learn,
    /// Registering a run, moving an alias.
    Register,
    /// A fit step by step.
    Steps,
    /// What an explanation is worth.
    Trust,
    /// A model as a whole.
    Whole,
    /// What would change a prediction.
    WhatIf,
    /// The reasons of all customers.
    Customers,
}

impl Task {
    /// Every kind.
    pub const ALL: [Self; 15] = [
        Self::Read,
        Self::Fit,
        Self::Deploy,
        Self::Call,
        Self::Simulate,
        Self::Drift,
        Self::Keep,
        Self::Judge,
        Self::Learn,
        Self::Register,
        Self::Steps,
        Self::Trust,
        Self::Whole,
        Self::WhatIf,
        Self::Customers,
    ];
}

/// Something a person should know that belongs to no form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Counts up, to dismiss it by.
    pub id: u64,
    /// Readable alone.
    pub message: String,
    /// What can be taken back.
    pub undo: Option<Undo>,
}

/// What a notice offers to take back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Undo {
    /// A deletion that is kept until the notice goes.
    Deletion(u64),
}

/// Another way to read a data set, step by step.
#[derive(Clone, Debug, PartialEq)]
pub struct Reread {
    /// The data set.
    pub dataset_id: DatasetId,
    /// What it was before each step, the first one as it is.
    pub before: Vec<Schema>,
    /// What it is to be.
    pub schema: Schema,
}

/// A grid of settings at work, or done and not dismissed.
#[derive(Clone, Debug, PartialEq)]
pub struct GridState {
    /// What is done and what is left.
    pub queue: Queue,
    /// What runs, in the order it was begun, as the queue has it.
    pub running: Vec<RunningTry>,
    /// Since when it has been at work without a pause, Unix milliseconds.
    pub since_ms: f64,
    /// Runs that were done then.
    pub done_before: u32,
}

/// Settings that are being tried.
#[derive(Clone, Debug, PartialEq)]
pub struct RunningTry {
    /// To cancel it by.
    pub request: RequestId,
    /// The number its run will have.
    pub run_number: u32,
    /// How far; `None` before the first word.
    pub progress: Option<Progress>,
}

impl GridState {
    /// A grid that begins now, or goes on.
    #[must_use]
    pub fn new(queue: Queue) -> Self {
        let done_before = queue.n_ended();
        Self { queue, running: Vec::new(), since_ms: clock::now_ms(), done_before }
    }
}

/// A judgement, and of what.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    /// The run.
    pub run_id: RunId,
    /// How it was judged.
    pub params: JudgementParams,
    /// What was found.
    pub judgement: Arc<Judgement>,
}

/// A learning curve as far as it has come.
#[derive(Clone, Debug, PartialEq)]
pub struct Learned {
    /// The run.
    pub run_id: RunId,
    /// Decides which of the rows.
    pub seed: u32,
    /// In the order of their shares; that of the run itself is not among them.
    pub points: Vec<LearningPoint>,
}

/// A fit step by step, and of which run.
#[derive(Clone, Debug, PartialEq)]
pub struct Stepped {
    /// The run.
    pub run_id: RunId,
    /// What was found.
    pub steps: Arc<Steps>,
}

/// The reasons of customers as far as they are known, and what they are of.
#[derive(Clone, Debug, PartialEq)]
pub struct Explained {
    /// The model.
    pub model_id: ModelId,
    /// Whose customers.
    pub dataset_id: DatasetId,
    /// How they were explained.
    pub lime: LimeParams,
    /// The reasons.
    pub reasons: Reasons,
    /// Groups by them that were made, by how many were asked for.
    pub groups: BTreeMap<u32, Arc<Clustering>>,
}

macro_rules! lab_state {
    ($($(#[$doc:meta])* $name:ident: $type:ty = $initial:expr;)*) => {
        /// What pages read.
        #[derive(Clone, Copy)]
        pub struct LabState { $($(#[$doc])* pub $name: ReadSignal<$type>,)* }

        /// What actions write.
        #[derive(Clone, Copy)]
        pub struct LabWriter { $($(#[$doc])* pub(in crate::web) $name: WriteSignal<$type>,)* }

        /// The state of a page that has just opened.
        #[must_use]
        pub fn lab_state() -> (LabState, LabWriter) {
            $(let $name = signal::<$type>($initial);)*
            (LabState { $($name: $name.0,)* }, LabWriter { $($name: $name.1,)* })
        }
    };
}

lab_state! {
    /// How far the lab has come.
    phase: Phase = Phase::Starting;
    /// Where things are kept.
    storage: StorageStatus = StorageStatus::Opening;
    /// Every data set, in the order they were added.
    datasets: Vec<Arc<DatasetSummary>> = Vec::new();
    /// The data set in use.
    dataset_id: Option<DatasetId> = None;
    /// How a person wants to read data sets and is not done with, at most one each.
    rereads: Vec<Arc<Reread>> = Vec::new();
    /// Every run, in the order of the fits.
    runs: Vec<Arc<Run>> = Vec::new();
    /// The grid at work or just done.
    grid: Option<GridState> = None;
    /// What was registered.
    registry: Registry = Registry::default();
    /// The models of runs; a run that was only tried out has none until it is used.
    models: Vec<Arc<HeldModel>> = Vec::new();
    /// The model in use.
    model_id: Option<ModelId> = None;
    /// Every endpoint, in the order of their creation.
    endpoints: Vec<Endpoint> = Vec::new();
    /// Every stored call, in the order of the calls of each endpoint.
    events: Vec<Arc<PredictionEvent>> = Vec::new();
    /// The last answer of an endpoint to a person's call.
    response: Option<Arc<PredictionResponse>> = None;
    /// The last drift report.
    drift: Option<Arc<DriftReport>> = None;
    /// The last judgement of a run.
    judged: Option<Judged> = None;
    /// The last learning curve, as far as it has come.
    learned: Option<Learned> = None;
    /// The last run that was looked at step by step.
    stepped: Option<Stepped> = None;
    /// The reasons of the customers of one model, data set and seed.
    explained: Option<Explained> = None;
    /// Customers as changed; `None` until they are asked for, when they are read from the storage.
    scenarios: Option<CustomerScenarios> = None;
    /// By kind of work.
    tasks: [TaskState; Task::ALL.len()] = Default::default();
    /// What is typed and not sent yet, by form; kept as long as the page is open.
    drafts: BTreeMap<String, String> = BTreeMap::new();
    /// Steps of the guide that are done, by id.
    guide: Vec<String> = Vec::new();
    /// What a person should know.
    notices: Vec<Notice> = Vec::new();
}

impl LabState {
    /// The data set in use.
    #[must_use]
    pub fn dataset(self) -> Option<Arc<DatasetSummary>> {
        let id = self.dataset_id.get()?;
        self.datasets.with(|all| all.iter().find(|dataset| dataset.id == id).cloned())
    }

    /// The model in use.
    #[must_use]
    pub fn model(self) -> Option<Arc<HeldModel>> {
        self.model_of(&self.model_id.get()?)
    }

    /// The model of that id.
    #[must_use]
    pub fn model_of(self, id: &ModelId) -> Option<Arc<HeldModel>> {
        self.models.with(|models| models.iter().find(|model| model.id == *id).cloned())
    }

    /// The run that made the model in use.
    #[must_use]
    pub fn run(self) -> Option<Arc<Run>> {
        let id = self.model_id.get()?;
        self.runs.with(|runs| runs.iter().find(|run| run.model_id == id).cloned())
    }

    /// What is typed into a form and not sent yet.
    #[must_use]
    pub fn draft(self, form: &str) -> Option<String> {
        self.drafts.with(|drafts| drafts.get(form).cloned())
    }

    /// The state of a kind of work.
    #[must_use]
    pub fn task(self, task: Task) -> TaskState {
        self.tasks.with(|tasks| tasks[task as usize].clone())
    }
}
