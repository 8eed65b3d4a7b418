//! What every column adds to the log-odds.

use std::sync::Arc;

use leptos::prelude::*;

use crate::charts::format::NumberFormat;
use crate::charts::{Axis, BarSeries, BarSpec, ChartFrame, ChartSpec, Tone};
use crate::experiments::Run;
use crate::numerics::order::sorted_by;
use crate::web::components::card::Card;
use crate::web::components::chart::Chart;
use crate::web::text::classes::Classes;
use crate::web::text::names::readable;
use crate::web::text::train as text;

/// Columns shown before all are asked for.
pub const LARGEST: usize = 15;

/// The weights as bars.
#[component]
pub fn Coefficients(
    /// Whose weights.
    run: Arc<Run>,
) -> impl IntoView {
    let all = RwSignal::new(false);
    let columns = run.coefficients.len().saturating_sub(1);
    let meaning = Classes::of(&run.provenance.target).coefficient_is();
    let spec = Signal::derive(move || {
        bars(&run.coefficients, if all.get() { usize::MAX } else { LARGEST })
    });
    let more = move || match all.get() {
        true => text::SHOW_LARGEST.to_owned(),
        false => format!("Show all {columns}"),
    };
    view! {
        <Card title=text::COEFFICIENTS sub=text::COEFFICIENTS_SUB>
            <Chart spec />
            {(columns > LARGEST).then(|| view! {
                <button on:click=move |_| all.update(|all| *all = !*all)>{more}</button>
            })}
            <p class="note">{meaning}</p>
        </Card>
    }
}

/// `coefficients` has the intercept first; of the columns the `most` largest are shown.
pub fn bars(coefficients: &[(String, f64)], most: usize) -> ChartSpec {
    let (intercept, columns) = coefficients.split_at(coefficients.len().min(1));
    let columns = sorted_by(columns.to_vec(), |(_, weight)| -weight.abs());
    let shown = || intercept.iter().chain(columns.iter().take(most));
    ChartSpec::Bar(BarSpec {
        frame: ChartFrame::new(
            text::COEFFICIENTS,
            Axis::formatted(text::COEFFICIENT, NumberFormat::Weight),
            Axis::new(text::COLUMN, ""),
        ),
        levels: shown().map(|(column, _)| column_in_words(column)).collect(),
        series: vec![BarSeries {
            tone: Tone::Signed,
            values: shown().map(|&(_, weight)| weight).collect(),
            ..BarSeries::default()
        }],
        value_labels: true,
        ..BarSpec::default()
    })
}

/// "InternetService=Fiber optic" → "Internet service: Fiber optic".
fn column_in_words(column: &str) -> String {
    match column.split_once('=') {
        Some((feature, level)) => format!("{}: {level}", readable(feature)),
        None => readable(column),
    }
}
