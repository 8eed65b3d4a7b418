//! A date to type or pick.

use leptos::prelude::*;

use super::number_box::not_allowed;
use crate::data::schema::{DateOrder, parse_day};
use crate::numerics::calendar::iso;

/// The browser's own date field. A date that is not typed to its end changes nothing.
#[component]
pub fn DateBox(
    /// What the date is, for those who can't see the row.
    #[prop(into)]
    label: String,
    /// Days since the first of January 1970; a time of day is not shown.
    #[prop(into)]
    value: Signal<f64>,
    /// Why a date is refused that does not go with others, in words for what would. Default: none is.
    #[prop(optional, into)]
    refuses: Option<Callback<f64, Option<String>>>,
    /// Called with the days of every new date.
    #[prop(into)]
    on_change: Callback<f64>,
) -> impl IntoView {
    let wrong = RwSignal::new(None::<String>);
    let shown = move || iso(value.get().floor());
    let change = move |event| {
        let typed = event_target_value(&event);
        let Some(day) = parse_day(&typed, DateOrder::Ymd).map(f64::from) else { return };
        let refused = refuses.and_then(|refuses| refuses.run(day));
        wrong.set(refused.map(|allowed| not_allowed(&typed, &allowed)));
        if wrong.with_untracked(Option::is_none) {
            on_change.run(day);
        }
    };
    Effect::new(move |_| {
        value.track();
        wrong.set(None);
    });
    view! {
        <span class="number">
            <input
                type="date"
                aria-label=label
                aria-invalid=move || wrong.with(Option::is_some).to_string()
                prop:value=shown
                on:change=change
            />
            {move || wrong.get().map(|wrong| view! { <span class="wrong" role="alert">{wrong}</span> })}
        </span>
    }
}
