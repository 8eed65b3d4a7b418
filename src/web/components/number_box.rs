//! A number to type, step or correct.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::web::app::use_lab;
use crate::web::js::number;

/// What a number must fulfil, and the words for it.
pub type Allowed = (fn(f64) -> bool, &'static str);

/// A number box. What is typed stays, also when it is no number; then `on_change` is not called and
/// the box says what is allowed.
#[component]
pub fn NumberBox(
    /// What the number is, for those who can't see the row.
    #[prop(into)]
    label: String,
    /// The number.
    #[prop(into)]
    value: Signal<f64>,
    /// What a finite number must fulfil, and the words for it: "above 0". Default: any.
    #[prop(optional, into)]
    allowed: Option<Allowed>,
    /// Why an allowed number is refused that does not go with other numbers, in words for what would:
    /// "at most 12". Default: none is.
    #[prop(optional, into)]
    refuses: Option<Callback<f64, Option<String>>>,
    /// Whether a number counts only once it is typed to its end: with Enter, or when the box is left.
    /// Default: with every key.
    #[prop(optional)]
    settled: bool,
    /// Step of the arrow keys. Default 1.
    #[prop(default = 1.0)]
    step: f64,
    /// Under which name something typed that is no allowed number is there again after the room was
    /// left. Default: it is not.
    #[prop(optional)]
    draft: Option<&'static str>,
    /// Called with every new allowed number.
    #[prop(into)]
    on_change: Callback<f64>,
) -> impl IntoView {
    let lab = use_lab();
    let wrong = RwSignal::new(None::<String>);
    let input = NodeRef::<leptos::html::Input>::new();
    let keep = move |typed: Option<&str>| {
        if let Some(form) = draft {
            lab.keep_draft(form, typed.map(str::to_owned));
        }
    };
    let read = move |text: &str| {
        let accepted = |number: &f64| allowed.is_none_or(|(accepts, _)| accepts(*number));
        let number = number(text)
            .filter(accepted)
            .ok_or_else(|| allowed.map_or("a number", |(_, words)| words).to_owned())?;
        refuses.and_then(|refuses| refuses.run(number)).map_or(Ok(number), Err)
    };
    let check = move |text: &str| match read(text) {
        Ok(number) => {
            wrong.set(None);
            keep(None);
            on_change.run(number);
        }
        Err(allowed) => {
            wrong.set(Some(not_allowed(text, &allowed)));
            keep(Some(text));
        }
    };
    Effect::new(move |shown: Option<bool>| {
        let value = value.get();
        let Some(input) = input.get() else { return false };
        let left = draft.and_then(|form| untrack(|| lab.state.draft(form)));
        if shown != Some(true)
            && let Some(left) = left
        {
            input.set_value(&left);
            check(&left);
        } else if number(&input.value()) != Some(value) {
            // a number arriving from elsewhere (undo, another customer) replaces what was typed
            input.set_value(&value.to_string());
            wrong.set(None);
            keep(None);
        }
        true
    });
    view! {
        <span class="number">
            <input
                node_ref=input
                type="number"
                inputmode="decimal"
                step="any"
                data-step=step
                aria-label=label
                aria-invalid=move || wrong.get().is_some().to_string()
                value=untrack(|| value.get())
                on:input=move |event| if !settled { check(&event_target_value(&event)) }
                on:change=move |event| if settled { check(&event_target_value(&event)) }
                on:keydown=move |event: web_sys::KeyboardEvent| {
                    if let Some(input) = input.get_untracked()
                        && let Some(next) = stepped(&event, &input.value(), step, allowed)
                    {
                        input.set_value(&next);
                        check(&next);
                    }
                }
            />
            {move || wrong.get().map(|wrong| view! { <span class="wrong" role="alert">{wrong}</span> })}
        </span>
    }
}

/// What is said beside something typed that is not allowed.
pub(super) fn not_allowed(typed: &str, allowed: &str) -> String {
    format!("\"{}\"; allowed: {allowed}", typed.trim())
}

/// Arrow keys move by `step`; the browser's own stepping is off, since any number may be typed.
fn stepped(
    event: &web_sys::KeyboardEvent,
    text: &str,
    step: f64,
    allowed: Option<Allowed>,
) -> Option<String> {
    let direction = match event.key().as_str() {
        "ArrowUp" => 1.0,
        "ArrowDown" => -1.0,
        _ => return None,
    };
    event.prevent_default();
    let number = number(text)?;
    // rounded to the step's grid, so that 70.35 + 0.05 reads 70.4
    let next = ((number + direction * step) / step).round() * step;
    let next = (next * 1e6).round() / 1e6;
    let may = next.is_finite() && allowed.is_none_or(|(accepts, _)| accepts(next));
    may.then(|| next.to_string())
}

/// Where something typed into the form that is sent is not allowed, it gets the focus, instead of work
/// with what was there before.
pub fn focus_wrong(event: &web_sys::SubmitEvent) -> bool {
    let form = event.target().and_then(|form| form.dyn_into::<web_sys::Element>().ok());
    let wrong = form.and_then(|form| form.query_selector("[aria-invalid=true]").ok().flatten());
    if let Some(input) = wrong.as_ref().and_then(|wrong| wrong.dyn_ref::<web_sys::HtmlElement>()) {
        // without the focus the words at the box still say what is wrong
        drop(input.focus());
    }
    wrong.is_some()
}
