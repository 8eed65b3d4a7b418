//! Tables of the data page.

use leptos::prelude::*;

/// A table whose head stays while its body scrolls. `class` is how it is laid out on a narrow screen.
pub fn sheet(
    name: &'static str,
    class: &'static str,
    heads: Vec<String>,
    rows: Vec<AnyView>,
) -> AnyView {
    let heads = heads.into_iter().map(|head| view! { <th scope="col">{head}</th> }.into_any());
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=name>
            <table class=class>
                <caption class="hidden">{name}</caption>
                <thead><tr>{heads.collect::<Vec<_>>()}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// A cell, numbers at the right.
pub fn cell(text: String, is_number: bool) -> AnyView {
    view! { <td class:right=is_number>{text}</td> }.into_any()
}

/// A cell that says its column where there is no head.
pub fn labelled(label: &'static str, text: String, is_number: bool) -> AnyView {
    view! { <td class:right=is_number data-label=label>{text}</td> }.into_any()
}
