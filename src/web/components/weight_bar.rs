//! One weight of an explanation: a bar from zero, with sign and number.

use leptos::prelude::*;

/// Half the width of the bar's box, in its own units.
const HALF: f64 = 100.0;

/// The class of a weight's colour.
pub fn side_class(weight: f64) -> &'static str {
    if weight < 0.0 { "stays" } else { "leaves" }
}

/// A bar centred at zero; `scale` is the absolute weight that fills one half. With `before`, a thin
/// line shows the weight before the edits.
#[component]
pub fn WeightBar(
    /// The weight.
    weight: f64,
    /// The weight before the edits; `None` without edits.
    before: Option<f64>,
    /// Above 0.
    scale: f64,
) -> impl IntoView {
    let length = (weight.abs() / scale).min(1.0) * HALF;
    let x = if weight < 0.0 { HALF - length } else { HALF };
    let mark = before.map(|before| HALF + (before / scale).clamp(-1.0, 1.0) * HALF);
    view! {
        <svg class="weight-bar" viewBox="0 0 200 22" preserveAspectRatio="none" aria-hidden="true">
            <rect class="weight-zero" x="99.5" y="0" width="1" height="22" />
            <rect
                class=if weight < 0.0 { "weight-stays" } else { "weight-leaves" }
                x=format!("{x:.2}")
                y="6"
                width=format!("{length:.2}")
                height="10"
                rx="1.5"
            />
            {mark.map(|mark| view! {
                <rect class="weight-before" x=format!("{:.2}", mark - 0.75) y="3" width="1.5" height="16" />
            })}
        </svg>
    }
}

/// "+.214" or "−.121": sign, three decimals, no leading zero.
#[must_use]
pub fn signed(weight: f64) -> String {
    let sign = if weight < 0.0 { '−' } else { '+' };
    let digits = format!("{:.3}", weight.abs());
    format!("{sign}{}", digits.strip_prefix('0').unwrap_or(&digits))
}
