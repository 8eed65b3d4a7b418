//! A run in the table.

use leptos::prelude::*;

use super::{Shown, Table, cell, pick_runs};
use crate::web::app::use_lab;
use crate::web::state::Task;
use crate::web::text::train as text;

/// Rows stay when another run is looked at or used, so that the focus stays where it is. `place` is
/// its row in the table, from 0.
pub fn row(table: Table, number: u32, place: usize) -> AnyView {
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
    let shown_cells = move |pinned: bool| {
        move || {
            let cells = cells.get();
            let shown = columns.get().into_iter().filter(|shown| shown.pinned.is_some() == pinned);
            let one = |shown: Shown| {
                let words = cells.shown(number, &shown.key);
                // what is cut off in a row of one line
                let title = (shown.key == "settings").then(|| words.clone());
                cell(shown, words, title)
            };
            shown.map(one).collect::<Vec<_>>()
        }
    };
    let label = |verb: &str| format!("{verb} {} {number}", text::RUN);
    view! {
        <tr
            data-testid="run"
            data-run=number
            aria-rowindex=(place + 2).to_string()
            aria-current=move || used.get().then_some("true")
            class:shown=shown
        >
            <th scope="row">
                <input type="checkbox" aria-label=label(text::PICK) prop:checked=is_picked on:change=pick />
                <button aria-pressed=move || shown.get().to_string() on:click=look>{text::RUN} " " {number}</button>
            </th>
            {shown_cells(true)}
            <td class="beside">
                <b class="in-use" hidden=move || !used.get()>{text::IN_USE}</b>
                <button hidden=move || used.get() on:click=take aria-label=label(text::USE)>{text::USE}</button>
                " "
                <button on:click=delete aria-label=label(text::DELETE)>{text::DELETE}</button>
            </td>
            {shown_cells(false)}
        </tr>
    }
    .into_any()
}
