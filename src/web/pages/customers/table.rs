//! The customers themselves, coloured by reasons.

use std::collections::VecDeque;
use std::sync::Arc;

use futures::FutureExt;
use leptos::prelude::*;

use super::cells::draw;
use super::columns::shown_columns;
use super::tools::tools;
use super::{Customers, address};
use crate::charts::format;
use crate::compute::Failure;
use crate::customers::{Order, columns};
use crate::data::ColumnKind;
use crate::data::summary::ColumnSummary;
use crate::web::actions::{AskedCustomers, Lab, Portfolio};
use crate::web::app::use_lab;
use crate::web::components::card::Card;
use crate::web::components::failure::FailureBox;
use crate::web::components::loading::follow;
use crate::web::components::task_bar::TaskBar;
use crate::web::components::virtual_table::{Head, TableRow, VirtualTable, next_sort};
use crate::web::pages::explain::card::failed;
use crate::web::state::Task;
use crate::web::text::customers as text;

/// Rows whose reasons are waited for at most, the latest first: who scrolls on does not wait for what was
/// passed by.
const MOST_WAITING: usize = 3;

/// Rows that may be on screen: as many as the table keeps.
const MOST_FETCHED: usize = 3_000;

/// What the parts of the table work with.
#[derive(Clone, Copy)]
pub(super) struct Table {
    pub page: Customers,
    /// Every column, in the order of a row's values.
    pub columns: StoredValue<Arc<Vec<ColumnSummary>>>,
    /// What the address asks for.
    pub asked: Memo<AskedCustomers>,
    /// What came of what was asked for, last or before.
    pub placed: Memo<Option<Result<Placed, Failure>>>,
    /// Rows that were fetched last.
    pub fetched: StoredValue<VecDeque<u32>>,
}

/// Customers in an order, and what they came for.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Placed {
    pub asked: AskedCustomers,
    /// Kept row numbers.
    pub places: Arc<Vec<u32>>,
}

/// The table with its tools.
pub fn table(page: Customers) -> AnyView {
    let lab = use_lab();
    let query = page.query;
    let columns = StoredValue::new(page.dataset.with_value(|dataset| Arc::new(columns(dataset))));
    let n_rows = page.dataset.with_value(|dataset| dataset.kept);
    let asked = Memo::new(move |_| {
        let features = page.portfolio.with(|of| Arc::clone(&of.features));
        columns.with_value(|columns| address::asked(query, columns, &features, n_rows))
    });
    let again = RwSignal::new(0_u32);
    let placed = follow(move || {
        again.track();
        let (asked, of) = (asked.get(), page.portfolio.get());
        async move {
            let places = lab.customer_places(of, asked.clone()).await?;
            Ok(Placed { asked, places: Arc::new(places) })
        }
    });
    let placed = Memo::new(move |_| placed.get());
    let table = Table { page, columns, asked, placed, fetched: StoredValue::default() };
    let total = Signal::derive(move || table.total().unwrap_or(0));
    let failure = RwSignal::new(None::<Failure>);
    let reasons =
        Waiting { rows: StoredValue::default(), at_work: StoredValue::new(false), failure };
    let fetch = move |from: u32, count: u32| {
        let of = page.portfolio.get_untracked();
        let rows = table.rows(from, count);
        async move {
            let part = lab.customer_rows(of.clone(), rows).await?;
            table.fetched.update_value(|fetched| {
                fetched.extend(&part.places);
                fetched.drain(..fetched.len().saturating_sub(MOST_FETCHED));
            });
            reasons.explain(lab, of, part.places.clone());
            Ok(TableRow::all(&part))
        }
        .boxed_local()
    };
    // with another seed the rows are explained anew
    let changed = Signal::derive(move || {
        placed.track();
        page.portfolio.track();
    });
    let on_sort = move |column: String| {
        let before = match asked.with_untracked(|asked| asked.order.clone()) {
            Some(Order::Column(sort)) => Some(sort),
            Some(Order::Weight { .. }) | None => None,
        };
        let after = next_sort(before, column).map(|sort| Order::Column(sort).text());
        query.set(&[(address::SORT, after)]);
    };
    let order = Signal::derive(move || match table.order() {
        Some(Order::Column(sort)) => Some(sort),
        Some(Order::Weight { .. }) | None => None,
    });
    let heads = Memo::new(move |_| {
        let shown = shown_columns(query, &columns.get_value());
        Arc::new(shown.into_iter().map(|(at, column)| head(at, &column)).collect::<Vec<_>>())
    });
    let failures = move || {
        let placing = placed.get().and_then(Result::err).map(|failure| failed(failure, again));
        let reasons = failure.get().map(|failure| view! { <FailureBox failure /> });
        view! { {placing} {reasons} }
    };
    view! {
        <Card title=text::TABLE aside=move || legend(page)>
            {tools(table)}
            <TaskBar task=Task::Customers />
            {move || table.behind()}
            {failures}
            <VirtualTable
                label=text::CUSTOMERS_TABLE
                heads
                total
                changed
                fetch=Box::new(fetch)
                order
                on_sort=Callback::new(on_sort)
                draw=draw(table)
            />
            <p class="note">{text::NO_COLOUR} " " {text::KEYS}</p>
        </Card>
    }
    .into_any()
}

