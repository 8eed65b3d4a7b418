//! One scenario of the list, and what can be done with it.

use leptos::prelude::*;

use super::saved::{Now, Trouble, attempt};
use super::{changes, run_of};
use crate::explain::{CustomerScenario, CustomerScenarios};
use crate::web::app::{use_lab, use_lab_query};
use crate::web::components::loading::Answer;
use crate::web::components::sight::keep_focus;
use crate::web::explaining::Explaining;
use crate::web::text::versions as text;

/// Its name and changes, what was said of it and is now, and what can be done.
pub(super) fn row(
    of: Explaining,
    trouble: Trouble,
    now: Answer<Option<Now>>,
    id: String,
) -> AnyView {
    let lab = use_lab();
    let found = lab
        .state
        .scenarios
        .with_untracked(|all| all.as_ref().and_then(|all| all.find(&id)).cloned());
    let Some(scenario) = found else { return ().into_any() };
    let name = {
        let (id, was) = (id.clone(), scenario.name.clone());
        Memo::new(move |_| {
            let name =
                |all: &Option<CustomerScenarios>| Some(all.as_ref()?.find(&id)?.name.clone());
            lab.state.scenarios.with(name).unwrap_or_else(|| was.clone())
        })
    };
    let (told, dataset) = (told(of, &scenario), where_from(&scenario));
    let on_screen = on_screen(of, &scenario);
    let mark =
        move || on_screen.get().then(|| view! { " " <b class="in-use">{text::ON_SCREEN}</b> });
    view! {
        <li data-probability=scenario.probability.to_string()>
            <div>
                <p class="name">{name} {mark}</p>
                <p class="sub">{told}</p>
                {dataset}
            </div>
            {figures(of, now, &scenario)}
            <div class="row">{acts(of, trouble, &scenario, name, on_screen)}</div>
        </li>
    }
    .into_any()
}

/// The page shows just this.
fn on_screen(of: Explaining, scenario: &CustomerScenario) -> Memo<bool> {
    let lab = use_lab();
    let CustomerScenario { dataset_id, row, .. } = scenario.clone();
    let record = scenario.record();
    Memo::new(move |_| {
        lab.state.dataset_id.with(|id| id.as_ref() == Some(&dataset_id))
            && of.customer.with(|customer| customer.as_ref().is_some_and(|c| c.row == row))
            && of.record.with(|shown| shown.as_ref() == Some(&record))
    })
}

/// "Internet service: Fiber optic → DSL".
fn told(of: Explaining, scenario: &CustomerScenario) -> impl Fn() -> String + Send + 'static {
    let (start, record) = (scenario.start.clone(), scenario.record());
    move || {
        let told = changes(of, &start, &record).into_iter();
        let told: Vec<_> = told.map(|c| text::change(&c.feature, &c.from, &c.to)).collect();
        if told.is_empty() { text::UNCHANGED.to_owned() } else { told.join("; ") }
    }
}

/// The data set, where it is not the one in use, and whether it has gone.
fn where_from(scenario: &CustomerScenario) -> impl Fn() -> Option<AnyView> + Send + 'static {
    let lab = use_lab();
    let (id, name) = (scenario.dataset_id.clone(), scenario.dataset_name.clone());
    move || {
        let is_here = lab.state.datasets.with(|all| all.iter().any(|dataset| dataset.id == id));
        let is_used = lab.state.dataset_id.with(|used| used.as_ref() == Some(&id));
        let words = match (is_here, is_used) {
            (true, true) => return None,
            (true, false) => name.clone(),
            (false, _) => text::dataset_gone(&name),
        };
        Some(view! { <p class="sub">{words}</p> }.into_any())
    }
}

