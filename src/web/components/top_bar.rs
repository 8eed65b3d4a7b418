//! What is in use: data set, model, storage; theme, share, delete everything. Where the bar is narrow,
//! a button opens what has no room.

use leptos::html;
use leptos::prelude::*;

use super::copy::Copy;
use super::guide::GuideButton;
use crate::web::app::{is_dark, use_dark, use_lab, use_lab_query};
use crate::web::query::View;
use crate::web::state::{LabState, Phase, StorageStatus, Task};
use crate::web::text::frame as text;

const THEME_KEY: &str = "churn-lab-theme";

/// The bar at the top. The style sheet lays the menu out as part of the bar where there is room.
#[component]
pub fn TopBar() -> impl IntoView {
    let query = use_lab_query();
    let menu = NodeRef::<html::Div>::new();
    Effect::new(move |before: Option<View>| {
        let view = query.view();
        if before.is_some_and(|before| before != view)
            && let Some(menu) = menu.get_untracked()
        {
            // a browser without popovers shows the menu's content all the time
            drop(menu.hide_popover());
        }
        view
    });
    view! {
        <header class="top">
            <a class="brand" href=View::Explain.bare()><i aria-hidden="true"></i><span>{text::LAB}</span></a>
            <DataChip />
            <div class="menu" id="menu" popover="auto" node_ref=menu>
                <ModelChip />
                <StorageChip />
                <span class="space"></span>
                <DeleteEverything />
                <Theme />
            </div>
            <GuideButton />
            <Share />
            <button class="menu-open" popovertarget="menu" aria-label=text::MENU title=text::MENU>
                <span aria-hidden="true">"⋯"</span>
            </button>
        </header>
    }
}

#[component]
fn DataChip() -> impl IntoView {
    let state = use_lab().state;
    view! {
        <a class="chip" href=move || View::Data.href() data-testid="dataset-chip">
            {move || match state.dataset() {
                Some(dataset) => view! {
                    <b>{dataset.name.clone()}</b>
                    <span>{format!("{} {}", crate::charts::format::count(u64::from(dataset.kept)), text::CUSTOMERS)}</span>
                }.into_any(),
                None => view! { <span>{missing(state, text::NO_DATA)}</span> }.into_any(),
            }}
        </a>
    }
}

#[component]
fn ModelChip() -> impl IntoView {
    let state = use_lab().state;
    view! {
        <a class="chip" href=move || View::Train.href() data-testid="model-chip">
            {move || match state.run() {
                Some(run) => view! {
                    <span>{text::MODEL}</span>
                    <b>{run.provenance.params.label()}</b>
                    {run.evaluation.test.roc_auc.map(|auc| view! { <span>{format!("AUC {auc:.3}").replace("0.", ".")}</span> })}
                }.into_any(),
                None => view! { <span>{missing(state, text::NO_MODEL)}</span> }.into_any(),
            }}
        </a>
    }
}

/// What is not there yet may be on its way.
fn missing(state: LabState, words: &'static str) -> &'static str {
    if state.phase.get() == Phase::Starting { text::OPENING } else { words }
}

#[component]
fn StorageChip() -> impl IntoView {
    let state = use_lab().state;
    move || {
        match state.storage.get() {
        StorageStatus::Opening => view! { <span class="chip">{text::OPENING}</span> }.into_any(),
        StorageStatus::IndexedDb => view! {
            <span class="chip" data-testid="storage-chip" data-storage="indexeddb"><i class="dot ok" aria-hidden="true"></i>{text::SAVED_HERE}</span>
        }
        .into_any(),
        StorageStatus::Memory(why) => view! {
            <span class="chip" data-testid="storage-chip" data-storage="memory" title=why.clone()>
                <i class="dot warn" aria-hidden="true"></i>{text::IN_MEMORY}
                <span class="hidden">{why.clone()}</span>
            </span>
        }
        .into_any(),
    }
    }
}

/// Goes round: as the system, light, dark.
#[component]
fn Theme() -> impl IntoView {
    let dark = use_dark();
    let theme =
        RwSignal::new(document().document_element().and_then(|e| e.get_attribute("data-theme")));
    Effect::new(move |before: Option<()>| {
        let Some(root) = document().document_element() else { return };
        let chosen = theme.get();
        if before.is_none() {
            return;
        }
        let storage = window().local_storage().ok().flatten();
        let kept = match &chosen {
            Some(name) => {
                // a refused attribute or storage leaves the theme as it is
                drop(root.set_attribute("data-theme", name));
                storage.map(|storage| storage.set_item(THEME_KEY, name))
            }
            None => {
                drop(root.remove_attribute("data-theme"));
                storage.map(|storage| storage.remove_item(THEME_KEY))
            }
        };
        drop(kept);
        dark.set(is_dark());
    });
    let label = move || match theme.get().as_deref() {
        Some("light") => text::THEME_LIGHT,
        Some(_) => text::THEME_DARK,
        None => text::THEME_AUTO,
    };
    let next = move |_| {
        theme.update(|theme| {
            *theme = match theme.as_deref() {
                None => Some("light".to_owned()),
                Some("light") => Some("dark".to_owned()),
                Some(_) => None,
            };
        });
    };
    view! {
        <button
            class="theme"
            on:click=next
            title=move || format!("{}: {}", text::THEME, label())
            aria-label=move || format!("{}: {}", text::THEME, label())
        >
            <span aria-hidden="true">"◐"</span>
            <span class="menu-words">{move || format!("{}: {}", text::THEME, label())}</span>
        </button>
    }
}

#[component]
fn Share() -> impl IntoView {
    let link = move |()| window().location().href().ok();
    view! { <Copy value=link label=text::SHARE go=true /> }
}

#[component]
fn DeleteEverything() -> impl IntoView {
    let lab = use_lab();
    let dialog = NodeRef::<html::Dialog>::new();
    let typed = RwSignal::new(String::new());
    let open = move |_| {
        typed.set(String::new());
        if let Some(dialog) = dialog.get_untracked()
            && let Err(error) = dialog.show_modal()
        {
            leptos::logging::warn!("{error:?}");
        }
    };
    let close = move || {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    let confirmed =
        move || typed.with(|typed| typed.trim().eq_ignore_ascii_case(text::DELETE_ALL_WORD));
    let delete = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if untrack(confirmed) {
            close();
            lab.show(Task::Keep, lab.reset());
        }
    };
    view! {
        <button class="delete-all" on:click=open>{text::DELETE_ALL}</button>
        <dialog node_ref=dialog aria-labelledby="delete-all">
            <form on:submit=delete>
                <h2 id="delete-all">{text::DELETE_ALL_GO}</h2>
                <p>{text::DELETE_ALL_WHY}</p>
                <label>
                    {text::DELETE_ALL_TYPE}
                    <input
                        type="text"
                        autocomplete="off"
                        prop:value=typed
                        on:input=move |event| typed.set(event_target_value(&event))
                    />
                </label>
                <div class="dialog-actions">
                    <button type="button" on:click=move |_| close()>{text::CANCEL}</button>
                    <button class="danger" disabled=move || !confirmed()>{text::DELETE_ALL_GO}</button>
                </div>
            </form>
        </dialog>
    }
}
