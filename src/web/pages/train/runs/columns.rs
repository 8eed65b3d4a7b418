//! Which columns there are, and which stay in sight.

use std::sync::Arc;

use leptos::prelude::*;

use super::super::run_cells::CHOSEN;
use super::{COLUMNS, PINNED, Table};
use crate::web::components::column_choice::{
    Beside, ColumnChoice, ColumnChoiceProps, joined, names, toggled,
};
use crate::web::text::train as text;

/// A box for each column, and a button that pins it.
pub fn choice(table: Table) -> AnyView {
    let Table { query, cells, columns, .. } = table;
    let all = Memo::new(move |_| cells.with(|cells| cells.keys()));
    let chosen =
        move || names(query, COLUMNS).unwrap_or_else(|| CHOSEN.map(str::to_owned).to_vec());
    let pinned = move || names(query, PINNED).unwrap_or_default();
    // without a pinned column there is no list
    let as_pinned = |names: Vec<String>| (!names.is_empty()).then(|| joined(&names));
    let shown = Memo::new(move |_| {
        columns.with(|columns| columns.iter().map(|shown| shown.key.clone()).collect::<Vec<_>>())
    });
    let show = move |key: String| {
        if !shown.with_untracked(|shown| shown.contains(&key)) {
            let chosen = toggled(untrack(chosen), &key);
            return query.replace(&[(COLUMNS, Some(joined(&chosen)))]);
        }
        // out of sight is out of both lists
        let without = |mut names: Vec<String>| {
            names.retain(|other| *other != key);
            names
        };
        let chosen = joined(&without(untrack(chosen)));
        let pinned = as_pinned(without(untrack(pinned)));
        query.replace(&[(COLUMNS, Some(chosen)), (PINNED, pinned)]);
    };
    let beside: Beside = Arc::new(move |key| {
        let (this, key, label) = (key.to_owned(), key.to_owned(), format!("{} {key}", text::PIN));
        let is_pinned = Memo::new(move |_| {
            let is_it = |shown: &super::Shown| shown.key == this && shown.pinned.is_some();
            columns.with(|columns| columns.iter().any(is_it))
        });
        let pin = move |_| {
            query.replace(&[(PINNED, as_pinned(toggled(untrack(pinned), &key)))]);
        };
        view! {
            <button class="quiet" aria-label=label aria-pressed=move || is_pinned.get().to_string() title=text::PIN_WHY on:click=pin>{text::PIN}</button>
        }
        .into_any()
    });
    ColumnChoice(ColumnChoiceProps {
        all: all.into(),
        shown: shown.into(),
        on_toggle: Callback::new(show),
        beside: Some(beside),
        above: ViewFn::default(),
    })
    .into_any()
}
