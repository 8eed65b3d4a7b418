//! The customers themselves, coloured by reasons.

use std::sync::Arc;

use futures::FutureExt;
use leptos::prelude::*;

use super::{Customers, address};
use crate::charts::format;
use crate::compute::Failure;
use crate::data::summary::ColumnSummary;
use crate::data::{ColumnKind, Role, Value};
use crate::exploration::Sort;
use crate::web::actions::{Lab, Portfolio};
use crate::web::app::use_lab;
use crate::web::components::card::Card;
use crate::web::components::download;
use crate::web::components::failure::FailureBox;
use crate::web::components::filter_box::{Filtered, filter_box};
use crate::web::components::loading::follow;
use crate::web::components::number_box::{Allowed, NumberBox};
use crate::web::components::probability::of_hundred;
use crate::web::components::task_bar::TaskBar;
use crate::web::components::virtual_table::{
    Draw, Head, TableRow, VirtualTable, next_sort, value_words,
};
use crate::web::state::Task;
use crate::web::text::customers as text;
use crate::web::text::explain::OF_100;

/// Steps of the colour on each side of zero.
const STEPS: f32 = 6.0;

/// What a column of the table holds.
#[derive(Clone, Copy)]
enum Holds {
    Name,
    Probability,
    /// A feature, by its place among the model's.
    Feature(usize),
    Other,
}

/// The table with its tools.
pub fn table(page: Customers) -> AnyView {
    let lab = use_lab();
    let query = page.query;
    let columns = page.dataset.with_value(|dataset| address::columns(dataset));
    let heads = Arc::new(columns.iter().map(head).collect::<Vec<_>>());
    let columns = StoredValue::new(columns);
    let n_rows = page.dataset.with_value(|dataset| dataset.kept);
    let asked = Memo::new(move |_| {
        columns.with_value(|columns| {
            (address::selection(query, columns, n_rows), address::sort(query, columns))
        })
    });
    let counted = follow(move || {
        let ((selection, _), of) = (asked.get(), page.portfolio.get_untracked());
        async move { Ok(lab.customer_rows(of, selection, (0, 0), None).await?.0) }
    });
    let total = Signal::derive(move || counted.get().and_then(Result::ok).unwrap_or(0));
    let failure = RwSignal::new(None::<Failure>);
    let fetch = move |from: u32, count: u32| {
        let ((selection, sort), of) = (asked.get_untracked(), page.portfolio.get_untracked());
        async move {
            let (_, part) = lab.customer_rows(of.clone(), selection, (from, count), sort).await?;
            explain(lab, of, part.places.clone(), failure);
            Ok(TableRow::all(&part))
        }
        .boxed_local()
    };
    // with another seed the rows are explained anew
    let changed = Signal::derive(move || {
        asked.track();
        page.portfolio.track();
    });
    let on_sort = move |column: String| {
        let after = next_sort(asked.with_untracked(|(_, sort)| sort.clone()), column).map(
            |Sort { column, descending }| if descending { format!("-{column}") } else { column },
        );
        query.set(&[(address::SORT, after)]);
    };
    let order = Signal::derive(move || asked.with(|(_, sort)| sort.clone()));
    let failures = move || {
        let counting = counted.get().and_then(Result::err);
        counting.or_else(|| failure.get()).map(|failure| view! { <FailureBox failure /> })
    };
    view! {
        <Card title=text::TABLE aside=move || legend(page)>
            {tools(page, columns, total)}
            <TaskBar task=Task::Customers />
            {failures}
            <VirtualTable
                label=text::CUSTOMERS_TABLE
                heads
                total
                changed
                fetch=Box::new(fetch)
                order
                on_sort=Callback::new(on_sort)
                draw=draw(page, columns)
            />
            <p class="note">{text::NO_COLOUR} " " {text::KEYS}</p>
        </Card>
    }
    .into_any()
}

fn explain(lab: Lab, of: Portfolio, rows: Vec<u32>, failure: RwSignal<Option<Failure>>) {
    lab.background(async move {
        let explained = lab.explain_rows(of, rows).await;
        let shown = explained.err().filter(|failure| failure.code != "cancelled");
        // nobody is told when the page has been left
        failure.try_set(shown);
    });
}

fn head(column: &ColumnSummary) -> Head {
    Head {
        name: column.name.clone(),
        is_number: column.kind == ColumnKind::Numeric,
        is_date: column.is_date,
    }
}

