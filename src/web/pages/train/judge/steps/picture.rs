//! The boundary over two features, as it is at the frame.

use std::sync::Arc;

use futures::FutureExt;
use leptos::prelude::*;

use super::Looked;
use super::player::Frame;
use crate::charts::format::NumberFormat;
use crate::charts::{
    Axis, ChartFrame, ChartSpec, FieldSide, FieldSpec, ScatterPoint, ScatterSeries, Tone,
};
use crate::compute::Failure;
use crate::data::{ColumnKind, Role};
use crate::experiments::{Boundary, BoundaryParams, Side};
use crate::web::app::use_lab;
use crate::web::components::chart::Chart;
use crate::web::components::choice::Choice;
use crate::web::components::failure::FailureBox;
use crate::web::components::loading::follow_in_turn;
use crate::web::pages::train::judge::address;
use crate::web::text::classes::Classes;
use crate::web::text::names::readable;
use crate::web::text::steps as text;

/// A decision value from which on colours are full: the margin.
const MARGIN: f64 = 1.0;

/// The picture with the choice of its sides.
pub fn picture(page: Looked, frame: Frame) -> AnyView {
    let lab = use_lab();
    let query = page.query;
    let id = page.run.with_value(|run| run.provenance.dataset_id.clone());
    // numbers first: a picture of two of them shows most
    let features = Memo::new(move |_| {
        let columns = lab.state.datasets.with(|all| {
            let dataset = all.iter().find(|dataset| dataset.id == id);
            dataset.map(|dataset| dataset.columns.clone()).unwrap_or_default()
        });
        let of = |is_number: bool| {
            let of_kind = move |kind| (kind == ColumnKind::Numeric) == is_number;
            let features = columns.iter().filter(|column| column.role == Role::Feature);
            features.filter(move |c| of_kind(c.kind)).map(|c| c.name.clone())
        };
        of(true).chain(of(false)).collect::<Vec<String>>()
    });
    let sides = Memo::new(move |_| {
        features.with(|features| {
            let named = |key| query.get(key).filter(|name| features.contains(name));
            let first =
                |other: Option<&String>| features.iter().find(|f| Some(*f) != other).cloned();
            let y = named(address::UPWARD);
            let x = named(address::ALONG).or_else(|| first(y.as_ref()))?;
            let y = y.filter(|y| *y != x).or_else(|| first(Some(&x)))?;
            Some([x, y])
        })
    });
    let answer = follow_in_turn(move || {
        let asked = sides.get().zip(frame.at.get());
        let run = page.run.get_value();
        async move {
            match asked {
                Some(([x, y], step)) => {
                    let asked = BoundaryParams::new(&x, &y, step.iteration);
                    lab.boundary(run, asked).await.map(Some)
                }
                None => Ok::<Option<Arc<Boundary>>, Failure>(None),
            }
        }
        .boxed_local()
    });
    // the one before stays until the next is there
    let latest = Memo::new(move |before: Option<&Option<Arc<Boundary>>>| {
        answer.with(|answer| match answer {
            Some(Ok(boundary)) => boundary.clone(),
            _ => before.cloned().flatten(),
        })
    });
    let failure = move || {
        let failed = answer.with(|answer| answer.as_ref().and_then(|a| a.as_ref().err().cloned()));
        failed.map(|failure| view! { <FailureBox failure /> })
    };
    let spec = Signal::derive(move || {
        latest.with(|boundary| match boundary {
            Some(boundary) => page.with_classes(|classes| spec(boundary, classes)),
            None => ChartSpec::Field(FieldSpec::default()),
        })
    });
    let step = move || latest.with(|latest| latest.as_ref().map(|b| b.iteration.to_string()));
    let heading = move || sides.get().map(|[x, y]| text::picture(&x, &y));
    let n_others = Memo::new(move |_| latest.with(|l| l.as_ref().map_or(0, |b| b.others.len())));
    let caption = Signal::derive(move || text::held(n_others.get()));
    let others = Memo::new(move |_| {
        latest.with(|latest| latest.as_ref().map(|b| b.others.clone()).unwrap_or_default())
    });
    let choice = move |label: &'static str, at: usize| {
        let keys = [address::ALONG, address::UPWARD];
        move || {
            let sides = sides.get()?;
            let options: Vec<_> = features.with(|features| {
                features.iter().map(|name| (name.clone(), readable(name))).collect()
            });
            let before = sides.clone();
            let choose = move |name: String| {
                let mut sides = before.clone();
                if sides.get(1 - at) == Some(&name) {
                    sides.swap(0, 1);
                } else if let Some(side) = sides.get_mut(at) {
                    *side = name;
                }
                let [x, y] = sides;
                query.set(&[(keys[0], Some(x)), (keys[1], Some(y))]);
            };
            let value = sides.get(at).cloned().unwrap_or_default();
            Some(view! {
                <div class="field">
                    <span aria-hidden="true">{label}</span>
                    <Choice label options value on_change=choose />
                </div>
            })
        }
    };
    let drawn = move || match sides.with(Option::is_some) {
        false => view! { <p class="empty" role="status">{text::NO_PICTURE}</p> }.into_any(),
        true => view! {
            <div data-testid="judge-boundary" data-step=step>
                <Chart spec caption=Some(caption) height=Some(330.0) />
            </div>
        }
        .into_any(),
    };
    view! {
        <div>
            <h3>{heading}</h3>
            <div class="row ends">{choice(text::ALONG, 0)} {choice(text::UPWARD, 1)}</div>
            {failure}
            {drawn}
            <details class="more">
                <summary>{text::OTHERS}</summary>
                <ul class="held">
                    {move || others.get().into_iter().map(|(name, value)| {
                        view! { <li>{text::other(&name, &value)}</li> }.into_any()
                    }).collect::<Vec<_>>()}
                </ul>
            </details>
        </div>
    }
    .into_any()
}

fn spec(boundary: &Boundary, classes: &Classes) -> ChartSpec {
    let (measure, reach) =
        if boundary.probability { (text::PROBABILITY, 0.5) } else { (text::DECISION, MARGIN) };
    let axis = |side: &Side| {
        let dates = matches!(side, Side::Numbers { are_dates: true, .. });
        let format = if dates { NumberFormat::Day } else { NumberFormat::Plain };
        Axis::formatted(&readable(side.name()), format)
    };
    let cells = |side: &Side| match side {
        Side::Numbers { edges, .. } => FieldSide::Numbers(edges.clone()),
        Side::Levels { levels, .. } => FieldSide::Levels(levels.clone()),
    };
    let points = boundary.dots.iter().map(|dot| ScatterPoint {
        x: dot.x,
        y: dot.y,
        series: usize::from(dot.positive),
    });
    let series = |name: String, tone| ScatterSeries { name, tone };
    let [x, y] = [&boundary.x, &boundary.y];
    ChartSpec::Field(FieldSpec {
        frame: ChartFrame::new(&text::picture(x.name(), y.name()), axis(x), axis(y)),
        measure: measure.to_owned(),
        format: NumberFormat::Weight,
        x: cells(x),
        y: cells(y),
        values: boundary.values.clone(),
        centre: 0.0,
        reach,
        sides: classes.called(),
        series: vec![
            series(classes.negative(), Tone::Stays),
            series(classes.positive(), Tone::Churns),
        ],
        points: points.collect(),
    })
}
