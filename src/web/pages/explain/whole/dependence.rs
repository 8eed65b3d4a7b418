//! How the model moves with one feature.

use leptos::prelude::*;

use super::{asked, feature, feature_choice, part, part_choice, scale, scale_choice, seed};
use crate::charts::format::NumberFormat;
use crate::charts::{
    Axis, BarSeries, BarSpec, ChartFrame, ChartSpec, LineSeries, LineSpec, LineStyle, Point, Tone,
};
use crate::compute::WholeQuestion;
use crate::explain::whole::{Dependence, DependenceParams, Part, Place, Scale};
use crate::numerics::order::sorted_by;
use crate::web::app::use_lab_query;
use crate::web::components::chart::Chart;
use crate::web::explaining::Explaining;
use crate::web::text::names::readable;
use crate::web::text::whole as text;

/// Controls and curves.
pub fn dependence(of: Explaining) -> AnyView {
    let query = use_lab_query();
    let chosen = feature(of, query, "feature", 0);
    let question = move || {
        let default = DependenceParams::of(&chosen.get()?);
        Some(WholeQuestion::Dependence(DependenceParams {
            scale: scale(query),
            part: part(query, Part::Train),
            seed: seed(of),
            ..default
        }))
    };
    view! {
        <div class="row ends">
            {feature_choice(of, query, "feature", text::FEATURE, chosen)}
            {scale_choice(query)}
            {part_choice(query, Part::Train)}
        </div>
        {asked(of, question, found)}
    }
    .into_any()
}

/// How numbers on a scale are written.
pub fn format_of(scale: Scale) -> NumberFormat {
    match scale {
        Scale::Probability => NumberFormat::Score,
        Scale::LogOdds => NumberFormat::Weight,
    }
}

fn found(curves: Dependence) -> AnyView {
    let spec = Signal::stored(drawn(&curves));
    let how = if curves.levels.is_empty() { "" } else { text::ORDER };
    let each = curves.partial.iter().map(
        |place| view! { <li data-at=place.at.to_string() data-value=place.value.to_string()></li> },
    );
    view! {
        <Chart spec />
        <ul hidden data-testid="partial" data-feature=curves.feature.clone()>{each.collect_view()}</ul>
        <p class="note">
            {text::rows_made(curves.rows, curves.part, curves.seed)} " " {text::HOW_CURVES} " " {how}
        </p>
    }
    .into_any()
}

fn drawn(curves: &Dependence) -> ChartSpec {
    let name = readable(&curves.feature);
    let measure = Axis::formatted(text::scale(curves.scale), format_of(curves.scale));
    if !curves.levels.is_empty() {
        let frame = ChartFrame::new(text::PARTIAL, measure, Axis::new(&name, ""));
        let mut series = vec![BarSeries {
            name: text::PARTIAL.to_owned(),
            values: curves.partial.iter().map(|place| place.value).collect(),
            ..BarSeries::default()
        }];
        let local = sorted_by(curves.accumulated.places.clone(), |place| place.at);
        // a level that no row has can't be compared with its neighbours
        if local.len() == curves.levels.len() {
            series.push(BarSeries {
                name: text::LOCAL.to_owned(),
                tone: Tone::Category(1),
                values: local.iter().map(|place| place.value + curves.mean).collect(),
                ..BarSeries::default()
            });
        }
        return ChartSpec::Bar(BarSpec {
            frame,
            levels: curves.levels.clone(),
            series,
            value_labels: true,
            ..BarSpec::default()
        });
    }
    let points = |places: &[Place], shift: f64| {
        places.iter().map(|place| Point { x: place.at, y: place.value + shift }).collect()
    };
    let mut series = vec![LineSeries {
        name: text::PARTIAL.to_owned(),
        tone: Tone::Accent,
        style: LineStyle::LineAndPoints,
        points: points(&curves.partial, 0.0),
        ..LineSeries::default()
    }];
    series.push(LineSeries {
        name: text::LOCAL.to_owned(),
        tone: Tone::Category(1),
        style: LineStyle::Dashed,
        points: points(&curves.accumulated.places, curves.mean),
        ..LineSeries::default()
    });
    ChartSpec::Line(LineSpec {
        frame: ChartFrame::new(text::PARTIAL, Axis::new(&name, ""), measure),
        series,
        ..LineSpec::default()
    })
}