/// Filter, search, draw, seed, and explaining all.
fn tools(
    page: Customers,
    columns: StoredValue<Arc<Vec<ColumnSummary>>>,
    total: Signal<u32>,
) -> AnyView {
    let lab = use_lab();
    let query = page.query;
    let set = move |filter: String| {
        query.set(&[(address::WHERE, Some(filter).filter(|filter| !filter.is_empty()))]);
    };
    let filtered = Filtered {
        columns: Signal::derive(move || columns.get_value()),
        applied: Memo::new(move |_| columns.with_value(|all| address::filter(query, all))),
        on_apply: Callback::new(set),
        example: text::FILTER_EXAMPLE,
    };
    let has_identifier = columns.with_value(|all| all.iter().any(|c| c.role == Role::Identifier));
    let find = move |event: web_sys::Event| {
        let find = Some(event_target_value(&event)).filter(|find| !find.trim().is_empty());
        query.replace(&[(address::FIND, find)]);
    };
    let is_random = Memo::new(move |_| query.get(address::RANDOM).is_some());
    let draw = move |_| {
        let count = (!is_random.get_untracked()).then(|| "10".to_owned());
        query.set(&[(address::RANDOM, count)]);
    };
    let seed = Signal::derive(move || f64::from(address::lime(query).seed));
    let keep_seed = move |seed: f64| query.set(&[(address::SEED, Some(seed.to_string()))]);
    let seeds: Allowed = (address::is_seed, text::SEED_ALLOWED);
    let shows = Memo::new(move |_| query.get(address::WEIGHTS).is_some());
    let show = move |_| {
        let shown = (!shows.get_untracked()).then(|| "yes".to_owned());
        query.replace(&[(address::WEIGHTS, shown)]);
    };
    let n_rows = page.dataset.with_value(|dataset| dataset.kept);
    let explained = explained(page);
    let all =
        move || lab.show(Task::Customers, lab.explain_customers(page.portfolio.get_untracked()));
    let save = move |_| {
        lab.show(Task::Customers, async move {
            let (selection, sort) = untrack(|| {
                columns.with_value(|all| {
                    (address::selection(query, all, n_rows), address::sort(query, all))
                })
            });
            let text = lab.customers_csv(page.portfolio.get_untracked(), selection, sort).await?;
            let name = text::csv_name(&page.dataset.with_value(|dataset| dataset.name.clone()));
            let offered = download::offer(&name, "text/csv", text.as_bytes());
            offered.map_err(|_refused| Failure::new("not_saved", text::NOT_SAVED))
        });
    };
    let is_done = move || explained.get() >= n_rows;
    let busy = move || lab.state.task(Task::Customers).is_running();
    let count = |rows: u32| format::count(u64::from(rows));
    view! {
        <div class="selection-tools">
            {filter_box(filtered)}
            {has_identifier.then(|| view! {
                <div class="field">
                    <label for="find-customer">{text::SEARCH}</label>
                    <input
                        id="find-customer"
                        type="search"
                        prop:value=move || query.get(address::FIND).unwrap_or_default()
                        on:input=find
                    />
                </div>
            })}
            <div class="field">
                <span aria-hidden="true">{text::SEED}</span>
                <NumberBox label=text::SEED value=seed allowed=seeds settled=true on_change=keep_seed />
            </div>
        </div>
        <div class="row customers-tools">
            <button aria-pressed=move || is_random.get().to_string() on:click=draw>{text::TEN_RANDOM}</button>
            <button aria-pressed=move || shows.get().to_string() on:click=show>{text::SHOW_WEIGHTS}</button>
            <button
                class="go"
                data-testid="explain-all"
                disabled=move || busy() || is_done()
                title=move || is_done().then_some(text::ALL_EXPLAINED)
                on:click=move |_| all()
            >
                {text::EXPLAIN_ALL}
            </button>
            <button disabled=busy title=text::CSV_WHY data-testid="customers-csv" on:click=save>{text::CSV}</button>
            <span class="sub" data-testid="selected" data-value=move || total.get().to_string()>
                {move || format!("{} {} {} {}", count(total.get()), text::OF, count(n_rows), text::SELECTED)}
            </span>
            <span class="sub" data-testid="explained" data-value=move || explained.get().to_string()>
                {move || format!("{} {} {} {}", count(explained.get()), text::OF, count(n_rows), text::EXPLAINED)}
            </span>
        </div>
    }
    .into_any()
}

/// How many customers were explained by this model with this seed.
fn explained(page: Customers) -> Memo<u32> {
    let state = use_lab().state;
    Memo::new(move |_| {
        state.explained.with(|known| {
            let known = known.as_ref().filter(|known| page.portfolio.with(|of| of.is_of(known)));
            known.map_or(0, |known| known.reasons.explained())
        })
    })
}

