//! How the strength of the penalty was chosen: accuracy on training rows left out, over C.

use std::sync::Arc;

use leptos::prelude::*;

use super::scores::decimals;
use crate::charts::format::{self, NumberFormat};
use crate::charts::{
    Axis, Band, BandEdge, ChartFrame, ChartSpec, LineSeries, LineSpec, LineStyle, Marker, Point,
    Spacing, Tone,
};
use crate::experiments::Run;
use crate::models::StrengthScore;
use crate::web::components::card::Card;
use crate::web::components::chart::Chart;
use crate::web::text::strengths as text;

/// The path; nothing where no strength was chosen.
#[component]
pub fn Strengths(
    /// Whose.
    run: Arc<Run>,
) -> impl IntoView {
    chosen(&run.strengths)
}

fn chosen(path: &[StrengthScore]) -> Option<AnyView> {
    let chosen = path.iter().find(|strength| strength.ties)?;
    let count = |is: fn(&StrengthScore) -> bool| path.iter().filter(|of| is(of)).count();
    let said = text::Chosen {
        c: format::plain(chosen.c),
        accuracy: decimals(chosen.mean_accuracy, 5),
        ties: count(|of| of.ties) - 1,
        alike: count(|of| of.within_standard_error),
        all: path.len(),
    };
    let (words, value) = (said.to_string(), chosen.c.to_string());
    let spec = Signal::stored(spec(path, chosen));
    let card = view! {
        <Card title=text::TITLE sub=text::SUB>
            <p data-testid="strength-chosen" data-value=value>{words}</p>
            <Chart spec />
            <p class="note">{text::HOW}</p>
        </Card>
    };
    Some(card.into_any())
}

fn spec(path: &[StrengthScore], chosen: &StrengthScore) -> ChartSpec {
    let point = |of: &StrengthScore| Point { x: of.c, y: of.mean_accuracy };
    let note = |of: &StrengthScore| {
        let ties = if of.ties { text::TIES } else { "" };
        format!("± {}{ties}", decimals(of.spread, 5))
    };
    let edge = |of: &StrengthScore| BandEdge {
        x: of.c,
        low: of.mean_accuracy - of.spread,
        high: of.mean_accuracy + of.spread,
    };
    ChartSpec::Line(LineSpec {
        frame: ChartFrame::new(
            text::TITLE,
            Axis::new(text::STRENGTH, "").spaced(Spacing::Log),
            Axis::formatted(text::MEAN_ACCURACY, NumberFormat::Score),
        ),
        series: vec![LineSeries {
            name: text::MEAN.to_owned(),
            tone: Tone::Accent,
            style: LineStyle::LineAndPoints,
            points: path.iter().map(point).collect(),
            notes: path.iter().map(note).collect(),
        }],
        band: Some(Band {
            name: text::SPREAD.to_owned(),
            tone: Tone::Accent,
            edges: path.iter().map(edge).collect(),
        }),
        markers: vec![Marker { at: point(chosen), label: text::CHOSEN.to_owned() }],
        ..LineSpec::default()
    })
}
