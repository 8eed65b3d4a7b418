//! Making calls, and the calls themselves.

use leptos::prelude::*;

use crate::charts::format;
use crate::charts::{Cell, ChartTable};
use crate::monitoring::traffic::MOST_CALLS;
use crate::monitoring::{CallTable, Scenario};
use crate::serving::EndpointId;
use crate::web::app::{use_lab, use_lab_query};
use crate::web::clock;
use crate::web::components::download;
use crate::web::components::number_box::{NumberBox, focus_wrong};
use crate::web::components::segmented::Segmented;
use crate::web::components::task_bar::TaskBar;
use crate::web::pages::endpoints;
use crate::web::state::Task;
use crate::web::text::monitor as text;

/// Calls shown in the table.
const SHOWN: usize = 20;

/// Names of the settings in the address; the scenario's values are those of the API.
const CALLS: &str = "calls";
const SEED: &str = "seed";
const SCENARIO: &str = "scenario";
const STABLE: &str = "stable";
const NOISE: &str = "label_noise";

/// The endpoint, the scenario and the start.
#[component]
pub fn Traffic(id: StoredValue<EndpointId>) -> impl IntoView {
    let (lab, query) = (use_lab(), use_lab_query());
    let calls_allowed: fn(f64) -> bool =
        |n| n.fract() == 0.0 && (1.0..=f64::from(MOST_CALLS)).contains(&n);
    let seed_allowed: fn(f64) -> bool =
        |n| n.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&n);
    let calls = Memo::new(move |_| query.number(CALLS, calls_allowed).unwrap_or(1_000.0));
    let seed = Memo::new(move |_| query.number(SEED, seed_allowed).unwrap_or(42.0));
    let is_stable = Memo::new(move |_| query.get(SCENARIO).as_deref() == Some(STABLE));
    let scenario =
        Signal::derive(move || if is_stable.get() { text::STABLE } else { text::NOISE }.to_owned());
    let keep = move |key: &str, number: f64| query.replace(&[(key, Some(number.to_string()))]);
    let choose = move |chosen: String| {
        let name = if chosen == text::STABLE { STABLE } else { NOISE };
        query.set(&[(SCENARIO, Some(name.to_owned()))]);
    };
    let simulate = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if focus_wrong(&event) {
            return;
        }
        let stable = is_stable.get_untracked();
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
                <NumberBox label=text::CALLS value=calls step=100.0 allowed=(calls_allowed, text::CALLS_ALLOWED) draft="simulated calls" on_change=move |n| keep(CALLS, n) />
                <span>{text::SEED}</span>
                <NumberBox label=text::SEED value=seed allowed=(seed_allowed, text::SEED_ALLOWED) draft="simulated seed" on_change=move |n| keep(SEED, n) />
                <span>{text::SCENARIO}</span>
                <Segmented label=text::SCENARIO options=vec![text::NOISE.to_owned(), text::STABLE.to_owned()] value=scenario on_change=choose />
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
    let classes = Memo::new(move |_| {
        let found = lab.state.endpoints.with(|all| {
            all.iter().find(|endpoint| id.with_value(|id| *id == endpoint.id)).cloned()
        });
        let classes = found.and_then(|endpoint| endpoints::classes(&endpoint));
        classes.map_or(text::CLASSES.map(str::to_owned), |c| [c.negative(), c.positive()])
    });
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
        let classes = classes.get();
        let rows = rows.into_iter().map(|event| {
            let truth = event.ground_truth.map(|truth| classes[usize::from(truth)].clone());
            let truth = truth.unwrap_or_else(|| text::UNKNOWN.to_owned());
            let short: String = event.uuid.chars().take(8).collect();
            view! {
                <tr>
                    <th scope="row">{clock::local_time(event.at_ms)}</th>
                    <td class="beside right">
                        {format::score(event.probability)} " "
                        <span class="sub">{format::of_hundred(event.probability)}</span>
                    </td>
                    <td class="right" data-label=text::TIME>{format::milliseconds(event.processing_ms)}</td>
                    <td data-label=text::TRUTH>{truth}</td>
                    <td data-label=text::UUID title=event.uuid.clone()><code>{short}</code></td>
                </tr>
            }
        });
        view! {
            <div class="scroll calls" tabindex="0" role="region" aria-label=text::LAST>
                <table class="sheet stacked">
                    <thead>
                        <tr>
                            <th scope="col">{text::WHEN}</th>
                            <th scope="col" class="right">{text::PROBABILITY}</th>
                            <th scope="col" class="right">{text::TIME}</th>
                            <th scope="col">{text::TRUTH}</th>
                            <th scope="col">{text::UUID}</th>
                        </tr>
                    </thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
            </div>
        }
        .into_any()
    }
}

/// Every call as a file.
#[component]
pub fn Export(id: StoredValue<EndpointId>, count: Memo<usize>) -> impl IntoView {
    let lab = use_lab();
    let export = move |_| {
        let calls = id.with_value(|id| lab.calls_of(id));
        let CallTable { header, rows } = CallTable::of(calls.iter().map(AsRef::as_ref));
        let cells = |row: Vec<String>| row.into_iter().map(Cell::Text).collect();
        let table = ChartTable { header, rows: rows.into_iter().map(cells).collect() };
        if let Err(error) = download::offer("calls.csv", "text/csv", table.to_csv().as_bytes()) {
            leptos::logging::warn!("{error:?}");
        }
    };
    let none = move || count.get() == 0;
    view! {
        <button disabled=none title=move || none().then_some(text::NO_CALLS) on:click=export>{text::EXPORT}</button>
    }
}
