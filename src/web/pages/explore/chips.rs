//! What is selected, in words: chips, the filter, the sample, and how many customers that leaves.

use std::sync::Arc;

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::Explored;
use super::address::{SAMPLE, SEED, WHERE, is_seed};
use super::{question, specs};
use crate::charts::format;
use crate::exploration::{Answer, Pick, Picked, SampleParams};
use crate::web::components::filter_box::{Filtered, filter_box};
use crate::web::components::number_box::{Allowed, NumberBox};
use crate::web::query::PICK;
use crate::web::text::classes::Classes;
use crate::web::text::explore as text;
use crate::web::text::names::readable;

/// A chip that can take the focus.
const NEXT: &str = "button.chip";

/// Levels written out in a chip.
const LEVELS: usize = 3;

/// The bar above the pictures.
pub fn selection_bar(page: Explored) -> AnyView {
    let counts = Memo::new(move |_| page.answer.with(|a| a.as_deref().map(counted)));
    view! {
        <section class="card selection" aria-label=text::SELECTION>
            <div class="selection-head">
                <p class="selected" role="status" data-testid="selected">{move || counts.get()}</p>
                {rate(page)}
            </div>
            {chips(page)}
            {ignored(page)}
            <div class="selection-tools">
                {filter_box(filtered(page))}
                {sample(page)}
            </div>
        </section>
    }
    .into_any()
}

/// The filter of the address.
fn filtered(page: Explored) -> Filtered {
    let columns = page.dataset.with_value(|dataset| Arc::new(dataset.columns.clone()));
    let set = move |filter: String| {
        page.query.set(&[(WHERE, Some(filter).filter(|filter| !filter.is_empty()))]);
    };
    Filtered {
        columns: Signal::stored(columns),
        applied: Memo::new(move |_| page.selected.with(|s| (s.filter.clone(), s.error.clone()))),
        on_apply: Callback::new(set),
        example: text::FILTER_EXAMPLE,
    }
}

/// "1,655 of 7,032 customers selected".
fn counted(answer: &Answer) -> String {
    let count = |rows: u32| format::count(u64::from(rows));
    let all = count(answer.all.total());
    if answer.selected == answer.all {
        return format!("{} {all} {}", text::ALL, text::CUSTOMERS_SMALL);
    }
    format!("{} {} {all} {}", count(answer.selected.total()), text::OF, text::SELECTED)
}

/// The share of the positive class among the selected, beside that of all.
fn rate(page: Explored) -> AnyView {
    if !page.has_target() {
        return view! { <p class="sub">{text::NO_TARGET}</p> }.into_any();
    }
    let counts =
        Memo::new(move |_| page.answer.with(|a| a.as_deref().map(|a| (a.selected, a.all))));
    let shown = move || match counts.get() {
        None => String::new(),
        Some((selected, _)) => selected
            .rate()
            .map_or_else(|| format::MISSING.to_owned(), |rate| format::percent(rate, 1)),
    };
    let overall = move || {
        let Some((selected, all)) = counts.get() else { return String::new() };
        let mut words = page.with_classes(|classes| classes.map(Classes::are)).unwrap_or_default();
        if let Some(rate) = all.rate().filter(|rate| selected.rate() != Some(*rate)) {
            words.push_str(&format!(" ({} {})", text::OVERALL, format::percent(rate, 1)));
        }
        if let Some(few) = format::few(u64::from(selected.total())) {
            words.push_str(&format!(" · {few}"));
        }
        words
    };
    view! { <p class="rate"><b class="leaves" data-testid="churn-rate">{shown}</b> " " {overall}</p> }
        .into_any()
}

