//! Everything a person or a program can make the lab do. The only place that writes state, sends
//! requests and stores.

mod customers;
mod data;
mod drafts;
mod explain;
mod export;
mod grid;
mod guide;
mod judge;
mod keep;
mod monitor;
mod registry;
mod reread;
mod scenarios;
mod serve;
mod start;
mod steps;
mod train;
mod trust;
mod whole;

use std::cell::Cell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use futures::lock::Mutex;
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::Blob;

use super::client::{ComputeClient, Request, Response, Source};
use super::clock;
use super::state::{LabState, LabWriter, Notice, Task, TaskState, Undo, lab_state};
use super::storage::{Change, Storage, StorageError};
use crate::compute::{Failure, Progress, RequestId};
use crate::data::DatasetId;
use crate::models::ModelId;

pub use customers::{AskedCustomers, OfGroup, Portfolio};
pub use data::FileBytes;
pub use explain::Customer;
pub use judge::SHARES;
pub use monitor::DriftChoice;
pub use scenarios::Sight;

/// The lab's actions and what they work with; `Copy`, so that closures can take it.
#[derive(Clone, Copy)]
pub struct Lab {
    /// What pages read.
    pub state: LabState,
    write: LabWriter,
    inner: StoredValue<Inner, LocalStorage>,
}

#[derive(Clone)]
struct Inner {
    client: ComputeClient,
    storage: Rc<StorageCell>,
    next_notice: Rc<Cell<u64>>,
    last_run: Rc<Cell<u32>>,
    deleted: Rc<keep::Trash>,
    files: Rc<data::Files>,
    explaining: Rc<Mutex<()>>,
}

/// The storage, once it is open.
struct StorageCell(std::cell::RefCell<Rc<Storage>>);

impl StorageCell {
    fn get(&self) -> Rc<Storage> {
        Rc::clone(&self.0.borrow())
    }
}

impl Lab {
    /// A lab that has just opened; [`Lab::start`] makes it live.
    #[must_use]
    pub fn new() -> Self {
        let (state, write) = lab_state();
        let storage = Rc::new(StorageCell(std::cell::RefCell::new(Rc::new(Storage::memory()))));
        let source = Box::new(Supplies { state, storage: Rc::clone(&storage) });
        let cores = web_sys::window().map_or(2.0, |w| w.navigator().hardware_concurrency());
        let inner = Inner {
            client: ComputeClient::new(source, cores as usize),
            storage,
            next_notice: Rc::new(Cell::new(1)),
            last_run: Rc::default(),
            deleted: Rc::default(),
            files: Rc::default(),
            explaining: Rc::default(),
        };
        Self { state, write, inner: StoredValue::new_local(inner) }
    }

    fn client(self) -> ComputeClient {
        self.inner.with_value(|inner| inner.client.clone())
    }

    fn storage(self) -> Rc<Storage> {
        self.inner.with_value(|inner| inner.storage.get())
    }

    /// Runs an action for a person: its failure is shown where the work belongs.
    pub fn show<T>(self, task: Task, action: impl Future<Output = Result<T, Failure>> + 'static) {
        self.background(async move {
            match action.await {
                Err(failure) if failure.code != "cancelled" => {
                    self.set_task(task, TaskState::Failed(failure));
                }
                // what was cancelled may have been begun anew
                Err(_) if untrack(|| self.state.task(task)).is_running() => {}
                Err(_) => self.set_task(task, TaskState::Idle),
                Ok(_) => {}
            }
        });
    }

    /// Runs what nobody waits for. The only place that starts work on the page's thread.
    #[allow(clippy::disallowed_methods, reason = "the actions are where work starts")]
    pub fn background(self, work: impl Future<Output = ()> + 'static) {
        spawn_local(work);
    }

    /// Forgets a failure that was read.
    pub fn dismiss(self, task: Task) {
        self.set_task(task, TaskState::Idle);
    }

    /// Ends the work of that kind.
    pub fn cancel(self, task: Task) {
        if let TaskState::Running { id, .. } = untrack(|| self.state.task(task)) {
            self.client().cancel(id);
        }
    }

    fn set_task(self, task: Task, state: TaskState) {
        self.write.tasks.update(|tasks| tasks[task as usize] = state);
    }

