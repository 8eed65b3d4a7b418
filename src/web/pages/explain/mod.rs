//! Why the model gives this customer this probability, and what would change it.

pub mod card;
mod controls;
mod door;
mod edits;
mod plausible;
pub mod trust;
pub mod versions;
mod weights;
pub mod whatif;
pub mod whole;

use std::sync::Arc;

use leptos::prelude::*;

use crate::data::Record;
use crate::explain::explanation::LOW_R2;
use crate::explain::{Explanation, FeatureCount, LimeParams};
use crate::web::actions::Customer;
use crate::web::app::{use_lab, use_lab_query};
use crate::web::components::card::{Card, PageHead};
use crate::web::components::failure::FailureBox;
use crate::web::components::loading::{Answer, Loading, follow};
use crate::web::components::probability::ProbabilityGauge;
use crate::web::explaining::{Cards, Explaining};
use crate::web::model::HeldModel;
use crate::web::query::{Query, View};
use crate::web::text::classes::Classes;
use crate::web::text::{
    explain as text, trust as trust_text, versions as versions_text, whatif as whatif_text,
    whole as whole_text,
};
use controls::{CustomerPicker, Settings};
use door::{Door, Sign};
use edits::Edits;
use plausible::Plausible;
use weights::Weights;

const WHATIF: Sign =
    Sign { key: "whatif", first: "curves", title: whatif_text::TITLE, ask: whatif_text::ASK };
const TRUST: Sign =
    Sign { key: "trust", first: "stability", title: trust_text::TITLE, ask: trust_text::ASK };

const WHOLE: Sign =
    Sign { key: "whole", first: "importance", title: whole_text::TITLE, ask: whole_text::ASK };

const VERSIONS: Sign =
    Sign { key: "versions", first: "saved", title: versions_text::TITLE, ask: versions_text::ASK };

/// The address's key of how many features are shown.
const SHOWN: &str = "features";

/// A customer as stored, and why the model expects what it does.
#[derive(Clone, PartialEq)]
struct Explained {
    model: Arc<HeldModel>,
    customer: Customer,
    explanation: Explanation,
}

