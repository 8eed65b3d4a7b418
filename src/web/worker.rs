//! The worker's side of the protocol.

use std::cell::RefCell;

use js_sys::Uint8Array;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, DedicatedWorkerGlobalScope, FileReaderSync, MessageEvent};

use super::BUILD;
use super::js;
use crate::compute::{Failure, FileSource, Message, Reply, RequestId, Session};

/// Starts the worker: says which build it is, then answers requests one by one.
pub fn start() {
    console_error_panic_hook::set_once();
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let clock = super::clock::worker_clock(&scope);
    let session = RefCell::new(Session::new(clock));
    let answering = scope.clone();
    let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        let reply = answer(&answering, &session, event.data());
        post(&answering, &reply);
    });
    scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    // it listens as long as the worker lives
    on_message.forget();
    post(&scope, &Reply::Ready { build: BUILD.to_owned() });
}

fn answer(scope: &DedicatedWorkerGlobalScope, session: &RefCell<Session>, data: JsValue) -> Reply {
    let file = js::attached(&data);
    let Message { id, request } = match js::from_js(data) {
        Ok(message) => message,
        Err(error) => {
            let message = format!("the page's request can't be read: {error}");
            // request 0 is nobody's, so the page drops the answer; the page would have to be broken
            return Reply::Done { id: RequestId(0), result: Err(Failure::new("codec", message)) };
        }
    };
    let mut on_progress = |progress| post(scope, &Reply::Progress { id, progress });
    if let Some(file) = file {
        session.borrow_mut().attach(Box::new(BlobSource(file)));
    }
    let result = session.borrow_mut().handle(request, &mut on_progress);
    Reply::Done { id, result }
}

/// A file of the person's disk, read where it is.
struct BlobSource(Blob);

impl FileSource for BlobSource {
    fn n_bytes(&self) -> usize {
        self.0.size() as usize
    }

    fn read(&mut self, at: usize, n_bytes: usize) -> Result<Vec<u8>, Failure> {
        let end = (at + n_bytes) as f64;
        let piece = self.0.slice_with_f64_and_f64(at as f64, end);
        let bytes = piece.and_then(|piece| FileReaderSync::new()?.read_as_array_buffer(&piece));
        let bytes = bytes.map_err(|_moved| {
            Failure::new(
                "file_unreadable",
                "the file can't be read any more: was it moved or changed?",
            )
        })?;
        Ok(Uint8Array::new(&bytes).to_vec())
    }
}

fn post(scope: &DedicatedWorkerGlobalScope, reply: &Reply) {
    let message = match js::to_js(reply) {
        Ok(message) => message,
        Err(error) => {
            web_sys::console::error_1(&format!("a reply can't be sent: {error}").into());
            return;
        }
    };
    if let Err(error) = scope.post_message_with_transfer(&message, &js::buffers(&message)) {
        web_sys::console::error_1(&error);
    }
}
