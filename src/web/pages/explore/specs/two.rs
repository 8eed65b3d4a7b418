//! Charts of two columns, and of many.

use super::{axis_of, boxes, named, names, of_class};
use crate::charts::format::NumberFormat;
use crate::charts::{
    Arrangement, Axis, BarSeries, BarSpec, CellColours, CellMeaning, ChartFrame, ChartSpec,
    HeatmapSpec, MosaicPart, MosaicSpec, ScatterPoint, ScatterSeries, ScatterSpec, Tone,
};
use crate::exploration::{Groups, Matrix, Pair};
use crate::web::pages::explore::brush::{Brush, Order, Picture, Side};
use crate::web::text::classes::Classes;
use crate::web::text::explore as text;
use crate::web::text::names::{readable, small};

/// Every picture of a pair of columns.
pub fn pair_pictures(pair: &Pair, classes: Option<&Classes>) -> Vec<Picture> {
    let mut pictures = match (&pair.columns, &pair.rows) {
        (Groups::Bins(_), Groups::Bins(_)) => {
            let mut scatter = vec![pair_scatter(pair, classes, CellMeaning::Count)];
            if classes.is_some() {
                scatter.push(pair_scatter(&without_points(pair), classes, CellMeaning::Share));
            }
            return scatter;
        }
        (Groups::Bins(_), Groups::Levels(_)) => {
            vec![boxes((&pair.x, &pair.columns), Some(&pair.y), &pair.boxes, classes)]
        }
        (Groups::Levels(_), Groups::Bins(_)) => {
            vec![boxes((&pair.y, &pair.rows), Some(&pair.x), &pair.boxes, classes)]
        }
        (Groups::Levels(_), Groups::Levels(_)) => {
            vec![mosaic(pair), bars(pair, Arrangement::Grouped), bars(pair, Arrangement::Stacked)]
        }
    };
    pictures.insert(1, heat_map(pair, classes));
    pictures
}

fn without_points(pair: &Pair) -> Pair {
    Pair { points: Vec::new(), ..pair.clone() }
}

fn title(pair: &Pair) -> String {
    format!("{} {} {}", readable(&pair.x), text::AND, small(&pair.y))
}

/// "Share leaving by contract and tenure".
fn title_of(what: &str, pair: &Pair) -> String {
    format!("{what} {} {} {} {}", text::BY, small(&pair.x), text::AND, small(&pair.y))
}

fn cells(pair: &Pair, order: Order) -> Brush {
    let side =
        |column: &str, groups: &Groups| Side { column: column.to_owned(), groups: groups.clone() };
    Brush::Cells { along: side(&pair.x, &pair.columns), across: side(&pair.y, &pair.rows), order }
}

/// Rows one by one, or counted in cells; both columns have numbers.
pub fn pair_scatter(pair: &Pair, classes: Option<&Classes>, colours: CellMeaning) -> Picture {
    let edges = |groups: &Groups| match groups {
        Groups::Bins(bins) => bins.edges.clone(),
        Groups::Levels(_) => Vec::new(),
    };
    let title = match (colours, classes) {
        (CellMeaning::Share, Some(classes)) => title_of(&classes.share(), pair),
        _ => title(pair),
    };
    let has_target = classes.is_some();
    let classes = named(classes);
    let spec = ChartSpec::Scatter(ScatterSpec {
        frame: ChartFrame::new(
            &title,
            axis_of(&pair.x, &pair.columns),
            axis_of(&pair.y, &pair.rows),
        ),
        x_edges: edges(&pair.columns),
        y_edges: edges(&pair.rows),
        series: classes
            .iter()
            .map(|(name, tone)| ScatterSeries { name: name.clone(), tone: *tone })
            .collect(),
        counts: (0..classes.len())
            .map(|class| pair.cells.iter().map(|cell| of_class(cell, class)).collect())
            .collect(),
        points: pair
            .points
            .iter()
            .map(|point| ScatterPoint {
                x: point.x,
                y: point.y,
                series: usize::from(point.positive && has_target),
            })
            .collect(),
        colours,
    });
    Picture { spec, brush: cells(pair, Order::LastOnTop) }
}

