//! Every run as a line through its settings to its score.

use leptos::prelude::*;

use super::super::run_cells::Cells;
use super::choices::Chosen;
use super::differences::Compared;
use super::values::{Column, axis, better, heading};
use super::{Drawn, Page};
use crate::charts::{
    Axis, ChartFrame, ChartSpec, ParallelAxis, ParallelLine, ParallelSpec, ParallelValue, Spacing,
};
use crate::experiments::side_by_side::{Held, distinct, span_decades};
use crate::web::components::chart::{Chart, MarkPick};
use crate::web::query::COMPARED;
use crate::web::text::compare as words;
use crate::web::text::train as text;

/// Keys of the address: the axes before the score, with bars between; numbers of the runs that stand out.
const AXES: &str = "compare.axes";
const LIT: &str = "compare.lit";

/// Axes a person sees first, beside the score.
const FIRST_AXES: usize = 4;

pub fn parallel(page: Page) -> AnyView {
    let Page { query, cells, compared } = page;
    let score = page.score();
    let offered =
        Memo::new(move |_| cells.with(|cells| compared.with(|compared| offered(cells, compared))));
    let axes = Memo::new(move |_| {
        let wanted = query.get(AXES);
        let wanted: Option<Vec<&str>> = wanted.as_deref().map(|keys| keys.split('|').collect());
        let offered = offered.get().into_iter();
        match wanted {
            Some(wanted) => offered.filter(|key| wanted.contains(&key.as_str())).collect(),
            // settings whose values differ, if any do
            None => {
                let offered: Vec<String> = offered.collect();
                let told = |key: &&String| {
                    cells.with(|cells| {
                        compared.with(|of| Column::of(cells, &of.runs, key).n_values() > 1)
                    })
                };
                let setting =
                    |key: &&String| key.starts_with("params.") || *key == "attributes.model";
                let telling = offered.iter().filter(setting).filter(told);
                let telling: Vec<String> = telling.take(FIRST_AXES).cloned().collect();
                let any = offered.iter().take(FIRST_AXES).cloned().collect();
                if telling.is_empty() { any } else { telling }
            }
        }
    });
    let spec = Memo::new(move |_| {
        let score = score.get().ok_or(words::NO_SCORE)?;
        let spec = cells.with(|cells| {
            compared.with(|compared| axes.with(|axes| spec(cells, &compared.runs, axes, &score)))
        });
        Drawn::Ok(spec)
    });
    view! {
        <div class="choices">
            {page.field(text::SCORE, score)}
            {axis_boxes(page, offered, axes, score)}
        </div>
        {move || match spec.with(|spec| spec.as_ref().err().cloned()) {
            None => lines(page, spec),
            Some(why) => view! { <p class="empty" role="status">{why}</p> }.into_any(),
        }}
    }
    .into_any()
}

/// The family, settings, and what a fit took.
fn offered(cells: &Cells, compared: &Compared) -> Vec<String> {
    let mut keys = compared.groups();
    // the family comes first, the data last
    if let Some(at) = keys.iter().position(|key| key == "attributes.model") {
        let model = keys.remove(at);
        keys.insert(0, model);
    }
    let numbers = compared.numbers(cells);
    keys.extend(numbers.into_iter().filter(|key| !key.starts_with("params.")));
    keys
}