/// The page. Its head and its controls stay with another customer, so that the focus stays on them.
#[component]
pub fn ExplainPage(
    /// The cards whose code comes later.
    cards: Cards,
) -> impl IntoView {
    let lab = use_lab();
    let query = use_lab_query();
    let model = Memo::new(move |_| lab.state.model());
    let answer = follow(move || {
        let dataset = lab.state.dataset_id.get();
        let wanted = query.get("customer").unwrap_or_else(|| "0".to_owned());
        async move {
            match dataset {
                Some(dataset) => lab.customer(dataset, wanted).await.map(Some),
                None => Ok(None),
            }
        }
    });
    let customer = Memo::new(move |_| answer.get().and_then(Result::ok).flatten());
    let edits = Edits::new(query, customer);
    let params = Memo::new(move |_| lime_params(query));
    let most = Memo::new(move |_| shown_features(query));
    let explain = move |edited: bool| {
        follow(move || {
            let changes = if edited { edits.values.get() } else { Vec::new() };
            // without edits both explanations are one
            let is_same = edited && changes.is_empty();
            let asked = model.get().zip(customer.get()).filter(|_| !is_same);
            let params = params.get();
            async move {
                let Some((model, customer)) = asked else { return Ok(None) };
                let mut record = customer.record.clone();
                record.extend(changes);
                let (explanation, _) = lab.explain(model.id.clone(), record, params, None).await?;
                Ok(Some(Explained { model, customer, explanation }))
            }
        })
    };
    let (before, after) = (explain(false), explain(true));
    // an explanation without the edits is none of what the controls show; only one that stood there
    // when the first edit was made stays until the next comes
    let shown = Memo::new(move |last: Option<&Option<Explanation>>| {
        let edited = edits.values.with(|values| !values.is_empty());
        latest(after).or_else(|| if edited { last.cloned().flatten() } else { latest(before) })
    });
    let classes = Memo::new(move |_| {
        let target = model.with(|model| model.as_ref().map(|model| model.target.clone()));
        let target = target.or_else(|| lab.state.dataset().and_then(|data| data.target.clone()));
        target.as_ref().map(Classes::of)
    });
    let title = Signal::derive(move || {
        let probability = shown.with(|shown| shown.as_ref().map(|e| e.probability));
        match (classes.get(), probability) {
            (None, _) => text::TITLE.to_owned(),
            (Some(classes), None) => classes.explain_waiting(),
            (Some(classes), Some(probability)) => classes.explain_title(probability >= 0.5),
        }
    });
    let sub = Signal::derive(move || {
        let customer = customer.get();
        customer.map_or_else(String::new, |customer| {
            format!("{} {} {}", text::CUSTOMER, customer.name, text::SUB)
        })
    });
    let failure = move || {
        let unknown = answer.get().and_then(Result::err);
        let failure = unknown.or_else(|| after.get().and_then(Result::err));
        failure.map(|failure| view! { <FailureBox failure /> })
    };
    let known = Memo::new(move |_| !matches!(answer.get(), Some(Err(_))));
    let record = Memo::new(move |_| {
        let mut record: Record = customer.get()?.record;
        record.extend(edits.values.get());
        Some(record)
    });
    let apply = Callback::new(move |changes| {
        if let Some(customer) = customer.get_untracked() {
            edits.set_all(changes, &customer.record);
        }
    });
    let look_at = Callback::new(move |(customer, values)| edits.look_at(customer, values));
    let of = Explaining { model, customer, record, lime: params, classes, apply, look_at };
    let any_model = Memo::new(move |_| model.with(Option::is_some));
    view! {
        <PageHead title sub>
            <button
                disabled=move || !edits.can_undo()
                title=move || if edits.can_undo() { "" } else { text::NOTHING_TO_UNDO }
                on:click=move |_| edits.undo()
            >
                {text::UNDO}
            </button>
            <button
                disabled=move || edits.values.with(Vec::is_empty)
                title=move || if edits.values.with(Vec::is_empty) { text::NOTHING_TO_UNDO } else { "" }
                on:click=move |_| edits.reset()
            >
                {text::RESET}
            </button>
        </PageHead>
        {failure}
        {move || if any_model.get() {
            view! {
                <Plausible of edits />
                <Columns model classes known customer before shown edits params most />
                <Door sign=VERSIONS part=cards.versions of />
                <Door sign=WHATIF part=cards.whatif of />
                <Door sign=TRUST part=cards.trust of />
                <Door sign=WHOLE part=cards.whole of />
            }
            .into_any()
        } else {
            view! { <NoModel /> }.into_any()
        }}
    }
}

#[component]
fn NoModel() -> impl IntoView {
    let lab = use_lab();
    let starting = move || lab.state.phase.get() == crate::web::state::Phase::Starting;
    move || {
        if starting() {
            view! { <p class="empty" role="status">{crate::web::text::frame::STARTING}</p> }
                .into_any()
        } else {
            view! {
                <p class="empty">{text::NEED_MODEL} " " <a href=move || View::Train.href()>{text::TRAIN_ONE}</a></p>
            }
            .into_any()
        }
    }
}

