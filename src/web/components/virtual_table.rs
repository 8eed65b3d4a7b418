//! A table of any length: only the rows in sight are there, the others are asked for as they come.

mod cells;
mod keys;

use std::collections::BTreeMap;
use std::sync::Arc;

use futures::future::LocalBoxFuture;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{ScrollIntoViewOptions, ScrollLogicalPosition};

use super::failure::FailureBox;
use super::sight::watch_height;
use crate::compute::Failure;
use crate::data::{ColumnKind, DatasetSummary, Value};
use crate::exploration::{RowsPart, Sort};
use crate::web::app::use_lab;
use crate::web::text::table as text;
use cells::row_view;
pub use cells::{Draw, value_words};

/// Height of a row, logical pixels; the style sheet says the same.
const ROW: f64 = 30.0;

/// Rows that are asked for at once.
const BLOCK: u32 = 100;

/// Blocks that are kept.
const KEPT: usize = 30;

/// The tallest element that every browser scrolls; a longer table is scrolled in larger steps.
const TALLEST: f64 = 8_000_000.0;

/// The head of a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// Its name.
    pub name: String,
    /// The place of its values in a row.
    pub column: usize,
    /// Numbers stand at the right.
    pub is_number: bool,
    /// Its numbers are dates.
    pub is_date: bool,
}

/// A row as it is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct TableRow {
    /// Its data row in the file, from 1.
    pub row: u32,
    /// Its kept row number, from 0.
    pub place: u32,
    /// One value a column.
    pub values: Vec<Value>,
}

impl TableRow {
    /// The rows of an answer.
    #[must_use]
    pub fn all(part: &RowsPart) -> Vec<Self> {
        let rows = part.source_rows.iter().zip(&part.places).zip(&part.rows);
        rows.map(|((&row, &place), values)| Self { row, place, values: values.clone() }).collect()
    }
}

impl Head {
    /// The heads of the columns of a data set.
    #[must_use]
    pub fn all(dataset: &DatasetSummary) -> Arc<Vec<Self>> {
        let heads = dataset.columns.iter().enumerate().map(|(at, column)| Self {
            name: column.name.clone(),
            column: at,
            is_number: column.kind == ColumnKind::Numeric,
            is_date: column.is_date,
        });
        Arc::new(heads.collect())
    }
}

/// What a click on the head of `column` makes of the order: ascending, descending, then none.
#[must_use]
pub fn next_sort(before: Option<Sort>, column: String) -> Option<Sort> {
    match before {
        Some(before) if before.column == column && before.descending => None,
        Some(before) if before.column == column => Some(Sort { column, descending: true }),
        _ => Some(Sort { column, descending: false }),
    }
}

/// Gives rows from one on, at most so many.
pub type Fetch = Box<dyn Fn(u32, u32) -> LocalBoxFuture<'static, Result<Vec<TableRow>, Failure>>>;

/// Rows that came together.
#[derive(Clone)]
struct Block {
    /// Counts up, so that a row of another block is another row.
    serial: u32,
    rows: Arc<Vec<TableRow>>,
}

/// A row in sight.
#[derive(Clone)]
struct Shown {
    /// Its place in the table, from 0.
    at: u32,
    /// What it came with; `None` while it is on its way.
    block: Option<Block>,
}

impl Shown {
    fn key(&self) -> (u32, u32) {
        (self.at, self.block.as_ref().map_or(0, |block| block.serial))
    }

    fn row(&self) -> Option<&TableRow> {
        self.block.as_ref()?.rows.get((self.at % BLOCK) as usize)
    }
}

/// What of the table is there.
#[derive(Clone, Copy)]
struct Window {
    /// First row in sight.
    first: RwSignal<u32>,
    /// Rows in sight.
    count: RwSignal<u32>,
    /// Rows that came, by block.
    blocks: RwSignal<BTreeMap<u32, Block>>,
    failure: RwSignal<Option<Failure>>,
    total: Signal<u32>,
    scroller: NodeRef<html::Div>,
    /// Height of the view, logical pixels.
    seen: RwSignal<f64>,
    /// The row that is marked, where rows can be opened.
    marked: Option<RwSignal<u32>>,
    /// The keys go to the table.
    has_focus: RwSignal<bool>,
}

