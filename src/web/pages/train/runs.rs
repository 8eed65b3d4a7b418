//! Every fit: made with what, and how good.

use std::sync::Arc;

use leptos::prelude::*;
use wasm_bindgen::JsValue;

use super::grid::settings;
use super::scores::decimals;
use crate::charts::format::{self, NumberFormat};
use crate::experiments::Run;
use crate::models::Split;
use crate::web::app::{use_lab, use_lab_query};
use crate::web::components::card::Card;
use crate::web::state::Task;
use crate::web::text::train as text;

/// The table; nothing without a run.
#[component]
pub fn Runs(
    /// The run whose scores are on screen.
    shown: Memo<Option<Arc<Run>>>,
) -> impl IntoView {
    let lab = use_lab();
    let rows = move || {
        let runs = lab.state.runs.get().into_iter().rev();
        runs.map(|run| run_row(&run, shown)).collect_view()
    };
    let any = Memo::new(move |_| lab.state.runs.with(|runs| !runs.is_empty()));
    move || {
        any.get().then(|| {
            let heads = text::RUN_COLUMNS.map(|name| view! { <th scope="col">{name}</th> });
            view! {
                <Card title=text::RUNS sub=text::RUNS_SUB>
                    <div class="scroll" tabindex="0" role="region" aria-label=text::RUNS>
                        <table class="runs stacked">
                            <thead><tr>{heads}</tr></thead>
                            <tbody>{rows}</tbody>
                        </table>
                    </div>
                    <p class="note">{text::RUNS_NOTE}</p>
                </Card>
            }
        })
    }
}

/// Rows stay when another run is looked at or used, so that the focus stays where it is.
fn run_row(run: &Run, shown: Memo<Option<Arc<Run>>>) -> AnyView {
    let lab = use_lab();
    let query = use_lab_query();
    let number = run.number;
    let (model, id) = (run.model_id.clone(), run.id.clone());
    let used = {
        let model = model.clone();
        Memo::new(move |_| lab.state.model_id.get().as_ref() == Some(&model))
    };
    let shown =
        Memo::new(move |_| shown.with(|run| run.as_ref().map(|run| run.number)) == Some(number));
    let look = move |_| query.set(&[("run", Some(number.to_string()))]);
    let take = move |_| {
        let model = model.clone();
        query.replace(&[("run", None)]);
        lab.show(Task::Fit, lab.use_model(model));
    };
    let delete = move |_| lab.show(Task::Keep, lab.delete_run(id.clone()));
    let [_, _, names @ ..] = text::RUN_COLUMNS;
    let cells: Vec<_> = names
        .into_iter()
        .zip(cells(run))
        .map(|(name, cell)| view! { <td data-label=name>{cell}</td> })
        .collect();
    view! {
        <tr data-testid="run" data-run=number aria-current=move || used.get().then_some("true") class:shown=shown>
            <th scope="row">
                <button aria-pressed=move || shown.get().to_string() on:click=look>{text::RUN} " " {number}</button>
            </th>
            <td class="beside">
                <b class="in-use" hidden=move || !used.get()>{text::IN_USE}</b>
                <button
                    hidden=move || used.get()
                    on:click=take
                    aria-label=format!("{} {} {number}", text::USE, text::RUN)
                >
                    {text::USE}
                </button>
                " "
                <button on:click=delete aria-label=format!("{} {} {number}", text::DELETE, text::RUN)>
                    {text::DELETE}
                </button>
            </td>
            {cells}
        </tr>
    }
    .into_any()
}

/// In the order of [`text::RUN_COLUMNS`], after the run's number and its buttons.
fn cells(run: &Run) -> [String; 10] {
    let made = &run.provenance;
    let test = &run.evaluation.test;
    let (share, seed) = match made.split {
        Split::Random { test_ratio, seed } => (test_ratio, seed.to_string()),
        Split::Rows { .. } => (
            f64::from(made.n_test) / f64::from((made.n_train + made.n_test).max(1)),
            format::MISSING.to_owned(),
        ),
    };
    [
        made.dataset_name.clone(),
        made.params.label().to_owned(),
        settings(&made.params),
        NumberFormat::Percent.show(share),
        seed,
        decimals(test.accuracy, 5),
        test.roc_auc.map_or(format::MISSING.to_owned(), |auc| decimals(auc, 5)),
        decimals(test.log_loss, 5),
        format::milliseconds(made.fit_ms),
        when(made.created_ms),
    ]
}

/// "2026-03-14 15:09:26", in the person's time zone.
fn when(unix_ms: f64) -> String {
    let date = js_sys::Date::new(&JsValue::from_f64(unix_ms));
    // the Swedish way to write a date is the one that sorts
    date.to_locale_string("sv-SE", &JsValue::UNDEFINED).into()
}
