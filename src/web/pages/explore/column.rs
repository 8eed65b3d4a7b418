//! One column closely.

use leptos::prelude::*;

use super::Explored;
use super::address::written;
use super::brush::Picture;
use super::picture::cards;
use super::question;
use super::specs;
use crate::charts::format;
use crate::data::ColumnKind;
use crate::data::profile::ClassCounts;
use crate::exploration::{Answer, ColumnFigures, Figures, Groups, Picked};
use crate::web::components::date_box::DateBox;
use crate::web::components::number_box::{Allowed, NumberBox};
use crate::web::query::{PICK, Query};
use crate::web::text::classes::Classes;
use crate::web::text::explore as text;
use crate::web::text::names::readable;

/// The column's pictures and what they are made by.
pub fn column(page: Explored) -> AnyView {
    let is_number = Memo::new(move |_| {
        page.dataset.with_value(|dataset| {
            question::column(page.query, dataset).is_some_and(|c| c.kind == ColumnKind::Numeric)
        })
    });
    let by = Memo::new(move |_| page.dataset.with_value(|of| question::by(page.query, of)));
    let pictures = Memo::new(move |_| {
        page.answer.with(|answer| match answer.as_deref().map(|a| (a, &a.figures)) {
            Some((answer, Figures::Column(figures))) => {
                page.with_classes(|classes| pictures(figures, answer.selected, classes))
            }
            _ => Vec::new(),
        })
    });
    let names = page.dataset.with_value(|dataset| {
        question::described(dataset).map(|column| column.name.clone()).collect::<Vec<_>>()
    });
    let chosen = Signal::derive(move || {
        let column = page.dataset.with_value(|dataset| {
            question::column(page.query, dataset).map(|column| column.name.clone())
        });
        column.unwrap_or_default()
    });
    let by_options = page.dataset.with_value(|dataset| {
        let names = question::with_levels(dataset).map(|column| column.name.clone());
        std::iter::once(String::new()).chain(names).collect::<Vec<_>>()
    });
    let no_by = page.with_classes(|classes| classes.map(Classes::both));
    let no_by = no_by.unwrap_or_else(|| text::NO_CLASS.to_owned());
    let by_chosen = Signal::derive(move || by.get().unwrap_or_default());
    view! {
        <div class="choices">
            {choice(text::COLUMN, "column", page.query, names, chosen, "")}
            <div class="choices" hidden=move || !is_number.get()>
                {bins_box(page.query)}
                {range_box(page, chosen, End::From)}
                {range_box(page, chosen, End::To)}
                {choice(text::BOXES_BY, "by", page.query, by_options, by_chosen, &no_by)}
            </div>
        </div>
        <div data-testid="chosen">{cards(page, pictures)}</div>
    }
    .into_any()
}

fn pictures(
    figures: &ColumnFigures,
    selected: ClassCounts,
    classes: Option<&Classes>,
) -> Vec<Picture> {
    let mut pictures = vec![specs::by_class(&figures.distribution, classes)];
    if let Some(classes) = classes {
        pictures.push(specs::rates(&figures.distribution, selected, classes));
    }
    if !figures.cumulative.is_empty() {
        pictures.push(specs::cumulative(figures, classes));
        pictures.push(specs::boxes_of(figures, classes));
    }
    pictures
}

/// A choice among columns that stands in the address; the empty name is said as `none`.
pub fn choice(
    label: &'static str,
    key: &'static str,
    query: Query,
    names: Vec<String>,
    chosen: Signal<String>,
    none: &str,
) -> AnyView {
    let options = names.into_iter().map(|name| {
        let this = name.clone();
        let shown = if name.is_empty() { none.to_owned() } else { readable(&name) };
        view! {
            <option value=name.clone() prop:selected=move || chosen.with(|chosen| *chosen == this)>{shown}</option>
        }
        .into_any()
    });
    let choose = move |event| {
        let name = event_target_value(&event);
        query.set(&[(key, Some(name).filter(|name| !name.is_empty()))]);
    };
    view! {
        <label class="field">
            {label}
            <select data-testid=key on:change=choose>{options.collect::<Vec<_>>()}</select>
        </label>
    }
    .into_any()
}

/// How many bins there are.
pub fn bins_box(query: Query) -> AnyView {
    let value = Signal::derive(move || f64::from(question::bins(query)));
    let allowed: Allowed = (question::is_bins, text::BINS_ALLOWED);
    let on_change = move |bins: f64| query.replace(&[("bins", Some(bins.to_string()))]);
    view! {
        <div class="field">
            <span aria-hidden="true">{text::BINS}</span>
            <NumberBox label=text::BINS value allowed=allowed on_change />
        </div>
    }
    .into_any()
}

/// An end of the picked range.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    From,
    To,
}

/// An end of what is picked of the column, as a number: what a drag does, by keys. The number typed
/// belongs to the range, and the other end stays where it is.
fn range_box(page: Explored, column: Signal<String>, end: End) -> AnyView {
    let range = Memo::new(move |_| {
        let picked = page
            .selected
            .with(|selected| column.with(|column| selected.selection.pick(column).cloned()));
        match picked {
            Some(Picked::Range { from, to, closed }) => (from, to, closed),
            _ => page.answer.with(|answer| whole(answer.as_deref())),
        }
    });
    let are_dates = Memo::new(move |_| {
        page.dataset.with_value(|of| column.with(|column| question::is_date(of, column)))
    });
    let value = Signal::derive(move || match end {
        End::From => range.get().0,
        End::To => range.get().1,
    });
    let refuses = move |number: f64| {
        let (from, to, closed) = range.get_untracked();
        let (words, other) = match end {
            End::From if number > to => (text::AT_MOST, to),
            End::From if number == to && !closed => (text::UNDER, to),
            End::To if number < from => (text::AT_LEAST, from),
            _ => return None,
        };
        let other = match are_dates.get_untracked() {
            true => format::date(other),
            false => format::bounds(&[other]).join(""),
        };
        Some(format!("{words} {other}"))
    };
    let on_change = move |number: f64| {
        let (from, to, closed) = range.get_untracked();
        let picked = match end {
            End::From => Picked::Range { from: number, to, closed },
            End::To => Picked::Range { from, to: number, closed: true },
        };
        let column = column.get_untracked();
        let key = format!("{PICK}{column}");
        let change = [(key.as_str(), Some(written(&picked)))];
        let begun = page.selected.with_untracked(|s| s.selection.pick(&column).is_some());
        // the first figure is a step of the history, those that follow it are none
        if begun { page.query.replace(&change) } else { page.query.set(&change) }
    };
    let label = if end == End::From { text::PICKED_FROM } else { text::PICKED_TO };
    view! {
        <div class="field">
            <span aria-hidden="true">{label}</span>
            {move || match are_dates.get() {
                true => view! { <DateBox label value refuses on_change /> }.into_any(),
                false => view! { <NumberBox label value refuses settled=true on_change /> }.into_any(),
            }}
        </div>
    }
    .into_any()
}

/// Where nothing is picked, the range of the whole column, its end included.
fn whole(answer: Option<&Answer>) -> (f64, f64, bool) {
    let edges = match answer.map(|answer| &answer.figures) {
        Some(Figures::Column(figures)) => match &figures.distribution.groups {
            Groups::Bins(bins) => bins.edges.as_slice(),
            Groups::Levels(_) => &[],
        },
        _ => &[],
    };
    (edges.first().copied().unwrap_or(0.0), edges.last().copied().unwrap_or(0.0), true)
}
