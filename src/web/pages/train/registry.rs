//! Runs that are worth a name: versions, the aliases that point at them, and what they pointed at.

use std::sync::Arc;

use leptos::prelude::*;

use super::scores::decimals;
use crate::charts::format;
use crate::experiments::registry::{AliasChange, USUAL_ALIASES};
use crate::experiments::{ModelVersion, Registry, Run};
use crate::web::actions::Lab;
use crate::web::app::{use_lab, use_lab_query};
use crate::web::clock;
use crate::web::components::card::Card;
use crate::web::components::task_bar::TaskBar;
use crate::web::state::Task;
use crate::web::text::registry as text;
use crate::web::text::settings;

/// The moment in the address.
const AT: &str = "registry.at";

/// The card; nothing before the first run.
#[component]
pub fn RegistryCard(
    /// The run that can be registered.
    shown: Memo<Option<Arc<Run>>>,
) -> impl IntoView {
    let lab = use_lab();
    let registry = lab.state.registry;
    let any = Memo::new(move |_| registry.with(|registry| !registry.versions().is_empty()));
    let changed = Memo::new(move |_| registry.with(|registry| !registry.history().is_empty()));
    let has_run = Memo::new(move |_| shown.with(Option::is_some));
    let is_shown = move || any.get() || lab.state.runs.with(|runs| !runs.is_empty());
    let is_shown = Memo::new(move |_| is_shown());
    move || {
        is_shown.get().then(|| {
            view! {
                <Card title=text::TITLE sub=text::SUB>
                    <div class="registry" data-testid="registry">
                        {move || has_run.get().then(|| register(lab, shown))}
                        <TaskBar task=Task::Register />
                        {move || match any.get() {
                            true => versions(lab).into_any(),
                            false => view! { <p class="empty">{text::NONE}</p> }.into_any(),
                        }}
                        {move || changed.get().then(|| history(lab))}
                    </div>
                </Card>
            }
        })
    }
}

/// "Register run 3 as a version of [churn]".
fn register(lab: Lab, shown: Memo<Option<Arc<Run>>>) -> AnyView {
    let registry = lab.state.registry;
    let last = registry
        .with_untracked(|registry| registry.versions().last().map(|version| version.name.clone()));
    let name = RwSignal::new(last.unwrap_or_else(|| text::FIRST_NAME.to_owned()));
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let Some(run) = shown.get_untracked() else { return };
        let name = name.get_untracked();
        lab.show(Task::Register, async move {
            lab.register(&run, &name).await?;
            lab.dismiss(Task::Register);
            Ok(())
        });
    };
    let number = move || shown.with(|run| run.as_ref().map(|run| run.number));
    let known = move || {
        let names = registry.with(|r| r.names().into_iter().map(str::to_owned).collect::<Vec<_>>());
        names.into_iter().map(|name| view! { <option value=name></option> }).collect_view()
    };
    view! {
        <form class="row" on:submit=submit>
            <button class="go" data-testid="register">{text::REGISTER} " " {text::RUN.to_lowercase()} " " {number}</button>
            <label class="row">
                {text::AS}
                <input
                    type="text"
                    list="registry-names"
                    autocomplete="off"
                    aria-label=text::NAME
                    prop:value=name
                    on:input=move |event| name.set(event_target_value(&event))
                />
            </label>
            <datalist id="registry-names">{known}</datalist>
        </form>
    }
    .into_any()
}

