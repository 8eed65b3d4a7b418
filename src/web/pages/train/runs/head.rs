//! The names of the columns; a click sorts.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{ScrollIntoViewOptions, ScrollLogicalPosition};

use super::super::run_cells;
use super::{SORT, Shown, Table};
use crate::web::text::train as text;

/// A click on a name sorts by it: downward, upward, then as they were made.
pub fn head(table: Table) -> AnyView {
    let columns = table.columns;
    let names = move |pinned: bool| {
        move || {
            let shown = columns.get().into_iter().filter(|shown| shown.pinned.is_some() == pinned);
            shown.map(|shown| name(table, shown)).collect::<Vec<_>>()
        }
    };
    view! {
        <thead>
            <tr aria-rowindex="1">
                <th scope="col">{text::RUN}</th>
                {names(true)}
                <th scope="col">{text::ACTIONS}</th>
                {names(false)}
            </tr>
        </thead>
    }
    .into_any()
}

fn name(Table { query, .. }: Table, shown: Shown) -> AnyView {
    let sorted = query.get(SORT).unwrap_or_default();
    let (right, left, key) = (shown.is_right(), shown.left(), shown.key);
    let (down, up) = (format!("-{key}"), key.clone());
    let (aria, next) = match () {
        () if sorted == down => (Some("descending"), Some(up)),
        () if sorted == up => (Some("ascending"), None),
        () => (None, Some(down)),
    };
    let sort = move |_| query.set(&[(SORT, next.clone())]);
    let words = run_cells::head(&key);
    view! {
        <th scope="col" aria-sort=aria class:right=right class:pinned=left.is_some() style:left=left>
            <button class="quiet" title=key on:click=sort on:focus=in_sight>{words}</button>
        </th>
    }
    .into_any()
}

/// Scrolls the table so far that what has the focus is seen whole, which browsers leave when a part is.
fn in_sight(event: web_sys::FocusEvent) {
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    if let Some(target) = target {
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Nearest);
        options.set_inline(ScrollLogicalPosition::Nearest);
        target.scroll_into_view_with_scroll_into_view_options(&options);
    }
}