/// The table.
#[component]
pub fn VirtualTable(
    /// What its rows are.
    label: &'static str,
    /// Heads of the columns.
    #[prop(into)]
    heads: Signal<Arc<Vec<Head>>>,
    /// How many rows there are.
    total: Signal<u32>,
    /// Changes when the rows are others.
    changed: Signal<()>,
    /// Gives rows.
    fetch: Fetch,
    /// By which column they are sorted.
    order: Signal<Option<Sort>>,
    /// Called with the column whose head was clicked.
    on_sort: Callback<String>,
    /// Draws cells that are more than their value; then rows can be opened: arrows go from one to the
    /// next, Enter follows the link of the one that is marked. Default: none is.
    #[prop(optional)]
    draw: Option<Draw>,
) -> impl IntoView {
    let window = Window {
        first: RwSignal::new(0),
        // asked for at once, before it is known how many fit
        count: RwSignal::new(1),
        blocks: RwSignal::new(BTreeMap::new()),
        failure: RwSignal::new(None),
        total,
        scroller: NodeRef::new(),
        seen: RwSignal::new(0.0),
        marked: draw.is_some().then(|| RwSignal::new(0)),
        has_focus: RwSignal::new(false),
    };
    watch_height(window.scroller, window.seen);
    window.follow(changed, fetch);
    let scroller = window.scroller;
    let head_cells = move || {
        let heads = heads.get();
        heads.iter().cloned().map(|head| head_cell(head, order, on_sort)).collect::<Vec<_>>()
    };
    let spacer = move || format!("{}px", window.height());
    // the rows in sight stand where the scroll bar is
    let top = move || format!("translateY({}px)", window.top());
    view! {
        {move || window.failure.get().map(|failure| view! { <FailureBox failure /> })}
        <div
            class="virtual"
            node_ref=scroller
            tabindex="0"
            role="region"
            aria-label=label
            data-testid="virtual-table"
            on:scroll=move |_| window.scrolled()
            on:keydown=move |event| window.key(&event)
            on:focus=move |_| window.has_focus.set(true)
            on:blur=move |_| window.has_focus.set(false)
        >
            <div class="virtual-spacer" style:height=spacer>
                <table
                    class="sheet"
                    aria-rowcount=move || (total.get() + 1).to_string()
                    aria-colcount=move || (heads.with(|heads| heads.len()) + 1).to_string()
                    style:transform=top
                >
                    <caption class="hidden">{label}</caption>
                    <thead><tr aria-rowindex="1"><th scope="col" class="right">{text::ROW}</th>{head_cells}</tr></thead>
                    <tbody>{move || body(window, heads.get(), draw.clone())}</tbody>
                </table>
            </div>
        </div>
        <p class="sub" role="status">{move || heads.with(|heads| window.said(heads))}</p>
    }
}

fn head_cell(head: Head, order: Signal<Option<Sort>>, on_sort: Callback<String>) -> AnyView {
    let Head { name, is_number, .. } = head;
    let this = name.clone();
    let sorted = Memo::new(move |_| {
        order.with(|order| {
            let order = order.as_ref().filter(|order| order.column == this)?;
            Some(if order.descending { ("descending", "↓") } else { ("ascending", "↑") })
        })
    });
    let clicked = name.clone();
    view! {
        <th scope="col" class:right=is_number aria-sort=move || sorted.get().map(|sorted| sorted.0)>
            <button class="sort" on:focus=into_sight on:click=move |_| on_sort.run(clicked.clone())>
                {name} <span aria-hidden="true">{move || sorted.get().map(|sorted| sorted.1)}</span>
            </button>
        </th>
    }
    .into_any()
}

