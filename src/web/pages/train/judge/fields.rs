//! What several ways to look are made of: fields, figures and the two sentences.

use leptos::prelude::*;

use super::address;

use crate::web::components::number_box::{Allowed, NumberBox};
use crate::web::query::Query;
use crate::web::text::judge as text;

/// A number that stands in the address.
pub struct NumberField {
    /// Its key there.
    pub key: &'static str,
    /// Its name on screen.
    pub label: &'static str,
    /// Its unit, said behind it. May be empty.
    pub unit: &'static str,
    /// Where the address says nothing.
    pub default: f64,
    /// What it may be.
    pub allowed: Allowed,
    /// Step of the arrow keys.
    pub step: f64,
    /// Counts only once it is typed to its end.
    pub settled: bool,
}

/// The box with its name.
pub fn number_field(query: Query, field: NumberField) -> AnyView {
    let NumberField { key, label, unit, default, allowed, step, settled } = field;
    let value = Signal::derive(move || query.number(key, allowed.0).unwrap_or(default));
    let keep = move |number: f64| query.replace(&[(key, Some(number.to_string()))]);
    view! {
        <div class="field">
            <span aria-hidden="true">{label}</span>
            <span class="row">
                <NumberBox label value allowed step settled on_change=keep />
                {(!unit.is_empty()).then_some(unit)}
            </span>
        </div>
    }
    .into_any()
}

/// The seed of what is drawn.
pub fn seed_field() -> NumberField {
    NumberField {
        key: address::SEED,
        label: text::SEED,
        unit: "",
        default: 0.0,
        allowed: (address::is_seed, text::SEED_ALLOWED),
        step: 1.0,
        settled: true,
    }
}

/// A figure with its name.
pub struct Figure {
    /// For tests.
    pub key: &'static str,
    /// Its name on screen.
    pub name: &'static str,
    /// The number itself.
    pub value: f64,
    /// The number as it is written.
    pub shown: String,
    /// What is said below it. May be empty.
    pub sub: String,
}

/// Figures beside each other.
pub fn figures(figures: Vec<Figure>) -> AnyView {
    let figures = figures.into_iter().map(|Figure { key, name, value, shown, sub }| {
        view! {
            <div>
                <dt>{name}</dt>
                <dd data-testid=format!("judge-{key}") data-value=value.to_string()>{shown}</dd>
                <dd class="sub">{sub}</dd>
            </div>
        }
        .into_any()
    });
    view! { <dl class="figures">{figures.collect::<Vec<_>>()}</dl> }.into_any()
}

/// What the picture says.
pub fn says(words: impl Fn() -> Option<String> + Send + Sync + 'static) -> AnyView {
    view! { <p class="says" role="status" data-testid="judge-says">{words}</p> }.into_any()
}

/// How it is made.
pub fn how(words: impl Fn() -> String + Send + Sync + 'static) -> AnyView {
    view! { <p class="note">{words}</p> }.into_any()
}
