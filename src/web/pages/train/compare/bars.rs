//! Bars of a score: a group for each value of a setting, a bar for each value of another.

use leptos::prelude::*;

use super::super::run_cells::Cells;
use super::choices::OVER;
use super::values::{self, Column, Groups, MOST_GROUPS, heading};
use super::{Drawn, Page, drawn};
use crate::charts::format::NumberFormat;
use crate::charts::{Axis, BarSeries, BarSpec, ChartFrame, ChartSpec, Tone};
use crate::experiments::side_by_side::shared;
use crate::web::text::compare as words;
use crate::web::text::train as text;

/// More groups of bars are not looked at.
const MOST_LEVELS: usize = 30;

pub fn bars(page: Page) -> AnyView {
    let Page { cells, compared, .. } = page;
    let score = page.score();
    let first = move |options: &[String]| {
        let numbers = |key: &&String| {
            cells.with(|cells| {
                compared.with(|compared| Column::of(cells, &compared.runs, key).numbers_differ())
            })
        };
        options.iter().find(numbers).or(options.first()).cloned()
    };
    let over = page.choice(OVER, |_, compared| compared.settings(), first);
    let by = page.apart(Some(over));
    let spec = Memo::new(move |_| {
        let score = score.get().ok_or(words::NO_SCORE)?;
        cells.with(|cells| {
            compared.with(|compared| {
                spec(cells, &compared.runs, &score, over.get().as_deref(), by.get().as_deref())
            })
        })
    });
    view! {
        <div class="choices">
            {page.field(text::SCORE, score)}
            {page.field(text::OVER, over)}
            {page.field(text::TOLD_APART_BY, by)}
        </div>
        {drawn(spec)}
    }
    .into_any()
}

/// Where several runs share both, the mean of them; where some combination has no score, only those that
/// have one, each with a line of its own.
fn spec(cells: &Cells, runs: &[u32], score: &str, over: Option<&str>, by: Option<&str>) -> Drawn {
    let by = by.filter(|by| Some(*by) != over);
    let levels = match over {
        Some(over) => Column::of(cells, runs, over).groups(MOST_LEVELS),
        // a bar a run
        None => Groups {
            places: (0..runs.len()).map(|at| Some(at).filter(|at| *at < MOST_LEVELS)).collect(),
            names: runs.iter().take(MOST_LEVELS).map(|run| words::run_name(*run)).collect(),
            left_out: (runs.len() > MOST_LEVELS).then(|| words::first_of(MOST_LEVELS, runs.len())),
        },
    };
    let groups = Groups::by(cells, runs, by, MOST_GROUPS);
    let (n_levels, n_groups) = (levels.names.len(), groups.names.len());
    let scores = Column::of(cells, runs, score);
    let scored = runs.iter().enumerate().filter_map(|(at, run)| {
        let level = levels.places.get(at).copied().flatten()?;
        let group = groups.places.get(at).copied().flatten()?;
        Some((group * n_levels + level, *run, scores.number(at)?))
    });
    let means = shared(n_levels * n_groups, scored);
    let mean =
        |group: usize, level: usize| Some(means.get(group * n_levels + level)?.as_ref()?.mean);
    let one = |place, name: &str, values| BarSeries {
        name: name.to_owned(),
        tone: Tone::Category(place),
        values,
        intervals: Vec::new(),
    };
    let whole = groups.names.iter().enumerate().map(|(group, name)| {
        let values = (0..n_levels).map(|level| mean(group, level));
        Some(one(group, name, values.collect::<Option<Vec<f64>>>()?))
    });
    let (levels_shown, series) = match whole.collect::<Option<Vec<BarSeries>>>() {
        Some(series) => (levels.names, series),
        None => {
            let (mut names, mut values) = (Vec::new(), Vec::new());
            for (level, name) in levels.names.iter().enumerate() {
                for (group, of) in groups.names.iter().enumerate() {
                    if let Some(mean) = mean(group, level) {
                        names.push(if of.is_empty() {
                            name.clone()
                        } else {
                            format!("{name}, {of}")
                        });
                        values.push(mean);
                    }
                }
            }
            (names, vec![one(0, "", values)])
        }
    };
    if levels_shown.is_empty() {
        return Err(words::NO_SCORE.to_owned());
    }
    let over = over.map_or_else(|| text::RUN.to_owned(), heading);
    let name = heading(score);
    Ok(ChartSpec::Bar(BarSpec {
        frame: ChartFrame {
            note: values::note([levels.left_out, groups.left_out]),
            ..ChartFrame::new(
                &format!("{name} {} {over}", text::OVER_SMALL),
                Axis::formatted(&name, NumberFormat::Score),
                Axis::new(&over, ""),
            )
        },
        series,
        levels: levels_shown,
        value_labels: true,
        ..BarSpec::default()
    }))
}
