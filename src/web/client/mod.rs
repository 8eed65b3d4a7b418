//! The page's side of the protocol: a pool of workers.
//!
//! A request goes to an idle worker, if possible to one that already holds what it needs; what is
//! missing is sent first. Cancelling ends the worker, for a running loop can't be asked; the next
//! request gets a new one. A worker that traps is replaced and its request fails with its message.

mod slot;

use std::cell::{Cell, RefCell};
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::time::Duration;

use futures::channel::oneshot;
use leptos::prelude::set_timeout;
use web_sys::Blob;

use super::explaining::HeldAnswer;
use super::held::HeldBytes;
use super::model::HeldModel;
use crate::compute::{self, Failure, Needs, Progress, RequestId};
use crate::data::DatasetId;
use crate::models::ModelId;
use slot::{Slot, SlotId};

/// Work for a worker, as the page says it.
pub type Request = compute::Request<HeldModel, HeldBytes>;

/// A worker's answer, as the page reads it.
pub type Response = compute::Response<HeldModel, HeldBytes, HeldAnswer>;

/// Lanes at most, however many cores there are.
const MAX_LANES: usize = 8;

/// How long a busy worker that holds what is needed is waited for: about what a new one takes to start
/// and to be handed a data set.
const PATIENCE: Duration = Duration::from_millis(200);

/// Why a waiting request goes on.
enum Turn {
    /// A worker is free.
    Free,
    /// None is, for as long as it was worth waiting.
    LostPatience,
}

/// Where a worker's missing data sets and models come from.
pub trait Source {
    /// The request that hands over a data set.
    fn dataset(&self, id: DatasetId) -> Pin<Box<dyn Future<Output = Result<Request, Failure>>>>;
    /// The request that hands over a model.
    fn model(&self, id: ModelId) -> Pin<Box<dyn Future<Output = Result<Request, Failure>>>>;
}

/// Sends requests to workers; cheap to clone.
#[derive(Clone)]
pub struct ComputeClient {
    pool: Rc<Pool>,
}

struct Pool {
    source: Box<dyn Source>,
    lanes: usize,
    size: usize,
    slots: RefCell<Vec<Rc<Slot>>>,
    waiting: RefCell<Vec<(RequestId, oneshot::Sender<Turn>)>>,
    cancelled: RefCell<Vec<RequestId>>,
    next_request: Cell<u64>,
    next_slot: Cell<u64>,
}

impl ComputeClient {
    /// A pool of one worker a core, at least 2 and at most 8, and one more; each starts when it is first
    /// needed.
    #[must_use]
    pub fn new(source: Box<dyn Source>, cores: usize) -> Self {
        let lanes = cores.clamp(2, MAX_LANES);
        let pool = Pool {
            source,
            lanes,
            // one more, for what a person asks while every lane is busy
            size: lanes + 1,
            slots: RefCell::default(),
            waiting: RefCell::default(),
            cancelled: RefCell::default(),
            next_request: Cell::new(1),
            next_slot: Cell::new(1),
        };
        Self { pool: Rc::new(pool) }
    }

    /// How much long work can be done side by side.
    #[must_use]
    pub fn lanes(&self) -> usize {
        self.pool.lanes
    }

    /// Starts a worker ahead of the first request.
    ///
    /// # Errors
    /// When the browser can't start workers.
    pub fn warm_up(&self) -> Result<(), Failure> {
        self.pool.spawn().map(drop)
    }

    /// A name for the next request, to cancel it by.
    #[must_use]
    pub fn next_id(&self) -> RequestId {
        let id = self.pool.next_request.get();
        self.pool.next_request.set(id + 1);
        RequestId(id)
    }

    /// The answer to a request that nobody cancels.
    ///
    /// # Errors
    /// The worker's failure, or its crash.
    pub async fn ask(&self, request: Request) -> Result<Response, Failure> {
        self.run(self.next_id(), request, None, |_| {}).await
    }

    /// The answer to a request, which may be about a file, telling how far it has come.
    ///
    /// # Errors
    /// The worker's failure, its crash, or `cancelled`.
    pub async fn run(
        &self,
        id: RequestId,
        request: Request,
        file: Option<Blob>,
        on_progress: impl Fn(Progress) + 'static,
    ) -> Result<Response, Failure> {
        let needs = request.needs();
        let slot = self.pool.acquire(id, &needs).await?;
        let work = Work { id, request, needs, file };
        let result = self.pool.run_on(&slot, work, Box::new(on_progress)).await;
        self.pool.release(&slot, id);
        result
    }

    /// Ends a request, and with it the worker it runs on.
    pub fn cancel(&self, id: RequestId) {
        let mut waiting = self.pool.waiting.borrow_mut();
        let before = waiting.len();
        waiting.retain(|(waiting, _)| *waiting != id);
        if waiting.len() < before {
            return;
        }
        drop(waiting);
        let slot = self.pool.slots.borrow().iter().find(|slot| slot.serves(id)).cloned();
        if let Some(slot) = slot {
            self.pool.cancelled.borrow_mut().push(id);
            self.pool.remove(slot.id);
            slot.end(&cancelled());
            self.pool.wake_next();
        }
    }