    /// Sends a request whose progress is shown as the work of `task`; `on_progress` hears it too.
    async fn watch(
        self,
        task: Task,
        request: Request,
        on_progress: impl Fn(&Progress) + 'static,
    ) -> Result<Response, Failure> {
        self.watch_with(task, request, None, on_progress).await
    }

    /// The same for a request about a file.
    async fn watch_with(
        self,
        task: Task,
        request: Request,
        file: Option<Blob>,
        on_progress: impl Fn(&Progress) + 'static,
    ) -> Result<Response, Failure> {
        let client = self.client();
        let id = client.next_id();
        let since_ms = clock::now_ms();
        self.set_task(task, TaskState::Running { id, since_ms, progress: None });
        let tell = move |progress: Progress| {
            on_progress(&progress);
            // its calls went to `on_progress`; the bar needs only the counts
            let progress = Some(Progress { events: Vec::new(), ..progress });
            self.set_task(task, TaskState::Running { id, since_ms, progress });
        };
        let result = client.run(id, request, file, tell).await;
        self.settle(task, id);
        result
    }

    /// Makes the work idle, unless another of its kind has begun.
    fn settle(self, task: Task, id: RequestId) {
        let current = untrack(|| self.state.task(task));
        if matches!(current, TaskState::Running { id: running, .. } if running == id) {
            self.set_task(task, TaskState::Idle);
        }
    }

    async fn ask(self, request: Request) -> Result<Response, Failure> {
        self.client().ask(request).await
    }

    /// Stores; what can't be stored is told in a notice and stays in this tab's memory.
    async fn keep(self, changes: Changes) {
        let stored = match changes {
            Ok(changes) => self.storage().commit(changes).await,
            Err(error) => Err(error),
        };
        if let Err(error) = stored {
            self.notify(error.to_string(), None);
        }
    }

    /// Tells a person something that belongs to no form.
    fn notify(self, message: String, undo: Option<Undo>) -> u64 {
        let id = self.inner.with_value(|inner| {
            let id = inner.next_notice.get();
            inner.next_notice.set(id + 1);
            id
        });
        self.write.notices.update(|notices| {
            // the same words twice say no more than once, but each offer to take back is one of its own
            notices.retain(|notice| notice.message != message || notice.undo.is_some());
            notices.push(Notice { id, message, undo });
        });
        id
    }

    /// A new id that no other thing of this browser has.
    fn new_id(self, prefix: &str) -> String {
        let bits = [clock::random_u32(), clock::random_u32()];
        match bits {
            [Some(a), Some(b)] => format!("{prefix}-{a:08x}{b:08x}"),
            _ => format!("{prefix}-{:x}", clock::now_ms().to_bits()),
        }
    }

    /// A seed nobody chose.
    fn new_seed(self) -> u32 {
        clock::random_u32().unwrap_or_else(|| clock::now_ms() as u32)
    }
}

impl Default for Lab {
    fn default() -> Self {
        Self::new()
    }
}

/// What is to be stored, or why it can't be.
type Changes = Result<Vec<Change>, StorageError>;

/// An answer of another kind than the request: the two sides' code disagrees.
fn unexpected(request: &str) -> Failure {
    Failure::new("protocol", format!("the worker answered {request} with something else"))
}

/// Hands workers what they lack: rows from the storage, models from the state.
struct Supplies {
    state: LabState,
    storage: Rc<StorageCell>,
}

impl Source for Supplies {
    fn dataset(&self, id: DatasetId) -> Pin<Box<dyn Future<Output = Result<Request, Failure>>>> {
        let storage = self.storage.get();
        let known = self
            .state
            .datasets
            .with_untracked(|datasets| datasets.iter().any(|dataset| dataset.id == id));
        Box::pin(async move {
            if !known {
                let message = format!("there is no data set {} in this lab", id.0);
                return Err(Failure::new("unknown_dataset", message));
            }
            let bytes = storage
                .dataset_bytes(&id)
                .await
                .map_err(|error| Failure::new(error.code(), error.to_string()))?;
            Ok(Request::AddDataset { bytes })
        })
    }

    fn model(&self, id: ModelId) -> Pin<Box<dyn Future<Output = Result<Request, Failure>>>> {
        let model = untrack(|| self.state.model_of(&id));
        Box::pin(async move {
            let model = model.ok_or_else(|| {
                Failure::new("unknown_model", format!("there is no model {} in this lab", id.0))
            })?;
            Ok(Request::AddModel { model: Box::new(model.as_ref().clone()) })
        })
    }
}