/// Chromium leaves what has the focus where it is as long as a part of it can be seen.
fn into_sight(event: web_sys::FocusEvent) {
    let head = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    if let Some(head) = head {
        let options = ScrollIntoViewOptions::new();
        options.set_inline(ScrollLogicalPosition::Nearest);
        options.set_block(ScrollLogicalPosition::Nearest);
        head.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

impl Window {
    /// Height of all rows, or the tallest that can be scrolled.
    fn height(self) -> f64 {
        // one more row for the head
        ((f64::from(self.total.get()) + 1.0) * ROW).min(TALLEST)
    }

    /// How far the rows in sight are moved down.
    fn top(self) -> f64 {
        self.seen.track();
        let first = f64::from(self.first.get());
        let last = self.last_first();
        if last <= 0.0 { 0.0 } else { (first / last * self.range()).round() }
    }

    /// How far the view scrolls, logical pixels.
    fn range(self) -> f64 {
        (untrack(|| self.height()) - self.seen.get_untracked()).max(0.0)
    }

    /// The first row in sight at the end of the table.
    fn last_first(self) -> f64 {
        let fit = (self.seen.get_untracked() / ROW).floor() - 1.0;
        (f64::from(self.total.get_untracked()) - fit).max(0.0)
    }

    /// The first row follows the scroll bar.
    fn scrolled(self) {
        let Some(scroller) = self.scroller.get_untracked() else { return };
        let (at, range) = (f64::from(scroller.scroll_top()), self.range());
        let share = if range > 0.0 { (at / range).clamp(0.0, 1.0) } else { 0.0 };
        let first = (share * self.last_first()).round() as u32;
        if self.first.get_untracked() != first {
            self.first.set(first);
        }
        self.keep_marked();
    }

    /// Shows the table from a row on, and moves the scroll bar there.
    fn go(self, first: f64) {
        let Some(scroller) = self.scroller.get_untracked() else { return };
        let (last, range) = (self.last_first(), self.range());
        let first = first.clamp(0.0, last);
        self.first.set(first as u32);
        let share = if last > 0.0 { first / last } else { 0.0 };
        scroller.set_scroll_top((share * range).round() as i32);
    }

    /// Forgets rows that are others now, and asks for those in sight, one block at a time.
    fn follow(self, changed: Signal<()>, fetch: Fetch) {
        let lab = use_lab();
        let fetch = StoredValue::new_local(fetch);
        let at_work = StoredValue::new(false);
        let age = StoredValue::new(0_u32);
        let serial = StoredValue::new(0_u32);
        Effect::new(move |before: Option<()>| {
            changed.track();
            age.update_value(|age| *age = age.wrapping_add(1));
            self.blocks.set(BTreeMap::new());
            if before.is_some() {
                if let Some(marked) = self.marked {
                    marked.set(0);
                }
                self.go(0.0);
            }
        });
        Effect::new(move |_| {
            let seen = self.seen.get();
            if seen > 0.0 {
                self.count.set((seen / ROW).ceil() as u32 + 1);
                self.scrolled();
            }
        });
        Effect::new(move |_| {
            if self.lacking().is_none() || at_work.get_value() {
                return;
            }
            at_work.set_value(true);
            lab.background(async move {
                while let Some(block) = untrack(|| self.lacking()) {
                    let asked = age.try_get_value();
                    let work = fetch.try_with_value(|fetch| fetch(block * BLOCK, BLOCK));
                    let Some(work) = work else { return };
                    let came = work.await;
                    // the rows may be others by now, or the table gone
                    if age.try_get_value() != asked {
                        continue;
                    }
                    match came {
                        Ok(rows) => {
                            self.failure.try_set(None);
                            let serial = serial.try_update_value(|serial| {
                                *serial = serial.wrapping_add(1).max(1);
                                *serial
                            });
                            let Some(serial) = serial else { return };
                            let rows = Block { serial, rows: Arc::new(rows) };
                            self.blocks.try_update(|blocks| keep(blocks, block, rows));
                        }
                        Err(failure) => {
                            self.failure.try_set(Some(failure));
                            break;
                        }
                    }
                }
                at_work.try_update_value(|at_work| *at_work = false);
            });
        });
    }

    /// The first block in sight that has not come; tracked.
    fn lacking(self) -> Option<u32> {
        let first = self.first.try_get()?;
        let end = (first + self.count.try_get()?).min(self.total.try_get()?);
        let blocks = first / BLOCK..end.div_ceil(BLOCK);
        self.blocks.try_with(|there| blocks.into_iter().find(|b| !there.contains_key(b)))?
    }

    /// The rows in sight; tracked.
    fn shown(self) -> Vec<Shown> {
        let first = self.first.get();
        let end = (first + self.count.get()).min(self.total.get());
        self.blocks.with(|blocks| {
            let row = |at: u32| Shown { at, block: blocks.get(&(at / BLOCK)).cloned() };
            (first..end).map(row).collect()
        })
    }
}

/// The rows in sight; those that stay in sight are not drawn again.
fn body(window: Window, heads: Arc<Vec<Head>>, draw: Option<Draw>) -> AnyView {
    let each = move || window.shown();
    let children = move |shown: Shown| row_view(shown, window.marked, &heads, draw.as_ref());
    view! { <For each key=Shown::key children /> }.into_any()
}

/// Adds a block, and forgets the one that is furthest from it where there are too many.
fn keep(blocks: &mut BTreeMap<u32, Block>, block: u32, rows: Block) {
    blocks.insert(block, rows);
    if blocks.len() > KEPT {
        let (first, last) = (blocks.keys().next().copied(), blocks.keys().next_back().copied());
        if let (Some(first), Some(last)) = (first, last) {
            blocks.remove(if block - first > last - block { &first } else { &last });
        }
    }
}