    /// Forgets that any worker holds a data set, since it has changed.
    pub fn forget_dataset(&self, id: &DatasetId) {
        self.pool.slots.borrow().iter().for_each(|slot| slot.forget_dataset(id));
    }

    /// Forgets that any worker holds anything, by ending them all.
    pub fn restart(&self) {
        for slot in self.pool.slots.take() {
            slot.end(&cancelled());
        }
        self.pool.wake_next();
    }
}

/// A request on its way.
struct Work {
    id: RequestId,
    request: Request,
    needs: Needs,
    file: Option<Blob>,
}

/// What a cancelled request answers.
fn cancelled() -> Failure {
    Failure::new("cancelled", "cancelled")
}

impl Pool {
    /// An idle worker, the one that lacks least; else a new one; else waits. What a busy worker holds is
    /// waited for a moment first: starting another one and handing it everything takes longer.
    async fn acquire(self: &Rc<Self>, id: RequestId, needs: &Needs) -> Result<Rc<Slot>, Failure> {
        let mut is_patient = true;
        loop {
            let (idle, is_held) = {
                let slots = self.slots.borrow();
                let idle = slots.iter().filter(|slot| slot.is_idle());
                let idle = idle.min_by_key(|slot| slot.lacks(needs)).cloned();
                let is_held = slots.iter().any(|slot| slot.lacks(needs) == 0);
                (idle, is_held && *needs != Needs::default())
            };
            let waits = is_patient && is_held;
            // a cold worker beats waiting, a warm one beats a cold one
            if let Some(slot) = idle.filter(|slot| !waits || slot.lacks(needs) == 0) {
                slot.reserve(id);
                return Ok(slot);
            }
            if !waits && self.slots.borrow().len() < self.size {
                let slot = self.spawn()?;
                slot.reserve(id);
                return Ok(slot);
            }
            let (sender, turn) = oneshot::channel();
            self.waiting.borrow_mut().push((id, sender));
            if waits {
                let pool = Rc::downgrade(self);
                set_timeout(
                    move || {
                        if let Some(pool) = pool.upgrade() {
                            pool.wake(id, Turn::LostPatience);
                        }
                    },
                    PATIENCE,
                );
            }
            match turn.await {
                Ok(Turn::Free) => {}
                Ok(Turn::LostPatience) => is_patient = false,
                Err(_gone) => return Err(cancelled()),
            }
        }
    }

    fn spawn(self: &Rc<Self>) -> Result<Rc<Slot>, Failure> {
        let id = SlotId(self.next_slot.get());
        self.next_slot.set(id.0 + 1);
        let pool = Rc::downgrade(self);
        let slot = Slot::start(id, move || {
            if let Some(pool) = pool.upgrade() {
                pool.remove(id);
                pool.wake_next();
            }
        })?;
        self.slots.borrow_mut().push(Rc::clone(&slot));
        Ok(slot)
    }

    async fn run_on(
        &self,
        slot: &Slot,
        work: Work,
        on_progress: Box<dyn Fn(Progress)>,
    ) -> Result<Response, Failure> {
        let Work { id, request, needs, file } = work;
        slot.ready().await?;
        for dataset in needs.datasets {
            if !slot.holds_dataset(&dataset) {
                let add = self.source.dataset(dataset).await?;
                slot.exchange(id, add, None, Box::new(|_| {})).await?;
            }
        }
        for model in needs.models {
            if !slot.holds_model(&model) {
                let add = self.source.model(model).await?;
                slot.exchange(id, add, None, Box::new(|_| {})).await?;
            }
        }
        if self.cancelled.borrow().contains(&id) {
            return Err(cancelled());
        }
        slot.exchange(id, request, file.as_ref(), on_progress).await
    }

    fn release(&self, slot: &Slot, id: RequestId) {
        self.cancelled.borrow_mut().retain(|other| *other != id);
        slot.free();
        self.wake_next();
    }

    fn remove(&self, id: SlotId) {
        self.slots.borrow_mut().retain(|slot| slot.id != id);
    }

    /// Wakes the longest-waiting request; one that has gone meanwhile is passed over.
    fn wake_next(&self) {
        loop {
            let next = self.waiting.borrow().first().map(|(id, _)| *id);
            let Some(next) = next else { return };
            if self.wake(next, Turn::Free) {
                return;
            }
        }
    }

    /// Wakes a request, if it waits.
    fn wake(&self, id: RequestId, turn: Turn) -> bool {
        let mut waiting = self.waiting.borrow_mut();
        let place = waiting.iter().position(|(waiting, _)| *waiting == id);
        let sender = place.map(|place| waiting.remove(place).1);
        drop(waiting);
        sender.is_some_and(|sender| sender.send(turn).is_ok())
    }
}
