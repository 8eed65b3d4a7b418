//! A filter in words: a box that offers how to go on, and says where something is wrong.

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;

use crate::data::summary::ColumnSummary;
use crate::exploration::filter::{
    Completion, CompletionKind, Completions, Filter, FilterError, complete,
};
use crate::web::js::number;
use crate::web::text::filter as text;

/// Ways to go on that are offered at once.
const OFFERED: usize = 12;

/// What is filtered, and by what.
#[derive(Clone, Copy)]
pub struct Filtered {
    /// The columns there are.
    pub columns: Signal<Arc<Vec<ColumnSummary>>>,
    /// The filter in force, also when it is none, and why it is none.
    pub applied: Memo<(String, Option<FilterError>)>,
    /// Called with a filter that can be read.
    pub on_apply: Callback<String>,
    /// Shown in the empty box.
    pub example: &'static str,
}

/// The box as it is being typed into.
#[derive(Clone, Copy)]
struct Typing {
    of: Filtered,
    input: NodeRef<html::Input>,
    offers: RwSignal<Completions>,
    /// Place of the offer that Enter takes.
    active: RwSignal<Option<usize>>,
    /// What was wrong when it was last applied, and the text then.
    wrong: RwSignal<Option<(String, FilterError)>>,
}

/// The box with its label.
pub fn filter_box(of: Filtered) -> AnyView {
    let typing = Typing {
        of,
        input: NodeRef::new(),
        offers: RwSignal::new(Completions::default()),
        active: RwSignal::new(None),
        wrong: RwSignal::new(None),
    };
    let (input, offers, active) = (typing.input, typing.offers, typing.active);
    // what the address says replaces what is typed: undo, another data set; a pick elsewhere does not
    Effect::new(move |_| {
        let (filter, error) = of.applied.get();
        if let Some(input) = input.get()
            && input.value() != filter
        {
            input.set_value(&filter);
        }
        typing.wrong.set(error.map(|error| (filter, error)));
    });
    let is_open = Memo::new(move |_| offers.with(|offers| !offers.items.is_empty()));
    let chosen = move || active.get().map(|at| format!("filter-offer-{at}"));
    let described = move || typing.wrong.with(Option::is_some).then_some("filter-wrong");
    view! {
        <div class="field filter">
            <label for="filter">{text::FILTER}</label>
            <div class="filter-box">
                <input
                    id="filter"
                    node_ref=input
                    type="text"
                    role="combobox"
                    autocomplete="off"
                    spellcheck="false"
                    placeholder=of.example
                    aria-autocomplete="list"
                    aria-controls="filter-offers"
                    aria-expanded=move || is_open.get().to_string()
                    aria-activedescendant=chosen
                    aria-invalid=move || typing.wrong.with(Option::is_some).to_string()
                    aria-describedby=described
                    on:input=move |_| typing.offer()
                    on:click=move |_| typing.offer()
                    on:keydown=move |event| typing.key(&event)
                    on:blur=move |_| { typing.close(); typing.apply(); }
                />
                <ul id="filter-offers" class="offers" role="listbox" aria-label=text::OFFERS hidden=move || !is_open.get()>
                    {move || offers.with(|offers| {
                        let offers = offers.items.iter().enumerate();
                        offers.map(|(at, offer)| option(typing, at, offer)).collect::<Vec<_>>()
                    })}
                </ul>
            </div>
            {move || typing.wrong.get().map(|(filter, error)| wrong(&filter, &error))}
        </div>
    }
    .into_any()
}

fn option(typing: Typing, at: usize, offer: &Completion) -> AnyView {
    let is_active = move || (typing.active.get() == Some(at)).to_string();
    let kind = match offer.kind {
        CompletionKind::Column => text::COLUMN_SMALL,
        CompletionKind::Operator => text::OPERATOR_SMALL,
        CompletionKind::Level => text::LEVEL_SMALL,
        CompletionKind::Word => "",
    };
    // not on click: the box would have lost its focus by then
    let take = move |event: web_sys::PointerEvent| {
        event.prevent_default();
        typing.take(at);
    };
    view! {
        <li id=format!("filter-offer-{at}") role="option" aria-selected=is_active on:pointerdown=take>
            <span>{offer.text.clone()}</span> <span class="sub">{kind}</span>
        </li>
    }
    .into_any()
}