impl Table {
    /// How many customers are on screen; `None` while that is not known. Tracked.
    pub fn total(self) -> Option<u32> {
        self.placed.with(|placed| Some(placed.as_ref()?.as_ref().ok()?.places.len() as u32))
    }

    /// The order of what is on screen, which may be behind the address; tracked.
    pub fn order(self) -> Option<Order> {
        self.placed.with(|placed| placed.as_ref()?.as_ref().ok()?.asked.order.clone())
    }

    /// Customers from one on, in their order.
    fn rows(self, from: u32, count: u32) -> Vec<u32> {
        self.placed.with_untracked(|placed| {
            let Some(Ok(placed)) = placed else { return Vec::new() };
            placed.places.iter().skip(from as usize).take(count as usize).copied().collect()
        })
    }

    /// Why the table still shows what was asked for before, or nothing; tracked.
    fn behind(self) -> Option<AnyView> {
        let asked = self.asked.get();
        let is_behind = self.placed.with(|placed| match placed {
            Some(Ok(placed)) => placed.asked != asked,
            Some(Err(_)) => false,
            None => true,
        });
        let explains = asked.group.is_some() || matches!(asked.order, Some(Order::Weight { .. }));
        let words = if asked.group.is_some() { text::GROUP_FIRST } else { text::SORT_FIRST };
        (is_behind && explains)
            .then(|| view! { <p class="note" role="status">{words}</p> }.into_any())
    }
}

/// Rows whose reasons are waited for.
#[derive(Clone, Copy)]
struct Waiting {
    rows: StoredValue<Vec<(Portfolio, Vec<u32>)>>,
    at_work: StoredValue<bool>,
    failure: RwSignal<Option<Failure>>,
}

impl Waiting {
    /// Explains rows as soon as those that came before are.
    fn explain(self, lab: Lab, of: Portfolio, rows: Vec<u32>) {
        self.rows.update_value(|waiting| {
            waiting.push((of, rows));
            waiting.drain(..waiting.len().saturating_sub(MOST_WAITING));
        });
        if self.at_work.get_value() {
            return;
        }
        self.at_work.set_value(true);
        lab.background(async move {
            // nothing when the page has been left
            while let Some((of, rows)) = self.rows.try_update_value(Vec::pop).flatten() {
                let explained = lab.explain_rows(of, rows).await;
                let shown = explained.err().filter(|failure| failure.code != "cancelled");
                self.failure.try_set(shown);
            }
            self.at_work.try_update_value(|at_work| *at_work = false);
        });
    }
}

fn head(at: usize, column: &ColumnSummary) -> Head {
    Head {
        name: column.name.clone(),
        column: at,
        is_number: column.kind == ColumnKind::Numeric,
        is_date: column.is_date,
    }
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
