//! What the calls of an endpoint tell, and whether their inputs have moved.

mod charts;
mod drift;
mod traffic;

use leptos::prelude::*;

use super::endpoints;
use crate::charts::format::{self, NumberFormat};
use crate::charts::{Axis, ChartSpec};
use crate::monitoring::MonitoringReport;
use crate::serving::EndpointId;
use crate::web::app::use_lab;
use crate::web::components::card::{Card, PageHead};
use crate::web::components::chart::Chart;
use crate::web::components::failure::FailureBox;
use crate::web::components::loading::follow;
use crate::web::query::View;
use crate::web::state::{Phase, Task};
use crate::web::text::{frame, monitor as text};
use drift::Drift;
use traffic::{Export, LastCalls, Traffic};

/// The page.
#[component]
pub fn MonitorPage() -> impl IntoView {
    let endpoint = endpoints::chosen();
    let id = Memo::new(move |_| endpoint.with(|e| e.as_ref().map(|e| e.id.clone())));
    let phase = use_lab().state.phase;
    view! {
        <PageHead title=text::TITLE sub=text::SUB />
        {move || match id.get() {
            Some(id) => view! { <Watched id /> }.into_any(),
            None if phase.get() == Phase::Starting => {
                view! { <p class="empty" role="status">{frame::STARTING}</p> }.into_any()
            }
            None => view! {
                <p class="empty">{text::NO_ENDPOINT} " " <a href=move || View::Serve.href()>{text::DEPLOY_ONE}</a></p>
            }
            .into_any(),
        }}
    }
}

#[component]
fn Watched(id: EndpointId) -> impl IntoView {
    let lab = use_lab();
    let id = StoredValue::new(id);
    let exact = Memo::new(move |_| {
        id.with_value(|id| {
            lab.state.events.with(|all| all.iter().filter(|e| e.endpoint_id == *id).count())
        })
    });
    // while calls come in, the pictures follow in steps
    let count = Memo::new(move |_| {
        let count = exact.get();
        let step = 100 * (count / 2_000).next_power_of_two();
        if lab.state.task(Task::Simulate).is_running() { count - count % step } else { count }
    });
    let answer = follow(move || {
        count.track();
        lab.monitor(id.with_value(|id| lab.calls_of(id)))
    });
    let report = Memo::new(move |before: Option<&MonitoringReport>| match answer.get() {
        Some(Ok(report)) => report,
        _ => before.cloned().unwrap_or_default(),
    });
    let failure =
        move || answer.get().and_then(Result::err).map(|failure| view! { <FailureBox failure /> });
    let windows: Memo<ChartSpec> = Memo::new(move |_| report.with(charts::windows));
    let probabilities = Memo::new(move |_| {
        let y = Axis::formatted(text::PROBABILITY, NumberFormat::Percent);
        let words = (text::PROBABILITY_OVER, y);
        id.with_value(|id| {
            charts::over_calls(lab.state, id, count.get(), words, (0.0, 1.0), |e| e.probability)
        })
    });
    let times = Memo::new(move |_| {
        let words = (text::TIME_OVER, Axis::formatted(text::TIME, NumberFormat::Milliseconds));
        id.with_value(|id| {
            charts::over_calls(lab.state, id, count.get(), words, (0.0, 1.0), |e| e.processing_ms)
        })
    });
    let values = move || {
        let scores = report.with(|report| {
            report.windows.iter().map(|w| w.accuracy.to_string()).collect::<Vec<_>>()
        });
        scores.join(",")
    };
    view! {
        {failure}
        <div class="columns monitor">
            <div class="stack">
                <Card title=text::WINDOWS>
                    <div data-testid="window-accuracy" data-values=values><Chart spec=windows /></div>
                    <p class="note">{text::LESSON}</p>
                </Card>
                <div class="grid">
                    <Card title=text::PROBABILITY_OVER><Chart spec=probabilities /></Card>
                    <Card title=text::TIME_OVER><Chart spec=times /></Card>
                </div>
                <div class="drift"><Card title=text::DRIFT><Drift id /></Card></div>
                <Card title=text::LAST aside=move || view! { <Export id count /> }>
                    <LastCalls id count />
                </Card>
            </div>
            <div class="stack">
                <Card title=text::SIMULATE_TITLE aside=|| view! { <span class="simulated">{text::SIMULATED}</span> }>
                    <Traffic id />
                </Card>
                <Card title=text::METRICS>{move || report.with(figures)}</Card>
            </div>
        </div>
    }
}

fn figures(report: &MonitoringReport) -> AnyView {
    let shown = |value: Option<f64>, format: fn(f64) -> String| {
        value.map_or_else(|| format::MISSING.to_owned(), format)
    };
    let rows = [
        (text::CALLS, format::count(u64::from(report.n_calls))),
        (text::LABELLED, format::count(u64::from(report.n_labelled))),
        (
            text::MEAN,
            shown(report.mean_probability, |mean| {
                format!("{}, {}", format::score(mean), format::of_hundred(mean))
            }),
        ),
        (text::ACCURACY, shown(report.accuracy, format::score)),
        (text::P50, shown(report.p50_ms, format::milliseconds)),
        (text::P95, shown(report.p95_ms, format::milliseconds)),
    ];
    let rows = rows.map(|(name, value)| view! { <tr><th scope="row">{name}</th><td class="right">{value}</td></tr> });
    view! { <table data-testid="metrics" data-calls=report.n_calls><tbody>{rows}</tbody></table> }
        .into_any()
}
