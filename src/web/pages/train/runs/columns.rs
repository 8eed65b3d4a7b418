//! Which columns there are, and which stay in sight.

use leptos::prelude::*;

use super::super::run_cells::CHOSEN;
use super::{COLUMNS, PINNED, Table, keys};
use crate::web::text::train as text;

/// A box for each column, and a button that pins it.
pub fn choice(table: Table) -> AnyView {
    let Table { query, cells, columns, .. } = table;
    let all = Memo::new(move |_| cells.with(|cells| cells.keys()));
    // of one list of the address a key is taken out, or put at its end
    let toggle = move |of: &'static str, chosen: Vec<String>, key: &str| {
        let mut after = chosen;
        match after.iter().position(|other| other == key) {
            Some(at) => drop(after.remove(at)),
            None => after.push(key.to_owned()),
        }
        // without a key there are none; without the list there are those a person sees first
        let default = of == PINNED && after.is_empty();
        (of, (!default).then(|| after.join("|")))
    };
    let chosen = move || keys(query, COLUMNS).unwrap_or_else(|| CHOSEN.map(str::to_owned).to_vec());
    let pinned = move || keys(query, PINNED).unwrap_or_default();
    let one = move |key: String| {
        // the name that the filter knows
        let name = key.clone();
        let (of_shown, of_pinned) = (key.clone(), key.clone());
        let is_on = Memo::new(move |_| {
            columns.with(|columns| columns.iter().any(|shown| shown.key == of_shown))
        });
        let is_pinned = Memo::new(move |_| {
            let is_it = |shown: &super::Shown| shown.key == of_pinned && shown.pinned.is_some();
            columns.with(|columns| columns.iter().any(is_it))
        });
        let pin_key = key.clone();
        let show = move |_| {
            let mut changes = Vec::new();
            if untrack(|| is_on.get()) {
                // out of sight is out of both lists
                let is_other = |other: &String| *other != key;
                let without =
                    |list: Vec<String>| list.into_iter().filter(is_other).collect::<Vec<_>>();
                changes.push((COLUMNS, Some(without(untrack(chosen)).join("|"))));
                let pins = without(untrack(pinned));
                changes.push((PINNED, (!pins.is_empty()).then(|| pins.join("|"))));
            } else {
                changes.push(toggle(COLUMNS, untrack(chosen), &key));
            }
            query.replace(&changes);
        };
        let pin = move |_| query.replace(&[toggle(PINNED, untrack(pinned), &pin_key)]);
        let label = format!("{} {name}", text::PIN);
        view! {
            <span class="column-of">
                <label class="check"><input type="checkbox" prop:checked=is_on on:change=show /> <code>{name}</code></label>
                <button class="quiet" aria-label=label aria-pressed=move || is_pinned.get().to_string() title=text::PIN_WHY on:click=pin>{text::PIN}</button>
            </span>
        }
        .into_any()
    };
    view! {
        <details class="column-choice">
            <summary>{text::COLUMNS}</summary>
            <div class="choices">{move || all.get().into_iter().map(one).collect::<Vec<_>>()}</div>
        </details>
    }
    .into_any()
}
