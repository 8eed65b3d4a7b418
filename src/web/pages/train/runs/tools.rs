//! What can be done with many runs: pick, tag, delete, take away as a file.

use std::sync::Arc;

use leptos::prelude::*;

use super::super::export::mlflow_button;
use super::{Table, pick_runs};
use crate::charts::{Cell, ChartTable};
use crate::experiments::{Run, Tags};
use crate::models::RunId;
use crate::web::app::use_lab;
use crate::web::components::download;
use crate::web::state::Task;
use crate::web::text::train as text;

/// Pick all, pick none, tag or delete what is picked, the table as a file.
pub fn tools(table: Table, order: Memo<Vec<usize>>) -> AnyView {
    let lab = use_lab();
    let Table { query, cells, picked, columns, .. } = table;
    let n = Memo::new(move |_| picked.with(Vec::len));
    let ids = move || {
        let runs = cells.get_untracked();
        let picked = picked.get_untracked().into_iter().filter_map(|number| runs.run(number));
        picked.map(|run| run.id.clone()).collect::<Vec<RunId>>()
    };
    let none = move || pick_runs(query, &[]);
    let all = move || {
        let runs = cells.get_untracked();
        let numbers = order.get_untracked().into_iter().filter_map(|row| runs.runs.get(row));
        pick_runs(query, &numbers.map(|run| run.number).collect::<Vec<u32>>());
    };
    let delete = move |_| {
        let ids = ids();
        none();
        lab.show(Task::Keep, lab.delete_runs(ids));
    };
    let export = move |_| {
        let runs = cells.get_untracked();
        let keys = columns.get_untracked().into_iter().map(|shown| shown.key).collect::<Vec<_>>();
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
    // those that are picked, or all that are listed
    let taken = Signal::derive(move || {
        let runs = cells.get();
        let picked = picked.get();
        let listed = order.get().into_iter().filter_map(|row| runs.runs.get(row));
        let is_taken = |run: &&Arc<Run>| picked.is_empty() || picked.contains(&run.number);
        listed.filter(is_taken).cloned().collect::<Vec<_>>()
    });
    let typed = RwSignal::new(String::new());
    let wrong = Memo::new(move |_| typed.with(|typed| Tags::parse(typed).err()));
    let tag = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let Ok(tags) = Tags::parse(&typed.get_untracked()) else { return };
        typed.set(String::new());
        lab.background(lab.tag_runs(ids(), tags));
    };
    let tag_words = move || format!("{} {}", text::TAG, text::n_runs(n.get()));
    let delete_words = move || format!("{} {}", text::DELETE, text::n_runs(n.get()));
    view! {
        <button on:click=toggle>{pick_words}</button>
        <form class="row" hidden=move || n.get() == 0 on:submit=tag>
            <input
                type="text"
                autocomplete="off"
                aria-label=text::TAGS
                placeholder=text::TAGS_EXAMPLE
                aria-invalid=move || wrong.with(Option::is_some).to_string()
                prop:value=typed
                on:input=move |event| typed.set(event_target_value(&event))
            />
            <button disabled=move || wrong.with(Option::is_some)>{tag_words}</button>
            {move || wrong.get().map(|wrong| {
                view! { <span class="wrong" role="alert">{wrong.to_string()}</span> }
            })}
        </form>
        <button hidden=move || n.get() == 0 on:click=delete>{delete_words}</button>
        <button on:click=export>{text::RUNS_CSV}</button>
        {mlflow_button(taken)}
    }
    .into_any()
}
