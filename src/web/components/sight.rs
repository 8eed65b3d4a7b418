//! How large an element is, and whether it is in sight.

use js_sys::Array;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{
    Element, IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit,
    ResizeObserver,
};

/// Keeps `width` at the width of the canvas's box.
pub fn watch_width(canvas: NodeRef<html::Canvas>, width: RwSignal<f64>) {
    let figure = move || canvas.get()?.parent_element();
    watch_box(figure, width, |figure| f64::from(figure.client_width()));
}

/// Keeps `height` at the inner height of an element.
pub fn watch_height(element: NodeRef<html::Div>, height: RwSignal<f64>) {
    watch_box(
        move || element.get().map(Into::into),
        height,
        |element| f64::from(element.client_height()),
    );
}

/// Keeps `size` at what is measured of an element, which is asked only when the browser has laid it
/// out anyway.
fn watch_box(
    element: impl Fn() -> Option<Element> + 'static,
    size: RwSignal<f64>,
    measure: fn(&Element) -> f64,
) {
    let observer = StoredValue::new_local(None::<(ResizeObserver, Closure<dyn Fn()>)>);
    Effect::new(move |_| {
        let Some(element) = element() else { return };
        let measured = element.clone();
        let changed = Closure::<dyn Fn()>::new(move || {
            let now = measure(&measured);
            if size.try_get_untracked().is_some_and(|before| (before - now).abs() >= 1.0) {
                size.set(now);
            }
        });
        match ResizeObserver::new(changed.as_ref().unchecked_ref()) {
            Ok(resize) => {
                resize.observe(&element);
                observer.set_value(Some((resize, changed)));
            }
            Err(_unsupported) => size.set(measure(&element)),
        }
    });
    on_cleanup(move || {
        observer.update_value(|observer| {
            if let Some((resize, _)) = observer.take() {
                resize.disconnect();
            }
        });
    });
}

/// Whether the canvas is in sight or near it, or the page is being printed: many charts change at
/// once when something is picked, and only these need to be drawn.
pub fn watch_seen(canvas: NodeRef<html::Canvas>) -> RwSignal<bool> {
    let seen = RwSignal::new(false);
    let observer = StoredValue::new_local(None::<(IntersectionObserver, Closure<dyn Fn(Array)>)>);
    Effect::new(move |_| {
        let Some(canvas) = canvas.get() else { return };
        let look = Closure::<dyn Fn(Array)>::new(move |entries: Array| {
            // the latest entry says how it is now
            let latest = entries.pop().dyn_into::<IntersectionObserverEntry>();
            let now = latest.is_ok_and(|entry| entry.is_intersecting());
            if seen.try_get_untracked().is_some_and(|before| before != now) {
                seen.set(now);
            }
        });
        let init = IntersectionObserverInit::new();
        init.set_root_margin("200px");
        match IntersectionObserver::new_with_options(look.as_ref().unchecked_ref(), &init) {
            Ok(watch) => {
                watch.observe(&canvas);
                observer.set_value(Some((watch, look)));
            }
            Err(_unsupported) => seen.set(true),
        }
    });
    let printing = window_event_listener_untyped("beforeprint", move |_| {
        seen.try_set(true);
    });
    on_cleanup(move || {
        printing.remove();
        observer.update_value(|observer| {
            if let Some((watch, _)) = observer.take() {
                watch.disconnect();
            }
        });
    });
    seen
}
