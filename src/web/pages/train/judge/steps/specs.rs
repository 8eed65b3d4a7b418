//! The lines over the steps.

use leptos::prelude::WithValue;

use super::Looked;
use crate::charts::format::{self, NumberFormat};
use crate::charts::{
    Axis, ChartFrame, ChartSpec, LineSeries, LineSpec, LineStyle, Point, Reference, Spacing, Tone,
};
use crate::experiments::Step;
use crate::models::ModelParams;
use crate::web::text::steps as text;

/// Right answers on both parts.
pub fn accuracy(page: &Looked, points: &[Step], at: u32) -> ChartSpec {
    let axis = Axis::formatted(text::ACCURACY_AXIS, NumberFormat::Score);
    let series = vec![
        series(text::ON_TEST, Tone::Accent, points, |step| step.test_accuracy),
        series(text::ON_TRAIN, Tone::Category(1), points, |step| step.train_accuracy),
    ];
    lines(page, [text::ACCURACY, ""], axis, series, at)
}

/// What the solver minimises.
pub fn objective(page: &Looked, points: &[Step], at: u32) -> ChartSpec {
    let axis = Axis::new(text::OBJECTIVE_AXIS, "");
    let series = vec![series(text::OBJECTIVE_AXIS, Tone::Accent, points, |step| step.objective)];
    lines(page, [text::OBJECTIVE, ""], axis, series, at)
}

/// How far the fit is from its end, and where that is.
pub fn violation(page: &Looked, points: &[Step], at: u32) -> ChartSpec {
    let axis = Axis::new(text::VIOLATION_AXIS, "").spaced(Spacing::Log);
    // at an optimum to the last bit there is none, and no place on a log axis
    let above: Vec<Step> = points.iter().copied().filter(|step| step.violation > 0.0).collect();
    let series = vec![series(text::VIOLATION_AXIS, Tone::Accent, &above, |step| step.violation)];
    let mut spec = lines(page, [text::VIOLATION, ""], axis, series, at);
    if let ChartSpec::Line(spec) = &mut spec {
        let tolerance = page.run.with_value(|run| match &run.provenance.params {
            ModelParams::Svc(params) => Some(params.tolerance),
            ModelParams::Logistic(params) => Some(params.tolerance),
            ModelParams::ElasticNet(params) => Some(params.tolerance),
            ModelParams::WeightedLogistic(params) => Some(params.penalised.tolerance),
            _ => None,
        });
        spec.references.extend(tolerance.filter(|_| !above.is_empty()).map(|y| {
            let label = format!("{} {}", text::TOLERANCE, format::plain(y));
            Reference::Horizontal { y, label }
        }));
    }
    spec
}

fn series(name: &str, tone: Tone, points: &[Step], of: fn(&Step) -> f64) -> LineSeries {
    let few = points.len() <= 30;
    LineSeries {
        name: name.to_owned(),
        tone,
        style: if few { LineStyle::LineAndPoints } else { LineStyle::Line },
        points: points
            .iter()
            .map(|step| Point { x: f64::from(step.iteration), y: of(step) })
            .collect(),
        ..LineSeries::default()
    }
}

/// Support vectors take thousands of steps, Newton's method a handful.
fn lines(
    page: &Looked,
    [title, note]: [&str; 2],
    axis: Axis,
    series: Vec<LineSeries>,
    at: u32,
) -> ChartSpec {
    let is_long = page.run.with_value(|run| matches!(run.provenance.params, ModelParams::Svc(_)));
    let from_1 = series.iter().flat_map(|series| &series.points).all(|point| point.x > 0.0);
    let spacing = if is_long && from_1 { Spacing::Log } else { Spacing::Even };
    let steps = Axis::new(text::STEPS_AXIS, "").spaced(spacing);
    let here = Reference::Vertical { x: f64::from(at), label: format::count(u64::from(at)) };
    let has_place = (spacing == Spacing::Even || at > 0)
        && series.iter().any(|series| !series.points.is_empty());
    ChartSpec::Line(LineSpec {
        frame: ChartFrame { note: note.to_owned(), ..ChartFrame::new(title, steps, axis) },
        series,
        references: has_place.then_some(here).into_iter().collect(),
        ..LineSpec::default()
    })
}
