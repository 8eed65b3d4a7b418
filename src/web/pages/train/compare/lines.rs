//! A score over a setting with numbers, a line for each value of another setting.

use leptos::prelude::*;

use super::super::run_cells::Cells;
use super::choices::{Logs, OVER};
use super::values::{self, Column, Groups, MOST_GROUPS, axis};
use super::{Drawn, Page, drawn};
use crate::charts::{ChartFrame, ChartSpec, LineSeries, LineSpec, LineStyle, Point, Tone};
use crate::experiments::side_by_side::{Held, distinct, shared};
use crate::web::text::compare as words;
use crate::web::text::train as text;

pub fn lines(page: Page) -> AnyView {
    let Page { cells, compared, .. } = page;
    let score = page.score();
    let over = page.choice(
        OVER,
        |cells, compared| compared.number_settings(cells),
        |options| options.first().cloned(),
    );
    let by = page.apart(Some(over));
    let columns = Memo::new(move |_| {
        let column =
            |key: String| cells.with(|cells| compared.with(|of| Column::of(cells, &of.runs, &key)));
        Some((column(over.get()?), column(score.get()?)))
    });
    let logs = page.logs(columns);
    let spec = Memo::new(move |_| {
        let columns = columns.get().ok_or(words::NO_NUMBER_SETTING)?;
        cells.with(|cells| {
            compared.with(|compared| {
                spec(cells, &compared.runs, columns, by.get().as_deref(), logs.get())
            })
        })
    });
    view! {
        <div class="choices">
            {page.field(text::SCORE, score)}
            {page.field(text::OVER, over)}
            {page.field(text::TOLD_APART_BY, by)}
            {page.log_boxes(logs)}
        </div>
        {drawn(spec)}
    }
    .into_any()
}

/// Runs of one line that share a number are one point, their mean.
fn spec(
    cells: &Cells,
    runs: &[u32],
    (x, y): (Column, Column),
    by: Option<&str>,
    logs: Logs,
) -> Drawn {
    let groups = Groups::by(cells, runs, by, MOST_GROUPS);
    let numbers: Vec<Held> = x.numbers().into_iter().map(Held::Number).collect();
    let places = distinct(&numbers);
    let n_places = places.len();
    let scored = runs.iter().enumerate().filter_map(|(at, run)| {
        let group = groups.places.get(at).copied().flatten()?;
        let place = places.iter().position(|place| place.number() == x.number(at))?;
        Some((group * n_places + place, *run, y.number(at)?))
    });
    let means = shared(n_places * groups.names.len(), scored);
    let series = groups.names.iter().zip(means.chunks(n_places.max(1))).enumerate();
    let series = series.map(|(place, (name, means))| {
        let found = means.iter().zip(&places);
        let found = found.filter_map(|(mean, x)| Some((mean.as_ref()?, x.number()?)));
        let (points, notes) =
            found.map(|(of, x)| (Point { x, y: of.mean }, words::of_runs(of))).unzip();
        LineSeries {
            name: name.clone(),
            tone: Tone::Category(place),
            style: LineStyle::LineAndPoints,
            points,
            notes,
        }
    });
    let series: Vec<LineSeries> = series.filter(|series| !series.points.is_empty()).collect();
    if series.is_empty() {
        return Err(words::NO_NUMBER_SETTING.to_owned());
    }
    let (x_axis, y_axis) = (axis(&x.key), axis(&y.key));
    let title = format!("{} {} {}", y_axis.title, text::OVER_SMALL, x_axis.title);
    Ok(ChartSpec::Line(LineSpec {
        frame: ChartFrame {
            note: values::note([groups.left_out, values::not_drawn(&[&x, &y])]),
            ..ChartFrame::new(
                &title,
                x_axis.spaced(logs.x.spacing()),
                y_axis.spaced(logs.y.spacing()),
            )
        },
        series,
        ..LineSpec::default()
    }))
}
