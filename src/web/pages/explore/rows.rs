//! The selected rows themselves.

use std::sync::Arc;

use futures::FutureExt;
use leptos::prelude::*;

use super::Explored;
use super::question;
use crate::compute::Failure;
use crate::data::ColumnKind;
use crate::exploration::{Figures, Question, Sort};
use crate::web::app::use_lab;
use crate::web::components::card::Card;
use crate::web::components::virtual_table::{Head, Order, TableRow, VirtualTable};
use crate::web::text::explore as text;

/// The table.
pub fn rows(page: Explored) -> AnyView {
    let lab = use_lab();
    let sort =
        Memo::new(move |_| page.dataset.with_value(|dataset| question::sort(page.query, dataset)));
    let total = Signal::derive(move || {
        page.answer.with(|answer| answer.as_deref().map_or(0, |answer| answer.selected.total()))
    });
    let (id, heads) = page.dataset.with_value(|dataset| {
        let heads = dataset.columns.iter().map(|column| Head {
            name: column.name.clone(),
            is_number: column.kind == ColumnKind::Numeric,
        });
        (dataset.id.clone(), heads.collect::<Vec<Head>>())
    });
    let asked = Memo::new(move |_| (page.selection(), sort.get()));
    let fetch = move |from: u32, count: u32| {
        let (selection, sort) = asked.get_untracked();
        let id = id.clone();
        async move {
            let question = Question::Rows { from, count, sort };
            match &lab.explore(id, selection, question).await?.figures {
                Figures::Rows(part) => Ok(part
                    .places
                    .iter()
                    .zip(&part.rows)
                    .map(|(&place, values)| TableRow { place, values: values.clone() })
                    .collect()),
                _ => Err(Failure::new("protocol", text::NO_ROWS)),
            }
        }
        .boxed_local()
    };
    let order = Signal::derive(move || {
        sort.get().map(|Sort { column, descending }| Order { column, descending })
    });
    let on_sort = move |column: String| {
        let after = match sort.get_untracked() {
            Some(before) if before.column == column && before.descending => None,
            Some(before) if before.column == column => Some(format!("-{column}")),
            _ => Some(column),
        };
        page.query.set(&[("sort", after)]);
    };
    let changed = Signal::derive(move || asked.track());
    view! {
        <Card title=text::ROWS>
            <VirtualTable
                label=text::SELECTED_ROWS
                heads=Arc::new(heads)
                total
                changed
                fetch=Box::new(fetch)
                order
                on_sort=Callback::new(on_sort)
            />
        </Card>
    }
    .into_any()
}
