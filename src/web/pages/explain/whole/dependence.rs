//! How the model moves with one feature.

use leptos::prelude::*;

use super::{asked, feature, feature_choice, part, part_choice, scale, scale_choice, seed};
use crate::charts::format::NumberFormat;
use crate::charts::{
    Axis, BarSeries, BarSpec, ChartFrame, ChartSpec, LineSeries, LineSpec, LineStyle, Point, Tone,
};
use crate::compute::WholeQuestion;
use crate::explain::whole::{Dependence, DependenceParams, Part, Place, Scale};
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
    let how = if curves.accumulated.is_some() { "" } else { text::NO_ORDER };
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
        return ChartSpec::Bar(BarSpec {
            frame,
            levels: curves.levels.clone(),
            series: vec![BarSeries {
                values: curves.partial.iter().map(|place| place.value).collect(),
                ..BarSeries::default()
            }],
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
    if let Some(local) = &curves.accumulated {
        series.push(LineSeries {
            name: text::LOCAL.to_owned(),
            tone: Tone::Category(1),
            style: LineStyle::Dashed,
            points: points(&local.places, curves.mean),
            ..LineSeries::default()
        });
    }
    ChartSpec::Line(LineSpec {
        frame: ChartFrame::new(text::PARTIAL, Axis::new(&name, ""), measure),
        series,
        ..LineSpec::default()
    })
}
