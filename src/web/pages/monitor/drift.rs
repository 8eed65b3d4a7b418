//! Two sets of rows → how far each column has moved.

use leptos::prelude::*;

use super::charts;
use crate::charts::{ChartSpec, format};
use crate::data::DatasetId;
use crate::monitoring::{ColumnDrift, DriftParams, DriftReport};
use crate::numerics::order::sorted_by;
use crate::serving::EndpointId;
use crate::web::actions::DriftChoice;
use crate::web::app::use_lab;
use crate::web::components::chart::Chart;
use crate::web::components::number_box::NumberBox;
use crate::web::components::task_bar::TaskBar;
use crate::web::state::Task;
use crate::web::text::monitor as text;
use crate::web::text::names::{kind, readable};

const TRAINING: &str = "training";
const CALLS: &str = "calls";

/// The two sides, the threshold and the report.
#[component]
pub fn Drift(id: StoredValue<EndpointId>) -> impl IntoView {
    let lab = use_lab();
    let reference = RwSignal::new(TRAINING.to_owned());
    let current = RwSignal::new(CALLS.to_owned());
    let threshold = RwSignal::new(DriftParams::default().psi_threshold);
    let above_zero: fn(f64) -> bool = |number| number > 0.0;
    let side = move |chosen: String| match chosen.as_str() {
        TRAINING => DriftChoice::Training(id.get_value()),
        CALLS => DriftChoice::Calls(id.get_value()),
        _ => DriftChoice::Dataset(DatasetId(chosen)),
    };
    let compare = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let (reference, current) = (side(reference.get_untracked()), side(current.get_untracked()));
        let params = DriftParams { psi_threshold: threshold.get_untracked() };
        lab.show(Task::Drift, async move { lab.drift(reference, current, params).await.map(drop) });
    };
    let sides = [
        (text::REFERENCE, reference, TRAINING, text::TRAINING),
        (text::CURRENT, current, CALLS, text::ITS_CALLS),
    ];
    let selects = sides.map(|(label, chosen, key, name)| view! {
        <select aria-label=label on:change=move |event| chosen.set(event_target_value(&event))>
            <option value=key>{format!("{label}: {name}")}</option>
            {move || lab.state.datasets.get().into_iter().map(|dataset| view! {
                <option value=dataset.id.0.clone() selected=chosen.get_untracked() == dataset.id.0>
                    {format!("{label}: {}", dataset.name)}
                </option>
            }).collect_view()}
        </select>
    });
    view! {
        <form class="row" on:submit=compare>
            {selects}
            <span>{text::THRESHOLD}</span>
            <NumberBox label=text::THRESHOLD value=threshold step=0.05 allowed=(above_zero, text::THRESHOLD_ALLOWED) on_change=move |n| threshold.set(n) />
            <button class="go" data-testid="compare" disabled=move || lab.state.task(Task::Drift).is_running()>{text::COMPARE}</button>
        </form>
        <TaskBar task=Task::Drift />
        {move || lab.state.drift.get().map(|drift| report(&drift))}
    }
}

fn report(report: &DriftReport) -> AnyView {
    let columns = sorted_by(report.columns.clone(), |column| -column.psi);
    let drifted = columns.iter().filter(|column| column.drifted).count();
    let summary = format!(
        "{drifted} of {} columns drifted: {} rows against {} of the reference",
        columns.len(),
        format::count(u64::from(report.n_current)),
        format::count(u64::from(report.n_reference)),
    );
    let open = RwSignal::new(None::<String>);
    view! {
        <p data-testid="drift-summary"><b>{summary}</b></p>
        <div class="scroll" tabindex="0">
            <table>
                <thead><tr>{text::HEADERS.map(|name| view! { <th scope="col">{name}</th> })}</tr></thead>
                <tbody>{columns.into_iter().map(|column| row(column, open)).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(column: ColumnDrift, open: RwSignal<Option<String>>) -> AnyView {
    let name = column.name.clone();
    let this = name.clone();
    let is_open = Memo::new(move |_| open.with(|open| open.as_ref() == Some(&this)));
    let missing = || format::MISSING.to_owned();
    let p = column.ks.map(|ks| ks.p_value).or(column.chi2.map(|chi2| chi2.p_value));
    let cells = [
        kind(column.kind).to_owned(),
        format::score(column.psi),
        column.ks.map_or_else(missing, |ks| format::score(ks.statistic)),
        p.map_or_else(missing, |p| if p < 0.001 { "<.001".to_owned() } else { format::score(p) }),
        column.chi2.map_or_else(missing, |chi2| {
            format!("{} ({})", format::plain(chi2.statistic), chi2.dof)
        }),
        format::score(column.jensen_shannon),
        column.wasserstein.map_or_else(missing, format::score),
    ];
    let (class, verdict) =
        if column.drifted { ("leaves", text::DRIFTED) } else { ("stays", text::STEADY) };
    let toggle = move |_| {
        let opened = is_open.get_untracked();
        open.set((!opened).then(|| name.clone()));
    };
    let label = readable(&column.name);
    view! {
        <tr>
            <th scope="row">
                <button aria-expanded=move || is_open.get().to_string() on:click=toggle>{label}</button>
            </th>
            {cells.map(|cell| view! { <td>{cell}</td> })}
            <td><b class=class>{verdict}</b></td>
        </tr>
        {move || is_open.get().then(|| {
            let spec: Signal<ChartSpec> = Signal::stored(charts::shares(&column));
            view! { <tr><td colspan="9"><Chart spec /></td></tr> }
        })}
    }
    .into_any()
}