fn versions(lab: Lab) -> impl IntoView {
    let registry = lab.state.registry;
    // the latest first; a row stays when its aliases or its note change
    let keys = Memo::new(move |_| {
        registry.with(|registry| {
            let keys = registry.versions().iter().rev();
            keys.map(|version| (version.name.clone(), version.version)).collect::<Vec<_>>()
        })
    });
    let usual = USUAL_ALIASES.map(|alias| view! { <option value=alias></option> });
    view! {
        <datalist id="registry-aliases">{usual}</datalist>
        <div class="scroll" tabindex="0" role="region" aria-label=text::TITLE>
            <table class="tight stacked versions">
                <thead>
                    <tr>
                        <th scope="col">{text::VERSION}</th>
                        <th scope="col">{text::ACTIONS}</th>
                        <th scope="col">{text::ALIASES}</th>
                        <th scope="col">{text::RUN}</th>
                        <th scope="col" class="right">{text::TEST_ACCURACY}</th>
                        <th scope="col" class="right">{text::AUC}</th>
                        <th scope="col">{text::NOTE}</th>
                        <th scope="col">{text::MODEL}</th>
                        <th scope="col">{text::WHEN}</th>
                    </tr>
                </thead>
                <tbody>
                    <For each=move || keys.get() key=Clone::clone children=move |(name, version)| row(lab, name, version) />
                </tbody>
            </table>
        </div>
    }
}

fn row(lab: Lab, name: String, number: u32) -> AnyView {
    let found = lab.state.registry.with_untracked(|r| r.version(&name, number).ok().cloned());
    let Some(version) = found else { return ().into_any() };
    let of_version = {
        let run_id = version.run_id.clone();
        Memo::new(move |_| {
            lab.state.runs.with(|runs| runs.iter().find(|run| run.id == run_id).cloned())
        })
    };
    let of_run = move |read: fn(&Run) -> String| {
        move || of_version.with(|run| run.as_deref().map_or(format::MISSING.to_owned(), read))
    };
    let used = {
        let model = version.model_id.clone();
        Memo::new(move |_| lab.state.model_id.get().as_ref() == Some(&model))
    };
    let take = {
        let model = version.model_id.clone();
        move |_| lab.show(Task::Register, lab.use_model(model.clone()))
    };
    let delete = {
        let version = version.clone();
        move |_| lab.show(Task::Register, lab.delete_version(version.clone()))
    };
    let note = {
        let name = name.clone();
        move |event| {
            let (name, words) = (name.clone(), event_target_value(&event));
            lab.show(Task::Register, async move { lab.note_version(&name, number, &words).await });
        }
    };
    let run = move || match of_version.with(|run| run.as_ref().map(|run| run.number)) {
        Some(run) => format!("{} {run}", text::RUN),
        None => text::RUN_GONE.to_owned(),
    };
    let label = |verb: &str| format!("{verb} {}", text::version_of(&name, number));
    view! {
        <tr data-testid="version" data-version=number data-name=name.clone()>
            <th scope="row">{name.clone()} " " {number}</th>
            <td class="beside">
                <b class="in-use" hidden=move || !used.get()>{text::IN_USE}</b>
                <button hidden=move || used.get() on:click=take aria-label=label(text::USE)>{text::USE}</button>
                " "
                <button on:click=delete aria-label=label(text::DELETE)>{text::DELETE}</button>
            </td>
            <td data-label=text::ALIASES class="wide">{aliases(lab, name.clone(), number)}</td>
            <td data-label=text::RUN>{run}</td>
            <td data-label=text::TEST_ACCURACY class="right">{of_run(|run| decimals(run.evaluation.test.accuracy, 5))}</td>
            <td data-label=text::AUC class="right">{of_run(|run| {
                run.evaluation.test.roc_auc.map_or(format::MISSING.to_owned(), |auc| decimals(auc, 5))
            })}</td>
            <td data-label=text::NOTE class="wide">
                <input type="text" autocomplete="off" aria-label=label(text::NOTE) value=version.note on:change=note />
            </td>
            <td data-label=text::MODEL>{of_run(|run| settings::family(run.provenance.params.name()).to_owned())}</td>
            <td data-label=text::WHEN>{clock::local_time(version.registered_ms)}</td>
        </tr>
    }
    .into_any()
}

