//! Runs in groups: those that share the value of a column.

use std::sync::Arc;

use leptos::prelude::*;

use super::super::run_cells::{self, Cells};
use super::{GROUP, Shown, Table, cell};
use crate::data::Value;
use crate::experiments::validation::mean_and_spread;
use crate::web::components::choice::Choice;
use crate::web::text::train as text;

/// What a row of the table is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Item {
    /// The head of a group.
    Group(Arc<Group>),
    /// The run of that number.
    Run(u32),
}

/// Runs that share a value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Group {
    /// "kernel: linear".
    pub name: String,
    /// Numbers of its runs.
    pub runs: Vec<u32>,
}

/// The rows in order; groups come in the order of their first runs, and those that are folded show only
/// their head.
pub fn items(cells: &Cells, order: &[usize], by: Option<&str>, folded: &[String]) -> Vec<Item> {
    let numbers = order.iter().filter_map(|&row| cells.runs.get(row)).map(|run| run.number);
    let Some(by) = by else { return numbers.map(Item::Run).collect() };
    let mut groups: Vec<Group> = Vec::new();
    for number in numbers {
        let name = format!("{}: {}", run_cells::head(by), cells.shown(number, by));
        match groups.iter_mut().find(|group| group.name == name) {
            Some(group) => group.runs.push(number),
            None => groups.push(Group { name, runs: vec![number] }),
        }
    }
    let rows = groups.into_iter().flat_map(|group| {
        let is_open = !folded.contains(&group.name);
        let runs = if is_open { group.runs.clone() } else { Vec::new() };
        let head = Item::Group(Arc::new(group));
        std::iter::once(head).chain(runs.into_iter().map(Item::Run))
    });
    rows.collect()
}

/// The column whose values are groups; `None` where the address names none.
pub fn by(Table { query, cells, .. }: Table) -> Option<String> {
    let key = query.get(GROUP)?;
    cells.with(|cells| offered(cells).contains(&key)).then_some(key)
}

/// Columns whose values are few: everything but scores and what is another one for each run.
fn offered(cells: &Cells) -> Vec<String> {
    const OWN: [&str; 3] = ["attributes.run", "attributes.fit_ms", "attributes.note"];
    let keys = cells.table.columns.iter().map(|column| column.name.clone());
    keys.filter(|key| !key.starts_with("metrics.") && !OWN.contains(&key.as_str())).collect()
}

/// "Group by".
pub fn choice(table: Table) -> AnyView {
    let Table { query, cells, .. } = table;
    let options = Memo::new(move |_| {
        let none = (String::new(), text::NO_GROUPS.to_owned());
        let offered = cells.with(|cells| offered(cells));
        let named = offered.into_iter().map(|key| (key.clone(), run_cells::head(&key)));
        std::iter::once(none).chain(named).collect::<Vec<_>>()
    });
    let set = move |key: String| query.replace(&[(GROUP, Some(key).filter(|key| !key.is_empty()))]);
    let select = move || {
        view! {
            <Choice label=text::GROUP_BY testid="group" options=options.get() value=by(table).unwrap_or_default() on_change=set />
        }
    };
    view! { <div class="row"><span aria-hidden="true">{text::GROUP_BY}</span>{select}</div> }
        .into_any()
}

/// The head of a group: its value, how many runs, and the means of their scores.
pub fn row(table: Table, group: &Arc<Group>, folded: RwSignal<Vec<String>>) -> AnyView {
    let Table { cells, columns, .. } = table;
    let name = group.name.clone();
    let is_open = {
        let name = name.clone();
        Memo::new(move |_| folded.with(|folded| !folded.contains(&name)))
    };
    let toggle = {
        let name = name.clone();
        move |_: web_sys::MouseEvent| {
            folded.update(|folded| match folded.iter().position(|other| *other == name) {
                Some(at) => drop(folded.remove(at)),
                None => folded.push(name.clone()),
            });
        }
    };
    let n = text::n_runs(group.runs.len());
    let shown_name = name.clone();
    let group = Arc::clone(group);
    let means = move |pinned: bool| {
        let group = Arc::clone(&group);
        move || {
            let cells = cells.get();
            let shown = columns.get().into_iter().filter(|shown| shown.pinned.is_some() == pinned);
            shown.map(|shown| mean_cell(&cells, &group, shown)).collect::<Vec<_>>()
        }
    };
    view! {
        <tr class="group" data-testid="run-group" data-group=name>
            <th scope="rowgroup">
                <button class="quiet" aria-expanded=move || is_open.get().to_string() on:click=toggle>
                    <span aria-hidden="true">{move || if is_open.get() { "▾ " } else { "▸ " }}</span>
                    {shown_name}
                </button>
            </th>
            {means(true)}
            <td>{n}</td>
            {means(false)}
        </tr>
    }
    .into_any()
}

/// The mean over the group's runs that have the score; other columns have none.
fn mean_cell(cells: &Cells, group: &Group, shown: Shown) -> AnyView {
    let key = &shown.key;
    let numbers = group.runs.iter().filter_map(|run| match cells.value(*run, key) {
        Some(Value::Number(number)) if !number.is_nan() => Some(number),
        _ => None,
    });
    let numbers: Vec<f64> = if shown.is_right() { numbers.collect() } else { Vec::new() };
    let mean = mean_and_spread(&numbers).map(|(mean, _)| run_cells::figure(key, mean));
    let title = mean.is_some().then(|| text::mean_of(numbers.len()));
    cell(shown, mean.unwrap_or_default(), title)
}
