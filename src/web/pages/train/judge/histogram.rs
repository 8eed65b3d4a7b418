//! How the probabilities of both classes lie.

use leptos::prelude::*;

use super::Looked;
use super::fields::{how, says};
use crate::charts::format::{self, NumberFormat};
use crate::charts::{Axis, BinHeight, ChartFrame, ChartSpec, HistogramSeries, HistogramSpec, Tone};
use crate::evaluation::ScoreHistogram;
use crate::web::components::chart::Chart;
use crate::web::pages::train::scores::decimals;
use crate::web::text::classes::Classes;
use crate::web::text::judge as text;

/// The histogram.
pub fn histogram(page: Looked) -> AnyView {
    let spec = Signal::derive(move || {
        let spec = page
            .found(|judgement| page.with_classes(|classes| spec(classes, &judgement.histogram)));
        spec.unwrap_or_else(|| ChartSpec::Histogram(HistogramSpec::default()))
    });
    let said = move || {
        let threshold = page.threshold.get();
        let rates = page.with_curve(|curve| curve.rates_at(threshold));
        let share = |share: Option<f64>| {
            share.map_or(format::MISSING.to_owned(), |s| format::percent(s, 1))
        };
        let [positive, negative] = [rates.recall, rates.false_positive_rate].map(share);
        let threshold = decimals(threshold, 2);
        Some(page.with_classes(|classes| classes.at_or_above(&threshold, &positive, &negative)))
    };
    view! {
        {says(said)}
        <Chart spec />
        {how(|| text::SCORES_HOW.to_owned())}
    }
    .into_any()
}

fn spec(classes: &Classes, histogram: &ScoreHistogram) -> ChartSpec {
    let counts = |counts: &[u32]| counts.iter().copied().map(u64::from).collect();
    ChartSpec::Histogram(HistogramSpec {
        frame: ChartFrame::new(
            text::HISTOGRAM,
            Axis::formatted(text::PROBABILITY, NumberFormat::Score),
            Axis::formatted(text::SHARE_OF_CLASS, NumberFormat::Percent),
        ),
        edges: histogram.edges.clone(),
        series: vec![
            HistogramSeries {
                name: classes.negative(),
                tone: Tone::Stays,
                counts: counts(&histogram.negative),
            },
            HistogramSeries {
                name: classes.positive(),
                tone: Tone::Churns,
                counts: counts(&histogram.positive),
            },
        ],
        height: BinHeight::ShareOfSeries,
    })
}
