//! A probability that is dragged or typed.

use leptos::prelude::*;

use super::number_box::{Allowed, NumberBox};
use crate::web::js::number;

/// A slider from 0 to 1 with a box beside it. While it is dragged only `threshold` follows, since browsers
/// limit how often an address may change; `on_keep` hears where it was let go, and what is typed.
#[component]
pub fn ThresholdSlider(
    /// What it is called.
    label: &'static str,
    /// Where it stands.
    threshold: RwSignal<f64>,
    /// Where it stands when nothing is read.
    usual: f64,
    /// What may be typed.
    allowed: Allowed,
    /// Called with the threshold to keep.
    #[prop(into)]
    on_keep: Callback<f64>,
) -> impl IntoView {
    let read = move |event: &web_sys::Event| number(&event_target_value(event)).unwrap_or(usual);
    view! {
        <span aria-hidden="true">{label}</span>
        <input
            type="range"
            min="0"
            max="1"
            step="0.01"
            aria-label=label
            prop:value=move || threshold.get().to_string()
            on:input=move |event| threshold.set(read(&event))
            on:change=move |event| on_keep.run(read(&event))
        />
        <NumberBox label value=threshold step=0.01 allowed on_change=move |t| on_keep.run(t) />
    }
}
