//! The selected rows themselves.

use futures::FutureExt;
use leptos::prelude::*;

use super::Explored;
use super::question;
use crate::compute::Failure;
use crate::exploration::{Figures, Question, Sort};
use crate::web::app::use_lab;
use crate::web::components::card::Card;
use crate::web::components::virtual_table::{Head, TableRow, VirtualTable, next_sort};
use crate::web::text::explore as text;

/// The table.
pub fn rows(page: Explored) -> AnyView {
    let lab = use_lab();
    let sort =
        Memo::new(move |_| page.dataset.with_value(|dataset| question::sort(page.query, dataset)));
    let total = Signal::derive(move || {
        page.answer.with(|answer| answer.as_deref().map_or(0, |answer| answer.selected.total()))
    });
    let (id, heads) = page.dataset.with_value(|dataset| (dataset.id.clone(), Head::all(dataset)));
    let asked = Memo::new(move |_| (page.selection(), sort.get()));
    let fetch = move |from: u32, count: u32| {
        let (selection, sort) = asked.get_untracked();
        let id = id.clone();
        async move {
            let question = Question::Rows { from, count, sort };
            match &lab.explore(id, selection, question).await?.figures {
                Figures::Rows(part) => Ok(TableRow::all(part)),
                _ => Err(Failure::new("protocol", text::NO_ROWS)),
            }
        }
        .boxed_local()
    };
    let on_sort = move |column: String| {
        let after = next_sort(sort.get_untracked(), column).map(|Sort { column, descending }| {
            if descending { format!("-{column}") } else { column }
        });
        page.query.set(&[("sort", after)]);
    };
    let changed = Signal::derive(move || asked.track());
    view! {
        <Card title=text::ROWS>
            <VirtualTable
                label=text::SELECTED_ROWS
                heads
                total
                changed
                fetch=Box::new(fetch)
                order=sort.into()
                on_sort=Callback::new(on_sort)
            />
        </Card>
    }
    .into_any()
}
