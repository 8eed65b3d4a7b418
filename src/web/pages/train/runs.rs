//! Every fit: made with what, and how good. Filtered, sorted, with the columns one wants.

use std::sync::Arc;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{ScrollIntoViewOptions, ScrollLogicalPosition};

use super::compare::Compare;
use super::run_cells::{self, CHOSEN, Cells};
use crate::charts::format;
use crate::charts::{Cell, ChartTable};
use crate::data::DatasetSummary;
use crate::data::summary::ColumnSummary;
use crate::experiments::Run;
use crate::exploration::filter::{Filter, FilterError};
use crate::web::app::{use_lab, use_lab_query};
use crate::web::components::card::Card;
use crate::web::components::download;
use crate::web::components::filter_box::{Filtered, filter_box};
use crate::web::js::number;
use crate::web::query::{COMPARED, Query};
use crate::web::state::Task;
use crate::web::text::train as text;

/// Keys of the address: the filter, the order, the columns.
const WHERE: &str = "runs.where";
const SORT: &str = "runs.sort";
const COLUMNS: &str = "runs.columns";

/// Rows that are shown at once; more are asked for.
const SHOWN: usize = 100;

/// What the parts of the table work with.
#[derive(Clone, Copy)]
struct Table {
    query: Query,
    /// Every run, and its row of the table it is filtered and sorted by.
    cells: Memo<Arc<Cells>>,
    /// The run whose scores are on screen.
    shown: Memo<Option<Arc<Run>>>,
    /// Keys of the columns on screen.
    columns: Memo<Vec<String>>,
    /// Numbers of the runs that are picked.
    picked: Memo<Vec<u32>>,
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
    let cells = Memo::new(move |_| Arc::new(Cells::of(lab.state.runs.get())));
    let columns = Memo::new(move |_| match query.get(COLUMNS) {
        Some(keys) => keys.split('|').map(str::to_owned).collect(),
        None => CHOSEN.map(str::to_owned).to_vec(),
    });
    let picked = Memo::new(move |_| {
        let numbers = query.get(COMPARED).unwrap_or_default();
        numbers.split(',').filter_map(|number| number.parse().ok()).collect::<Vec<u32>>()
    });
    let table = Table { query, cells, shown, columns, picked };
    move || any.get().then(|| runs(table))
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
                {column_choice(table)}
                {tools(table, order)}
            </div>
            <div class="scroll" tabindex="0" role="region" aria-label=text::RUNS>
                <table class="runs stacked">
                    {head(table)}
                    {body(table, order)}
                </table>
            </div>
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

/// A click on a name sorts by it: downward, upward, then as they were made.
fn head(table: Table) -> AnyView {
    let Table { query, columns, .. } = table;
    let names = move || {
        let sorted = query.get(SORT).unwrap_or_default();
        columns.get().into_iter().map(|key| {
            let (down, up) = (format!("-{key}"), key.clone());
            let (aria, next) = match () {
                () if sorted == down => (Some("descending"), Some(up)),
                () if sorted == up => (Some("ascending"), None),
                () => (None, Some(down)),
            };
            let sort = move |_| query.set(&[(SORT, next.clone())]);
            let right = key.starts_with("metrics.") || key.ends_with("_ms");
            view! {
                <th scope="col" aria-sort=aria class:right=right>
                    <button class="quiet" title=key.clone() on:click=sort on:focus=in_sight>{run_cells::head(&key)}</button>
                </th>
            }
            .into_any()
        })
        .collect::<Vec<_>>()
    };
    view! {
        <thead>
            <tr>
                <th scope="col">{text::RUN}</th>
                <th scope="col">{text::ACTIONS}</th>
                {names}
            </tr>
        </thead>
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

fn body(table: Table, order: Memo<Vec<usize>>) -> AnyView {
    let most = RwSignal::new(SHOWN);
    let ids = Memo::new(move |_| {
        let runs = table.cells.get();
        order.with(|order| {
            let rows = order.iter().take(most.get()).filter_map(|&row| runs.runs.get(row));
            rows.map(|run| run.number).collect::<Vec<u32>>()
        })
    });
    let more = move || {
        let left = order.with(Vec::len).saturating_sub(most.get());
        (left > 0).then(|| {
            let words = format!("{} {}", text::SHOW_MORE, format::count(left as u64));
            view! {
                <tr><td colspan="20"><button on:click=move |_| most.update(|most| *most += 10 * SHOWN)>{words}</button></td></tr>
            }
        })
    };
    view! {
        <tbody>
            <For each=move || ids.get() key=|number| *number children=move |number| run_row(table, number) />
            {more}
        </tbody>
    }
    .into_any()
}

/// Rows stay when another run is looked at or used, so that the focus stays where it is.
fn run_row(table: Table, number: u32) -> AnyView {
    let lab = use_lab();
    let Table { query, cells, picked, columns, .. } = table;
    let run = Memo::new(move |_| cells.with(|cells| cells.run(number).cloned()));
    let used = Memo::new(move |_| {
        let used = lab.state.model_id.get();
        used.is_some() && run.with(|run| run.as_ref().map(|run| run.model_id.clone())) == used
    });
    let shown = Memo::new(move |_| {
        table.shown.with(|run| run.as_ref().map(|run| run.number)) == Some(number)
    });
    let is_picked = Memo::new(move |_| picked.with(|picked| picked.contains(&number)));
    let look = move |_| query.set(&[("run", Some(number.to_string()))]);
    let take = move |_| {
        let Some(run) = run.get_untracked() else { return };
        query.replace(&[("run", None)]);
        lab.show(Task::Fit, lab.use_model(run.model_id.clone()));
    };
    let delete = move |_| {
        let Some(run) = run.get_untracked() else { return };
        lab.show(Task::Keep, lab.delete_runs(vec![run.id.clone()]));
    };
    let pick = move |_| {
        let mut numbers = picked.get_untracked();
        match numbers.iter().position(|other| *other == number) {
            Some(at) => drop(numbers.remove(at)),
            None => numbers.push(number),
        }
        pick_runs(query, &numbers);
    };
    let shown_cells = move || {
        let cells = cells.get();
        columns
            .get()
            .into_iter()
            .map(|key| {
                let cell = cells.shown(number, &key);
                let right = key.starts_with("metrics.") || key.ends_with("_ms");
            view! { <td data-label=run_cells::head(&key) class:right=right class:wrap=key == "settings">{cell}</td> }
                .into_any()
            })
            .collect::<Vec<_>>()
    };
    let label = |verb: &str| format!("{verb} {} {number}", text::RUN);
    view! {
        <tr data-testid="run" data-run=number aria-current=move || used.get().then_some("true") class:shown=shown>
            <th scope="row">
                <input type="checkbox" aria-label=label(text::PICK) prop:checked=is_picked on:change=pick />
                <button aria-pressed=move || shown.get().to_string() on:click=look>{text::RUN} " " {number}</button>
            </th>
            <td class="beside">
                <b class="in-use" hidden=move || !used.get()>{text::IN_USE}</b>
                <button hidden=move || used.get() on:click=take aria-label=label(text::USE)>{text::USE}</button>
                " "
                <button on:click=delete aria-label=label(text::DELETE)>{text::DELETE}</button>
            </td>
            {shown_cells}
        </tr>
    }
    .into_any()
}

fn pick_runs(query: Query, numbers: &[u32]) {
    let numbers: Vec<String> = numbers.iter().map(u32::to_string).collect();
    query.replace(&[(COMPARED, Some(numbers.join(",")).filter(|numbers| !numbers.is_empty()))]);
}

/// Pick all, pick none, delete what is picked, the table as a file.
fn tools(table: Table, order: Memo<Vec<usize>>) -> AnyView {
    let lab = use_lab();
    let Table { query, cells, picked, columns, .. } = table;
    let n = Memo::new(move |_| picked.with(Vec::len));
    let none = move || pick_runs(query, &[]);
    let all = move || {
        let runs = cells.get_untracked();
        let numbers = order.get_untracked().into_iter().filter_map(|row| runs.runs.get(row));
        pick_runs(query, &numbers.map(|run| run.number).collect::<Vec<u32>>());
    };
    let delete = move |_| {
        let runs = cells.get_untracked();
        let ids = picked.get_untracked().into_iter().filter_map(|number| runs.run(number));
        let ids = ids.map(|run| run.id.clone()).collect();
        none();
        lab.show(Task::Keep, lab.delete_runs(ids));
    };
    let export = move |_| {
        let runs = cells.get_untracked();
        let keys = columns.get_untracked();
        let heads = std::iter::once("run".to_owned()).chain(keys.iter().cloned()).collect();
        let rows = order.get_untracked().into_iter().filter_map(|row| runs.runs.get(row));
        let rows = rows.map(|run| {
            let cells = keys.iter().map(|key| Cell::Text(runs.exported(run.number, key)));
            std::iter::once(Cell::Count(u64::from(run.number))).chain(cells).collect()
        });
        let table = ChartTable { header: heads, rows: rows.collect() };
        if let Err(error) = download::offer("runs.csv", "text/csv", table.to_csv().as_bytes()) {
            leptos::logging::warn!("{error:?}");
        }
    };
    let pick_words = move || match n.get() {
        0 => text::PICK_ALL,
        _ => text::PICK_NONE,
    };
    let toggle = move |_| match n.get_untracked() {
        0 => all(),
        _ => none(),
    };
    let delete_words =
        move || format!("{} {} {}", text::DELETE, format::count(n.get() as u64), text::RUNS_SMALL);
    view! {
        <button on:click=toggle>{pick_words}</button>
        <button hidden=move || n.get() == 0 on:click=delete>{delete_words}</button>
        <button on:click=export>{text::RUNS_CSV}</button>
    }
    .into_any()
}

/// Which columns there are: a box each.
fn column_choice(table: Table) -> AnyView {
    let Table { query, cells, columns, .. } = table;
    let keys = Memo::new(move |_| cells.with(|cells| cells.keys()));
    let boxes = move || {
        keys.get().into_iter().map(|key| {
            // the name that the filter knows
            let (this, name) = (key.clone(), key.clone());
            let is_on = move || columns.with(|columns| columns.contains(&this));
            let toggle = move |_| {
                let mut after = columns.get_untracked();
                match after.iter().position(|other| *other == key) {
                    Some(at) => drop(after.remove(at)),
                    None => after.push(key.clone()),
                }
                query.replace(&[(COLUMNS, Some(after.join("|")))]);
            };
            view! { <label class="check"><input type="checkbox" prop:checked=is_on on:change=toggle /> <code>{name}</code></label> }
                .into_any()
        })
        .collect::<Vec<_>>()
    };
    view! {
        <details class="column-choice">
            <summary>{text::COLUMNS}</summary>
            <div class="choices">{boxes}</div>
        </details>
    }
    .into_any()
}