/// Chips with a button that takes each away, and a box for another one.
fn aliases(lab: Lab, name: String, number: u32) -> AnyView {
    let point = move |name: String, alias: String, version: Option<u32>| {
        lab.show(Task::Register, async move {
            lab.point_alias(&name, &alias, version).await?;
            lab.dismiss(Task::Register);
            Ok(())
        });
    };
    let add_label = format!("{}: {}", text::ADD_ALIAS, text::version_of(&name, number));
    let add = {
        let name = name.clone();
        move |event: web_sys::Event| {
            let alias = event_target_value(&event).trim().to_owned();
            if !alias.is_empty() {
                point(name.clone(), alias, Some(number));
            }
        }
    };
    let box_of = NodeRef::<leptos::html::Input>::new();
    let of_version = {
        let name = name.clone();
        Memo::new(move |_| lab.state.registry.with(|registry| registry.aliases(&name, number)))
    };
    // what was typed is an alias now
    Effect::new(move |_| {
        of_version.track();
        if let Some(input) = box_of.get_untracked() {
            input.set_value("");
        }
    });
    let chips = move || {
        let chip = |alias: String| {
            let (name, words) = (name.clone(), text::take_from(&alias, &name, number));
            let pointed = alias.clone();
            let take = move |_| point(name.clone(), pointed.clone(), None);
            view! {
                <span class="alias">
                    {alias}
                    <button class="quiet" aria-label=words.clone() title=words on:click=take>"×"</button>
                </span>
            }
            .into_any()
        };
        of_version.get().into_iter().map(chip).collect::<Vec<_>>()
    };
    view! {
        <span class="aliases">
            {chips}
            <input
                type="text"
                node_ref=box_of
                list="registry-aliases"
                autocomplete="off"
                placeholder=text::ADD_ALIAS
                aria-label=add_label
                on:change=add
            />
        </span>
    }
    .into_any()
}

/// What was relied on at a moment, and every change.
fn history(lab: Lab) -> AnyView {
    let query = use_lab_query();
    let registry = lab.state.registry;
    let at = Memo::new(move |_| query.get(AT).unwrap_or_default());
    let relied = move || {
        let at_ms = at.with(|at| clock::end_of_minute(at));
        let now = at_ms.is_none();
        let at_ms = at_ms.unwrap_or(f64::INFINITY);
        let in_force = registry.with(|registry| registry.in_force(at_ms));
        if in_force.is_empty() {
            return view! { <li>{text::NOTHING_AT}</li> }.into_any();
        }
        let words = in_force.into_iter().filter_map(|change| {
            let version = change.version?;
            let run = registry.with(|registry| {
                let found: Option<&ModelVersion> = registry.version(&change.name, version).ok();
                found.map(|version| version.run_number)
            });
            let words = text::relied_on(&change, run, now);
            Some(view! { <li>{words}</li> }.into_any())
        });
        words.collect::<Vec<_>>().into_any()
    };
    let changes = move || {
        let words = registry.with(changes_in_words).into_iter();
        words.map(|words| view! { <li>{words}</li> }.into_any()).collect::<Vec<_>>()
    };
    let choose = move |event| {
        let chosen = Some(event_target_value(&event)).filter(|chosen| !chosen.is_empty());
        query.replace(&[(AT, chosen)]);
    };
    view! {
        <div class="relied">
            <label class="row">
                {text::AT}
                <input type="datetime-local" prop:value=at on:change=choose data-testid="registry-at" />
            </label>
            <ul class="plain-list" data-testid="relied-on">{relied}</ul>
        </div>
        <details class="more">
            <summary>{text::HISTORY}</summary>
            <ol class="plain-list" data-testid="alias-history">{changes}</ol>
        </details>
    }
    .into_any()
}

/// The latest first: "2026-11-29 02:10:11 champion of churn: version 2, before that version 1".
fn changes_in_words(registry: &Registry) -> Vec<String> {
    let history = registry.history();
    let words = history.iter().enumerate().map(|(place, change)| {
        let same = |other: &&AliasChange| same_alias(other, change);
        let before = history.iter().take(place).rev().find(same).and_then(|other| other.version);
        let words = text::changed(&change.alias, &change.name, change.version, before);
        format!("{} {words}", clock::local_time(change.at_ms))
    });
    let mut words: Vec<String> = words.collect();
    words.reverse();
    words
}

fn same_alias(one: &AliasChange, other: &AliasChange) -> bool {
    one.name == other.name && one.alias == other.alias
}
