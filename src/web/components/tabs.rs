//! Ways to look at something, of which the address names one.

use leptos::prelude::*;

use crate::web::app::use_lab_query;

/// Links that change one value of the address. Back takes a step back.
#[component]
pub fn Tabs(
    /// What they are ways to do.
    #[prop(into)]
    label: String,
    /// The address's value that they change.
    param: &'static str,
    /// The value and the name of each, in order; without a value the address has none.
    tabs: Vec<(Option<&'static str>, &'static str)>,
    /// The value of the one that is open.
    #[prop(into)]
    current: Signal<Option<&'static str>>,
) -> impl IntoView {
    let query = use_lab_query();
    let links = tabs.into_iter().map(|(key, name)| {
        let value = move || key.map(str::to_owned);
        let open = move |event: web_sys::MouseEvent| {
            let plain = !(event.ctrl_key() || event.meta_key() || event.shift_key());
            if plain && event.button() == 0 {
                event.prevent_default();
                query.set(&[(param, value())]);
            }
        };
        let href = move || query.with(&[(param, value())]);
        let is_open = move || (current.get() == key).then_some("page");
        view! { <a href=href aria-current=is_open on:click=open>{name}</a> }.into_any()
    });
    view! { <nav class="tabs" aria-label=label>{links.collect::<Vec<_>>()}</nav> }
}
