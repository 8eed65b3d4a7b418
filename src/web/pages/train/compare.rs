//! Runs beside each other: what differs first, what is the same folded away, and a score over a setting.

use std::sync::Arc;

use leptos::prelude::*;

use super::run_cells::{Cells, head};
use crate::charts::format::NumberFormat;
use crate::charts::{Axis, BarSeries, BarSpec, ChartFrame, ChartSpec, Tone};
use crate::data::{ColumnKind, ColumnValues, Value};
use crate::experiments::validation::mean_and_spread;
use crate::web::app::use_lab_query;
use crate::web::components::card::Card;
use crate::web::components::chart::Chart;
use crate::web::components::choice::Choice;
use crate::web::text::train as text;

/// Keys of the address: the score, the setting it is shown over, the setting that tells bars apart.
const SCORE: &str = "compare.score";
const OVER: &str = "compare.over";
const BY: &str = "compare.by";

/// Columns that differ whatever the runs are, or say nothing to a person.
const TRIVIAL: [&str; 4] =
    ["attributes.run", "attributes.fit_ms", "attributes.grid", "attributes.note"];

/// The runs picked, in a table and a picture.
#[component]
pub fn Compare(
    /// Every run.
    cells: Memo<Arc<Cells>>,
    /// Numbers of those to compare.
    picked: Memo<Vec<u32>>,
) -> impl IntoView {
    let compared =
        Memo::new(move |_| cells.with(|cells| picked.with(|picked| Compared::of(cells, picked))));
    let title = Signal::derive(move || {
        compared.with(|compared| {
            format!("{} {} {}", text::COMPARE, compared.runs.len(), text::RUNS_SMALL)
        })
    });
    view! {
        <Card title sub=text::COMPARE_SUB>
            <div data-testid="compare">
                {picture(cells, compared)}
                {move || compared.with(differences)}
                {move || compared.with(sames)}
            </div>
        </Card>
    }
}

/// What runs differ in, and what they share.
#[derive(Clone, Debug, PartialEq)]
struct Compared {
    runs: Vec<u32>,
    /// Key, then a cell a run.
    differ: Vec<(String, Vec<String>)>,
    same: Vec<(String, String)>,
}

