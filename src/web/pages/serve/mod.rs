//! Endpoints: deploying the model in use, calling what is deployed.

mod answer;
mod call;

use leptos::prelude::*;

use super::endpoints;
use crate::serving::Endpoint;
use crate::web::app::{use_lab, use_lab_query};
use crate::web::clock;
use crate::web::components::card::{Card, PageHead};
use crate::web::components::copy::Copy;
use crate::web::components::task_bar::TaskBar;
use crate::web::query::View;
use crate::web::state::{Phase, Task};
use crate::web::text::frame;
use crate::web::text::serve as text;
use answer::Answer;
use call::CallForm;

/// The draft of an endpoint's name.
const NAME: &str = "deploy";

/// The page.
#[component]
pub fn ServePage() -> impl IntoView {
    let lab = use_lab();
    let endpoint = endpoints::chosen();
    let has_endpoint = Memo::new(move |_| endpoint.with(Option::is_some));
    view! {
        <PageHead title=text::TITLE sub=text::SUB />
        <div class="columns serve">
            <div class="stack">
                {move || if has_endpoint.get() {
                    view! {
                        <Card title=text::CALL_TITLE>
                            <TaskBar task=Task::Call />
                            <CallForm endpoint />
                        </Card>
                        <Card title=text::ANSWER>
                            <Answer />
                        </Card>
                    }.into_any()
                } else if lab.state.phase.get() == Phase::Starting {
                    view! { <p class="empty" role="status">{frame::STARTING}</p> }.into_any()
                } else {
                    view! { <Card title=text::ENDPOINTS><p class="empty">{text::NO_ENDPOINT}</p></Card> }.into_any()
                }}
            </div>
            <div class="stack">
                <Card title=text::DEPLOY_TITLE>
                    <TaskBar task=Task::Deploy />
                    <Deploy />
                </Card>
                {move || has_endpoint.get().then(|| view! {
                    <Card title=text::ENDPOINTS><Endpoints endpoint /></Card>
                })}
            </div>
        </div>
    }
}

#[component]
fn Deploy() -> impl IntoView {
    let (lab, query) = (use_lab(), use_lab_query());
    let name =
        Memo::new(move |_| lab.state.draft(NAME).unwrap_or_else(|| text::DEFAULT_NAME.to_owned()));
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let Some(model_id) = lab.state.model_id.get_untracked() else { return };
        let name = name.get_untracked();
        lab.show(Task::Deploy, async move {
            let endpoint = lab.deploy(model_id, name).await?;
            query.set(&[("endpoint", Some(endpoint.id.0))]);
            Ok(())
        });
    };
    let no_model = move || lab.state.model_id.with(Option::is_none);
    let starting = move || lab.state.phase.get() == Phase::Starting;
    view! {
        <form class="deploy" on:submit=submit>
            <label for="endpoint-name">{text::NAME}</label>
            <div class="row">
                <input
                    id="endpoint-name"
                    type="text"
                    autocomplete="off"
                    prop:value=name
                    on:input=move |event| lab.keep_draft(NAME, Some(event_target_value(&event)))
                />
                <button class="go" data-testid="deploy" disabled=no_model>{text::DEPLOY}</button>
            </div>
        </form>
        {move || if starting() {
            view! { <p class="note">{frame::STARTING}</p> }.into_any()
        } else if no_model() {
            view! { <p class="note">{text::NEED_MODEL} ". " <a href=move || View::Train.href()>{text::TRAIN_ONE}</a></p> }.into_any()
        } else {
            let run = lab.state.run().map(|run| {
                format!("{} run {}, {}. ", text::SERVES, run.number, run.provenance.params.label())
            });
            view! { <p class="note">{run}{text::DEPLOY_NOTE}</p> }.into_any()
        }}
    }
}

/// Every endpoint, the latest first; the chosen one with its particulars.
#[component]
fn Endpoints(endpoint: Memo<Option<Endpoint>>) -> impl IntoView {
    let (lab, query) = (use_lab(), use_lab_query());
    let rows = move || {
        let chosen = endpoint.with(|chosen| chosen.as_ref().map(|chosen| chosen.id.clone()));
        let mut all = lab.state.endpoints.get();
        all.reverse();
        all.into_iter()
            .map(|endpoint| {
                let open = chosen.as_ref() == Some(&endpoint.id);
                let id = endpoint.id.0.clone();
                view! {
                    <li>
                        <button
                            class="endpoint"
                            aria-pressed=open.to_string()
                            on:click=move |_| query.set(&[("endpoint", Some(id.clone()))])
                        >
                            <b>{endpoint.name.clone()}</b>
                            <span>{format!("{} {}", text::BUILD, endpoint.build.number)}</span>
                        </button>
                        {open.then(|| view! { <Particulars endpoint /> })}
                    </li>
                }
            })
            .collect_view()
    };
    view! { <ul class="endpoints" data-testid="endpoints">{rows}</ul> }
}

#[component]
fn Particulars(endpoint: Endpoint) -> impl IntoView {
    let lab = use_lab();
    let run = lab.state.runs.with_untracked(|runs| {
        let run = runs.iter().find(|run| run.model_id == endpoint.model_id);
        run.map(|run| format!("Run {}, {}", run.number, run.provenance.params.label()))
    });
    let rows = [
        (text::SERVES, run.unwrap_or_else(|| text::MODEL_GONE.to_owned()), false),
        (text::CREATED, clock::local_time(endpoint.created_ms), false),
        (text::BUILD_ID, endpoint.build.id, true),
        (text::KEY, endpoint.access_key, true),
    ];
    view! {
        <dl class="particulars">
            {rows.into_iter().map(|(name, value, is_code)| view! {
                <dt>{name}</dt>
                <dd class:code=is_code>
                    <span>{value.clone()}</span>
                    {(name == text::KEY).then(|| view! { <Copy value=move |()| Some(value.clone()) label=text::COPY /> })}
                </dd>
            }).collect_view()}
        </dl>
    }
}