/// The share of the positive class in each cell, or the rows without a target.
fn heat_map(pair: &Pair, classes: Option<&Classes>) -> Picture {
    let counts: Vec<u64> = pair.cells.iter().map(|cell| u64::from(cell.total())).collect();
    let (title, measure, format, values, counts) = match classes {
        Some(classes) => {
            let shares = pair.cells.iter().map(|cell| cell.rate()).collect();
            (classes.share(), classes.share_small(), NumberFormat::Percent, shares, counts)
        }
        None => {
            let (title, measure) = (text::CUSTOMERS, text::NUMBER_OF_CUSTOMERS);
            let values = counts.iter().map(|&count| Some(count as f64)).collect();
            (title.to_owned(), measure.to_owned(), NumberFormat::Plain, values, Vec::new())
        }
    };
    let title = title_of(&title, pair);
    let spec = ChartSpec::Heatmap(HeatmapSpec {
        frame: ChartFrame::new(
            &title,
            axis_of(&pair.x, &pair.columns),
            axis_of(&pair.y, &pair.rows),
        ),
        measure,
        format,
        rows: names(&pair.rows),
        columns: names(&pair.columns),
        values,
        counts,
        symmetric: false,
        notes: Vec::new(),
        colours: CellColours::Sequence,
        contoured: Vec::new(),
    });
    Picture { spec, brush: cells(pair, Order::FirstOnTop) }
}

/// The rows of a column of cells, from the first row on.
fn column(pair: &Pair, along: usize) -> impl Iterator<Item = u64> {
    let width = pair.columns.count().max(1);
    pair.cells.iter().skip(along).step_by(width).map(|cell| u64::from(cell.total()))
}

fn mosaic(pair: &Pair) -> Picture {
    let width = pair.columns.count();
    let part = |(place, name): (usize, String)| MosaicPart {
        name,
        tone: Tone::Category(place),
        counts: (0..width).filter_map(|along| column(pair, along).nth(place)).collect(),
    };
    let title = format!("{} {} {}", readable(&pair.y), text::WITHIN, small(&pair.x));
    let spec = ChartSpec::Mosaic(MosaicSpec {
        frame: ChartFrame::new(
            &title,
            axis_of(&pair.x, &pair.columns),
            axis_of(&pair.y, &pair.rows),
        ),
        columns: names(&pair.columns),
        parts: names(&pair.rows).into_iter().enumerate().map(part).collect(),
    });
    Picture { spec, brush: cells(pair, Order::ByColumn) }
}

fn bars(pair: &Pair, arrangement: Arrangement) -> Picture {
    let width = pair.columns.count();
    let one = |(place, name): (usize, String)| BarSeries {
        name,
        tone: Tone::Category(place),
        values: (0..width)
            .filter_map(|along| column(pair, along).nth(place))
            .map(|count| count as f64)
            .collect(),
        intervals: Vec::new(),
    };
    let kind = match arrangement {
        Arrangement::Grouped => text::SIDE_BY_SIDE,
        Arrangement::Stacked => text::STACKED,
    };
    let spec = ChartSpec::Bar(BarSpec {
        frame: ChartFrame::new(
            &format!("{}, {kind}", title(pair)),
            Axis::new(text::CUSTOMERS, ""),
            axis_of(&pair.x, &pair.columns),
        ),
        levels: names(&pair.columns),
        series: names(&pair.rows).into_iter().enumerate().map(one).collect(),
        arrangement,
        value_labels: true,
        ..BarSpec::default()
    });
    Picture { spec, brush: cells(pair, Order::ByColumn) }
}

/// A figure for every pair of columns, each from all of `rows` rows; a cell opens its pair.
pub fn matrix(matrix: &Matrix, rows: u32, is_correlation: bool) -> Picture {
    let names: Vec<String> = matrix.names.iter().map(|name| readable(name)).collect();
    let (title, measure, format, colours) = match is_correlation {
        true => (text::TOGETHER, text::CORRELATION, NumberFormat::Weight, CellColours::Diverging),
        false => {
            (text::CRAMERS_V_ALL, text::ASSOCIATION, NumberFormat::Score, CellColours::Sequence)
        }
    };
    let spec = ChartSpec::Heatmap(HeatmapSpec {
        frame: ChartFrame::new(title, Axis::new("", ""), Axis::new("", "")),
        measure: measure.to_owned(),
        format,
        rows: names.clone(),
        columns: names,
        values: matrix.values.clone(),
        counts: vec![u64::from(rows); matrix.values.len()],
        symmetric: true,
        notes: Vec::new(),
        colours,
        contoured: Vec::new(),
    });
    Picture { spec, brush: Brush::Pairs(matrix.names.clone()) }
}
