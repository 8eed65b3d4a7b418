//! A score over two settings: cells where they are a grid, else points. Lines of equal scores are drawn
//! over cells where that is wished for, and only among neighbours that were tried.

use leptos::prelude::*;

use super::super::run_cells::Cells;
use super::choices::{X, Y};
use super::values::{self, Column, axis, better, heading};
use super::{Drawn, Page, drawn};
use crate::charts::format::NumberFormat;
use crate::charts::{
    CellColours, ChartFrame, ChartSpec, HeatmapSpec, Measure, NamedPoint, PointGroup, PointsSpec,
    Spacing,
};
use crate::experiments::side_by_side::{
    Held, NoneBetween, distinct, is_grid, read_between, shared, span_decades,
};
use crate::web::query::Query;
use crate::web::text::compare as words;
use crate::web::text::train as text;

/// Key of the address: whether lines of equal scores are drawn.
const CONTOURS: &str = "compare.contours";

/// More columns or rows of cells can't be read.
const MOST_CELLS: usize = 40;

pub fn map(page: Page) -> AnyView {
    let Page { cells, compared, .. } = page;
    let score = page.score();
    let x = page.choice(X, ordered, |options| options.first().cloned());
    // a setting that runs with the other one differ in
    let y = page.choice(Y, ordered, move |options| {
        let x = x.get();
        let crossed = |key: &&String| {
            cells.with(|cells| {
                compared.with(|compared| {
                    let column = |key: &str| Column::of(cells, &compared.runs, key);
                    x.as_ref().is_some_and(|x| column(x).crosses(&column(key)))
                })
            })
        };
        let others = || options.iter().filter(|key| Some(*key) != x.as_ref());
        others().find(crossed).or(others().next()).cloned()
    });
    let mapped = Memo::new(move |_| {
        let score = score.get().ok_or(words::NO_SCORE)?;
        let (x, y) = x.get().zip(y.get()).ok_or(words::ONE_SETTING)?;
        cells.with(|cells| {
            compared.with(|compared| {
                let column = |key: &str| Column::of(cells, &compared.runs, key);
                map_of(&compared.runs, &column(&x), &column(&y), &column(&score))
            })
        })
    });
    let spec = Memo::new(move |_| {
        let wanted = is_wished(page.query);
        mapped.get().map(|mapped| if wanted { mapped.with_contours() } else { mapped.spec })
    });
    view! {
        <div class="choices">
            {page.field(text::SCORE, score)}
            {page.field(words::SETTING_ALONG, x)}
            {page.field(words::SETTING_UPWARD, y)}
            {contour_box(page, mapped)}
        </div>
        {drawn(spec)}
    }
    .into_any()
}

/// The box that draws contours; where they can't be it is locked and says why.
fn contour_box(page: Page, mapped: Memo<Result<Mapped, String>>) -> AnyView {
    let query = page.query;
    let why = Memo::new(move |_| {
        mapped.with(|mapped| match mapped {
            Ok(mapped) => mapped.between.as_ref().err().cloned(),
            Err(why) => Some(why.clone()),
        })
    });
    let is_on = Memo::new(move |_| why.with(Option::is_none) && is_wished(query));
    let change = move |_| {
        query.replace(&[(CONTOURS, (!is_on.get_untracked()).then(|| "1".to_owned()))]);
    };
    view! {
        <div class="field">
            <label class="check" title=move || why.get()>
                <input type="checkbox" prop:checked=is_on disabled=move || why.with(Option::is_some) on:change=change />
                {words::CONTOURS}
            </label>
        </div>
    }
    .into_any()
}

fn is_wished(query: Query) -> bool {
    query.get(CONTOURS).as_deref() == Some("1")
}

/// The picture, and whether lines of equal scores can be drawn over it.
#[derive(Clone, Debug, PartialEq)]
struct Mapped {
    spec: ChartSpec,
    /// The cells between which scores are read off, or why there are none.
    between: Result<Vec<bool>, String>,
}

impl Mapped {
    fn with_contours(self) -> ChartSpec {
        match (self.spec, self.between) {
            (ChartSpec::Heatmap(mut map), Ok(contoured)) => {
                map.contoured = contoured;
                map.frame.note = values::note(
                    [words::CELLS, words::CONTOURS_ARE].map(|said| Some(said.to_owned())),
                );
                ChartSpec::Heatmap(map)
            }
            (spec, _) => spec,
        }
    }
}

