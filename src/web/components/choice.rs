//! One of several, in a select.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlSelectElement;

/// A select. Values are what is chosen, labels what is read. It shows `value` until it is drawn with
/// another one: a choice that is refused is not shown.
#[component]
pub fn Choice(
    /// What is chosen, for those who can't see the row.
    #[prop(into)]
    label: String,
    /// Value and label of every option, in order.
    options: Vec<(String, String)>,
    /// The chosen value.
    value: String,
    /// Why nothing else can be chosen; `None` when it can. Default `None`.
    #[prop(optional, into)]
    locked: Option<String>,
    /// For tests. Default none.
    #[prop(optional)]
    testid: &'static str,
    /// Called with the new value.
    #[prop(into)]
    on_change: Callback<String>,
) -> impl IntoView {
    let chosen = value.clone();
    let options = options.into_iter().map(move |(option, words)| {
        let selected = option == chosen;
        view! { <option value=option selected=selected prop:selected=selected>{words}</option> }
            .into_any()
    });
    let disabled = locked.is_some();
    let shown = value;
    let change = move |event: web_sys::Event| {
        let chosen = event_target_value(&event);
        let select = event.target().and_then(|target| target.dyn_into::<HtmlSelectElement>().ok());
        if let Some(select) = select {
            select.set_value(&shown);
        }
        on_change.run(chosen);
    };
    view! {
        <select
            aria-label=label
            data-testid=testid
            disabled=disabled
            title=locked
            on:change=change
        >
            {options.collect::<Vec<_>>()}
        </select>
    }
    .into_any()
}
