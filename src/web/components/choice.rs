//! One of several, in a select.

use leptos::prelude::*;

/// A select. Values are what is chosen, labels what is read.
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
    let options = options.into_iter().map(|(option, words)| {
        let selected = option == value;
        view! { <option value=option selected=selected prop:selected=selected>{words}</option> }
            .into_any()
    });
    let disabled = locked.is_some();
    view! {
        <select
            aria-label=label
            data-testid=testid
            disabled=disabled
            title=locked
            on:change=move |event| on_change.run(event_target_value(&event))
        >
            {options.collect::<Vec<_>>()}
        </select>
    }
    .into_any()
}
