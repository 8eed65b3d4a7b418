//! ROC and precision-recall with the bands that other test customers would fill.

use leptos::prelude::*;

use super::fields::{Figure, NumberField, figures, how, number_field, says, seed_field};
use super::{Looked, address};
use crate::charts::format::{self, NumberFormat};
use crate::charts::{
    Axis, Band, BandEdge, ChartFrame, ChartSpec, LineSeries, LineSpec, Point, Reference, Tone,
};
use crate::evaluation::bootstrap::{BandPoint, Estimate};
use crate::evaluation::{Bootstrap, ThresholdCurve};
use crate::web::components::chart::Chart;
use crate::web::text::classes::Classes;
use crate::web::text::judge as text;
use crate::web::text::train;

/// Columns of a picture that curves are drawn for.
const COLUMNS: u32 = 400;

/// Both curves.
pub fn curves(page: Looked) -> AnyView {
    let query = page.query;
    let roc = drawn_roc(page);
    let roc = Signal::derive(move || {
        let band = page.found(|judgement| band(&judgement.bootstrap.roc)).unwrap_or_default();
        page.with_classes(|classes| roc_spec(classes, &roc, band))
    });
    let precision_recall = drawn_precision_recall(page);
    let base = page.with_curve(base_rate);
    let precision_recall = Signal::derive(move || {
        let band =
            page.found(|judgement| band(&judgement.bootstrap.precision_recall)).unwrap_or_default();
        precision_recall_spec(&precision_recall, band, base)
    });
    let said = move || {
        page.found(|judgement| {
            let Estimate { low, high, .. } = judgement.bootstrap.roc_auc;
            text::sure(&format::score(low), &format::score(high))
        })
    };
    let estimates = move || page.found(|judgement| figures(estimates(&judgement.bootstrap)));
    let made = move || {
        let n_test = page.run.with_value(|run| run.provenance.n_test);
        let left_out = page.found(|judgement| judgement.bootstrap.left_out).unwrap_or_default();
        let count = |n: u32| format::count(u64::from(n));
        text::sure_how(&count(address::resamples(query)), &count(n_test), left_out)
    };
    let resamples = NumberField {
        key: address::RESAMPLES,
        label: text::RESAMPLES,
        unit: "",
        default: 1_000.0,
        allowed: (address::is_resamples, text::RESAMPLES_ALLOWED),
        step: 100.0,
        settled: true,
    };
    view! {
        {says(said)}
        {estimates}
        <div class="pictures">
            <div><h3>{text::ROC_SURE}</h3><Chart spec=roc /></div>
            <div><h3>{text::PRECISION_RECALL}</h3><Chart spec=precision_recall /></div>
        </div>
        <div class="row ends">{number_field(query, resamples)}{number_field(query, seed_field())}</div>
        {how(made)}
    }
    .into_any()
}

fn estimates(bootstrap: &Bootstrap) -> Vec<Figure> {
    [
        ("auc", train::AUC, bootstrap.roc_auc),
        ("average-precision", train::AVERAGE_PRECISION, bootstrap.average_precision),
        ("accuracy", train::ACCURACY, bootstrap.accuracy),
    ]
    .map(|(key, name, Estimate { value, low, high })| Figure {
        key,
        name,
        value,
        shown: format::score(value),
        sub: range(low, high),
    })
    .into()
}

/// ".813 to .857".
pub fn range(low: f64, high: f64) -> String {
    format!("{} to {}", format::score(low), format::score(high))
}

fn band(points: &[BandPoint]) -> Vec<BandEdge> {
    let edge = |point: &BandPoint| BandEdge {
        x: point.at,
        low: point.estimate.low,
        high: point.estimate.high,
    };
    points.iter().map(edge).collect()
}

fn drawn_roc(page: Looked) -> Vec<Point> {
    let drawn = page.with_curve(|curve| curve.drawn_roc(COLUMNS));
    let points = drawn.points.into_iter();
    points.map(|at| Point { x: at.false_positive_rate, y: at.true_positive_rate }).collect()
}

fn drawn_precision_recall(page: Looked) -> Vec<Point> {
    let drawn = page.with_curve(|curve| curve.drawn_precision_recall(COLUMNS));
    drawn.points.into_iter().map(|at| Point { x: at.recall, y: at.precision }).collect()
}

fn base_rate(curve: &ThresholdCurve) -> f64 {
    f64::from(curve.positives) / f64::from((curve.positives + curve.negatives).max(1))
}

fn roc_spec(classes: &Classes, points: &[Point], band: Vec<BandEdge>) -> ChartSpec {
    let frame = ChartFrame::new(
        text::ROC_SURE,
        Axis::formatted(&classes.wrongly_called(), NumberFormat::Percent),
        Axis::formatted(&classes.found(), NumberFormat::Percent),
    );
    curve_spec(frame, points, band, Reference::Diagonal { label: train::CHANCE.to_owned() })
}

fn precision_recall_spec(points: &[Point], band: Vec<BandEdge>, base: f64) -> ChartSpec {
    let frame = ChartFrame::new(
        text::PRECISION_RECALL,
        Axis::formatted(train::RECALL, NumberFormat::Percent),
        Axis::formatted(text::PRECISION_AXIS, NumberFormat::Percent),
    );
    let chance = Reference::Horizontal { y: base, label: train::CHANCE.to_owned() };
    curve_spec(frame, points, band, chance)
}

fn curve_spec(
    frame: ChartFrame,
    points: &[Point],
    edges: Vec<BandEdge>,
    chance: Reference,
) -> ChartSpec {
    let band = Band { name: text::INTERVAL.to_owned(), tone: Tone::Accent, edges };
    ChartSpec::Line(LineSpec {
        frame,
        series: vec![LineSeries {
            name: text::ROC_LINE.to_owned(),
            tone: Tone::Accent,
            points: points.to_vec(),
            ..LineSeries::default()
        }],
        band: (!band.edges.is_empty()).then_some(band),
        references: vec![chance],
        x_range: Some((0.0, 1.0)),
        y_range: Some((0.0, 1.0)),
        ..LineSpec::default()
    })
}