/// One chip a part of the selection; a click takes it away, Back brings it again.
fn chips(page: Explored) -> AnyView {
    let query = page.query;
    let words = move |pick: &Pick| {
        in_words(pick, page.dataset.with_value(|dataset| question::is_date(dataset, &pick.column)))
    };
    let parts = Memo::new(move |_| {
        page.selected.with(|selected| {
            let picks = selected.selection.picks.iter();
            let mut parts: Vec<(String, String)> =
                picks.map(|pick| (format!("{PICK}{}", pick.column), words(pick))).collect();
            if !selected.selection.filter.trim().is_empty() {
                parts.push((WHERE.to_owned(), selected.selection.filter.clone()));
            }
            if let Some(SampleParams { fraction, seed }) = selected.selection.sample {
                let share = format::fine_percent(fraction);
                let words = format!("{} {share}, {} {seed}", text::SAMPLE, text::SEED_SMALL);
                parts.push((SAMPLE.to_owned(), words));
            }
            parts
        })
    });
    let list = NodeRef::<leptos::html::Ul>::new();
    // the focus stays near a chip that has gone
    let refocus = move || {
        request_animation_frame(move || {
            let list = list.get_untracked();
            let next = list.and_then(|list| list.query_selector(NEXT).ok().flatten());
            let next = next.or_else(|| document().get_element_by_id("filter"));
            if let Some(next) =
                next.as_ref().and_then(|next| next.dyn_ref::<web_sys::HtmlElement>())
            {
                // an element that can't take the focus leaves it where it is
                drop(next.focus());
            }
        });
    };
    let clear = move |_| {
        let keys = parts.get_untracked();
        let changes: Vec<(&str, Option<String>)> =
            keys.iter().map(|(key, _)| (key.as_str(), None)).collect();
        query.set(&changes);
        refocus();
    };
    let chip = move |(key, words): (String, String)| {
        let label = format!("{} {words}", text::REMOVE);
        let remove = move |_| {
            query.set(&[(key.as_str(), None)]);
            refocus();
        };
        view! {
            <li><button class="chip" aria-label=label on:click=remove>{words} <span aria-hidden="true">"✕"</span></button></li>
        }
        .into_any()
    };
    let several = Memo::new(move |_| parts.with(|parts| parts.len() > 1));
    view! {
        <ul class="chips" data-testid="chips" node_ref=list hidden=move || parts.with(Vec::is_empty)>
            <For each=move || parts.get() key=Clone::clone children=chip />
            <li hidden=move || !several.get()><button class="quiet" on:click=clear>{text::CLEAR}</button></li>
        </ul>
        <p class="sub" hidden=move || !parts.with(Vec::is_empty)>{text::HOW_TO_PICK}</p>
    }
    .into_any()
}

/// "Contract: One year, Two year", "Tenure: 1 to 12", of a bin "Tenure: 1 to under 8.1".
fn in_words(pick: &Pick, are_dates: bool) -> String {
    let values = match &pick.values {
        Picked::Range { from, to, closed } => specs::between(*from, *to, *closed, are_dates),
        Picked::Levels(levels) if levels.len() > LEVELS => {
            format!("{} {}", levels.len(), text::LEVELS)
        }
        Picked::Levels(levels) => levels.join(", "),
    };
    format!("{}: {values}", readable(&pick.column))
}

/// Picks of another data set, in words.
fn ignored(page: Explored) -> impl IntoView {
    move || {
        let ignored = page.selected.with(|selected| selected.ignored.join(", "));
        let words = format!("{}: {ignored}", text::IGNORED);
        (!ignored.is_empty()).then(|| view! { <p class="note" data-testid="ignored">{words}</p> })
    }
}

/// The fields of the sample.
fn sample(page: Explored) -> AnyView {
    let query = page.query;
    let drawn = Memo::new(move |_| page.selected.with(|selected| selected.selection.sample));
    let fraction = Signal::derive(move || drawn.get().map_or(1.0, |sample| sample.fraction));
    let seed = Signal::derive(move || {
        f64::from(drawn.get().map_or(SampleParams::default().seed, |sample| sample.seed))
    });
    let fractions: Allowed = (|f| f > 0.0 && f <= 1.0, text::FRACTION_ALLOWED);
    let seeds: Allowed = (is_seed, text::SEED_ALLOWED);
    let set_fraction = move |fraction: f64| {
        let part = (fraction < 1.0).then(|| fraction.to_string());
        // the first figure is a step of the history, those that follow while typing are none
        if drawn.get_untracked().is_some() && part.is_some() {
            query.replace(&[(SAMPLE, part)]);
        } else {
            query.set(&[(SAMPLE, part)]);
        }
    };
    let set_seed = move |seed: f64| query.replace(&[(SEED, Some(seed.to_string()))]);
    view! {
        <div class="field">
            <span aria-hidden="true">{text::FRACTION}</span>
            <NumberBox label=text::FRACTION value=fraction allowed=fractions step=0.1 on_change=set_fraction />
        </div>
        <div class="field">
            <span aria-hidden="true">{text::SEED}</span>
            <NumberBox label=text::SEED value=seed allowed=seeds on_change=set_seed />
        </div>
    }
    .into_any()
}