/// What is wrong, under the text with its place marked.
fn wrong(filter: &str, error: &FilterError) -> AnyView {
    let part =
        |from: usize, to: usize| -> String { filter.chars().skip(from).take(to - from).collect() };
    let (before, after) = (part(0, error.from), part(error.to, usize::MAX));
    let marked = if error.from == error.to { "▁".to_owned() } else { part(error.from, error.to) };
    let message = error.to_string();
    let mut letters = message.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    let message: String = first.into_iter().chain(letters).collect();
    view! {
        <div class="wrong" id="filter-wrong" role="alert" data-testid="filter-wrong">
            <code>{before}<mark>{marked}</mark>{after}</code>
            <p>{message}</p>
        </div>
    }
    .into_any()
}

impl Typing {
    /// Offers how to go on at the cursor.
    fn offer(self) {
        let Some(input) = self.input.get_untracked() else { return };
        let typed = input.value();
        let units = input.selection_start().ok().flatten().unwrap_or(u32::MAX);
        let mut before = 0;
        // the browser counts in UTF-16
        let cursor = typed.chars().take_while(|c| {
            before += c.len_utf16() as u32;
            before <= units
        });
        let cursor = cursor.count();
        let mut found =
            self.of.columns.with_untracked(|columns| complete(columns, &typed, cursor, number));
        found.items.truncate(OFFERED);
        let as_typed: String = typed.chars().skip(found.from).take(found.to - found.from).collect();
        // what is there already needs no offer
        found.items.retain(|offer| offer.text != as_typed);
        self.active.set(None);
        self.offers.set(found);
    }

    fn close(self) {
        self.active.set(None);
        self.offers.set(Completions::default());
    }

    fn key(self, event: &web_sys::KeyboardEvent) {
        let count = self.offers.with_untracked(|offers| offers.items.len());
        let at = self.active.get_untracked();
        match (event.key().as_str(), at) {
            ("ArrowDown", _) if count == 0 => self.offer(),
            ("ArrowDown", at) => self.active.set(Some(at.map_or(0, |at| (at + 1) % count))),
            ("ArrowUp", at) if count > 0 => {
                self.active.set(Some(at.map_or(count - 1, |at| (at + count - 1) % count)));
            }
            ("Enter", Some(at)) => self.take(at),
            ("Enter", None) => {
                self.close();
                self.apply();
            }
            ("Escape", _) if count > 0 => self.close(),
            _ => return,
        }
        event.prevent_default();
    }

    /// Types an offer for the person.
    fn take(self, at: usize) {
        let Some(input) = self.input.get_untracked() else { return };
        let Completions { from, to, items } = self.offers.get_untracked();
        let Some(offer) = items.get(at) else { return };
        let typed = input.value();
        let before: String = typed.chars().take(from).collect();
        let after: String = typed.chars().skip(to).collect();
        let space = if offer.text == "(" || after.starts_with(' ') { "" } else { " " };
        let start = format!("{before}{}{space}", offer.text);
        input.set_value(&format!("{start}{after}"));
        let cursor = start.encode_utf16().count() as u32;
        // where the cursor can't be set it is at the end, which is where it belongs most often
        drop(input.set_selection_range(cursor, cursor));
        self.offer();
    }

    /// Filters by what is typed, or says what is wrong with it.
    fn apply(self) {
        let Some(input) = self.input.get_untracked() else { return };
        let typed = input.value();
        let read =
            self.of.columns.with_untracked(|columns| Filter::parse(&typed, columns, number).err());
        if let Some(error) = read {
            self.wrong.set(Some((typed, error)));
            return;
        }
        self.wrong.set(None);
        let filter = typed.trim();
        if self.of.applied.with_untracked(|(applied, _)| applied != filter) {
            self.of.on_apply.run(filter.to_owned());
        }
    }
}
