//! A probability as people read it: so many of 100, on a scale between the two classes.

use leptos::prelude::*;

use crate::web::text::classes::Classes;
use crate::web::text::explain as text;

/// Whole percent, never 0 or 100 unless it is.
#[must_use]
pub fn of_hundred(probability: f64) -> String {
    let percent = probability * 100.0;
    if percent > 0.0 && percent < 1.0 {
        "<1".to_owned()
    } else if percent > 99.0 && percent < 100.0 {
        ">99".to_owned()
    } else {
        format!("{percent:.0}")
    }
}

/// The big number, what it was before the edits, and the scale.
#[component]
pub fn ProbabilityGauge(
    /// The probability now, 0 to 1.
    #[prop(into)]
    value: Signal<f64>,
    /// Before the edits; `None` without edits.
    #[prop(into)]
    before: Signal<Option<f64>>,
    /// What is at both ends; `None` when that is not known.
    #[prop(into)]
    classes: Signal<Option<Classes>>,
) -> impl IntoView {
    let leaves = Memo::new(move |_| value.get() >= 0.5);
    let side = move |at: usize| classes.with(|c| c.as_ref().map(|c| c.sides()[at].clone()));
    let at = |probability: f64| format!("{:.2}", 2.0 + probability * 196.0);
    view! {
        <div class="big" class:leaves=leaves data-testid="probability" data-value=move || value.get().to_string()>
            <b>{move || of_hundred(value.get())}</b>
            <span>
                {text::OF_100}
                <br />
                {move || before.get().map(|before| {
                    let change = ((value.get() - before) * 100.0).round();
                    let sign = if change < 0.0 { "−" } else { "+" };
                    view! {
                        <span class="was">
                            {text::WAS} " " <s>{of_hundred(before)}</s> {format!(", {sign}{:.0}", change.abs())}
                        </span>
                    }
                })}
            </span>
        </div>
        <svg class="gauge" viewBox="0 0 200 18" preserveAspectRatio="none" aria-hidden="true">
            <defs>
                <linearGradient id="stays-leaves">
                    <stop class="stop-stays" offset="0" />
                    <stop class="stop-middle" offset="0.5" />
                    <stop class="stop-leaves" offset="1" />
                </linearGradient>
            </defs>
            <rect x="0" y="5" width="200" height="8" rx="4" fill="url(#stays-leaves)" />
            <rect class="gauge-threshold" x="99.5" y="3" width="1" height="12" />
            {move || before.get().map(|before| view! {
                <rect class="gauge-before" x=at(before) y="2" width="1.5" height="14" rx="0.7" />
            })}
            <rect class="gauge-now" x=move || at(value.get()) y="1" width="2" height="16" rx="1" />
        </svg>
        <div class="gauge-words sub">
            <span>{move || side(0)}</span>
            <span>{text::THRESHOLD_50}</span>
            <span>{move || side(1)}</span>
        </div>
    }
}
