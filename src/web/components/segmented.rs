//! One of a few: buttons in a row where they fit, else a select.

use leptos::prelude::*;

/// More options than this become a select.
const MAX_BUTTONS: usize = 3;

/// Letters that fit beside each other in a row of buttons.
const MAX_LETTERS: usize = 18;

/// A choice among texts.
#[component]
pub fn Segmented(
    /// What is chosen, for those who can't see the row.
    #[prop(into)]
    label: String,
    /// The options, in order.
    options: Vec<String>,
    /// The chosen one.
    #[prop(into)]
    value: Signal<String>,
    /// Called with the new choice.
    #[prop(into)]
    on_change: Callback<String>,
) -> impl IntoView {
    let letters: usize = options.iter().map(|option| option.chars().count()).sum();
    if options.len() <= MAX_BUTTONS && letters <= MAX_LETTERS {
        view! {
            <div class="segmented" role="group" aria-label=label>
                {options
                    .into_iter()
                    .map(|option| {
                        let (this, chosen) = (option.clone(), option.clone());
                        view! {
                            <button
                                type="button"
                                aria-pressed=move || (value.get() == this).to_string()
                                on:click=move |_| on_change.run(chosen.clone())
                            >
                                {option}
                            </button>
                        }
                    })
                    .collect_view()}
            </div>
        }
        .into_any()
    } else {
        view! {
            <select
                aria-label=label
                prop:value=value
                on:change=move |event| on_change.run(event_target_value(&event))
            >
                {options
                    .into_iter()
                    .map(|option| {
                        let this = option.clone();
                        view! {
                            <option value=option.clone() selected=move || value.get() == this>{option.clone()}</option>
                        }
                    })
                    .collect_view()}
            </select>
        }
        .into_any()
    }
}
