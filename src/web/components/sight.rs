//! How large an element is, whether it is in sight, and when to draw it.

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

/// Asks for `draw` in the browser's next frame; until it comes, asking again changes nothing. What else
/// changes in the meantime is then drawn at once, after the browser's own work and not between.
pub fn next_frame(draw: impl Fn() + 'static) -> impl Fn() + Copy {
    let draw = StoredValue::new_local(Box::new(draw) as Box<dyn Fn()>);
    let asked = StoredValue::new(false);
    move || {
        if asked.get_value() {
            return;
        }
        asked.set_value(true);
        request_animation_frame(move || {
            asked.try_update_value(|asked| *asked = false);
            draw.try_with_value(|draw| draw());
        });
    }
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

/// The focus stays near a button that goes when it is pressed: what is given puts it, once the page is
/// drawn anew, on the first `next` in the nearest element around the button that fits `around`.
pub fn keep_focus(
    event: &web_sys::MouseEvent,
    around: &'static str,
    next: &'static str,
) -> impl Fn() + 'static {
    let pressed = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let place = pressed.and_then(|pressed| pressed.closest(around).ok().flatten());
    move || {
        let place = place.clone();
        request_animation_frame(move || {
            let near = place.filter(|place| place.is_connected());
            let near = near.and_then(|place| place.query_selector(next).ok().flatten());
            if let Some(near) = near.and_then(|near| near.dyn_into::<web_sys::HtmlElement>().ok()) {
                // an element that can't take the focus leaves it where it is
                drop(near.focus());
            }
        });
    }
}
