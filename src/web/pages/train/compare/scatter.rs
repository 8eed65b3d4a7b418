//! Any two numbers of the runs against each other.

use leptos::prelude::*;

use super::super::run_cells::Cells;
use super::choices::{Logs, X, Y};
use super::values::{self, Column, Groups, MOST_GROUPS, axis};
use super::{Drawn, Page, drawn};
use crate::charts::{ChartFrame, ChartSpec, NamedPoint, PointGroup, PointsSpec, Tone};
use crate::web::text::compare as words;
use crate::web::text::train as text;

pub fn scatter(page: Page) -> AnyView {
    let Page { cells, compared, .. } = page;
    // a setting or what it costs along, a score upward
    let x = page.choice(
        X,
        |cells, compared| compared.numbers(cells),
        |options| options.first().cloned(),
    );
    let y = page.choice(
        Y,
        |cells, compared| compared.numbers(cells),
        move |options| {
            let accuracy = options.iter().find(|key| *key == "metrics.test_accuracy");
            let score = accuracy.or(options.iter().find(|key| key.starts_with("metrics.")));
            score.or(options.last()).cloned()
        },
    );
    let by = page.apart(Some(x));
    let columns = Memo::new(move |_| {
        let column =
            |key: String| cells.with(|cells| compared.with(|of| Column::of(cells, &of.runs, &key)));
        Some((column(x.get()?), column(y.get()?)))
    });
    let logs = page.logs(columns);
    let spec = Memo::new(move |_| {
        let columns = columns.get().ok_or(words::NO_NUMBERS)?;
        cells.with(|cells| {
            compared.with(|compared| {
                spec(cells, &compared.runs, columns, by.get().as_deref(), logs.get())
            })
        })
    });
    view! {
        <div class="choices">
            {page.field(words::ALONG, x)}
            {page.field(words::UPWARD, y)}
            {page.field(text::TOLD_APART_BY, by)}
            {page.log_boxes(logs)}
        </div>
        {drawn(spec)}
    }
    .into_any()
}

fn spec(
    cells: &Cells,
    runs: &[u32],
    (x, y): (Column, Column),
    by: Option<&str>,
    logs: Logs,
) -> Drawn {
    let by = Groups::by(cells, runs, by, MOST_GROUPS);
    let rest = by.names.len();
    let mut groups: Vec<PointGroup> = by
        .names
        .iter()
        .enumerate()
        .map(|(place, name)| PointGroup { name: name.clone(), tone: Tone::Category(place) })
        .collect();
    if by.left_out.is_some() {
        groups.push(PointGroup { name: words::OTHER.to_owned(), tone: Tone::Muted });
    }
    let points: Vec<NamedPoint> = runs
        .iter()
        .enumerate()
        .filter_map(|(at, run)| {
            Some(NamedPoint {
                name: words::run_name(*run),
                x: x.number(at)?,
                y: y.number(at)?,
                group: by.places.get(at).copied().flatten().unwrap_or(rest),
                value: None,
            })
        })
        .collect();
    if points.is_empty() {
        return Err(words::NO_NUMBERS.to_owned());
    }
    let (x_axis, y_axis) = (axis(&x.key), axis(&y.key));
    let title = format!("{} {} {}", y_axis.title, text::OVER_SMALL, x_axis.title);
    Ok(ChartSpec::Points(PointsSpec {
        frame: ChartFrame {
            note: values::note([values::not_drawn(&[&x, &y])]),
            ..ChartFrame::new(
                &title,
                x_axis.spaced(logs.x.spacing()),
                y_axis.spaced(logs.y.spacing()),
            )
        },
        groups,
        points,
        measure: None,
    }))
}