/// What a model gave it when it was kept, and what the one in use gives it where that is another.
fn figures(of: Explaining, now: Answer<Option<Now>>, scenario: &CustomerScenario) -> AnyView {
    let lab = use_lab();
    let CustomerScenario { id, model_id, run_number, probability, .. } = scenario.clone();
    let then = move || {
        let is_here = lab.state.runs.with(|runs| runs.iter().any(|run| run.model_id == model_id));
        text::then(probability, run_number, is_here)
    };
    let now = move || {
        let Now { model, probabilities } = now.get()?.ok()??;
        let run = run_of(lab, of).filter(|run| run.model_id == model)?;
        let (_, probability) = probabilities.into_iter().find(|(kept, _)| *kept == id)?;
        let words = text::now(probability, run.number);
        Some(view! { <span data-now=probability.to_string()>{words}</span> })
    };
    view! { <div class="said"><span>{then}</span> {now}</div> }.into_any()
}

/// Open, Compare, Rename, Delete.
fn acts(
    of: Explaining,
    trouble: Trouble,
    scenario: &CustomerScenario,
    name: Memo<String>,
    on_screen: Memo<bool>,
) -> AnyView {
    let (lab, query) = (use_lab(), use_lab_query());
    let CustomerScenario { id, dataset_id, .. } = scenario.clone();
    let is_used =
        Memo::new(move |_| lab.state.dataset_id.with(|id| id.as_ref() == Some(&dataset_id)));
    let label = move |action: &'static str| move || text::of_scenario(action, &name.get());
    let (to_open, to_compare, to_delete) = (id.clone(), id.clone(), id.clone());
    let open = move |_| {
        if !on_screen.get_untracked() {
            attempt(lab, trouble, lab.open_scenario(to_open.clone()), move |sight| {
                // the page may have been left meanwhile
                of.look_at.try_run((sight.customer, sight.edits));
            });
        }
    };
    let compare = move |_| {
        query.set(&[
            (super::FRAME.key, Some(super::COMPARE.to_owned())),
            (super::compare::SECOND, Some(to_compare.clone())),
        ]);
    };
    let delete = move |event| {
        let stay = keep_focus(&event, "section", "button");
        attempt(lab, trouble, lab.delete_scenario(to_delete.clone()), move |()| stay());
    };
    view! {
        <button aria-label=label(text::OPEN) on:click=open>{text::OPEN}</button>
        {move || is_used.get().then(|| view! {
            <button aria-label=label(text::COMPARE_IT) on:click=compare.clone()>{text::COMPARE_IT}</button>
        })}
        <Rename trouble id name />
        <button aria-label=label(text::DELETE) on:click=delete>{text::DELETE}</button>
    }
    .into_any()
}

/// A button that opens a box for another name.
#[component]
fn Rename(trouble: Trouble, id: String, name: Memo<String>) -> impl IntoView {
    let lab = use_lab();
    let renaming = RwSignal::new(false);
    let typed = NodeRef::<leptos::html::Input>::new();
    let opener = NodeRef::<leptos::html::Button>::new();
    let save = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let Some(input) = typed.get_untracked() else { return };
        // where it is refused the box stays, with what was typed
        attempt(lab, trouble, lab.rename_scenario(id.clone(), input.value()), move |()| {
            renaming.try_set(false);
            if let Some(opener) = opener.try_get_untracked().flatten() {
                drop(opener.focus());
            }
        });
    };
    // the box is there when the browser draws the next frame
    let open = move |_| {
        renaming.update(|now| *now = !*now);
        request_animation_frame(move || {
            if let Some(input) = typed.try_get_untracked().flatten() {
                input.select();
            }
        });
    };
    let form = move || {
        let save = save.clone();
        renaming.get().then(move || view! {
            <form class="row rename" on:submit=save>
                <input node_ref=typed type="text" aria-label=text::NAME value=name.get_untracked() />
                <button>{text::SAVE}</button>
            </form>
        })
    };
    view! {
        <button
            node_ref=opener
            aria-label=move || text::of_scenario(text::RENAME, &name.get())
            aria-expanded=move || renaming.get().to_string()
            on:click=open
        >
            {text::RENAME}
        </button>
        {form}
    }
}
