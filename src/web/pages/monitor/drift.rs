//! Two sets of rows → how far each column has moved.

use leptos::prelude::*;

use super::charts;
use crate::charts::{ChartSpec, format};
use crate::data::DatasetId;
use crate::monitoring::{ColumnDrift, DriftParams, DriftReport};
use crate::numerics::order::sorted_by;
use crate::serving::EndpointId;
use crate::web::actions::DriftChoice;
use crate::web::app::{use_lab, use_lab_query};
use crate::web::components::chart::Chart;
use crate::web::components::number_box::{NumberBox, focus_wrong};
use crate::web::components::task_bar::TaskBar;
use crate::web::state::Task;
use crate::web::text::monitor as text;
use crate::web::text::names::readable;

/// What each side is unless the address names a data set.
const TRAINING: &str = "training";
const CALLS: &str = "calls";

/// Names of the choices in the address.
const REFERENCE: &str = "reference";
const CURRENT: &str = "current";
const THRESHOLD: &str = "psi";

/// The two sides, the threshold and the report.
#[component]
pub fn Drift(id: StoredValue<EndpointId>) -> impl IntoView {
    let (lab, query) = (use_lab(), use_lab_query());
    // a data set that is gone gives way to what is there without a choice
    let choice = move |key: &'static str, default: &'static str| {
        Memo::new(move |_| {
            let known = |id: &String| {
                lab.state.datasets.with(|all| all.iter().any(|dataset| dataset.id.0 == *id))
            };
            query.get(key).filter(known).unwrap_or_else(|| default.to_owned())
        })
    };
    let (reference, current) = (choice(REFERENCE, TRAINING), choice(CURRENT, CALLS));
    let above_zero: fn(f64) -> bool = |number| number > 0.0 && number.is_finite();
    let threshold = Memo::new(move |_| {
        let default = DriftParams::default().psi_threshold;
        query.number(THRESHOLD, above_zero).unwrap_or(default)
    });
    let keep = move |psi: f64| query.replace(&[(THRESHOLD, Some(psi.to_string()))]);
    let side = move |chosen: String| match chosen.as_str() {
        TRAINING => DriftChoice::Training(id.get_value()),
        CALLS => DriftChoice::Calls(id.get_value()),
        _ => DriftChoice::Dataset(DatasetId(chosen)),
    };
    let compare = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if focus_wrong(&event) {
            return;
        }
        let (reference, current) = (side(reference.get_untracked()), side(current.get_untracked()));
        let params = DriftParams { psi_threshold: threshold.get_untracked() };
        lab.show(Task::Drift, async move { lab.drift(reference, current, params).await.map(drop) });
    };
    let sides = [
        (text::REFERENCE, reference, REFERENCE, TRAINING, text::TRAINING),
        (text::CURRENT, current, CURRENT, CALLS, text::ITS_CALLS),
    ];
    let selects = sides.map(|(label, chosen, key, default, name)| {
        let option = move |value: String, name: &str| {
            let this = value.clone();
            view! {
                <option value=value prop:selected=move || chosen.with(|chosen| *chosen == this)>
                    {name.to_owned()}
                </option>
            }
        };
        let choose = move |event| query.set(&[(key, Some(event_target_value(&event)))]);
        view! {
            <div class="field">
                <span>{label}</span>
                <select aria-label=label on:change=choose>
                    {option(default.to_owned(), name)}
                    {move || {
                        let all = lab.state.datasets.get().into_iter();
                        all.map(|dataset| option(dataset.id.0.clone(), &dataset.name)).collect_view()
                    }}
                </select>
            </div>
        }
    });
    view! {
        <form class="row" on:submit=compare>
            {selects}
            <div class="field">
                <span>{text::THRESHOLD}</span>
                <NumberBox label=text::THRESHOLD value=threshold step=0.05 allowed=(above_zero, text::THRESHOLD_ALLOWED) draft=THRESHOLD on_change=keep />
            </div>
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
        <p class="drift-summary" data-testid="drift-summary"><b>{summary}</b></p>
        <div class="scroll" tabindex="0">
            <table class="stacked">
                <thead>
                    <tr>
                        {text::HEADERS.into_iter().enumerate().map(|(at, name)| view! {
                            <th scope="col" class:right=(at > 1)>{name}</th>
                        }).collect_view()}
                    </tr>
                </thead>
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
    let test = match (column.ks, column.chi2) {
        (Some(ks), _) => {
            Some((format!("{} {}", text::KS, format::score(ks.statistic)), ks.p_value))
        }
        (None, Some(chi2)) => {
            let statistic = format::decimal(chi2.statistic, 2);
            Some((format!("{} {statistic}, {} {}", text::CHI2, chi2.dof, text::DOF), chi2.p_value))
        }
        (None, None) => None,
    };
    let p = |p: f64| if p < 0.001 { "<.001".to_owned() } else { format::score(p) };
    let cells = [
        Some(format::score(column.psi)),
        test.as_ref().map(|(statistic, _)| statistic.clone()),
        test.as_ref().map(|&(_, value)| p(value)),
        Some(format::score(column.jensen_shannon)),
        column.wasserstein.map(format::score),
    ];
    let [_, _, names @ ..] = text::HEADERS;
    let cells: Vec<_> = names
        .into_iter()
        .zip(cells)
        .map(|(name, cell)| {
            let missing = cell.is_none();
            let cell = cell.unwrap_or_else(|| format::MISSING.to_owned());
            view! { <td class="right" class:missing=missing data-label=name>{cell}</td> }
        })
        .collect();
    let (class, verdict) =
        if column.drifted { ("drifted", text::DRIFTED) } else { ("steady", text::STEADY) };
    let toggle = move |_| {
        let opened = is_open.get_untracked();
        open.set((!opened).then(|| name.clone()));
    };
    let label = readable(&column.name);
    view! {
        <tr>
            <th scope="row">
                <button class="open" aria-expanded=move || is_open.get().to_string() on:click=toggle>{label}</button>
            </th>
            <td class="beside"><b class=class>{verdict}</b></td>
            {cells}
        </tr>
        {move || is_open.get().then(|| {
            let spec: Signal<ChartSpec> = Signal::stored(charts::shares(&column));
            view! { <tr><td colspan="7"><Chart spec /></td></tr> }
        })}
    }
    .into_any()
}
