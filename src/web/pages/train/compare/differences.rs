//! What runs differ in, as a table, and what they share.

use leptos::prelude::*;

use super::super::run_cells::{Cells, head};
use super::values::Column;
use crate::web::text::compare as words;
use crate::web::text::train as text;

/// Columns that differ whatever the runs are, or say nothing to a person.
const TRIVIAL: [&str; 4] =
    ["attributes.run", "attributes.fit_ms", "attributes.grid", "attributes.note"];

/// With more runs the table has a row for each instead of a column.
const MOST_COLUMNS: usize = 12;
/// Rows of that table.
const MOST_ROWS: usize = 100;

/// What runs differ in, and what they share.
#[derive(Clone, Debug, PartialEq)]
pub struct Compared {
    /// Their numbers.
    pub runs: Vec<u32>,
    /// Key, then a cell a run.
    differ: Vec<(String, Vec<String>)>,
    same: Vec<(String, String)>,
}

impl Compared {
    /// Of the picked runs that are still there.
    pub fn of(cells: &Cells, picked: &[u32]) -> Self {
        let mut runs: Vec<u32> = Vec::new();
        for run in picked.iter().copied().filter(|run| cells.run(*run).is_some()) {
            if !runs.contains(&run) {
                runs.push(run);
            }
        }
        let (mut differ, mut same) = (Vec::new(), Vec::new());
        for key in cells.table.columns.iter().map(|column| column.name.clone()) {
            if TRIVIAL.contains(&key.as_str()) {
                continue;
            }
            let shown: Vec<String> = runs.iter().map(|run| cells.shown(*run, &key)).collect();
            let exact: Vec<String> = runs.iter().map(|run| cells.exported(*run, &key)).collect();
            if exact.windows(2).any(|pair| pair[0] != pair[1]) {
                differ.push((key, shown));
            } else if exact.first().is_some_and(|value| !value.is_empty()) {
                same.push((key, shown.into_iter().next().unwrap_or_default()));
            }
        }
        // settings before what comes of them
        differ.sort_by_key(|(key, _)| key.starts_with("metrics."));
        Self { runs, differ, same }
    }

    fn keys(&self, prefix: &str) -> Vec<String> {
        let keys = self.differ.iter().map(|(key, _)| key.clone());
        keys.filter(|key| key.starts_with(prefix)).collect()
    }

    /// Scores that differ.
    pub fn scores(&self) -> Vec<String> {
        self.keys("metrics.")
    }

    /// Settings that differ.
    pub fn settings(&self) -> Vec<String> {
        self.keys("params.")
    }

    /// What runs can be told apart by: settings, the family, the data.
    pub fn groups(&self) -> Vec<String> {
        let mut keys = self.settings();
        keys.extend(self.keys("attributes.model"));
        keys.extend(self.keys("attributes.data"));
        keys
    }

    /// Settings of which at least two numbers were tried.
    pub fn number_settings(&self, cells: &Cells) -> Vec<String> {
        let is_number = |key: &String| Column::of(cells, &self.runs, key).numbers_differ();
        self.settings().into_iter().filter(is_number).collect()
    }

    /// Everything with at least two numbers: settings, steps, how long it took, scores.
    pub fn numbers(&self, cells: &Cells) -> Vec<String> {
        let mut keys = self.number_settings(cells);
        for key in ["attributes.steps", "attributes.fit_ms"] {
            if Column::of(cells, &self.runs, key).numbers_differ() {
                keys.push(key.to_owned());
            }
        }
        let is_number = |key: &String| Column::of(cells, &self.runs, key).numbers_differ();
        keys.extend(self.scores().into_iter().filter(is_number));
        keys
    }
}

/// The table: a column a run, or a row a run where they are many.
pub fn differences(compared: &Compared) -> AnyView {
    match compared.runs.len() {
        0..=MOST_COLUMNS => upright(compared),
        _ => turned(compared),
    }
}

fn upright(compared: &Compared) -> AnyView {
    let heads = compared
        .runs
        .iter()
        .map(|run| view! { <th scope="col" class="right">{words::run_name(*run)}</th> }.into_any());
    let rows = compared.differ.iter().map(|(key, cells)| {
        let cells = cells.iter().map(|cell| view! { <td class="right">{cell.clone()}</td> }.into_any());
        view! { <tr data-key=key.clone()><th scope="row">{head(key)}</th>{cells.collect::<Vec<_>>()}</tr> }
            .into_any()
    });
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=text::DIFFERENCES>
            <table class="tight compared">
                <thead><tr><th scope="col">{text::DIFFERENCES}</th>{heads.collect::<Vec<_>>()}</tr></thead>
                <tbody>{rows.collect::<Vec<_>>()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn turned(compared: &Compared) -> AnyView {
    let heads = compared.differ.iter().map(|(key, _)| {
        view! { <th scope="col" class="right" data-key=key.clone()>{head(key)}</th> }.into_any()
    });
    let rows = compared.runs.iter().enumerate().take(MOST_ROWS).map(|(at, run)| {
        let cells = compared.differ.iter().map(|(_, cells)| {
            view! { <td class="right">{cells.get(at).cloned().unwrap_or_default()}</td> }.into_any()
        });
        view! { <tr><th scope="row">{words::run_name(*run)}</th>{cells.collect::<Vec<_>>()}</tr> }
            .into_any()
    });
    let all = compared.runs.len();
    view! {
        <div class="scroll compared-many" tabindex="0" role="region" aria-label=text::DIFFERENCES>
            <table class="tight compared">
                <thead><tr><th scope="col">{text::RUN}</th>{heads.collect::<Vec<_>>()}</tr></thead>
                <tbody>{rows.collect::<Vec<_>>()}</tbody>
            </table>
        </div>
        {(all > MOST_ROWS).then(|| view! { <p class="note">{words::first_of(MOST_ROWS, all)}</p> })}
    }
    .into_any()
}

/// What is the same, folded away.
pub fn sames(compared: &Compared) -> AnyView {
    let rows = compared
        .same
        .iter()
        .map(|(key, value)| view! { <dt>{head(key)}</dt><dd>{value.clone()}</dd> }.into_any());
    let words = format!("{} {}", compared.same.len(), text::SAME);
    view! {
        <details class="more"><summary>{words}</summary><dl class="particulars">{rows.collect::<Vec<_>>()}</dl></details>
    }
    .into_any()
}
