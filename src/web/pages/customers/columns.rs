//! Which columns the table shows: who it is and the probability always, the others as the address says.

use leptos::prelude::*;

use super::address;
use super::table::Table;
use crate::charts::format;
use crate::data::Role;
use crate::data::summary::ColumnSummary;
use crate::web::app::use_lab;
use crate::web::components::column_choice::{
    ColumnChoice, ColumnChoiceProps, joined, names, toggled,
};
use crate::web::query::Query;
use crate::web::text::customers as text;

/// Features that are shown at once as those with the strongest reasons.
const STRONGEST: usize = 10;

/// The columns on screen, each with its place in a row: those that stay, then the chosen ones in the order
/// they were chosen in; tracked.
pub fn shown_columns(query: Query, columns: &[ColumnSummary]) -> Vec<(usize, ColumnSummary)> {
    let placed = |(at, column): (usize, &ColumnSummary)| (at, column.clone());
    let stay = columns.iter().enumerate().take(n_staying(columns)).map(placed);
    let chosen = chosen(query, columns).into_iter().filter_map(|name| {
        columns.iter().enumerate().find(|(_, column)| column.name == name).map(placed)
    });
    stay.chain(chosen).collect()
}

/// The identifiers and the probability behind them.
fn n_staying(columns: &[ColumnSummary]) -> usize {
    columns.iter().take_while(|column| column.role == Role::Identifier).count() + 1
}

/// Names of the columns that can be chosen.
fn choosable(columns: &[ColumnSummary]) -> Vec<String> {
    columns.iter().skip(n_staying(columns)).map(|column| column.name.clone()).collect()
}

/// Names of those that are; tracked.
fn chosen(query: Query, columns: &[ColumnSummary]) -> Vec<String> {
    let all = choosable(columns);
    match names(query, address::COLUMNS) {
        None => all,
        Some(mut names) => {
            names.retain(|name| all.contains(name));
            names
        }
    }
}

/// A box for each column, all of them, and those with the strongest reasons.
pub fn choice(table: Table) -> AnyView {
    let Table { page, columns, .. } = table;
    let query = page.query;
    let state = use_lab().state;
    let all = columns.with_value(|columns| choosable(columns));
    let every = all.clone();
    let set = move |names: Option<Vec<String>>| {
        // without a list there are all
        let names = names.filter(|names| *names != every);
        query.replace(&[(address::COLUMNS, names.map(|names| joined(&names)))]);
    };
    let shown = Memo::new(move |_| columns.with_value(|columns| chosen(query, columns)));
    let toggle = {
        let set = set.clone();
        move |name: String| set(Some(toggled(shown.get_untracked(), &name)))
    };
    let above = move || {
        let (all, strongest) = (set.clone(), set.clone());
        let explained = Memo::new(move |_| {
            state.explained.with(|known| {
                let known =
                    known.as_ref().filter(|known| page.portfolio.with(|of| of.is_of(known)));
                known.map_or(0, |known| known.reasons.explained())
            })
        });
        let show = move |_| {
            let places = state.explained.with_untracked(|known| {
                let of = |known: &&_| page.portfolio.with_untracked(|of| of.is_of(known));
                known.as_ref().filter(of).map(|known| known.reasons.strongest(STRONGEST))
            });
            let features = page.portfolio.with_untracked(|of| of.features.clone());
            let names = places.unwrap_or_default().into_iter();
            strongest(Some(names.filter_map(|at| features.get(at).cloned()).collect()));
        };
        let why = move || text::strongest_why(&format::count(u64::from(explained.get())));
        view! {
            <div class="row column-sets">
                <button on:click=move |_| all(None)>{text::ALL_COLUMNS}</button>
                <button disabled=move || explained.get() == 0 on:click=show>{text::STRONGEST}</button>
                <span class="sub">{why}</span>
            </div>
        }
    };
    ColumnChoice(ColumnChoiceProps {
        all: Signal::stored(all),
        shown: shown.into(),
        on_toggle: Callback::new(toggle),
        beside: None,
        above: above.into(),
    })
    .into_any()
}
