//! The worker's side of the protocol.

use std::cell::RefCell;
use std::rc::Rc;

use futures::future::LocalBoxFuture;
use js_sys::Uint8Array;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, DedicatedWorkerGlobalScope, MessageEvent};

use super::BUILD;
use super::js;
use crate::compute::{
    Answer, Failure, FileReading, Later, Message, Progress, Reply, Request, RequestId, Response,
    Session,
};

/// Bytes of a file that are in memory at a time, twice: the next ones come while these are read.
const PIECE: f64 = 8.0 * 1024.0 * 1024.0;

/// Does work whose code comes when it is first asked for.
pub type DoLater = for<'a> fn(
    &'a RefCell<Session>,
    Later,
    &'a mut dyn FnMut(Progress),
) -> LocalBoxFuture<'a, Result<Response, Failure>>;

/// The code of some work could not be fetched; the next request for it tries again.
impl From<wasm_split_helpers::SplitLoaderError> for Failure {
    fn from(_lost: wasm_split_helpers::SplitLoaderError) -> Self {
        let message = "the code for this could not be loaded; check the connection and try again, or \
                       reload the page: the lab may have been updated";
        Self::new("part_lost", message)
    }
}

/// Starts the worker: says which build it is, then answers requests one by one.
pub fn start(do_later: DoLater) {
    console_error_panic_hook::set_once();
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let clock = super::clock::worker_clock(&scope);
    let session = Rc::new(RefCell::new(Session::new(clock)));
    let answering = scope.clone();
    let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        listen(answering.clone(), Rc::clone(&session), do_later, event.data());
    });
    scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    // it listens as long as the worker lives
    on_message.forget();
    post(&scope, &Reply::Ready { build: BUILD.to_owned() });
}

/// Answers a message. The page sends the next one when it has the answer.
#[allow(clippy::disallowed_methods, reason = "a worker's work starts here")]
fn listen(
    scope: DedicatedWorkerGlobalScope,
    session: Rc<RefCell<Session>>,
    do_later: DoLater,
    data: JsValue,
) {
    let file = js::attached(&data);
    wasm_bindgen_futures::spawn_local(async move {
        let message = match file {
            Some(_) => js::from_js(data),
            None => match js::unshelve(&data).await {
                Ok(()) => js::from_js(data),
                Err(error) => Err(error),
            },
        };
        let Message { id, request } = match message {
            Ok(message) => message,
            Err(error) => {
                let message = format!("the page's request can't be read: {error}");
                // request 0 is nobody's, so the page drops the answer; the page would have to be broken
                let result = Err(Failure::new("codec", message));
                return post(&scope, &Reply::Done { id: RequestId(0), result });
            }
        };
        let mut on_progress = |progress| post(&scope, &Reply::Progress { id, progress });
        let result = match (file, request) {
            (Some(file), Request::ReadFile { name, target, format }) => {
                let begun = session.borrow().begin_file(name, target, format, file.size() as usize);
                match read(begun, &file, &mut on_progress).await {
                    Ok(reading) => session.borrow_mut().finish_file(reading),
                    Err(failure) => Err(failure),
                }
            }
            (_, request) => {
                let answer = session.borrow_mut().answer(request, &mut on_progress);
                match answer {
                    Answer::Now(result) => result,
                    Answer::Later(work) => do_later(&session, work, &mut on_progress).await,
                }
            }
        };
        post(&scope, &Reply::Done { id, result });
    });
}

/// Reads a file of the person's disk where it is.
async fn read(
    begun: Result<FileReading, Failure>,
    file: &Blob,
    on_progress: &mut dyn FnMut(Progress),
) -> Result<FileReading, Failure> {
    let mut reading = begun?;
    let gone = |_moved: JsValue| {
        let message = "the file can't be read any more: was it moved or changed?";
        Failure::new("file_unreadable", message)
    };
    let ask = |at: f64| {
        let piece = file.slice_with_f64_and_f64(at, at + PIECE).map_err(gone)?;
        Ok::<_, Failure>(JsFuture::from(piece.array_buffer()))
    };
    let mut bytes = Vec::new();
    let mut at = 0.0;
    let mut coming = ask(at)?;
    while at < file.size() {
        let piece = Uint8Array::new(&coming.await.map_err(gone)?);
        at += PIECE;
        coming = ask(at)?;
        bytes.resize(piece.length() as usize, 0);
        piece.copy_to(&mut bytes);
        let progress = reading.push(&bytes);
        if file.size() > PIECE {
            on_progress(progress);
        }
    }
    Ok(reading)
}

fn post(scope: &DedicatedWorkerGlobalScope, reply: &Reply) {
    let message = match js::to_js(reply) {
        Ok(message) => message,
        Err(error) => {
            web_sys::console::error_1(&format!("a reply can't be sent: {error}").into());
            return;
        }
    };
    if let Err(error) = js::shelve(&message) {
        // then it crosses as a buffer
        web_sys::console::warn_1(&error.reason.into());
    }
    if let Err(error) = scope.post_message_with_transfer(&message, &js::buffers(&message)) {
        web_sys::console::error_1(&error);
    }
}
