//! Putting a text on the clipboard.

use leptos::prelude::*;
use wasm_bindgen_futures::JsFuture;

use crate::web::app::use_lab;
use crate::web::text::frame as text;

/// A button that copies and says, in its own words, whether it could.
#[component]
pub fn Copy(
    /// What is copied, asked for when the button is pressed.
    #[prop(into)]
    value: Callback<(), Option<String>>,
    /// The button's words.
    label: &'static str,
    /// The main action of its place. Default no.
    #[prop(optional)]
    go: bool,
) -> impl IntoView {
    let lab = use_lab();
    let said = RwSignal::new(label);
    let copy = move |_| {
        let Some(value) = value.run(()) else { return };
        lab.background(async move {
            let copied = JsFuture::from(window().navigator().clipboard().write_text(&value)).await;
            let words = if copied.is_ok() { text::COPIED } else { text::COPY_FAILED };
            // the page may have been left meanwhile, and nobody reads it then
            said.try_set(words);
        });
    };
    view! { <button class:go=go on:click=copy><span aria-live="polite">{said}</span></button> }
}
