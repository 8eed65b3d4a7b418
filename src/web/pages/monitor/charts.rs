//! Calls → pictures.

use crate::charts::format::NumberFormat;
use crate::charts::{
    Axis, Band, BandEdge, BarSeries, BarSpec, ChartFrame, ChartSpec, LineSeries, LineSpec,
    LineStyle, Point, Tone,
};
use crate::monitoring::{ColumnDrift, MonitoringReport, PredictionEvent};
use crate::serving::EndpointId;
use crate::web::state::LabState;
use crate::web::text::monitor as text;
use crate::web::text::names::readable;

/// Points drawn at most; a picture has no more columns.
const MOST_POINTS: usize = 2_000;

/// One figure of every call over the call's number, from 1, evenly thinned.
pub fn over_calls(
    state: LabState,
    id: &EndpointId,
    count: usize,
    (title, y): (&str, Axis),
    y_range: (f64, f64),
    figure: fn(&PredictionEvent) -> f64,
) -> ChartSpec {
    use leptos::prelude::WithUntracked;
    let every = count.div_ceil(MOST_POINTS).max(1);
    let points: Vec<Point> = state.events.with_untracked(|events| {
        let calls = events.iter().filter(|event| event.endpoint_id == *id).enumerate();
        calls
            .step_by(every)
            .map(|(at, event)| Point { x: (at + 1) as f64, y: figure(event) })
            .collect()
    });
    let mut frame = ChartFrame::new(title, Axis::new(text::CALL, ""), y);
    if every > 1 {
        frame.note = format!("One call of {every} is drawn");
    }
    let series = LineSeries { style: LineStyle::Points, points, ..LineSeries::default() };
    ChartSpec::Line(LineSpec {
        frame,
        series: vec![series],
        y_range: Some(y_range),
        ..LineSpec::default()
    })
}

/// Accuracy per window with what the scenario lets expect.
pub fn windows(report: &MonitoringReport) -> ChartSpec {
    let measured = report.windows.iter();
    let measured = measured.map(|w| Point { x: f64::from(w.last), y: w.accuracy }).collect();
    let expected = |w: &crate::monitoring::WindowAccuracy| {
        Some((f64::from(w.last), w.expected?, 2.0 * w.expected_std?))
    };
    let expected: Vec<(f64, f64, f64)> = report.windows.iter().filter_map(expected).collect();
    let edge = |&(x, y, reach): &(f64, f64, f64)| BandEdge {
        x,
        low: (y - reach).max(0.0),
        high: (y + reach).min(1.0),
    };
    let band = Band {
        name: text::BAND.to_owned(),
        tone: Tone::Muted,
        edges: expected.iter().map(edge).collect(),
    };
    let mut series = vec![LineSeries {
        name: text::MEASURED.to_owned(),
        tone: Tone::Accent,
        style: LineStyle::LineAndPoints,
        points: measured,
        ..LineSeries::default()
    }];
    if !expected.is_empty() {
        series.push(LineSeries {
            name: text::EXPECTED.to_owned(),
            tone: Tone::Muted,
            style: LineStyle::Dashed,
            points: expected.iter().map(|&(x, y, _)| Point { x, y }).collect(),
            ..LineSeries::default()
        });
    }
    let y = Axis::formatted(text::ACCURACY, NumberFormat::Percent);
    ChartSpec::Line(LineSpec {
        frame: ChartFrame::new(text::WINDOWS, Axis::new(text::CALL, ""), y),
        series,
        band: (!expected.is_empty()).then_some(band),
        y_range: Some((0.0, 1.0)),
        ..LineSpec::default()
    })
}

/// Both sides' shares of a column's levels or bins.
pub fn shares(column: &ColumnDrift) -> ChartSpec {
    let side = |name: &str, tone, value: fn(&crate::monitoring::drift::Share) -> f64| BarSeries {
        name: name.to_owned(),
        tone,
        values: column.shares.iter().map(value).collect(),
        intervals: Vec::new(),
    };
    let title = readable(&column.name);
    ChartSpec::Bar(BarSpec {
        frame: ChartFrame::new(
            &title,
            Axis::formatted(text::SHARE, NumberFormat::Percent),
            Axis::new(&title, ""),
        ),
        levels: column.shares.iter().map(|share| share.label.clone()).collect(),
        series: vec![
            side(text::REFERENCE, Tone::Category(0), |share| share.reference),
            side(text::CURRENT, Tone::Category(1), |share| share.current),
        ],
        ..BarSpec::default()
    })
}