/// The weights, and beside them the probability, the customer and the settings.
#[component]
fn Columns(
    /// The model in use.
    model: Memo<Option<Arc<HeldModel>>>,
    /// Of the model.
    classes: Memo<Option<Classes>>,
    /// There is such a customer, or it is still looked for.
    known: Memo<bool>,
    customer: Memo<Option<Customer>>,
    before: Answer<Option<Explained>>,
    shown: Memo<Option<Explanation>>,
    edits: Edits,
    params: Memo<LimeParams>,
    /// Features shown.
    most: Memo<Option<usize>>,
) -> impl IntoView {
    let said = move |of: fn(&Classes) -> String| {
        Signal::derive(move || classes.with(|classes| classes.as_ref().map(of)).unwrap_or_default())
    };
    let lab = use_lab();
    let (weights, of) = (said(Classes::weights_title), said(Classes::probability));
    let explained = Memo::new(move |_| shown.with(Option::is_some));
    let probability =
        Signal::derive(move || shown.with(|shown| shown.as_ref().map_or(0.0, |e| e.probability)));
    let was = Signal::derive(move || {
        let edited = edits.values.with(|values| !values.is_empty());
        let is_known = edited && shown.with(Option::is_some);
        if is_known { latest(before).map(|explanation| explanation.probability) } else { None }
    });
    let row = Signal::derive(move || customer.with(|c| c.as_ref().map_or(0, |c| c.row)));
    view! {
        <div class="columns explain">
            {move || known.get().then(|| view! {
                <Card title=weights aside=move || classes.get().map(|classes| view! { <Legend classes /> })>
                    <Loading answer=before children=move |before| before.map(|before| {
                        let Explained { model, customer, explanation } = before;
                        let space = Arc::new(model.space.clone());
                        view! { <Weights space record=customer.record before=explanation after=shown edits most /> }
                    }) />
                    {move || shown.get().map(|explanation| {
                        view! { <Fidelity explanation made=card::made(lab, model) /> }
                    })}
                </Card>
            })}
            <div class="stack">
                {move || explained.get().then(|| view! {
                    <Card title=of>
                        <ProbabilityGauge value=probability before=was classes />
                    </Card>
                })}
                <Card title=text::CUSTOMER>
                    <CustomerPicker current=row />
                    {move || {
                        let label = customer.with(|customer| customer.as_ref()?.label);
                        label.zip(classes.get()).map(|(label, classes)| {
                            let [class, is] = classes.truth(label);
                            view! { <p class="truth"><b>{class}</b> " " <span class="sub">{is}</span></p> }
                        })
                    }}
                </Card>
                <Card title=text::SETTINGS>
                    <Settings params most />
                    <p class="note">{text::METHOD}</p>
                </Card>
            </div>
        </div>
    }
}

fn latest(answer: Answer<Option<Explained>>) -> Option<Explanation> {
    Some(answer.get()?.ok()??.explanation)
}

#[component]
fn Legend(classes: Classes) -> impl IntoView {
    let [negative, positive] = classes.sides();
    view! {
        <span class="legend">
            <span><i class="key stays" aria-hidden="true"></i>{negative}</span>
            <span><i class="key leaves" aria-hidden="true"></i>{positive}</span>
        </span>
    }
}

/// How far the local model can be trusted.
#[component]
fn Fidelity(explanation: Explanation, made: Option<String>) -> impl IntoView {
    let r2 = format!("{:.2}", explanation.r2);
    let words = format!(
        "Local model: r² {} on {} neighbours, seed {}. It says {} where the model says {}. {} {}",
        r2.strip_prefix('0').unwrap_or(&r2),
        crate::charts::format::count(u64::from(explanation.samples)),
        explanation.seed,
        crate::charts::format::score(explanation.local_prediction),
        crate::charts::format::score(explanation.probability),
        made.unwrap_or_default(),
        text::NOT_CAUSAL,
    );
    view! {
        <p class="note" data-testid="fidelity">
            {words}
            {(explanation.r2 < LOW_R2).then(|| view! { " " <b>{text::WEAK}</b> })}
        </p>
    }
}

/// Settings from the address; what is missing or wrong there takes its default. Every feature has a
/// weight: how many are shown only folds the others.
fn lime_params(query: Query) -> LimeParams {
    let default = LimeParams::default();
    let number = |key: &str| query.get(key).and_then(|text| text.parse::<u32>().ok());
    LimeParams {
        samples: number("samples").unwrap_or(default.samples),
        features: FeatureCount::All,
        seed: number("seed").unwrap_or(default.seed),
    }
}

/// How many features are shown, those with the largest weights; `None` shows all.
fn shown_features(query: Query) -> Option<usize> {
    query.get(SHOWN)?.parse().ok().filter(|count| *count > 0)
}
