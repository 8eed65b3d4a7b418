//! How good a model is, at which threshold, and what it weighs; training another.

mod coefficients;
mod compare;
mod decision;
pub mod export;
mod fields;
mod form;
mod grid;
pub(in crate::web) mod judge;
mod registry;
mod run_cells;
mod runs;
mod scores;
mod strengths;
mod threshold;

use std::sync::Arc;

use leptos::prelude::*;

use crate::charts::format;
use crate::experiments::Run;
use crate::web::app::{use_lab, use_lab_query};
use crate::web::components::card::PageHead;
use crate::web::query::{Query, View};
use crate::web::state::{LabState, Phase};
use crate::web::text::classes::Classes;
use crate::web::text::{frame, train as text};
use coefficients::Coefficients;
use form::TrainForm;
use grid::GridProgress;
use judge::Judge;
use registry::RegistryCard;
use runs::Runs;
use scores::ScoreTable;
use strengths::Strengths;
use threshold::Threshold;

/// The page.
#[component]
pub fn TrainPage() -> impl IntoView {
    let state = use_lab().state;
    let query = use_lab_query();
    let shown = Memo::new(move |_| shown_run(state, query));
    let threshold = RwSignal::new(0.5);
    Effect::new(move |_| {
        let of_run = shown.with(|run| run.as_ref().and_then(|run| run.threshold()));
        let of_address = query.number("threshold", threshold::allowed);
        threshold.set(of_address.or(of_run).unwrap_or(0.5));
    });
    let sub = Signal::derive(move || shown.get().map(|run| describe(&run)).unwrap_or_default());
    let title = Signal::derive(move || {
        let target = shown.with(|run| run.as_ref().map(|run| run.provenance.target.clone()));
        let target = target.or_else(|| state.dataset().and_then(|data| data.target.clone()));
        target.map_or(text::TITLE.to_owned(), |target| Classes::of(&target).train_title())
    });
    view! {
        <PageHead title sub />
        <div class="stack">
            <div class="columns train">
                <div class="stack">
                    {move || match shown.get() {
                        Some(run) => view! {
                            <Threshold run=Arc::clone(&run) threshold />
                            {(!run.coefficients.is_empty()).then(|| view! { <Coefficients run=Arc::clone(&run) /> })}
                            <Strengths run=Arc::clone(&run) />
                            <Judge run=Arc::clone(&run) threshold />
                        }
                        .into_any(),
                        None => nothing_yet(state),
                    }}
                </div>
                <div class="stack">
                    <TrainForm />
                    {move || shown.get().map(|run| view! { <ScoreTable run /> })}
                </div>
            </div>
            <GridProgress />
            <Runs shown />
            <RegistryCard shown />
        </div>
    }
}

/// The run the address names, else the one in use.
fn shown_run(state: LabState, query: Query) -> Option<Arc<Run>> {
    let number = query.get("run").and_then(|number| number.parse::<u32>().ok());
    let named = number.and_then(|number| {
        state.runs.with(|runs| runs.iter().find(|run| run.number == number).cloned())
    });
    named.or_else(|| state.run())
}

/// "Run 1: Logistic regression on Telco sample, 5,274 customers to learn from, 1,758 to test".
fn describe(run: &Run) -> String {
    let made = &run.provenance;
    format!(
        "Run {}: {} on {}, {} customers to learn from, {} to test",
        run.number,
        made.params.label(),
        made.dataset_name,
        format::count(u64::from(made.n_train)),
        format::count(u64::from(made.n_test)),
    )
}

/// Why there is no result, and what to do.
fn nothing_yet(state: LabState) -> AnyView {
    let (words, link) = match state.dataset() {
        _ if state.phase.get() == Phase::Starting => (frame::STARTING, false),
        None => (text::NO_DATA, true),
        Some(dataset) if dataset.target.is_none() => (text::NO_TARGET, true),
        Some(_) if state.runs.with(|runs| !runs.is_empty()) => (text::NO_RUN_SHOWN, false),
        Some(_) => (text::NO_RUN, false),
    };
    view! {
        <p class="card empty" role="status">
            {words} " "
            {link.then(|| view! { <a href=move || View::Data.href()>{text::CHOOSE_DATA}</a> })}
        </p>
    }
    .into_any()
}
