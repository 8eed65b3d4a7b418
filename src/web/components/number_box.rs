//! A number to type, step or correct.

use leptos::prelude::*;

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
    /// Step of the arrow keys. Default 1.
    #[prop(default = 1.0)]
    step: f64,
    /// Called with every new allowed number.
    #[prop(into)]
    on_change: Callback<f64>,
) -> impl IntoView {
    let wrong = RwSignal::new(None::<String>);
    let input = NodeRef::<leptos::html::Input>::new();
    Effect::new(move |_| {
        let value = value.get();
        // a number arriving from elsewhere (undo, another customer) replaces what was typed
        if let Some(input) = input.get()
            && number(&input.value()) != Some(value)
        {
            input.set_value(&value.to_string());
            wrong.set(None);
        }
    });
    let typed = move |event| {
        let text = event_target_value(&event);
        match (number(&text), allowed) {
            (Some(number), Some((accepts, _))) if accepts(number) => {
                wrong.set(None);
                on_change.run(number);
            }
            (Some(number), None) => {
                wrong.set(None);
                on_change.run(number);
            }
            (_, allowed) => {
                let allowed = allowed.map_or("a number", |(_, words)| words);
                wrong.set(Some(format!("\"{}\"; allowed: {allowed}", text.trim())));
            }
        }
    };
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
                on:input=typed
                on:keydown=move |event: web_sys::KeyboardEvent| step_keys(&event, input, step, on_change, allowed)
            />
            {move || wrong.get().map(|wrong| view! { <span class="wrong" role="alert">{wrong}</span> })}
        </span>
    }
}

/// Arrow keys move by `step`; the browser's own stepping is off, since any number may be typed.
fn step_keys(
    event: &web_sys::KeyboardEvent,
    input: NodeRef<leptos::html::Input>,
    step: f64,
    on_change: Callback<f64>,
    allowed: Option<Allowed>,
) {
    let direction = match event.key().as_str() {
        "ArrowUp" => 1.0,
        "ArrowDown" => -1.0,
        _ => return,
    };
    event.prevent_default();
    let Some(input) = input.get_untracked() else { return };
    let Some(number) = number(&input.value()) else { return };
    // rounded to the step's grid, so that 70.35 + 0.05 reads 70.4
    let next = ((number + direction * step) / step).round() * step;
    let next = (next * 1e6).round() / 1e6;
    if next.is_finite() && allowed.is_none_or(|(accepts, _)| accepts(next)) {
        input.set_value(&next.to_string());
        on_change.run(next);
    }
}
