//! What the cards of the explain page share: their frame, and how they ask and show.

use std::future::Future;
use std::sync::Arc;

use futures::FutureExt;
use leptos::prelude::*;
use serde::de::DeserializeOwned;

use crate::compute::Failure;
use crate::web::actions::Lab;
use crate::web::app::{use_lab, use_lab_query};
use crate::web::components::card::Card;
use crate::web::components::failure::FailureBox;
use crate::web::components::loading::follow_in_turn;
use crate::web::components::tabs::Tabs;
use crate::web::components::task_bar::TaskBar;
use crate::web::explaining::{Explaining, HeldAnswer};
use crate::web::model::HeldModel;
use crate::web::state::Task;
use crate::web::text::trust as text;

/// What stands around a card.
#[derive(Clone, Copy)]
pub struct Frame {
    /// The key of the address that is there while the card is open; its value is the tab.
    pub key: &'static str,
    /// The card's title.
    pub title: &'static str,
    /// What the tabs are, for those who can't see them.
    pub ways: &'static str,
    /// Value in the address and name of each tab; the first is shown where the address has none of them.
    pub tabs: &'static [(&'static str, &'static str)],
    /// What it does not say.
    pub caution: &'static str,
}

impl Frame {
    /// The tab that the address names; tracked.
    fn tab(self, named: Option<&str>) -> &'static str {
        let keys = self.tabs.iter().map(|(key, _)| *key);
        let first = self.tabs.first().map_or("", |(key, _)| *key);
        keys.into_iter().find(|key| Some(*key) == named).unwrap_or(first)
    }
}

/// The run and the data set that a model comes from; tracked.
pub fn made(lab: Lab, model: Memo<Option<Arc<HeldModel>>>) -> Option<String> {
    let model = model.get()?;
    lab.state.runs.with(|runs| {
        let run = runs.iter().find(|run| run.model_id == model.id)?;
        Some(text::model(run.number, &run.provenance.dataset_name))
    })
}

/// The card with the model and its data set below; `show` draws a tab.
pub fn framed(of: Explaining, frame: Frame, show: fn(&str, Explaining) -> AnyView) -> AnyView {
    let (lab, query) = (use_lab(), use_lab_query());
    let tab = Memo::new(move |_| frame.tab(query.get(frame.key).as_deref()));
    let tabs = frame.tabs.iter().map(|&(key, name)| (Some(key), name)).collect();
    let current = Signal::derive(move || Some(tab.get()));
    let close = move |_| query.set(&[(frame.key, None)]);
    view! {
        <Card
            title=frame.title
            aside=move || view! { <button on:click=close>{text::CLOSE}</button> }
        >
            <div class="trust" data-testid=frame.key>
                <Tabs label=frame.ways param=frame.key tabs current />
                {move || show(tab.get(), of)}
                <p class="note">{move || made(lab, of.model)} " " {frame.caution}</p>
            </div>
        </Card>
    }
    .into_any()
}

/// Asks, again with every change of what `ask` reads, and shows what comes; `nothing` is said where there
/// is nothing to ask.
pub fn asked<T, F>(
    task: Task,
    ask: impl Fn() -> Option<F> + 'static,
    nothing: &'static str,
    show: impl Fn(T) -> AnyView + Send + Sync + 'static,
) -> AnyView
where
    T: Clone + PartialEq + DeserializeOwned + Send + Sync + 'static,
    F: Future<Output = Result<(HeldAnswer, f64), Failure>> + 'static,
{
    let lab = use_lab();
    let again = RwSignal::new(0_u32);
    let answer = follow_in_turn(move || {
        again.track();
        let asked = ask();
        async move {
            let Some(asked) = asked else { return Ok(None) };
            let (answer, _) = asked.await?;
            answer.read::<T>().map(|answer| Some(Arc::new(answer)))
        }
        .boxed_local()
    });
    on_cleanup(move || lab.cancel(task));
    let shown = move || match answer.get() {
        None => None,
        Some(Err(failure)) => Some(failed(failure, again)),
        Some(Ok(None)) => Some(view! { <p class="empty">{nothing}</p> }.into_any()),
        Some(Ok(Some(answer))) => Some(show(Arc::unwrap_or_clone(answer))),
    };
    view! {
        <TaskBar task />
        {shown}
    }
    .into_any()
}

/// The failure, or that it was cancelled with a button that asks anew.
pub fn failed(failure: Failure, again: RwSignal<u32>) -> AnyView {
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
