//! What an explanation is worth: other seeds, fair shares, and both beside the exact contribution.

mod beside;
mod changed;
mod settings;
mod shapley;
mod stability;

use std::sync::Arc;

use futures::FutureExt;
use leptos::prelude::*;
use serde::de::DeserializeOwned;

use crate::compute::{Failure, TrustQuestion};
use crate::web::app::{use_lab, use_lab_query};
use crate::web::components::card::Card;
use crate::web::components::failure::FailureBox;
use crate::web::components::loading::follow_in_turn;
use crate::web::components::tabs::Tabs;
use crate::web::components::task_bar::TaskBar;
use crate::web::explaining::Explaining;
use crate::web::state::Task;
use crate::web::text::{explain, lime_settings, trust as text};

/// What is looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tab {
    Stability,
    Settings,
    Shapley,
    Beside,
}

impl Tab {
    const ALL: [Self; 4] = [Self::Stability, Self::Settings, Self::Shapley, Self::Beside];

    fn key(self) -> &'static str {
        match self {
            Self::Stability => "stability",
            Self::Settings => "settings",
            Self::Shapley => "shapley",
            Self::Beside => "beside",
        }
    }

    fn label(self) -> &'static str {
        match self {
            Self::Stability => text::STABILITY,
            Self::Settings => lime_settings::TITLE,
            Self::Shapley => text::SHAPLEY,
            Self::Beside => text::BESIDE,
        }
    }

    fn of(key: Option<&str>) -> Self {
        Self::ALL.into_iter().find(|tab| Some(tab.key()) == key).unwrap_or(Self::Stability)
    }
}

/// The card.
pub fn trust(of: Explaining) -> AnyView {
    let (lab, query) = (use_lab(), use_lab_query());
    let tab = Memo::new(move |_| Tab::of(query.get("trust").as_deref()));
    let tabs = Tab::ALL.map(|tab| (Some(tab.key()), tab.label())).to_vec();
    let current = Signal::derive(move || Some(tab.get().key()));
    let close = move |_| query.set(&[("trust", None)]);
    let made = move || {
        let model = of.model.get()?;
        lab.state.runs.with(|runs| {
            let run = runs.iter().find(|run| run.model_id == model.id)?;
            Some(text::model(run.number, &run.provenance.dataset_name))
        })
    };
    view! {
        <Card
            title=text::TITLE
            aside=move || view! { <button on:click=close>{text::CLOSE}</button> }
        >
            <div class="trust" data-testid="trust">
                <Tabs label=text::WAYS param="trust" tabs current />
                {move || match tab.get() {
                    Tab::Stability => stability::stability(of),
                    Tab::Settings => settings::settings(of),
                    Tab::Shapley => shapley::shapley(of),
                    Tab::Beside => beside::beside(of),
                }}
                <p class="note">{made} " " {explain::NOT_CAUSAL}</p>
            </div>
        </Card>
    }
    .into_any()
}

/// Asks about the customer on screen, again with every change, and shows what comes.
pub(super) fn asked<T>(
    of: Explaining,
    task: Task,
    question: impl Fn() -> TrustQuestion + 'static,
    show: impl Fn(T) -> AnyView + Send + Sync + 'static,
) -> AnyView
where
    T: Clone + PartialEq + DeserializeOwned + Send + Sync + 'static,
{
    let lab = use_lab();
    let again = RwSignal::new(0_u32);
    let answer = follow_in_turn(move || {
        again.track();
        let asked = of.model.get().zip(of.record.get());
        let question = question();
        async move {
            let Some((model, record)) = asked else { return Ok(None) };
            let (answer, _) = lab.trust(model.id.clone(), record, question).await?;
            answer.read::<T>().map(|answer| Some(Arc::new(answer)))
        }
        .boxed_local()
    });
    on_cleanup(move || lab.cancel(task));
    let shown = move || match answer.get() {
        None => None,
        Some(Err(failure)) => Some(failed(failure, again)),
        Some(Ok(None)) => Some(view! { <p class="empty">{text::NO_CUSTOMER}</p> }.into_any()),
        Some(Ok(Some(answer))) => Some(show(Arc::unwrap_or_clone(answer))),
    };
    view! {
        <TaskBar task />
        {shown}
    }
    .into_any()
}

pub(super) fn failed(failure: Failure, again: RwSignal<u32>) -> AnyView {
    if failure.code != "cancelled" {
        return view! { <FailureBox failure /> }.into_any();
    }
    view! {
        <div class="row" role="status">
            <span>{text::CANCELLED}</span>
            <button on:click=move |_| again.update(|n| *n += 1)>{text::AGAIN}</button>
        </div>
    }
    .into_any()
}
