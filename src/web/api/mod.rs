//! The lab for programs: `window.churnLab`, typed in `public/churn-lab.d.ts`.
//!
//! Every method is async and goes through the same actions as the page. A failure rejects with an
//! `Error` that has a `code`. What methods do stands in `methods`, whose code comes after the page.

mod customers;
mod export;
mod fitting;
mod methods;
mod shapes;
mod trust;
mod whatif;
mod whole;

use futures::FutureExt;
use futures::future::LocalBoxFuture;
use js_sys::{Error, Object, Promise, Reflect};
use leptos::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::future_to_promise;

pub use customers::customers;
pub use methods::{Answering, Method, Rooms, answer};

use super::actions::Lab;
use super::js;
use super::rooms::RoomError;
use super::state::{Phase, StorageStatus};
use super::text::export::LOST;
use crate::compute::Failure;
use shapes::Ready;

/// Loads the code of the methods and begins with one.
pub type Programs = fn(Lab, Method, Args) -> LocalBoxFuture<'static, Result<Answering, RoomError>>;

/// Loads the code of the Customers room and lists customers.
pub type Lister = fn(Lab, Args) -> LocalBoxFuture<'static, Result<Answering, RoomError>>;

/// The code of a room that a method needs could not be loaded.
fn lost(error: &RoomError) -> Failure {
    Failure::new("room_lost", format!("{LOST} ({error:?})"))
}

/// Puts `window.churnLab` in place and says so in the console.
pub fn install(lab: Lab, programs: Programs) {
    let api = Object::new();
    method(&api, "ready", move |_| async move { to_js(&ready(lab).await?) }.boxed_local());
    for called in Method::ALL {
        method(&api, called.name(), move |args| later(lab, programs, called, args).boxed_local());
    }
    let target: &JsValue = &js_sys::global();
    // a page whose global object is frozen has no API, and says so
    if let Err(error) = Reflect::set(target, &"churnLab".into(), &Object::freeze(&api)) {
        web_sys::console::warn_1(&error);
    }
    web_sys::console::info_1(
        &"Churn Lab: everything this page does, a program can do too; try `await churnLab.ready()`"
            .into(),
    );
}

async fn ready(lab: Lab) -> Result<Ready, Failure> {
    // the phase changes once, soon; a microtask loop would starve the page, so wait on the signal
    let (sender, receiver) = futures::channel::oneshot::channel();
    let sender = std::cell::RefCell::new(Some(sender));
    let watcher = Effect::watch(
        move || lab.state.phase.get(),
        move |phase, _, _| {
            if *phase == Phase::Ready
                && let Some(sender) = sender.borrow_mut().take()
            {
                // it fails only when nobody waits any more, and then nobody misses it
                sender.send(()).unwrap_or_default();
            }
        },
        true,
    );
    let waited = receiver.await;
    watcher.stop();
    waited.map_err(|_cancelled| Failure::new("closed", "the page was closed"))?;
    let storage = match lab.state.storage.get_untracked() {
        StorageStatus::IndexedDb => "indexeddb",
        StorageStatus::Opening | StorageStatus::Memory(_) => "memory",
    };
    Ok(Ready { version: env!("CARGO_PKG_VERSION"), storage })
}

/// Loads the method's code, unless it is there, and calls it.
async fn later(
    lab: Lab,
    programs: Programs,
    method: Method,
    args: Args,
) -> Result<JsValue, Failure> {
    let begun = programs(lab, method, args).await;
    begun.map_err(|error| lost(&error))?.await
}

fn method(api: &Object, name: &str, action: impl Fn(Args) -> Answering + 'static) {
    type Call = dyn Fn(JsValue, JsValue, JsValue) -> Promise;
    let call = Closure::<Call>::new(move |first, second, third| {
        promise(action(Args([first, second, third])))
    });
    if let Err(error) = Reflect::set(api, &name.into(), call.as_ref()) {
        web_sys::console::warn_1(&error);
    }
    // it can be called as long as the page lives
    call.forget();
}

/// One kind of future, so that what makes a promise of it is compiled once.
fn promise(answer: Answering) -> Promise {
    future_to_promise(async move { answer.await.map_err(|failure| error(&failure)) })
}

/// What a method was called with; no method takes more than three.
pub struct Args([JsValue; 3]);

impl Args {
    fn get(&self, index: usize) -> JsValue {
        self.0.get(index).cloned().unwrap_or(JsValue::UNDEFINED)
    }

    fn text(&self, index: usize, name: &str) -> Result<String, Failure> {
        self.get(index).as_string().ok_or_else(|| {
            Failure::new("bad_argument", format!("argument {} must be {name}, a text", index + 1))
        })
    }

    /// An argument that must be there.
    fn value<T: DeserializeOwned>(&self, index: usize, name: &str) -> Result<T, Failure> {
        js::from_js(self.get(index)).map_err(|error| {
            let message = format!("argument {} ({name}) is wrong: {error}", index + 1);
            Failure::new("bad_argument", message)
        })
    }

    /// An object of options; left out, all have their defaults. A name not allowed is refused.
    fn options<T: DeserializeOwned>(&self, index: usize, allowed: &[&str]) -> Result<T, Failure> {
        let value = self.get(index);
        if value.is_undefined() || value.is_null() {
            return Self([Object::new().into(), JsValue::NULL, JsValue::NULL]).value(0, "options");
        }
        for name in Object::keys(value.unchecked_ref::<Object>()) {
            let name = name.as_string().unwrap_or_default();
            if !allowed.contains(&name.as_str()) {
                let allowed = allowed.join(", ");
                let message = format!("unknown option \"{name}\"; allowed: {allowed}");
                return Err(Failure::new("unknown_option", message));
            }
        }
        self.value(index, "options")
    }
}

fn to_js<T: Serialize>(value: &T) -> Result<JsValue, Failure> {
    js::to_js(value)
        .map_err(|error| Failure::new("protocol", format!("the answer can't be given: {error}")))
}

fn error(failure: &Failure) -> JsValue {
    let error = Error::new(&failure.message);
    if let Err(problem) = Reflect::set(&error, &"code".into(), &failure.code.as_str().into()) {
        web_sys::console::warn_1(&problem);
    }
    error.into()
}