/// The chart, in which runs are picked.
fn lines(page: Page, spec: Memo<Drawn>) -> AnyView {
    let Page { query, compared, .. } = page;
    let lit = Memo::new(move |_| {
        let numbers = query.get(LIT).unwrap_or_default();
        let numbers = numbers.split(',').filter_map(|number| number.parse().ok());
        let there = |run: &u32| compared.with(|compared| compared.runs.contains(run));
        numbers.filter(there).collect::<Vec<u32>>()
    });
    let picked = Signal::derive(move || {
        compared.with(|compared| {
            lit.with(|lit| compared.runs.iter().map(|run| lit.contains(run)).collect::<Vec<bool>>())
        })
    });
    let joined = |runs: &[u32]| {
        let numbers: Vec<String> = runs.iter().map(u32::to_string).collect();
        (!numbers.is_empty()).then(|| numbers.join(","))
    };
    let pick = Callback::new(move |pick: MarkPick| {
        let run = |mark: usize| compared.with_untracked(|of| of.runs.get(mark).copied());
        match pick {
            MarkPick::Toggle(mark) => {
                let Some(run) = run(mark) else { return };
                let mut after = lit.get_untracked();
                match after.iter().position(|other| *other == run) {
                    Some(at) => drop(after.remove(at)),
                    None => after.push(run),
                }
                query.set(&[(LIT, joined(&after))]);
            }
            MarkPick::Span { marks, begins } => {
                let after: Vec<u32> = marks.into_iter().filter_map(run).collect();
                let change = [(LIT, joined(&after))];
                if begins { query.set(&change) } else { query.replace(&change) }
            }
        }
    });
    let shown = Signal::derive(move || {
        spec.get().unwrap_or_else(|_| ChartSpec::Parallel(ParallelSpec::default()))
    });
    let only = move |_| {
        let runs = lit.get_untracked();
        query.set(&[(COMPARED, joined(&runs)), (LIT, None)]);
    };
    let all = move |_| query.set(&[(LIT, None)]);
    let tools = move || match lit.with(Vec::len) {
        0 => view! { <span class="sub">{words::BRUSH}</span> }.into_any(),
        n => view! {
            <span role="status">{words::lit(n)}</span>
            {(n > 1).then(|| view! { <button on:click=only>{words::COMPARE_THESE}</button> })}
            <button on:click=all>{words::SHOW_ALL}</button>
        }
        .into_any(),
    };
    view! {
        <Chart spec=shown picked on_pick=Some(pick) />
        <div class="row picked-runs">{tools}</div>
    }
    .into_any()
}

/// Which axes there are: a box each.
fn axis_boxes(
    page: Page,
    offered: Memo<Vec<String>>,
    axes: Memo<Vec<String>>,
    score: Chosen,
) -> AnyView {
    let query = page.query;
    let boxes = move || {
        let score = score.get();
        let keys = offered.get().into_iter().filter(move |key| Some(key) != score.as_ref());
        keys.map(|key| {
            let (this, name) = (key.clone(), heading(&key));
            let is_on = move || axes.with(|axes| axes.contains(&this));
            let toggle = move |_| {
                let mut after = axes.get_untracked();
                match after.iter().position(|other| *other == key) {
                    Some(at) => drop(after.remove(at)),
                    None => after.push(key.clone()),
                }
                query.replace(&[(AXES, Some(after.join("|")))]);
            };
            view! { <label class="check"><input type="checkbox" prop:checked=is_on on:change=toggle /> {name}</label> }
                .into_any()
        })
        .collect::<Vec<_>>()
    };
    view! {
        <details class="column-choice">
            <summary>{words::AXES}</summary>
            <div class="choices">{boxes}</div>
        </details>
    }
    .into_any()
}

/// The score is the last axis, and colours the lines.
fn spec(cells: &Cells, runs: &[u32], axes: &[String], score: &str) -> ChartSpec {
    let keys = axes.iter().map(String::as_str).filter(|key| *key != score).chain([score]);
    let columns: Vec<Column> = keys.map(|key| Column::of(cells, runs, key)).collect();
    let placed: Vec<(ParallelAxis, Vec<ParallelValue>)> = columns.iter().map(placed).collect();
    let lines = runs.iter().enumerate().map(|(at, run)| ParallelLine {
        name: words::run_name(*run),
        values: placed.iter().filter_map(|(_, values)| values.get(at).copied()).collect(),
    });
    ChartSpec::Parallel(ParallelSpec {
        frame: ChartFrame::new(
            &words::parallel_title(runs.len()),
            Axis::default(),
            Axis::default(),
        ),
        lines: lines.collect(),
        coloured_by: Some(placed.len().saturating_sub(1)),
        axes: placed.into_iter().map(|(axis, _)| axis).collect(),
        better: better(score),
    })
}

/// A column as an axis: numbers on their scale; what is none has a place of its own, the first on top.
fn placed(column: &Column) -> (ParallelAxis, Vec<ParallelValue>) {
    let mut names: Vec<Held> =
        distinct(&column.held).into_iter().filter(|held| held.number().is_none()).collect();
    names.reverse();
    let values = column.held.iter().map(|held| match held.number() {
        Some(number) => ParallelValue::Number(number),
        None => {
            let level = names.iter().position(|name| name == held);
            ParallelValue::Level(level.unwrap_or(names.len()))
        }
    });
    let spacing = match span_decades(&column.numbers()) {
        true => Spacing::Log,
        false => Spacing::Even,
    };
    let axis = ParallelAxis {
        axis: axis(&column.key).spaced(spacing),
        levels: names.iter().map(|name| column.words(name)).collect(),
    };
    (axis, values.collect())
}