/// What the colours mean.
fn legend(page: Customers) -> AnyView {
    let state = use_lab().state;
    let [stays, leaves] = page.classes.with_value(|classes| classes.towards());
    let largest = Memo::new(move |_| {
        state.explained.with(|known| {
            let known = known.as_ref().filter(|known| page.portfolio.with(|of| of.is_of(known)));
            known.map_or(0.0, |known| known.reasons.largest())
        })
    });
    let scale =
        move || format!("{} ±{}", text::SCALE, format::decimal(f64::from(largest.get()), 3));
    view! {
        <span class="legend">
            <span><i class="key stays" aria-hidden="true"></i>"− " {stays}</span>
            <span><i class="key leaves" aria-hidden="true"></i>"+ " {leaves}</span>
            <span class="sub">{scale}</span>
        </span>
    }
    .into_any()
}

/// Draws names as links, probabilities as bars, and features with their weights.
fn draw(page: Customers, columns: StoredValue<Arc<Vec<ColumnSummary>>>) -> Draw {
    let state = use_lab().state;
    let columns = columns.get_value();
    let is_date: Vec<bool> = columns.iter().map(|column| column.is_date).collect();
    let named = columns.iter().position(|column| column.role == Role::Identifier);
    let probability = columns.iter().position(|column| column.role != Role::Identifier);
    let holds: Vec<Holds> = page.model.with_value(|model| {
        let kind = |(at, column): (usize, &ColumnSummary)| match column.role {
            _ if Some(at) == named => Holds::Name,
            _ if Some(at) == probability => Holds::Probability,
            Role::Feature => {
                model.space.position(&column.name).map_or(Holds::Other, Holds::Feature)
            }
            _ => Holds::Other,
        };
        columns.iter().enumerate().map(kind).collect()
    });
    Arc::new(move |row: &TableRow, column: usize| {
        let value = row.values.get(column)?;
        let words = value_words(value, is_date.get(column).copied().unwrap_or(false));
        let is_number = matches!(value, Value::Number(_));
        match holds.get(column)? {
            Holds::Name => Some(name_cell(page, words)),
            Holds::Probability => match value {
                Value::Number(p) => Some(probability_cell(page, row.place, *p)),
                Value::Text(_) => None,
            },
            Holds::Feature(place) => {
                let known = state.explained.with(|known| {
                    let known =
                        known.as_ref().filter(|known| page.portfolio.with(|of| of.is_of(known)))?;
                    let weight = known.reasons.of_row(row.place)?.get(*place).copied()?;
                    Some((weight, known.reasons.largest()))
                });
                let shows = page.query.get(address::WEIGHTS).is_some();
                Some(feature_cell(words, is_number, known, shows))
            }
            Holds::Other => None,
        }
    })
}

fn name_cell(page: Customers, name: String) -> AnyView {
    let seed = page.query.get(address::SEED);
    let customer = Some(name.clone());
    let gone = [address::WHERE, address::FIND, address::RANDOM, address::SORT, "tab"];
    let mut changes: Vec<(&str, Option<String>)> = gone.iter().map(|key| (*key, None)).collect();
    changes.extend([("view", Some("explain".to_owned())), ("customer", customer), ("seed", seed)]);
    let href = page.query.with(&changes);
    view! { <td><a href=href tabindex="-1" title=text::EXPLAIN_ONE>{name}</a></td> }.into_any()
}

/// A bar and "58 of 100".
fn probability_cell(page: Customers, row: u32, p: f64) -> AnyView {
    let over = move || p >= page.threshold.get();
    // how far it reaches, in twentieths, as the style sheet has them
    let bar = format!("reach reach-{:.0}", (p * 20.0).round());
    view! {
        <td class="right probability" class:over=over data-row=row.to_string() data-value=p.to_string() title=format!("{} {}", of_hundred(p), OF_100)>
            <i class=bar aria-hidden="true"></i>
            <span>{format::score(p)}</span>
        </td>
    }
    .into_any()
}

fn feature_cell(words: String, is_number: bool, known: Option<(f32, f32)>, shows: bool) -> AnyView {
    let Some((weight, largest)) = known else {
        return view! { <td class:right=is_number title=text::NOT_EXPLAINED>{words}</td> }
            .into_any();
    };
    let share = if largest > 0.0 { weight.abs() / largest } else { 0.0 };
    let step = (share * STEPS).ceil().min(STEPS);
    let (side, sign) = match weight {
        weight if weight > 0.0 => ("leaves", "+"),
        weight if weight < 0.0 => ("stays", "−"),
        _ => ("none", "0"),
    };
    let number = format::weight(f64::from(weight));
    let class = format!("weight {side} step-{step:.0}");
    let mark = if shows { number.clone() } else { sign.to_owned() };
    view! {
        <td class=class class:right=is_number data-weight=weight.to_string() title=format!("{} {number}", text::WEIGHT)>
            {words} " " <span class="mark">{mark}</span>
        </td>
    }
    .into_any()
}
