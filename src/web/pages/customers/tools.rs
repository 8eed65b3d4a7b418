//! Filter, search, draw, order, columns, and explaining all.

use leptos::prelude::*;

use super::columns::choice;
use super::table::{Placed, Table};
use super::{Customers, address};
use crate::charts::format;
use crate::compute::Failure;
use crate::customers::Order;
use crate::data::Role;
use crate::web::app::use_lab;
use crate::web::components::choice::Choice;
use crate::web::components::download;
use crate::web::components::filter_box::{Filtered, filter_box};
use crate::web::components::number_box::{Allowed, NumberBox};
use crate::web::components::segmented::Segmented;
use crate::web::state::Task;
use crate::web::text::customers as text;

/// Filter, search, draw, seed, and explaining all.
pub fn tools(table: Table) -> AnyView {
    let Table { page, columns, placed, .. } = table;
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
    let all = move || {
        let of = page.portfolio.get_untracked();
        lab.show(Task::Customers, lab.explain_customers(of, (0..n_rows).collect()));
    };
    let save = move |_| {
        // those on screen
        let Some(Ok(Placed { places, .. })) = placed.get_untracked() else { return };
        lab.show(Task::Customers, async move {
            let of = page.portfolio.get_untracked();
            let text = lab.customers_csv(of, places.to_vec()).await?;
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
            {weight_order(table)}
        </div>
        {move || group(page)}
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
            {choice(table)}
            <button disabled=move || busy() || table.total().is_none() title=text::CSV_WHY data-testid="customers-csv" on:click=save>{text::CSV}</button>
            <span class="sub" data-testid="selected" data-value=move || table.total().map(|total| total.to_string())>
                {move || {
                    let total = table.total().map_or_else(|| "…".to_owned(), count);
                    format!("{total} {} {} {}", text::OF, count(n_rows), text::SELECTED)
                }}
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

/// The feature whose weights decide the order, and which end is first.
fn weight_order(table: Table) -> AnyView {
    let Table { page, asked, .. } = table;
    let query = page.query;
    let by = Memo::new(move |_| match asked.with(|asked| asked.order.clone()) {
        Some(Order::Weight { feature, descending }) => Some((feature, descending)),
        Some(Order::Column(_)) | None => None,
    });
    let set = move |order: Option<Order>| {
        query.set(&[(address::SORT, order.map(|order| order.text()))]);
    };
    let choose = move |feature: String| {
        let descending = by.get_untracked().is_none_or(|(_, descending)| descending);
        set((!feature.is_empty()).then_some(Order::Weight { feature, descending }));
    };
    let features = move || {
        let none = (String::new(), text::NO_WEIGHT.to_owned());
        let features = page.portfolio.with(|of| of.features.clone());
        let features = features.iter().map(|name| (name.clone(), name.clone()));
        let options = std::iter::once(none).chain(features).collect::<Vec<_>>();
        let value = by.get().map(|(feature, _)| feature).unwrap_or_default();
        view! { <Choice label=text::SORT_BY_WEIGHT options value testid="weight-order" on_change=choose /> }
    };
    let [stays, leaves] = page.classes.with_value(|classes| classes.towards());
    let (first, options) = (leaves.clone(), vec![leaves, stays]);
    let ends = move || {
        let (feature, descending) = by.get()?;
        let value = options.get(usize::from(!descending)).cloned().unwrap_or_default();
        let first = first.clone();
        let turn = move |end: String| {
            let feature = feature.clone();
            set(Some(Order::Weight { feature, descending: end == first }));
        };
        Some(view! {
            <div class="field">
                <span aria-hidden="true">{text::FIRST_END}</span>
                <Segmented label=text::FIRST_END options=options.clone() value=Signal::stored(value) on_change=turn />
            </div>
        })
    };
    view! {
        <div class="field">
            <span aria-hidden="true">{text::SORT_BY_WEIGHT}</span>
            {features}
        </div>
        {ends}
    }
    .into_any()
}

/// The group by reasons that is looked at; a click leaves it.
fn group(page: Customers) -> Option<AnyView> {
    let query = page.query;
    let of = address::group(query)?;
    let words = text::group_of(of.group as usize, of.groups);
    let label = format!("{} {words}", text::LEAVE);
    let leave = move |_| query.set(&[(address::GROUP, None)]);
    Some(
        view! {
            <p class="chips">
                <button class="chip" data-testid="group-chip" aria-label=label on:click=leave>{words} " " <span aria-hidden="true">"✕"</span></button>
            </p>
        }
        .into_any(),
    )
}
