//! One worker of the pool.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use futures::channel::oneshot;
use futures::future::{FutureExt, Shared};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, ErrorEvent, Event, MessageEvent, Worker, WorkerOptions, WorkerType};

use super::{Request, Response};
use crate::compute::{Failure, Message, Needs, Progress, Reply, RequestId};
use crate::data::DatasetId;
use crate::models::ModelId;
use crate::web::{BUILD, js, sandbox};

/// Names a worker of this tab.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SlotId(pub u64);

/// A worker, what it holds and what it is doing.
pub struct Slot {
    /// Its name.
    pub id: SlotId,
    worker: Worker,
    ready: Shared<oneshot::Receiver<Result<(), Failure>>>,
    reserved: Cell<Option<RequestId>>,
    state: Rc<State>,
    _on_message: Closure<dyn Fn(MessageEvent)>,
    _on_error: Closure<dyn Fn(Event)>,
}

#[derive(Default)]
struct State {
    announce: RefCell<Option<oneshot::Sender<Result<(), Failure>>>>,
    exchange: RefCell<Option<Exchange>>,
    datasets: RefCell<Vec<DatasetId>>,
    models: RefCell<Vec<ModelId>>,
}

struct Exchange {
    id: RequestId,
    answer: oneshot::Sender<Result<Response, Failure>>,
    on_progress: Rc<dyn Fn(Progress)>,
}

impl Slot {
    /// Starts a worker; `on_death` is called once when it traps or can't be loaded.
    pub fn start(id: SlotId, on_death: impl Fn() + 'static) -> Result<Rc<Self>, Failure> {
        let url = worker_url()?;
        let worker = start_worker(&url).map_err(|error| {
            Failure::new("worker_refused", format!("this browser can't start a worker: {error:?}"))
        })?;
        let (announce, ready) = oneshot::channel();
        let state = Rc::new(State { announce: RefCell::new(Some(announce)), ..State::default() });
        let on_message = {
            let state = Rc::clone(&state);
            Closure::new(move |event: MessageEvent| state.receive(event.data()))
        };
        let on_error = {
            let state = Rc::clone(&state);
            let worker = worker.clone();
            Closure::new(move |event: Event| {
                event.prevent_default();
                worker.terminate();
                on_death();
                // a trap has a message, a worker that can't be loaded has none
                let message = event.dyn_ref().map(ErrorEvent::message).unwrap_or_default();
                state.fail(&crash(&message));
            })
        };
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        Ok(Rc::new(Self {
            id,
            worker,
            ready: ready.shared(),
            reserved: Cell::new(None),
            state,
            _on_message: on_message,
            _on_error: on_error,
        }))
    }

    /// Waits for the handshake.
    pub async fn ready(&self) -> Result<(), Failure> {
        self.ready.clone().await.unwrap_or_else(|_| Err(crash("it was ended")))
    }

    /// Sends a request, with the file it is about, and waits for its answer; one at a time.
    pub async fn exchange(
        &self,
        id: RequestId,
        request: Request,
        file: Option<&Blob>,
        on_progress: Box<dyn Fn(Progress)>,
    ) -> Result<Response, Failure> {
        let refused =
            |reason: String| Failure::new("codec", format!("the request can't be sent: {reason}"));
        let message = js::to_js(&Message { id, request }).map_err(|error| refused(error.reason))?;
        if let Some(file) = file {
            js::attach(&message, file).map_err(|error| refused(error.reason))?;
        }
        let (answer, answered) = oneshot::channel();
        let on_progress = Rc::from(on_progress);
        *self.state.exchange.borrow_mut() = Some(Exchange { id, answer, on_progress });
        post(&self.worker, &message)?;
        let response = answered.await.unwrap_or_else(|_| Err(crash("it was ended")))?;
        self.state.note(&response);
        Ok(response)
    }

    /// Nobody uses it.
    pub fn is_idle(&self) -> bool {
        self.reserved.get().is_none()
    }

    /// It works for that request.
    pub fn serves(&self, id: RequestId) -> bool {
        self.reserved.get() == Some(id)
    }

    /// Keeps it for a request.
    pub fn reserve(&self, id: RequestId) {
        self.reserved.set(Some(id));
    }

    /// Gives it back.
    pub fn free(&self) {
        self.reserved.set(None);
    }

