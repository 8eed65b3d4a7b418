//! Why the model gives this customer this probability, and what would change it.

mod controls;
mod edits;
mod weights;

use std::sync::Arc;

use leptos::prelude::*;

use crate::compute::Failure;
use crate::explain::{Explanation, FeatureCount, LimeParams};
use crate::web::actions::Customer;
use crate::web::app::{use_lab, use_lab_query};
use crate::web::components::card::{Card, PageHead};
use crate::web::components::failure::FailureBox;
use crate::web::components::loading::{Answer, Loading, follow};
use crate::web::components::probability::ProbabilityGauge;
use crate::web::model::HeldModel;
use crate::web::query::{Query, View};
use crate::web::text::explain as text;
use controls::{CustomerPicker, Settings};
use edits::Edits;
use weights::Weights;

/// The page.
#[component]
pub fn ExplainPage() -> impl IntoView {
    let lab = use_lab();
    let query = use_lab_query();
    let model = Memo::new(move |_| lab.state.model());
    let customer = follow(move || {
        let dataset = lab.state.dataset_id.get();
        let wanted = query.get("customer").unwrap_or_else(|| "0".to_owned());
        async move {
            match dataset {
                Some(dataset) => lab.customer(dataset, wanted).await.map(Some),
                None => Ok(None),
            }
        }
    });
    let unknown = move || customer.get().is_some_and(|answer| answer.is_err());
    view! {
        {move || match model.get() {
            Some(model) => view! {
                {move || unknown().then(|| view! { <PageHead title=text::TITLE_WAITING /> })}
                <Loading answer=customer children=move |customer| {
                    let model = Arc::clone(&model);
                    customer.map(|customer| view! { <Explained model customer /> })
                } />
                {move || unknown().then(|| view! {
                    <Card title=text::CUSTOMER><CustomerPicker current=0 /></Card>
                })}
            }
            .into_any(),
            None => view! { <NoModel /> }.into_any(),
        }}
    }
}

#[component]
fn NoModel() -> impl IntoView {
    let lab = use_lab();
    let starting = move || lab.state.phase.get() == crate::web::state::Phase::Starting;
    view! {
        <PageHead title=text::TITLE_WAITING />
        {move || if starting() {
            view! { <p class="empty" role="status">{crate::web::text::frame::WORKING}</p> }.into_any()
        } else {
            view! {
                <p class="empty">{text::NEED_MODEL} " " <a href=View::Train.href()>{text::TRAIN_ONE}</a></p>
            }
            .into_any()
        }}
    }
}

/// One customer, their edits and both explanations.
#[component]
fn Explained(model: Arc<HeldModel>, customer: Customer) -> impl IntoView {
    let lab = use_lab();
    let query = use_lab_query();
    let edits = Edits::new(query);
    let params = Memo::new(move |_| lime_params(query));
    let id = model.id.clone();
    let stored = customer.record.clone();
    let explain = move |edited: bool| {
        let (id, record) = (id.clone(), stored.clone());
        follow(move || {
            let mut record = record.clone();
            if edited {
                record.extend(edits.values.get());
            }
            let (id, params) = (id.clone(), params.get());
            async move {
                lab.explain(id, record, params, None).await.map(|(explanation, _)| explanation)
            }
        })
    };
    let (before, after) = (explain(false), explain(true));
    let shown = Signal::derive(move || latest(after).or_else(|| latest(before)));
    let probability =
        Signal::derive(move || shown.get().map_or(0.0, |e: Explanation| e.probability));
    let was = Signal::derive(move || {
        let edited = edits.values.with(|values| !values.is_empty());
        if edited { latest(before).map(|explanation| explanation.probability) } else { None }
    });
    let title = Signal::derive(move || {
        if probability.get() >= 0.5 { text::TITLE } else { text::TITLE_STAYS }.to_owned()
    });
    let sub = format!("{} {} {}", text::CUSTOMER, customer.name, text::SUB);
    let space = Arc::new(model.space.clone());
    let record = customer.record.clone();
    let failure = move || {
        after.get().and_then(Result::err).map(|failure: Failure| view! { <FailureBox failure /> })
    };
    view! {
        <PageHead title sub>
            <button
                disabled=move || !edits.can_undo()
                title=move || if edits.can_undo() { "" } else { text::NOTHING_TO_UNDO }
                on:click=move |_| edits.undo()
            >
                {text::UNDO}
            </button>
            <button disabled=move || edits.values.with(Vec::is_empty) on:click=move |_| edits.reset()>
                {text::RESET}
            </button>
        </PageHead>
        {failure}
        <div class="columns">
            <Card title=text::WEIGHTS aside=move || view! { <Legend /> }>
                <Loading answer=before children=move |before| {
                    let (space, record) = (Arc::clone(&space), record.clone());
                    view! { <Weights space record before after=shown edits /> }
                } />
                {move || shown.get().map(|explanation| view! { <Fidelity explanation /> })}
            </Card>
            <div class="stack">
                <Card title=text::PROBABILITY>
                    <ProbabilityGauge value=probability before=was />
                </Card>
                <Card title=text::CUSTOMER>
                    <CustomerPicker current=customer.row />
                    {customer.label.map(|left| view! {
                        <p class="truth"><b>{if left { text::LEFT } else { text::STAYED }}</b> " " <span class="sub">{text::TRUTH_UNCHANGED}</span></p>
                    })}
                </Card>
                <Card title=text::SETTINGS>
                    <Settings params />
                    <p class="note">{text::METHOD}</p>
                </Card>
            </div>
        </div>
    }
}

fn latest(answer: Answer<Explanation>) -> Option<Explanation> {
    answer.get().and_then(Result::ok)
}

#[component]
fn Legend() -> impl IntoView {
    view! {
        <span class="legend">
            <span><i class="key stays" aria-hidden="true"></i>{text::STAYS}</span>
            <span><i class="key leaves" aria-hidden="true"></i>{text::LEAVES}</span>
        </span>
    }
}

/// How far the local model can be trusted.
#[component]
fn Fidelity(explanation: Explanation) -> impl IntoView {
    let r2 = format!("{:.2}", explanation.r2);
    let words = format!(
        "Local model: r² {} on {} neighbours, seed {}. It says {} where the model says {}. {}",
        r2.strip_prefix('0').unwrap_or(&r2),
        crate::charts::format::count(u64::from(explanation.samples)),
        explanation.seed,
        crate::charts::format::score(explanation.local_prediction),
        crate::charts::format::score(explanation.probability),
        text::NOT_CAUSAL,
    );
    view! {
        <p class="note" data-testid="fidelity">
            {words}
            {(explanation.r2 < 0.3).then(|| view! { " " <b>{text::WEAK}</b> })}
        </p>
    }
}

/// Settings from the address; what is missing or wrong there takes its default.
fn lime_params(query: Query) -> LimeParams {
    let default = LimeParams::default();
    let features = match query.get("features").as_deref() {
        Some("all") => FeatureCount::All,
        Some(count) => count.parse().map_or(default.features, FeatureCount::Top),
        None => default.features,
    };
    let number = |key: &str| query.get(key).and_then(|text| text.parse::<u32>().ok());
    LimeParams {
        samples: number("samples").unwrap_or(default.samples),
        features,
        seed: number("seed").unwrap_or(default.seed),
    }
}
