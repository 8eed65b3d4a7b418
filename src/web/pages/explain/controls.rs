//! Whose explanation, and how it is made.

use leptos::prelude::*;

use super::SHOWN;
use crate::explain::LimeParams;
use crate::web::app::{use_lab, use_lab_query};
use crate::web::clock;
use crate::web::components::number_box::NumberBox;
use crate::web::components::segmented::Segmented;
use crate::web::query::EDIT;
use crate::web::text::explain as text;

/// Another customer, by name or by chance. Edits belong to a customer and go with them.
#[component]
pub fn CustomerPicker(
    /// Kept row of the customer on screen.
    current: Signal<u32>,
) -> impl IntoView {
    let lab = use_lab();
    let query = use_lab_query();
    let wanted = RwSignal::new(String::new());
    let show = move |customer: String| {
        let edits: Vec<String> = untrack(|| query.with_prefix(EDIT))
            .into_iter()
            .map(|(f, _)| format!("{EDIT}{f}"))
            .collect();
        let mut changes: Vec<(&str, Option<String>)> =
            edits.iter().map(|key| (key.as_str(), None)).collect();
        changes.push(("customer", Some(customer)));
        query.set(&changes);
    };
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let name = wanted.get_untracked().trim().to_owned();
        if !name.is_empty() {
            wanted.set(String::new());
            show(name);
        }
    };
    let random = move |_| {
        let kept = lab.state.dataset().map_or(1, |dataset| dataset.kept.max(1));
        let drawn = clock::random_u32().map_or(current.get_untracked() + 1, |bits| bits % kept);
        show(drawn.to_string());
    };
    view! {
        <form class="row" on:submit=submit>
            <input
                type="search"
                aria-label=text::CUSTOMER_HINT
                placeholder=text::CUSTOMER_HINT
                prop:value=wanted
                on:input=move |event| wanted.set(event_target_value(&event))
            />
            <button>{text::SHOW}</button>
        </form>
        <button class="wide" on:click=random>{text::RANDOM}</button>
    }
}

/// So many neighbours can be drawn.
pub fn samples_allowed(number: f64) -> bool {
    number.fract() == 0.0 && (2.0..=100_000.0).contains(&number)
}

/// Features, neighbours and seed.
#[component]
pub fn Settings(
    /// The settings in use.
    params: Memo<LimeParams>,
    /// How many features are shown.
    most: Memo<Option<usize>>,
) -> impl IntoView {
    let query = use_lab_query();
    let features = Signal::derive(move || {
        most.get().map_or_else(|| text::ALL.to_owned(), |count| count.to_string())
    });
    let choose =
        move |choice: String| query.set(&[(SHOWN, Some(choice).filter(|c| c != text::ALL))]);
    let whole =
        |number: f64| number.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&number);
    let seed = Signal::derive(move || f64::from(params.get().seed));
    let samples = Signal::derive(move || f64::from(params.get().samples));
    let set = move |key: &'static str| {
        move |number: f64| query.replace(&[(key, Some(number.to_string()))])
    };
    view! {
        <div class="fields">
            <span id="lime-features">{text::FEATURES}</span>
            <Segmented
                label=text::FEATURES
                options=vec!["6".to_owned(), "10".to_owned(), text::ALL.to_owned()]
                value=features
                on_change=choose
            />
            <span>{text::SAMPLES}</span>
            <NumberBox
                label=text::SAMPLES
                value=samples
                step=1_000.0
                allowed=(samples_allowed as fn(f64) -> bool, text::SAMPLES_ALLOWED)
                on_change=set("samples")
            />
            <span title=text::SEED_WHY>{text::SEED}</span>
            <NumberBox
                label=text::SEED
                value=seed
                allowed=(whole as fn(f64) -> bool, text::SEED_ALLOWED)
                on_change=set("seed")
            />
        </div>
    }
}
