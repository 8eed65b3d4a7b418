//! What a threshold does: the ROC curve, the four counts and the scores made of them.

use std::sync::Arc;

use leptos::prelude::*;

use super::scores::decimals;
use crate::charts::format::{self, NumberFormat};
use crate::charts::{
    Axis, ChartFrame, ChartSpec, LineSeries, LineSpec, Marker, Point, Reference, Tone,
};
use crate::evaluation::{ConfusionMatrix, ThresholdCurve};
use crate::experiments::Run;
use crate::web::app::use_lab_query;
use crate::web::components::card::Card;
use crate::web::components::chart::Chart;
use crate::web::components::threshold_slider::ThresholdSlider;
use crate::web::text::classes::Classes;
use crate::web::text::train as text;

/// What a threshold may be.
pub fn allowed(threshold: f64) -> bool {
    (0.0..=1.0).contains(&threshold)
}

/// A slider over the test customers, with the curve it moves on.
#[component]
pub fn Threshold(
    /// Whose test customers.
    run: Arc<Run>,
    /// From 0 to 1; kept in the address as well.
    threshold: RwSignal<f64>,
) -> impl IntoView {
    let query = use_lab_query();
    let keep = move |number: f64| query.replace(&[("threshold", Some(number.to_string()))]);
    let classes = Classes::of(&run.provenance.target);
    let (title, sub) = (classes.threshold_title(), classes.threshold_does());
    let spec = {
        let (run, classes) = (Arc::clone(&run), classes.clone());
        let points = roc(&run.evaluation.test_curve);
        Signal::derive(move || roc_spec(&run, &classes, &points, threshold.get()))
    };
    let counts = {
        let run = Arc::clone(&run);
        Memo::new(move |_| run.evaluation.test_curve.confusion_at(threshold.get()))
    };
    let scores = {
        let classes = classes.clone();
        move || scores(&classes, counts.get())
    };
    view! {
        <Card title sub>
            <div class="threshold">
                <div><Chart spec /></div>
                <div>
                    <div class="row">
                        <ThresholdSlider
                            label=text::THRESHOLD
                            threshold
                            usual=0.5
                            allowed=(allowed as fn(f64) -> bool, text::THRESHOLD_ALLOWED)
                            on_keep=keep
                        />
                    </div>
                    {move || confusion_table(&run, &classes, counts.get())}
                    {scores}
                </div>
            </div>
        </Card>
    }
}

pub fn roc(curve: &ThresholdCurve) -> Vec<Point> {
    let points = curve.roc_points().into_iter();
    points
        .map(|point| Point { x: point.false_positive_rate, y: point.true_positive_rate })
        .collect()
}

pub fn roc_spec(run: &Run, classes: &Classes, points: &[Point], threshold: f64) -> ChartSpec {
    let counts = run.evaluation.test_curve.confusion_at(threshold);
    let auc = run.evaluation.test.roc_auc;
    let marker = (!points.is_empty()).then(|| Marker {
        at: Point { x: share(counts.fp, counts.tn), y: share(counts.tp, counts.fn_) },
        label: format!("threshold {}", decimals(threshold, 2)),
    });
    ChartSpec::Line(LineSpec {
        frame: ChartFrame {
            note: auc.map_or(text::UNDEFINED.to_owned(), |auc| format!("AUC {}", decimals(auc, 5))),
            ..ChartFrame::new(
                text::ROC,
                Axis::formatted(&classes.wrongly_called(), NumberFormat::Percent),
                Axis::formatted(&classes.found(), NumberFormat::Percent),
            )
        },
        series: vec![LineSeries {
            tone: Tone::Accent,
            points: points.to_vec(),
            ..LineSeries::default()
        }],
        references: vec![Reference::Diagonal { label: text::CHANCE.to_owned() }],
        markers: marker.into_iter().collect(),
        x_range: Some((0.0, 1.0)),
        y_range: Some((0.0, 1.0)),
        ..LineSpec::default()
    })
}

fn confusion_table(run: &Run, classes: &Classes, counts: ConfusionMatrix) -> AnyView {
    let ConfusionMatrix { tn, fp, fn_, tp } = counts;
    let target = &run.provenance.target;
    let ([stayed, left], [says_stays, says_leaves]) = (classes.happened(), classes.says());
    let rows = [
        (stayed, &target.negative_class, [("tn", tn, fp), ("fp", fp, tn)]),
        (left, &target.positive_class, [("fn", fn_, tp), ("tp", tp, fn_)]),
    ];
    let rows = rows.map(|(happened, class, cells)| {
        let cells = cells.map(|(key, count, other)| view! {
            <td class="right" class:right-call=matches!(key, "tn" | "tp") data-testid=format!("confusion-{key}") data-value=count.to_string()>
                <b>{format::count(u64::from(count))}</b>
                <span class="sub">{NumberFormat::Percent.show(share(count, other))}</span>
            </td>
        });
        let class = format!("{} = {class}", target.column);
        view! { <tr><th scope="row">{happened}<span class="sub">{class}</span></th>{cells}</tr> }
    });
    view! {
        <table class="confusion">
            <caption class="hidden">{text::CONFUSION}</caption>
            <thead>
                <tr>
                    <th scope="col">{text::HAPPENED}</th>
                    <th scope="col" class="right">{says_stays}</th>
                    <th scope="col" class="right">{says_leaves}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn scores(classes: &Classes, counts: ConfusionMatrix) -> AnyView {
    let scores = [
        ("accuracy", text::ACCURACY, text::ACCURACY_IS.to_owned(), counts.accuracy()),
        ("precision", text::PRECISION, classes.precision_is(), counts.precision()),
        ("recall", text::RECALL, classes.recall_is(), counts.recall()),
        ("f1", text::F1, text::F1_IS.to_owned(), counts.f1()),
    ];
    let scores = scores.map(|(key, name, meaning, value)| view! {
        <div title=meaning>
            <dt>{name}</dt>
            <dd data-testid=format!("threshold-{key}") data-value=value.to_string()>{decimals(value, 4)}</dd>
        </div>
    });
    view! { <dl class="at-threshold">{scores}</dl> }.into_any()
}

/// The part that `count` is of both; 0 without any.
fn share(count: u32, other: u32) -> f64 {
    f64::from(count) / f64::from((count + other).max(1))
}
