//! Every fit: made with what, and how good. Filtered, sorted, grouped, with the columns one wants.

mod body;
mod columns;
mod group;
mod head;
mod row;
mod tools;

use std::sync::Arc;

use leptos::prelude::*;

use super::compare::Compare;
use super::run_cells::{self, CHOSEN, Cells};
use crate::charts::format;
use crate::data::DatasetSummary;
use crate::data::summary::ColumnSummary;
use crate::experiments::Run;
use crate::exploration::filter::{Filter, FilterError};
use crate::web::app::{use_lab, use_lab_query};
use crate::web::components::card::Card;
use crate::web::components::column_choice::names;
use crate::web::components::filter_box::{Filtered, filter_box};
use crate::web::js::number;
use crate::web::query::{COMPARED, Query};
use crate::web::text::train as text;

/// Keys of the address: the filter, the order, the columns, those that stay in sight, the column whose
/// values are groups.
const WHERE: &str = "runs.where";
const SORT: &str = "runs.sort";
const COLUMNS: &str = "runs.columns";
const PINNED: &str = "runs.pinned";
const GROUP: &str = "runs.group";

/// What the parts of the table work with.
#[derive(Clone, Copy)]
struct Table {
    query: Query,
    /// Every run, and its row of the table it is filtered and sorted by.
    cells: Memo<Arc<Cells>>,
    /// The run whose scores are on screen.
    shown: Memo<Option<Arc<Run>>>,
    /// The columns on screen, the pinned ones first.
    columns: Memo<Vec<Shown>>,
    /// Numbers of the runs that are picked.
    picked: Memo<Vec<u32>>,
}

/// A column on screen.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Shown {
    key: String,
    /// Its place among those that stay in sight when the table is scrolled sideways.
    pinned: Option<usize>,
}

impl Shown {
    /// Numbers stand at the right.
    fn is_right(&self) -> bool {
        self.key.starts_with("metrics.") || self.key.ends_with("_ms")
    }

    /// Where it stays, behind the name of the run and the columns pinned before it.
    fn left(&self) -> Option<String> {
        self.pinned.map(|place| format!("calc(var(--run-column) + {place} * var(--pinned-column))"))
    }
}

/// The table; nothing without a run.
#[component]
pub fn Runs(
    /// The run whose scores are on screen.
    shown: Memo<Option<Arc<Run>>>,
) -> impl IntoView {
    let lab = use_lab();
    let query = use_lab_query();
    let any = Memo::new(move |_| lab.state.runs.with(|runs| !runs.is_empty()));
    let cells = Memo::new(move |_| {
        Arc::new(lab.state.registry.with(|registry| Cells::of(lab.state.runs.get(), registry)))
    });
    let columns = Memo::new(move |_| chosen_columns(query));
    let picked = Memo::new(move |_| {
        let numbers = query.get(COMPARED).unwrap_or_default();
        numbers.split(',').filter_map(|number| number.parse().ok()).collect::<Vec<u32>>()
    });
    let table = Table { query, cells, shown, columns, picked };
    move || any.get().then(|| runs(table))
}

/// The columns that the address asks for.
fn chosen_columns(query: Query) -> Vec<Shown> {
    let pinned = names(query, PINNED).unwrap_or_default();
    let chosen = names(query, COLUMNS).unwrap_or_else(|| CHOSEN.map(str::to_owned).to_vec());
    let others = chosen.iter().filter(|key| !pinned.contains(key)).cloned();
    let others = others.map(|key| Shown { key, pinned: None }).collect::<Vec<_>>();
    let pinned = pinned.into_iter().enumerate();
    let pinned = pinned.map(|(place, key)| Shown { key, pinned: Some(place) });
    pinned.chain(others).collect()
}

fn runs(table: Table) -> AnyView {
    let Table { query, cells, picked, .. } = table;
    let summary =
        Memo::new(move |_| cells.with(|cells| Arc::new(DatasetSummary::columns_of(&cells.table))));
    let applied = Memo::new(move |_| {
        let filter = query.get(WHERE).unwrap_or_default();
        let error = summary.with(|columns| Filter::parse(&filter, columns, number).err());
        (filter, error)
    });
    let order = Memo::new(move |_| {
        let passing = cells.with(|cells| passing(cells, &summary.get(), &applied.get()));
        cells.with(|cells| cells.in_order(passing, query.get(SORT).as_deref()))
    });
    let filtered = Filtered {
        columns: summary.into(),
        applied,
        on_apply: Callback::new(move |filter: String| {
            query.set(&[(WHERE, Some(filter).filter(|filter| !filter.is_empty()))]);
        }),
        example: text::RUNS_FILTER,
    };
    let counted = move || {
        let (some, all) = (order.with(Vec::len), cells.with(|cells| cells.runs.len()));
        let count = |n: usize| format::count(n as u64);
        match some == all {
            true => format!("{} {}", count(all), text::RUNS_SMALL),
            false => format!("{} {} {} {}", count(some), text::OF, count(all), text::RUNS_SMALL),
        }
    };
    view! {
        <Card title=text::RUNS sub=text::RUNS_SUB>
            <div class="selection-tools">{filter_box(filtered)}</div>
            <div class="runs-tools">
                <span role="status" data-testid="runs-counted">{counted}</span>
                {group::choice(table)}
                {columns::choice(table)}
                {tools::tools(table, order)}
            </div>
            {body::sheet(table, order)}
            <p class="note">{text::RUNS_NOTE}</p>
        </Card>
        {move || (picked.with(Vec::len) > 1).then(|| view! { <Compare cells picked /> })}
    }
    .into_any()
}

/// Rows that pass the filter; all of them where it is none.
fn passing(
    cells: &Cells,
    columns: &[ColumnSummary],
    (filter, error): &(String, Option<FilterError>),
) -> Vec<usize> {
    let all = 0..cells.runs.len();
    let Ok(filter) = Filter::parse(filter, columns, number) else { return all.collect() };
    if error.is_some() {
        return all.collect();
    }
    let failed = filter.failed(&cells.table);
    all.filter(|&row| failed.get(row) == Some(&0)).collect()
}

fn pick_runs(query: Query, numbers: &[u32]) {
    let numbers: Vec<String> = numbers.iter().map(u32::to_string).collect();
    query.replace(&[(COMPARED, Some(numbers.join(",")).filter(|numbers| !numbers.is_empty()))]);
}

/// What a row has in a column; where it has nothing a small card has no place for it.
fn cell(shown: Shown, words: String, title: Option<String>) -> AnyView {
    let (left, is_empty) = (shown.left(), words.is_empty());
    view! {
        <td
            data-label=run_cells::head(&shown.key)
            class:right=shown.is_right()
            class:long=shown.key == "settings"
            class:missing=is_empty
            class:pinned=left.is_some()
            style:left=left
            title=title
        >
            {words}
        </td>
    }
    .into_any()
}