    /// How many of these it would have to be sent.
    pub fn lacks(&self, needs: &Needs) -> usize {
        needs.datasets.iter().filter(|id| !self.holds_dataset(id)).count()
            + needs.models.iter().filter(|id| !self.holds_model(id)).count()
    }

    /// It has that data set.
    pub fn holds_dataset(&self, id: &DatasetId) -> bool {
        self.state.datasets.borrow().contains(id)
    }

    /// What it has under that id is no longer right.
    pub fn forget_dataset(&self, id: &DatasetId) {
        self.state.datasets.borrow_mut().retain(|other| other != id);
    }

    /// It has that model.
    pub fn holds_model(&self, id: &ModelId) -> bool {
        self.state.models.borrow().contains(id)
    }

    /// Ends the worker; its request answers `failure`.
    pub fn end(&self, failure: &Failure) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
        self.state.fail(failure);
    }
}

impl State {
    fn receive(&self, data: JsValue) {
        match js::from_js(data) {
            Ok(Reply::Ready { build }) => self.greet(&build),
            Ok(Reply::Progress { id, progress }) => {
                let exchange = self.exchange.borrow();
                let current = exchange.as_ref().filter(|exchange| exchange.id == id);
                let on_progress = current.map(|exchange| Rc::clone(&exchange.on_progress));
                // the callback may start or cancel a request, so nothing may stay borrowed
                drop(exchange);
                if let Some(on_progress) = on_progress {
                    on_progress(progress);
                }
            }
            Ok(Reply::Done { id, result }) => {
                if self.exchange.borrow().as_ref().is_some_and(|exchange| exchange.id == id) {
                    self.answer(result);
                }
            }
            Err(error) => self.fail(&Failure::new(
                "codec",
                format!("the worker's answer can't be read: {error}"),
            )),
        }
    }

    fn greet(&self, build: &str) {
        let result = if build == BUILD {
            Ok(())
        } else {
            Err(Failure::new(
                "stale_build",
                format!("the page is of build {BUILD}, its worker of {build}; reload the page"),
            ))
        };
        self.announce(result);
    }

    fn announce(&self, result: Result<(), Failure>) {
        if let Some(announce) = self.announce.borrow_mut().take() {
            // an ended request no longer waits for the handshake
            drop(announce.send(result));
        }
    }

    fn answer(&self, result: Result<Response, Failure>) {
        if let Some(exchange) = self.exchange.borrow_mut().take() {
            // an ended request no longer waits for its answer
            drop(exchange.answer.send(result));
        }
    }

    fn fail(&self, failure: &Failure) {
        self.announce(Err(failure.clone()));
        self.answer(Err(failure.clone()));
    }

    /// Remembers what the worker made.
    fn note(&self, response: &Response) {
        match response {
            Response::Dataset { summary, .. } => {
                self.datasets.borrow_mut().push(summary.id.clone());
            }
            Response::DatasetAdded { id } => {
                self.datasets.borrow_mut().push(id.clone());
            }
            Response::ModelAdded { id } => {
                self.models.borrow_mut().push(id.clone());
            }
            Response::Fit(fit) => {
                self.models.borrow_mut().push(fit.run.model_id.clone());
            }
            _ => {}
        }
    }
}

fn worker_url() -> Result<String, Failure> {
    let document = web_sys::window().and_then(|window| window.document());
    let meta = document
        .and_then(|document| document.query_selector("meta[name=churn-lab-worker]").ok().flatten());
    meta.and_then(|meta| meta.get_attribute("content")).ok_or_else(|| {
        Failure::new(
            "worker_missing",
            "the page does not name its worker: build it with `cargo xtask build`",
        )
    })
}

fn start_worker(url: &str) -> Result<Worker, JsValue> {
    sandbox::worker(url).unwrap_or_else(|| {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        Worker::new_with_options(url, &options)
    })
}

fn post(worker: &Worker, message: &JsValue) -> Result<(), Failure> {
    worker.post_message_with_transfer(message, &js::buffers(message)).map_err(|error| {
        Failure::new("worker_refused", format!("the worker can't be reached: {error:?}"))
    })
}

fn crash(message: &str) -> Failure {
    let reason = if message.is_empty() { "it could not be loaded" } else { message };
    Failure::new(
        "worker_crashed",
        format!("the worker stopped: {reason}. It is replaced; try again"),
    )
}
