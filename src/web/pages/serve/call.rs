//! A request written by hand.

use leptos::prelude::*;

use crate::data::Record;
use crate::serving::{Endpoint, example};
use crate::web::app::use_lab;
use crate::web::js;
use crate::web::state::Task;
use crate::web::text::serve as text;

/// The form: the workshop's request until something else is typed.
#[component]
pub fn CallForm(
    /// What is called.
    endpoint: Memo<Option<Endpoint>>,
) -> impl IntoView {
    let lab = use_lab();
    // one draft an endpoint: another one has other fields
    let form = Memo::new(move |_| {
        let id = endpoint.with(|endpoint| endpoint.as_ref().map(|endpoint| endpoint.id.0.clone()));
        format!("call {}", id.unwrap_or_default())
    });
    let typed = Memo::new(move |_| form.with(|form| lab.state.draft(form)));
    let keep = move |typed| form.with_untracked(|form| lab.keep_draft(form, typed));
    let wrong = RwSignal::new(None::<String>);
    let request = Memo::new(move |_| {
        typed.get().unwrap_or_else(|| {
            let model = endpoint.with(|endpoint| lab.state.model_of(&endpoint.as_ref()?.model_id));
            model.map_or_else(String::new, |model| pretty(&example::request(&model.space)))
        })
    });
    let call = move || {
        let Some(endpoint) = endpoint.get_untracked() else { return };
        match js::from_json::<Record>(&request.get_untracked()) {
            Ok(record) => {
                wrong.set(None);
                lab.show(Task::Call, async move { lab.call(endpoint.id, record).await.map(drop) });
            }
            Err(error) => wrong.set(Some(format!("{}: {error}", text::WRONG_JSON))),
        }
    };
    let keys = move |event: web_sys::KeyboardEvent| {
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
            event.prevent_default();
            call();
        }
    };
    let back = move |_| {
        keep(None);
        wrong.set(None);
    };
    // what was wrong with the request of one endpoint is not said of another's
    Effect::new(move |_| {
        form.track();
        wrong.set(None);
    });
    view! {
        <form
            class="call"
            on:submit=move |event| {
                event.prevent_default();
                call();
            }
        >
            <label for="request">{text::REQUEST}</label>
            <textarea
                id="request"
                rows="22"
                spellcheck="false"
                autocomplete="off"
                aria-invalid=move || wrong.get().is_some().to_string()
                aria-describedby="request-wrong"
                prop:value=request
                on:input=move |event| keep(Some(event_target_value(&event)))
                on:keydown=keys
            ></textarea>
            <p class="wrong" id="request-wrong" role="alert">{move || wrong.get()}</p>
            <div class="row">
                <button class="go" data-testid="call" disabled=move || lab.state.task(Task::Call).is_running()>{text::CALL}</button>
                <span class="sub">{text::CALL_KEYS}</span>
                <span class="space"></span>
                <button type="button" disabled=move || typed.with(Option::is_none) title=text::EXAMPLE_WHY on:click=back>{text::EXAMPLE}</button>
            </div>
            <p class="note">{text::EXAMPLE_NOTE}</p>
        </form>
        <details class="more">
            <summary>{text::CODE}</summary>
            <p class="row"><span class="simulated">{text::SIMULATED}</span></p>
            <pre tabindex="0">{move || {
                let id = endpoint.with(|endpoint| endpoint.as_ref().map(|endpoint| endpoint.id.0.clone()));
                format!("await churnLab.call(\"{}\", {})", id.unwrap_or_default(), request.get())
            }}</pre>
            <p class="note">{text::CODE_NOTE}</p>
        </details>
    }
}

/// JSON with one field a line, as the browser writes it.
pub fn pretty<T: serde::Serialize>(value: &T) -> String {
    js::to_json(value).unwrap_or_else(|error| error.to_string())
}
