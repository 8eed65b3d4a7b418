//! The lab in a frame that may run scripts and nothing else: `<iframe sandbox="allow-scripts">`.
//!
//! The origin of such a page is nobody's, so the browser starts no worker from an address and
//! submits no form. Storage is refused too; `storage` finds that out by itself.

use js_sys::Array;
use leptos::ev;
use leptos::prelude::window_event_listener;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, CustomEvent, CustomEventInit, Element, MouseEvent, Url, Window, Worker};

/// The page's window, where the page is in such a frame.
fn sandboxed() -> Option<Window> {
    web_sys::window().filter(|window| window.origin() == "null")
}

/// A worker that imports the module at `url`; `None` where one can be started from its address.
///
/// # Errors
/// The browser's, when it can't start workers at all.
pub fn worker(url: &str) -> Option<Result<Worker, JsValue>> {
    sandboxed().map(|window| {
        // in a full address quotes are escaped
        let url = Url::new_with_base(url, &window.location().href()?)?.href();
        // Chromium refuses modules in blobs here, but no import. What the import fails with is
        // thrown outside the promise, where the page hears of it.
        let script = format!("import(\"{url}\").catch((e) => setTimeout(() => {{ throw e; }}));");
        let blob = Blob::new_with_str_sequence(&Array::of1(&script.into()))?;
        let address = Url::create_object_url_with_blob(&blob)?;
        let worker = Worker::new(&address);
        Url::revoke_object_url(&address)?;
        worker
    })
}

/// Lets forms hear of `submit` all the same. The lab's forms send nothing: the event is all they
/// need.
pub fn tell_forms() {
    if sandboxed().is_some() {
        window_event_listener(ev::click, |event: MouseEvent| {
            let clicked = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            // Enter in a field clicks the form's button too
            let form = clicked.and_then(|element| {
                element.closest("form button:not([type=button])").ok()??.closest("form").ok()?
            });
            let options = CustomEventInit::new();
            options.set_bubbles(true);
            options.set_cancelable(true);
            if let Some(form) = form
                && let Ok(submit) = CustomEvent::new_with_event_init_dict("submit", &options)
            {
                event.prevent_default();
                // it answers whether the form wants to be sent, which no form of the lab does
                drop(form.dispatch_event(&submit));
            }
        });
    }
}