impl Compared {
    fn of(cells: &Cells, picked: &[u32]) -> Self {
        let runs: Vec<u32> = picked.iter().copied().filter(|n| cells.run(*n).is_some()).collect();
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
}

fn differences(compared: &Compared) -> AnyView {
    let heads = compared.runs.iter().map(|run| {
        view! { <th scope="col" class="right">{format!("{} {run}", text::RUN)}</th> }.into_any()
    });
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

fn sames(compared: &Compared) -> AnyView {
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

/// A score over a setting, and what it is chosen by.
fn picture(cells: Memo<Arc<Cells>>, compared: Memo<Compared>) -> AnyView {
    let query = use_lab_query();
    let differing = move |prefix: &'static str| {
        compared.with(|compared| {
            let keys = compared.differ.iter().map(|(key, _)| key.clone());
            keys.filter(|key| key.starts_with(prefix)).collect::<Vec<String>>()
        })
    };
    let chosen = move |key: &'static str, options: Vec<String>, or: Option<String>| {
        query.get(key).filter(|wanted| options.contains(wanted)).or(or)
    };
    let score = Memo::new(move |_| {
        let options = differing("metrics.");
        let first = options.iter().find(|key| *key == "metrics.test_accuracy").or(options.first());
        let first = first.cloned();
        chosen(SCORE, options, first)
    });
    let over = Memo::new(move |_| {
        let options = differing("params.");
        let numbers = |key: &&String| {
            cells.with(|cells| {
                cells.column(key).is_some_and(|column| column.kind == ColumnKind::Numeric)
            })
        };
        let first = options.iter().find(numbers).or(options.first()).cloned();
        chosen(OVER, options, first)
    });
    let by = Memo::new(move |_| {
        let mut options = differing("params.");
        options.extend(differing("attributes.model"));
        let first = options.iter().find(|key| Some(*key) != over.get().as_ref()).cloned();
        chosen(BY, options, first)
    });
    let spec = Memo::new(move |_| {
        cells.with(|cells| {
            compared.with(|compared| {
                spec(
                    cells,
                    &compared.runs,
                    &score.get()?,
                    over.get().as_deref(),
                    by.get().as_deref(),
                )
            })
        })
    });
    let choice = move |label: &'static str,
                       key: &'static str,
                       options: Vec<String>,
                       value: Option<String>| {
        let options = options.into_iter().map(|key| (key.clone(), head(&key))).collect::<Vec<_>>();
        let set = move |chosen: String| query.replace(&[(key, Some(chosen))]);
        view! {
            <div class="field">
                <span aria-hidden="true">{label}</span>
                <Choice label options value=value.unwrap_or_default() on_change=set />
            </div>
        }
        .into_any()
    };
    let any = Memo::new(move |_| spec.with(Option::is_some));
    let shown =
        Signal::derive(move || spec.get().unwrap_or_else(|| ChartSpec::Bar(BarSpec::default())));
    view! {
        <div class="choices">
            {move || choice(text::SCORE, SCORE, differing("metrics."), score.get())}
            {move || choice(text::OVER, OVER, differing("params."), over.get())}
            {move || {
                let mut options = differing("params.");
                options.extend(differing("attributes.model"));
                choice(text::TOLD_APART_BY, BY, options, by.get())
            }}
        </div>
        {move || any.get().then(|| view! { <Chart spec=shown /> })}
    }
    .into_any()
}

/// The distinct values of a column among some runs: numbers ascending, texts as they first come.
fn distinct(cells: &Cells, runs: &[u32], key: &str) -> Vec<String> {
    let mut rows: Vec<usize> = runs.iter().filter_map(|run| cells.row(*run)).collect();
    if matches!(cells.column(key).map(|column| &column.values), Some(ColumnValues::Numbers(_))) {
        rows = cells.in_order(rows, Some(key));
    }
    let mut values = Vec::new();
    for run in rows.into_iter().filter_map(|row| cells.runs.get(row)) {
        let value = named(cells, run.number, Some(key));
        if !values.contains(&value) {
            values.push(value);
        }
    }
    values
}

/// A run's value of a setting in words; its own name where none is asked for.
fn named(cells: &Cells, run: u32, key: Option<&str>) -> String {
    let Some(key) = key else { return format!("{} {run}", text::RUN) };
    cells.value(run, key).as_ref().map(in_words).unwrap_or_default()
}

fn in_words(value: &Value) -> String {
    match value {
        Value::Number(number) if number.is_nan() => text::NOT_SET.to_owned(),
        Value::Text(text) if text.is_empty() => text::NOT_SET.to_owned(),
        value => value.to_string(),
    }
}

/// Bars of a score: a group for each value of one setting, a bar for each of another. Where several runs
/// share both, the mean of them; where some combination has no score, only those that have one, each with
/// a line of its own. `None` without any score.
fn spec(
    cells: &Cells,
    runs: &[u32],
    score: &str,
    over: Option<&str>,
    by: Option<&str>,
) -> Option<ChartSpec> {
    let by = by.filter(|by| Some(*by) != over);
    let levels = match over {
        Some(over) => distinct(cells, runs, over),
        None => runs.iter().map(|run| named(cells, *run, None)).collect(),
    };
    let groups = by.map_or_else(|| vec![String::new()], |by| distinct(cells, runs, by));
    let mean = |level: &String, group: &String| {
        let theirs = runs.iter().filter(|run| {
            let is_of = |by| named(cells, **run, Some(by)) == *group;
            named(cells, **run, over) == *level && by.is_none_or(is_of)
        });
        let scores = theirs.filter_map(|run| match cells.value(*run, score) {
            Some(Value::Number(number)) if !number.is_nan() => Some(number),
            _ => None,
        });
        mean_and_spread(&scores.collect::<Vec<f64>>()).map(|(mean, _)| mean)
    };
    let bars = |group: &String| levels.iter().map(|level| mean(level, group)).collect();
    let table: Vec<Vec<Option<f64>>> = groups.iter().map(bars).collect();
    let whole: Option<Vec<Vec<f64>>> =
        table.iter().map(|bars| bars.iter().copied().collect()).collect();
    let one = |place, name: &str, values| BarSeries {
        name: name.to_owned(),
        tone: Tone::Category(place),
        values,
        intervals: Vec::new(),
    };
    let (levels, series) = match whole {
        Some(whole) => {
            let series = groups.iter().zip(whole).enumerate();
            (levels, series.map(|(place, (group, values))| one(place, group, values)).collect())
        }
        None => {
            let (mut names, mut values) = (Vec::new(), Vec::new());
            for (place, level) in levels.iter().enumerate() {
                for (group, bars) in groups.iter().zip(&table) {
                    if let Some(Some(value)) = bars.get(place) {
                        names.push(format!("{level}, {group}"));
                        values.push(*value);
                    }
                }
            }
            (names, vec![one(0, "", values)])
        }
    };
    if levels.is_empty() {
        return None;
    }
    let over = over.map_or_else(|| text::RUN.to_owned(), head);
    let name = head(score);
    Some(ChartSpec::Bar(BarSpec {
        frame: ChartFrame::new(
            &format!("{name} {} {over}", text::OVER_SMALL),
            Axis::formatted(&name, NumberFormat::Score),
            Axis::new(&over, ""),
        ),
        series,
        levels,
        value_labels: true,
        ..BarSpec::default()
    }))
}
