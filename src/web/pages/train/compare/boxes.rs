//! How a score is distributed, by what runs are told apart by.

use leptos::prelude::*;

use super::super::run_cells::Cells;
use super::values::{self, Column, Groups, axis, heading};
use super::{Drawn, Page, drawn};
use crate::charts::format::FEW;
use crate::charts::{Axis, BoxGroup, BoxPoint, BoxSpec, ChartFrame, ChartSpec, Tone};
use crate::experiments::side_by_side::box_of;
use crate::web::text::compare as words;
use crate::web::text::train as text;

/// More boxes can't be looked at together.
const MOST_BOXES: usize = 20;

pub fn boxes(page: Page) -> AnyView {
    let Page { cells, compared, .. } = page;
    let score = page.score();
    let by = page.apart(None);
    let spec = Memo::new(move |_| {
        let score = score.get().ok_or(words::NO_SCORE)?;
        cells.with(|cells| {
            compared.with(|compared| spec(cells, &compared.runs, &score, by.get().as_deref()))
        })
    });
    view! {
        <div class="choices">
            {page.field(text::SCORE, score)}
            {page.field(text::TOLD_APART_BY, by)}
        </div>
        {drawn(spec)}
    }
    .into_any()
}

fn spec(cells: &Cells, runs: &[u32], score: &str, by: Option<&str>) -> Drawn {
    let groups = Groups::by(cells, runs, by, MOST_BOXES);
    let scores = Column::of(cells, runs, score);
    let boxes = groups.names.iter().enumerate().filter_map(|(place, name)| {
        let theirs: Vec<BoxPoint> = runs
            .iter()
            .enumerate()
            .filter(|(at, _)| groups.places.get(*at) == Some(&Some(place)))
            .filter_map(|(at, run)| {
                Some(BoxPoint { name: words::run_name(*run), value: scores.number(at)? })
            })
            .collect();
        let of = box_of(&theirs.iter().map(|point| point.value).collect::<Vec<f64>>())?;
        Some(BoxGroup {
            name: if name.is_empty() { words::all(runs.len()) } else { name.clone() },
            tone: Tone::Stays,
            low_whisker: of.whisker_low,
            q1: of.q1,
            median: of.median,
            q3: of.q3,
            high_whisker: of.whisker_high,
            outliers: u64::from(of.outliers),
            n: u64::from(of.n),
            points: if u64::from(of.n) < FEW { theirs } else { Vec::new() },
        })
    });
    let boxes: Vec<BoxGroup> = boxes.collect();
    if boxes.is_empty() {
        return Err(words::NO_SCORE.to_owned());
    }
    let by = by.map_or_else(|| text::RUN.to_owned(), heading);
    Ok(ChartSpec::Box(BoxSpec {
        frame: ChartFrame {
            note: values::note([groups.left_out]),
            ..ChartFrame::new(
                &words::box_title(&heading(score), &by),
                axis(score),
                Axis::new(&by, ""),
            )
        },
        groups: boxes,
    }))
}
