//! A row of the table.

use std::sync::Arc;

use leptos::prelude::*;

use super::{Head, Shown, TableRow};
use crate::charts::format;
use crate::data::Value;
use crate::numerics::calendar::iso;

/// Draws the cell of a column, given the place of its value; `None` where it is only its value.
pub type Draw = Arc<dyn Fn(&TableRow, usize) -> Option<AnyView> + Send + Sync>;

/// A value as it is read.
#[must_use]
pub fn value_words(value: &Value, is_date: bool) -> String {
    match value {
        Value::Number(days) if is_date => iso(*days),
        value => value.to_string(),
    }
}

pub(super) fn row_view(
    shown: Shown,
    marked: Option<RwSignal<u32>>,
    heads: &Arc<Vec<Head>>,
    draw: Option<&Draw>,
) -> AnyView {
    let at = shown.at;
    let number = shown.row().map(|row| format::count(u64::from(row.row)));
    let is_marked = Memo::new(move |_| marked.is_some_and(|marked| marked.get() == at));
    let (heads, draw) = (Arc::clone(heads), draw.cloned());
    view! {
        <tr
            aria-rowindex=(at + 2).to_string()
            class:marked=is_marked
            aria-current=move || is_marked.get().then_some("true")
        >
            <th scope="row" class="right">{number}</th>
            {move || cells(shown.row(), &heads, draw.as_ref())}
        </tr>
    }
    .into_any()
}

fn cells(row: Option<&TableRow>, heads: &[Head], draw: Option<&Draw>) -> Vec<AnyView> {
    let cell = |head: &Head| {
        if let Some(cell) = draw.zip(row).and_then(|(draw, row)| draw(row, head.column)) {
            return cell;
        }
        let words = match row.and_then(|row| row.values.get(head.column)) {
            None => "…".to_owned(),
            Some(value) => value_words(value, head.is_date),
        };
        view! { <td class:right=head.is_number>{words}</td> }.into_any()
    };
    heads.iter().map(cell).collect()
}
