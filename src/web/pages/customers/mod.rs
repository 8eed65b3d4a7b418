//! All customers: a table with reasons, what a threshold does, and segments.

mod address;
mod cells;
mod columns;
mod segments;
mod table;
mod threshold;
mod tools;

use std::sync::Arc;

use leptos::prelude::*;

use crate::data::DatasetSummary;
use crate::web::actions::Portfolio;
use crate::web::app::{use_lab, use_lab_query};
use crate::web::components::card::PageHead;
use crate::web::components::failure::FailureBox;
use crate::web::components::loading::follow;
use crate::web::components::tabs::Tabs;
use crate::web::model::HeldModel;
use crate::web::query::{Query, View};
use crate::web::state::Phase;
use crate::web::text::classes::Classes;
use crate::web::text::{customers as text, frame};

/// The probability of every customer, and the true classes where they are known.
type Scores = (Vec<f64>, Option<Vec<bool>>);

/// What every part of the page works with.
#[derive(Clone, Copy)]
struct Customers {
    query: Query,
    dataset: StoredValue<Arc<DatasetSummary>>,
    model: StoredValue<Arc<HeldModel>>,
    classes: StoredValue<Classes>,
    /// Whose customers, and how they are explained.
    portfolio: Memo<Portfolio>,
    /// `None` before they came.
    scores: Memo<Option<Arc<Scores>>>,
    threshold: RwSignal<f64>,
    /// The threshold of the model's run, else one half.
    reference: f64,
}

/// The page.
#[component]
pub fn CustomersPage() -> impl IntoView {
    let lab = use_lab();
    let both = Memo::new(move |_| lab.state.dataset().zip(lab.state.model()));
    let title = Signal::stored(text::TITLE.to_owned());
    let sub = Signal::stored(text::SUB.to_owned());
    view! {
        <PageHead title sub />
        {move || match both.get() {
            Some((dataset, model)) => customers(dataset, model),
            None => nothing(),
        }}
    }
}

fn nothing() -> AnyView {
    let lab = use_lab();
    let words = move || {
        if lab.state.phase.get() == Phase::Starting {
            frame::STARTING.into_any()
        } else if lab.state.dataset().is_none() {
            let href = move || View::Data.href();
            view! { {text::NEED_DATA} " " <a href=href>{text::READ_ONE}</a> }.into_any()
        } else {
            let href = move || View::Train.href();
            view! { {text::NEED_MODEL} " " <a href=href>{text::TRAIN_ONE}</a> }.into_any()
        }
    };
    view! { <p class="empty" role="status">{words}</p> }.into_any()
}

fn customers(dataset: Arc<DatasetSummary>, model: Arc<HeldModel>) -> AnyView {
    let lab = use_lab();
    let query = use_lab_query();
    let (model_id, dataset_id) = (model.id.clone(), dataset.id.clone());
    let n_rows = dataset.kept;
    let features = model.space.features.iter().map(|feature| feature.name.clone());
    let features: Arc<Vec<String>> = Arc::new(features.collect());
    let portfolio = Memo::new(move |_| Portfolio {
        model_id: model_id.clone(),
        dataset_id: dataset_id.clone(),
        n_rows,
        features: Arc::clone(&features),
        lime: address::lime(query),
    });
    let asked = portfolio.get_untracked();
    let answer = follow(move || {
        let of = asked.clone();
        async move { lab.customer_scores(of).await.map(Arc::new) }
    });
    let scores = Memo::new(move |_| answer.get().and_then(Result::ok));
    let failure = move || {
        let failure = answer.get().and_then(Result::err);
        failure.map(|failure| view! { <FailureBox failure /> })
    };
    let run = untrack(|| lab.state.run());
    let reference = run.and_then(|run| run.threshold()).unwrap_or(0.5);
    let threshold = RwSignal::new(reference);
    Effect::new(move |_| threshold.set(address::threshold(query).unwrap_or(reference)));
    let page = Customers {
        query,
        classes: StoredValue::new(Classes::of(&model.target)),
        dataset: StoredValue::new(dataset),
        model: StoredValue::new(model),
        portfolio,
        scores,
        threshold,
        reference,
    };
    let tab = Memo::new(move |_| address::is_segments(query));
    let current = Signal::derive(move || tab.get().then_some(address::SEGMENTS));
    let tabs = vec![(None, text::TABLE), (Some(address::SEGMENTS), text::SEGMENTS)];
    let ready = Memo::new(move |_| scores.with(Option::is_some));
    let failed = Memo::new(move |_| answer.with(|answer| matches!(answer, Some(Err(_)))));
    view! {
        {failure}
        {move || if ready.get() {
            let tabs = tabs.clone();
            view! {
                {threshold::threshold(page)}
                <Tabs label=text::WAYS param="tab" tabs current />
                {move || if tab.get() { segments::segments(page) } else { table::table(page) }}
            }
            .into_any()
        } else if failed.get() {
            ().into_any()
        } else {
            view! { <p class="empty" role="status">{frame::WORKING}</p> }.into_any()
        }}
    }
    .into_any()
}
