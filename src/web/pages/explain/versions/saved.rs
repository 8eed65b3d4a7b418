//! Scenarios: keep one, open, rename and delete them.

use std::future::Future;

use leptos::prelude::*;

use super::changes;
use super::scenario::row;
use crate::compute::Failure;
use crate::data::Record;
use crate::models::ModelId;
use crate::web::actions::Lab;
use crate::web::app::use_lab;
use crate::web::components::failure::FailureBox;
use crate::web::components::loading::{Answer, follow};
use crate::web::explaining::Explaining;
use crate::web::text::{frame, versions as text};

/// What a model gives scenarios that were kept with another one, by their ids.
#[derive(Clone, PartialEq)]
pub(super) struct Now {
    pub model: ModelId,
    pub probabilities: Vec<(String, f64)>,
}

/// What went wrong last; none while all is well.
pub(super) type Trouble = RwSignal<Option<Failure>>;

/// Does something; what goes wrong is shown above the list until something goes well.
pub(super) fn attempt<T: 'static>(
    lab: Lab,
    trouble: Trouble,
    action: impl Future<Output = Result<T, Failure>> + 'static,
    done: impl FnOnce(T) + 'static,
) {
    lab.background(async move {
        // the card may have been closed meanwhile
        match action.await {
            Ok(value) => {
                trouble.try_set(None);
                done(value);
            }
            Err(failure) => {
                trouble.try_set(Some(failure));
            }
        }
    });
}

/// The form, and what is kept.
pub fn saved(of: Explaining) -> AnyView {
    let lab = use_lab();
    // also when everything was deleted meanwhile
    Effect::new(move |_| {
        if lab.state.scenarios.with(Option::is_none) {
            lab.background(lab.read_scenarios());
        }
    });
    let trouble = RwSignal::new(None::<Failure>);
    let dismiss = Callback::new(move |()| trouble.set(None));
    let now = asked_now(of);
    view! {
        {form(of, trouble)}
        <p class="sub">{text::LINK}</p>
        {move || trouble.get().map(|failure| view! { <FailureBox failure on_dismiss=dismiss /> })}
        {list(of, trouble, now)}
    }
    .into_any()
}

/// Its name, made from the changes unless a person types one, and Save.
fn form(of: Explaining, trouble: Trouble) -> AnyView {
    let lab = use_lab();
    let typed = RwSignal::new(None::<String>);
    let offered = Memo::new(move |_| {
        let (customer, record) = of.customer.get().zip(of.record.get())?;
        let told = changes(of, &customer.record, &record).into_iter();
        let told: Vec<_> = told.map(|changed| (changed.feature, changed.to)).collect();
        let name = text::default_name(&customer.name, &told);
        let dataset = lab.state.dataset_id.get()?;
        lab.state.scenarios.with(|all| all.as_ref().map(|all| all.free_name(&name, &dataset)))
    });
    let name = move || typed.get().or_else(|| offered.get()).unwrap_or_default();
    let waits =
        Memo::new(move |_| of.customer.with(Option::is_none) || of.record.with(Option::is_none));
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let name = untrack(name);
        let version = untrack(|| of.customer.get().zip(of.record.get()));
        let Some((customer, record)) = version else { return };
        attempt(lab, trouble, lab.save_scenario(name, customer, record), move |()| {
            typed.try_set(None);
        });
    };
    view! {
        <form class="row" on:submit=submit>
            <input
                type="text"
                autocomplete="off"
                aria-label=text::NAME
                prop:value=name
                on:input=move |event| typed.set(Some(event_target_value(&event)))
            />
            // before there is a customer there is nothing to keep
            <button class="go" disabled=waits>{text::SAVE}</button>
        </form>
    }
    .into_any()
}

/// Asks the model in use about the scenarios of the data set that another one was asked about.
fn asked_now(of: Explaining) -> Answer<Option<Now>> {
    let lab = use_lab();
    follow(move || {
        let model = of.model.get();
        let dataset = lab.state.dataset_id.get();
        let others: Vec<(String, Record)> = lab.state.scenarios.with(|all| {
            let all = all.as_ref().map(|all| all.all()).unwrap_or_default().iter();
            let others = all.filter(|scenario| {
                Some(&scenario.dataset_id) == dataset.as_ref()
                    && model.as_ref().is_some_and(|model| model.id != scenario.model_id)
            });
            others.map(|scenario| (scenario.id.clone(), scenario.record())).collect()
        });
        async move {
            let Some(model) = model.filter(|_| !others.is_empty()) else { return Ok(None) };
            let (ids, records): (Vec<_>, Vec<_>) = others.into_iter().unzip();
            let probabilities = lab.predict(model.id.clone(), records).await?;
            let probabilities = ids.into_iter().zip(probabilities).collect();
            Ok(Some(Now { model: model.id.clone(), probabilities }))
        }
    })
}

fn list(of: Explaining, trouble: Trouble, now: Answer<Option<Now>>) -> AnyView {
    let lab = use_lab();
    let ids = move |own: bool| {
        Memo::new(move |_| {
            let dataset = lab.state.dataset_id.get();
            lab.state.scenarios.with(|all| {
                let all = all.as_ref()?.all().iter();
                let of_part =
                    all.filter(|kept| own == (Some(&kept.dataset_id) == dataset.as_ref()));
                Some(of_part.map(|kept| kept.id.clone()).collect::<Vec<_>>())
            })
        })
    };
    let (own, others) = (ids(true), ids(false));
    // a row stays when it is renamed, and the focus with it
    let rows = move |ids: Memo<Option<Vec<String>>>| {
        view! {
            <For each=move || ids.get().unwrap_or_default() key=Clone::clone children=move |id| row(of, trouble, now, id) />
        }
    };
    let any = |ids: Memo<Option<Vec<String>>>| {
        Memo::new(move |_| ids.with(|ids| ids.as_ref().map(|ids| !ids.is_empty())))
    };
    let (any_own, any_others) = (any(own), any(others));
    let unknown = move || {
        let failure = now.get().and_then(Result::err)?;
        Some(view! { <p class="sub">{text::NOW_UNKNOWN} " " {failure.message}</p> })
    };
    view! {
        {move || match any_own.get() {
            None => view! { <p class="empty" role="status">{frame::WORKING}</p> }.into_any(),
            Some(false) => view! { <p class="empty">{text::NONE}</p> }.into_any(),
            Some(true) => view! {
                <ul class="kept" data-testid="scenarios" aria-label=text::SAVED>{rows(own)}</ul>
                {unknown}
            }
            .into_any(),
        }}
        {move || (any_others.get() == Some(true)).then(|| view! {
            <h3>{text::OTHERS}</h3>
            <ul class="kept" data-testid="other-scenarios" aria-label=text::OTHERS>{rows(others)}</ul>
        })}
    }
    .into_any()
}
