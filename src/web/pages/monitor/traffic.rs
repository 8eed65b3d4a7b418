//! Making calls, and the calls themselves.

use leptos::prelude::*;

use crate::charts::format::{self, NumberFormat};
use crate::charts::{Cell, ChartTable};
use crate::monitoring::Scenario;
use crate::monitoring::traffic::MOST_CALLS;
use crate::serving::EndpointId;
use crate::web::app::{use_lab, use_lab_query};
use crate::web::clock;
use crate::web::components::download;
use crate::web::components::number_box::NumberBox;
use crate::web::components::segmented::Segmented;
use crate::web::components::task_bar::TaskBar;
use crate::web::pages::endpoints;
use crate::web::state::Task;
use crate::web::text::monitor as text;

/// Calls shown in the table.
const SHOWN: usize = 20;

/// The endpoint, the scenario and the start.
#[component]
pub fn Traffic(id: StoredValue<EndpointId>) -> impl IntoView {
    let (lab, query) = (use_lab(), use_lab_query());
    let calls = RwSignal::new(1_000.0);
    let seed = RwSignal::new(42.0);
    let scenario = RwSignal::new(text::NOISE.to_owned());
    let calls_allowed: fn(f64) -> bool =
        |n| n.fract() == 0.0 && (1.0..=f64::from(MOST_CALLS)).contains(&n);
    let seed_allowed: fn(f64) -> bool =
        |n| n.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&n);
    let simulate = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let stable = scenario.with_untracked(|chosen| chosen == text::STABLE);
        let scenario = if stable { Scenario::Stable } else { Scenario::LabelNoise };
        let (id, calls, seed) =
            (id.get_value(), calls.get_untracked() as u32, seed.get_untracked() as u32);
        lab.show(Task::Simulate, async move {
            lab.simulate(id, calls, seed, scenario, |_| ()).await.map(drop)
        });
    };
    let options = move || {
        let all = lab.state.endpoints.get().into_iter();
        all.map(|endpoint| {
            let selected = id.with_value(|id| *id == endpoint.id);
            view! { <option value=endpoint.id.0.clone() selected=selected>{endpoints::title(&endpoint)}</option> }
        })
        .collect_view()
    };
    view! {
        <form on:submit=simulate>
            <div class="fields">
                <label for="endpoint">{text::ENDPOINT}</label>
                <select id="endpoint" on:change=move |event| query.set(&[("endpoint", Some(event_target_value(&event)))])>{options}</select>
                <span>{text::CALLS}</span>
                <NumberBox label=text::CALLS value=calls step=100.0 allowed=(calls_allowed, text::CALLS_ALLOWED) on_change=move |n| calls.set(n) />
                <span>{text::SEED}</span>
                <NumberBox label=text::SEED value=seed allowed=(seed_allowed, text::SEED_ALLOWED) on_change=move |n| seed.set(n) />
                <span>{text::SCENARIO}</span>
                <Segmented label=text::SCENARIO options=vec![text::NOISE.to_owned(), text::STABLE.to_owned()] value=scenario on_change=move |chosen| scenario.set(chosen) />
            </div>
            <button class="go wide" data-testid="simulate" disabled=move || lab.state.task(Task::Simulate).is_running()>{text::SIMULATE}</button>
        </form>
        <TaskBar task=Task::Simulate />
    }
}

/// The latest calls, newest first.
#[component]
pub fn LastCalls(id: StoredValue<EndpointId>, count: Memo<usize>) -> impl IntoView {
    let lab = use_lab();
    move || {
        if count.get() == 0 {
            return view! { <p class="empty">{text::NO_CALLS}</p> }.into_any();
        }
        let rows: Vec<_> = id.with_value(|id| {
            lab.state.events.with_untracked(|events| {
                events
                    .iter()
                    .rev()
                    .filter(|event| event.endpoint_id == *id)
                    .take(SHOWN)
                    .cloned()
                    .collect()
            })
        });
        let head = [text::WHEN, text::UUID, text::PROBABILITY, text::TIME, text::TRUTH];
        let rows = rows.into_iter().map(|event| {
            let short: String = event.uuid.chars().take(8).collect();
            view! {
                <tr>
                    <td>{clock::local_time(event.at_ms)}</td>
                    <td title=event.uuid.clone()><code>{short}</code></td>
                    <td>{format::score(event.probability)}</td>
                    <td>{format::milliseconds(event.processing_ms)}</td>
                    <td>{truth(event.ground_truth)}</td>
                </tr>
            }
        });
        view! {
            <div class="scroll" tabindex="0">
                <table>
                    <thead><tr>{head.map(|name| view! { <th scope="col">{name}</th> })}</tr></thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
            </div>
        }
        .into_any()
    }
}

fn truth(truth: Option<bool>) -> &'static str {
    match truth {
        Some(true) => text::LEFT,
        Some(false) => text::STAYED,
        None => text::UNKNOWN,
    }
}

/// Every call as a file.
#[component]
pub fn Export(id: StoredValue<EndpointId>) -> impl IntoView {
    let lab = use_lab();
    let export = move |_| {
        let number = |value| Cell::Number { value, format: NumberFormat::Plain };
        let header = ["at_ms", "uuid", "probability", "processing_ms", "ground_truth"];
        let rows = id.with_value(|id| lab.calls_of(id)).into_iter().map(|event| {
            let truth = event.ground_truth.map_or_else(String::new, |truth| truth.to_string());
            vec![
                number(event.at_ms),
                Cell::Text(event.uuid.clone()),
                number(event.probability),
                number(event.processing_ms),
                Cell::Text(truth),
            ]
        });
        let table = ChartTable { header: header.map(str::to_owned).to_vec(), rows: rows.collect() };
        if let Err(error) = download::offer("calls.csv", "text/csv", table.to_csv().as_bytes()) {
            leptos::logging::warn!("{error:?}");
        }
    };
    view! { <button on:click=export>{text::EXPORT}</button> }
}