/// Settings with numbers first, then the others and the family.
fn ordered(cells: &Cells, compared: &super::Compared) -> Vec<String> {
    let mut keys = compared.number_settings(cells);
    let others = compared.groups().into_iter().filter(|key| !keys.contains(key));
    let others: Vec<String> = others.collect();
    keys.extend(others);
    keys
}

fn map_of(runs: &[u32], x: &Column, y: &Column, score: &Column) -> Result<Mapped, String> {
    if x.key == y.key {
        return Err(words::ONE_SETTING.to_owned());
    }
    let [columns, mut rows] = [x, y].map(|column| column.groups(usize::MAX));
    // numbers ascend upward
    let n_rows = rows.names.len();
    rows.names.reverse();
    let n_columns = columns.names.len();
    let scored = runs.iter().enumerate().filter_map(|(at, run)| {
        let row = n_rows - 1 - rows.places.get(at).copied().flatten()?;
        let column = columns.places.get(at).copied().flatten()?;
        Some((row * n_columns + column, *run, score.number(at)?))
    });
    let means = shared(n_columns * n_rows, scored);
    let (x_axis, y_axis) = (axis(&x.key), axis(&y.key));
    let title = words::map_title(&heading(&score.key), &x_axis.title, &y_axis.title);
    let both_numbers = x.numbers_differ() && y.numbers_differ();
    if both_numbers && (!is_grid(&means) || n_columns.max(n_rows) > MOST_CELLS) {
        let spec = points(runs, x, y, score, &title)?;
        return Ok(Mapped { spec, between: Err(words::NO_GRID.to_owned()) });
    }
    if n_columns.max(n_rows) > MOST_CELLS {
        return Err(words::too_many(n_columns, n_rows));
    }
    if means.iter().flatten().next().is_none() {
        return Err(words::NO_SCORE.to_owned());
    }
    // numbers come first among the values of a setting, so they are the lowest rows
    let [n_along, n_upward] = [x, y].map(|column| distinct_numbers(&column.held));
    let between = read_between(&means, n_columns, n_rows - n_upward..n_rows, 0..n_along);
    let between = between.map_err(|why| match why {
        NoneBetween::NoNumbers if n_along < 2 => words::no_contours(&x_axis.title),
        NoneBetween::NoNumbers => words::no_contours(&y_axis.title),
        NoneBetween::NoFour => words::NO_FOUR.to_owned(),
        NoneBetween::Equal => words::EQUAL_SCORES.to_owned(),
    });
    let note_of = |mean: &Option<_>| mean.as_ref().map(words::of_runs).unwrap_or_default();
    let spec = ChartSpec::Heatmap(HeatmapSpec {
        frame: ChartFrame {
            note: words::CELLS.to_owned(),
            ..ChartFrame::new(&title, x_axis, y_axis)
        },
        measure: heading(&score.key),
        format: NumberFormat::FineScore,
        rows: rows.names,
        columns: columns.names,
        notes: means.iter().map(note_of).collect(),
        values: means.iter().map(|mean| mean.as_ref().map(|of| of.mean)).collect(),
        colours: CellColours::Score(better(&score.key)),
        ..HeatmapSpec::default()
    });
    Ok(Mapped { spec, between })
}

fn distinct_numbers(held: &[Held]) -> usize {
    distinct(held).iter().filter_map(Held::number).count()
}

fn points(runs: &[u32], x: &Column, y: &Column, score: &Column, title: &str) -> Drawn {
    let spaced = |column: &Column| {
        let spacing = if span_decades(&column.numbers()) { Spacing::Log } else { Spacing::Even };
        axis(&column.key).spaced(spacing)
    };
    let points = runs.iter().enumerate().filter_map(|(at, run)| {
        Some(NamedPoint {
            name: words::run_name(*run),
            x: x.number(at)?,
            y: y.number(at)?,
            group: 0,
            value: score.number(at),
        })
    });
    let points: Vec<NamedPoint> = points.collect();
    if points.is_empty() {
        return Err(words::NO_BOTH.to_owned());
    }
    Ok(ChartSpec::Points(PointsSpec {
        frame: ChartFrame {
            note: values::note([Some(words::POINTS.to_owned()), values::not_drawn(&[x, y])]),
            ..ChartFrame::new(title, spaced(x), spaced(y))
        },
        groups: vec![PointGroup::default()],
        points,
        measure: Some(Measure { axis: axis(&score.key), better: better(&score.key) }),
    }))
}
