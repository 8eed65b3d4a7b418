//! One feature swept, the rest as it is.

use leptos::prelude::*;

use super::asked;
use crate::charts::format::NumberFormat;
use crate::charts::{
    Axis, Band, BandEdge, BarReference, BarSeries, BarSpec, ChartFrame, ChartSpec, LineSeries,
    LineSpec, LineStyle, Marker, Point, Reference, Tone,
};
use crate::compute::RecordQuestion;
use crate::data::Value;
use crate::explain::{Curve, Curves, CurvesParams};
use crate::web::app::use_lab_query;
use crate::web::components::chart::Chart;
use crate::web::components::choice::Choice;
use crate::web::explaining::Explaining;
use crate::web::state::Task;
use crate::web::text::names::readable;
use crate::web::text::whatif as text;

/// Charts shown while no feature is chosen.
const SHOWN: usize = 3;
/// Where the line to compare with is.
const HALF: f64 = 0.5;

/// The widest curves, or one that is chosen.
pub fn curves(of: Explaining) -> AnyView {
    let question = move || {
        let seed = of.lime.with(|lime| lime.seed);
        RecordQuestion::Curves(CurvesParams { lines: 0, seed, ..CurvesParams::default() })
    };
    asked(of, Task::WhatIf, question, found)
}

fn found(curves: Curves) -> AnyView {
    let query = use_lab_query();
    let options: Vec<(String, String)> = std::iter::once((String::new(), text::WIDEST.to_owned()))
        .chain(curves.curves.iter().map(|c| (c.feature.clone(), readable(&c.feature))))
        .collect();
    let choose = move |name: String| {
        query.set(&[("swept", Some(name).filter(|name| !name.is_empty()))]);
    };
    let made = text::made_with(&curves);
    let curves = StoredValue::new(curves);
    let chosen = Memo::new(move |_| query.get("swept").unwrap_or_default());
    let choice = move || {
        let value = chosen.get();
        view! { <Choice label=text::FEATURE options=options.clone() value on_change=choose /> }
    };
    let charts = move || {
        curves.with_value(|all| {
            let named = |curve: &&Curve| curve.feature == chosen.get();
            let one: Vec<&Curve> = all.curves.iter().filter(named).collect();
            let shown = if one.is_empty() { all.curves.iter().take(SHOWN).collect() } else { one };
            shown.into_iter().map(|curve| chart(curve, all.probability)).collect_view()
        })
    };
    view! {
        <div class="row ends">
            <div class="field"><span aria-hidden="true">{text::FEATURE}</span> {choice}</div>
        </div>
        <div class="curves" data-testid="curves">{charts}</div>
        <p class="note">{text::HOW_CURVES} " " {made}</p>
    }
    .into_any()
}

fn chart(curve: &Curve, probability: f64) -> AnyView {
    let spec = Signal::stored(drawn(curve, probability));
    let mean: Vec<String> = curve.mean.iter().map(f64::to_string).collect();
    view! {
        <section
            class="curve"
            data-feature=curve.feature.clone()
            data-range=curve.range.to_string()
            data-mean=mean.join(" ")
        >
            <h3>{readable(&curve.feature)}</h3>
            <Chart spec caption=Some(Signal::stored(text::says(curve, probability))) />
        </section>
    }
    .into_any()
}

fn drawn(curve: &Curve, probability: f64) -> ChartSpec {
    let title = readable(&curve.feature);
    let chance = Axis::formatted(text::PROBABILITY, NumberFormat::Score);
    let number = |value: &Value| match value {
        Value::Number(number) => Some(*number),
        Value::Text(_) => None,
    };
    let grid: Option<Vec<f64>> = curve.values.iter().map(number).collect();
    let own: Option<Vec<Point>> = curve
        .own
        .iter()
        .map(|point| Some(Point { x: number(&point.value)?, y: point.probability }))
        .collect();
    let (Some(grid), Some(own), Some(present)) = (grid, own, number(&curve.present)) else {
        return levels(curve, ChartFrame::new(&title, chance, Axis::new(&title, "")));
    };
    let mean = grid.iter().zip(&curve.mean).map(|(&x, &y)| Point { x, y });
    let ends = grid.iter().zip(curve.low.iter().zip(&curve.high));
    ChartSpec::Line(LineSpec {
        frame: ChartFrame::new(&title, Axis::new(&title, ""), chance),
        series: vec![
            LineSeries {
                name: text::AVERAGE.to_owned(),
                tone: Tone::Muted,
                style: LineStyle::Dashed,
                points: mean.collect(),
                notes: Vec::new(),
            },
            LineSeries {
                name: text::THIS.to_owned(),
                tone: Tone::Accent,
                points: own,
                ..LineSeries::default()
            },
        ],
        band: Some(Band {
            name: text::MIDDLE.to_owned(),
            tone: Tone::Muted,
            edges: ends.map(|(&x, (&low, &high))| BandEdge { x, low, high }).collect(),
        }),
        references: vec![Reference::Horizontal { y: HALF, label: text::THRESHOLD_LINE.to_owned() }],
        sentence: Some(text::says(curve, probability)),
        markers: vec![Marker {
            at: Point { x: present, y: probability },
            label: text::now(probability),
        }],
        y_range: Some((0.0, 1.0)),
        ..LineSpec::default()
    })
}

fn levels(curve: &Curve, frame: ChartFrame) -> ChartSpec {
    // of a date the record's own day is not on the grid
    let own = |value: &Value| {
        let point = curve.own.iter().find(|point| point.value == *value);
        point.map_or(f64::NAN, |point| point.probability)
    };
    let series = |name: &str, tone, values| BarSeries {
        name: name.to_owned(),
        tone,
        values,
        intervals: Vec::new(),
    };
    ChartSpec::Bar(BarSpec {
        frame,
        levels: curve.values.iter().map(|value| text::level(value, &curve.present)).collect(),
        series: vec![
            series(text::THIS, Tone::Accent, curve.values.iter().map(own).collect()),
            series(text::AVERAGE, Tone::Muted, curve.mean.clone()),
        ],
        value_labels: true,
        reference: Some(BarReference { value: HALF, label: text::THRESHOLD_LINE.to_owned() }),
        ..BarSpec::default()
    })
}
