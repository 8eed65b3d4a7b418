//! How many of the positive class are among the customers with the highest probabilities.

use leptos::prelude::*;

use super::fields::{NumberField, how, number_field, says};
use super::{Looked, address};
use crate::charts::format::{self, NumberFormat};
use crate::charts::{
    Axis, ChartFrame, ChartSpec, LineSeries, LineSpec, Marker, Point, Reference, Tone,
};
use crate::evaluation::GainPoint;
use crate::web::components::chart::Chart;
use crate::web::text::judge as text;

/// Columns of a picture that curves are drawn for.
const COLUMNS: u32 = 400;

/// Gain and lift.
pub fn gain(page: Looked) -> AnyView {
    let query = page.query;
    let share = Memo::new(move |_| address::top(query) / 100.0);
    let at = Memo::new(move |_| page.with_curve(|curve| curve.gain_at(share.get())));
    let points = |of: fn(&GainPoint) -> f64, drawn: Vec<GainPoint>| -> Vec<Point> {
        drawn.iter().map(|point| Point { x: point.taken, y: of(point) }).collect()
    };
    let gain = points(|p| p.found, page.with_curve(|curve| curve.drawn_gain(COLUMNS).points));
    let lift = points(|p| p.lift, page.with_curve(|curve| curve.drawn_lift(COLUMNS).points));
    let found = page.with_classes(|classes| classes.found());
    let gain = Signal::derive(move || {
        let up = Axis::formatted(&found, NumberFormat::Percent);
        let marker = at.get().map(|at| (at.found, format::percent(at.found, 1)));
        let diagonal = Reference::Diagonal { label: text::RANDOM.to_owned() };
        curve(text::GAIN_CURVE, up, &gain, share.get(), marker, diagonal, (0.0, 1.0))
    });
    let lift = Signal::derive(move || {
        let up = Axis::new(text::LIFT_AXIS, "");
        let marker = at.get().map(|at| (at.lift, format::decimal(at.lift, 2)));
        let even = Reference::Horizontal { y: 1.0, label: text::RANDOM.to_owned() };
        curve(text::LIFT_CURVE, up, &lift, share.get(), marker, even, (0.0, 2.0))
    });
    let said = move || {
        let at = at.get()?;
        let all = page.run.with_value(|run| run.provenance.n_test);
        let taken = (share.get() * f64::from(all)).round() as u64;
        let [top, found] = [format::fine_percent(share.get()), format::percent(at.found, 1)];
        let [taken, all] = [taken, u64::from(all)].map(format::count);
        let lift = format::decimal(at.lift, 2);
        Some(page.with_classes(|classes| classes.reached(&top, &taken, &all, &found, &lift)))
    };
    let exact = move || at.get().map(|at| at.found.to_string());
    let top = NumberField {
        key: address::TOP,
        label: text::TOP,
        unit: text::TOP_UNIT,
        default: address::TOP_DEFAULT,
        allowed: (address::is_top, text::TOP_ALLOWED),
        step: 5.0,
        settled: false,
    };
    view! {
        <div data-testid="judge-found" data-value=exact>{says(said)}</div>
        <div class="row ends">{number_field(query, top)}</div>
        <div class="pictures">
            <div><h3>{text::GAIN_CURVE}</h3><Chart spec=gain /></div>
            <div><h3>{text::LIFT_CURVE}</h3><Chart spec=lift /></div>
        </div>
        {how(|| text::GAIN_HOW.to_owned())}
    }
    .into_any()
}

fn curve(
    title: &str,
    up: Axis,
    points: &[Point],
    share: f64,
    marker: Option<(f64, String)>,
    reference: Reference,
    y_range: (f64, f64),
) -> ChartSpec {
    ChartSpec::Line(LineSpec {
        frame: ChartFrame::new(title, Axis::formatted(text::TAKEN, NumberFormat::Percent), up),
        series: vec![LineSeries {
            tone: Tone::Accent,
            points: points.to_vec(),
            ..LineSeries::default()
        }],
        references: vec![reference],
        markers: marker
            .into_iter()
            .map(|(y, label)| Marker { at: Point { x: share, y }, label })
            .collect(),
        x_range: Some((0.0, 1.0)),
        y_range: Some(y_range),
        ..LineSpec::default()
    })
}
