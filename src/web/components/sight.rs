//! How wide a canvas is, and whether it is in sight.

use js_sys::Array;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{
    IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit, ResizeObserver,
};

/// Keeps `width` at the width of the canvas's box.
pub fn watch_width(canvas: NodeRef<html::Canvas>, width: RwSignal<f64>) {
    let observer = StoredValue::new_local(None::<(ResizeObserver, Closure<dyn Fn()>)>);
    Effect::new(move |_| {
        let Some(canvas) = canvas.get() else { return };
        let Some(figure) = canvas.parent_element() else { return };
        let measured = figure.clone();
        let measure = Closure::<dyn Fn()>::new(move || {
            let now = f64::from(measured.client_width());
            if width.try_get_untracked().is_some_and(|before| (before - now).abs() >= 1.0) {
                width.set(now);
            }
        });
        match ResizeObserver::new(measure.as_ref().unchecked_ref()) {
            Ok(resize) => {
                resize.observe(&figure);
                observer.set_value(Some((resize, measure)));
            }
            Err(_unsupported) => width.set(f64::from(figure.client_width())),
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
