//! Which columns a table shows, and how they stand in the address.

use std::sync::Arc;

use leptos::prelude::*;

use crate::web::query::Query;
use crate::web::text::table as text;

/// What stands beside the box of a column.
pub type Beside = Arc<dyn Fn(&str) -> AnyView + Send + Sync>;

/// A box for each column, folded away.
#[component]
pub fn ColumnChoice(
    /// Names of every column there is.
    #[prop(into)]
    all: Signal<Vec<String>>,
    /// Names of those on screen.
    #[prop(into)]
    shown: Signal<Vec<String>>,
    /// Called with a column that is to come or to go.
    #[prop(into)]
    on_toggle: Callback<String>,
    /// What stands beside each box. Default nothing.
    #[prop(optional)]
    beside: Option<Beside>,
    /// What stands above the boxes. Default nothing.
    #[prop(optional, into)]
    above: ViewFn,
) -> impl IntoView {
    let one = move |name: String| {
        let (this, toggled) = (name.clone(), name.clone());
        let is_on = Memo::new(move |_| shown.with(|shown| shown.contains(&this)));
        let beside = beside.as_ref().map(|beside| beside(&name));
        view! {
            <span class="column-of">
                <label class="check">
                    <input type="checkbox" prop:checked=is_on on:change=move |_| on_toggle.run(toggled.clone()) />
                    " "
                    <code>{name}</code>
                </label>
                {beside}
            </span>
        }
        .into_any()
    };
    view! {
        <details class="column-choice">
            <summary>{text::COLUMNS}</summary>
            {above.run()}
            <div class="choices">{move || all.get().into_iter().map(&one).collect::<Vec<_>>()}</div>
        </details>
    }
    .into_any()
}

/// Names that the address holds under a key; `None` where it says nothing.
pub fn names(query: Query, key: &str) -> Option<Vec<String>> {
    let names = query.get(key)?;
    let names = names.split('|').filter(|name| !name.is_empty());
    Some(names.map(|name| name.replace("%7C", "|").replace("%25", "%")).collect())
}

/// Names as the address holds them: a bar between them, and one inside a name by its code.
pub fn joined(names: &[String]) -> String {
    let names = names.iter().map(|name| name.replace('%', "%25").replace('|', "%7C"));
    names.collect::<Vec<_>>().join("|")
}

/// A name is taken out, or put at the end.
pub fn toggled(mut names: Vec<String>, name: &str) -> Vec<String> {
    match names.iter().position(|other| other == name) {
        Some(at) => drop(names.remove(at)),
        None => names.push(name.to_owned()),
    }
    names
}
