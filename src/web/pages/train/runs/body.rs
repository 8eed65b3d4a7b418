//! The rows in sight: of a thousand runs only some are in the page, the others are as much room above
//! and below them.

use std::ops::Range;

use leptos::html;
use leptos::prelude::*;

use super::super::run_cells;
use super::group::{self, Item};
use super::head::head;
use super::row::row;
use super::{GROUP, SORT, Shown, Table, WHERE, cell};
use crate::experiments::baseline::BaselineScores;
use crate::experiments::table::score;
use crate::web::components::sight::{next_frame, watch_height};
use crate::web::text::train as text;

/// So many rows are all in the page.
const FEW: usize = 60;

/// Rows above and below those in sight that are in the page as well.
const BEYOND: usize = 16;

/// Rows come and go by so many.
const STEP: usize = 8;

/// What a row is high before one has been measured, logical pixels.
const ROW: f64 = 41.0;

/// Which rows are in the page.
#[derive(Clone, Copy)]
struct Window {
    rows: Memo<Vec<Item>>,
    scroller: NodeRef<html::Div>,
    body: NodeRef<html::Tbody>,
    /// Height of the view, logical pixels.
    seen: RwSignal<f64>,
    /// How far it is scrolled, logical pixels.
    scrolled: RwSignal<f64>,
    /// Height of a row; of cards on a narrow screen the mean of those in the page.
    row: RwSignal<f64>,
}

impl Window {
    /// Places of the rows in the page.
    fn range(self) -> Range<usize> {
        let n = self.rows.with(Vec::len);
        if n <= FEW {
            return 0..n;
        }
        let at = |pixels: f64| (pixels / self.row.get().max(1.0)) as usize;
        let (first, fit) = (at(self.scrolled.get()), at(self.seen.get()) + 1);
        let first = (first / STEP * STEP).saturating_sub(BEYOND);
        let last = (first + 2 * BEYOND + fit).div_ceil(STEP) * STEP;
        first.min(n)..last.min(n)
    }

    /// What is measured when the browser has laid the rows out.
    fn measure(self) {
        let (Some(scroller), Some(body)) =
            (self.scroller.get_untracked(), self.body.get_untracked())
        else {
            return;
        };
        let n = untrack(|| self.range()).len();
        let high = f64::from(body.offset_height()) / n.max(1) as f64;
        // a new height moves everything; less than a pixel is not worth it
        if n > 0 && (high - self.row.get_untracked()).abs() >= 1.0 {
            self.row.set(high);
        }
        self.scrolled.set(f64::from(scroller.scroll_top()));
    }
}

/// The table.
pub fn sheet(table: Table, order: Memo<Vec<usize>>) -> AnyView {
    let Table { query, cells, .. } = table;
    let folded = RwSignal::new(Vec::<String>::new());
    let rows = Memo::new(move |_| {
        let by = group::by(table);
        let order = order.get();
        cells.with(|cells| folded.with(|folded| group::items(cells, &order, by.as_deref(), folded)))
    });
    let window = Window {
        rows,
        scroller: NodeRef::new(),
        body: NodeRef::new(),
        seen: RwSignal::new(0.0),
        scrolled: RwSignal::new(0.0),
        row: RwSignal::new(ROW),
    };
    watch_height(window.scroller, window.seen);
    let range = Memo::new(move |_| window.range());
    let measure = next_frame(move || window.measure());
    Effect::new(move |_| {
        window.seen.track();
        range.track();
        measure();
    });
    // another order begins at its first row
    Effect::new(move |before: Option<()>| {
        [SORT, WHERE, GROUP].iter().for_each(|key| drop(query.get(key)));
        if before.is_some()
            && let Some(scroller) = window.scroller.get_untracked()
        {
            scroller.set_scroll_top(0);
        }
    });
    let in_page = move || {
        let range = range.get();
        let first = range.start;
        let rows = rows.with(|rows| rows.get(range).map(<[Item]>::to_vec).unwrap_or_default());
        rows.into_iter().enumerate().map(|(at, item)| (first + at, item)).collect::<Vec<_>>()
    };
    let room = move |above: bool| {
        let range = range.get();
        let n = if above { range.start } else { rows.with(Vec::len) - range.end };
        n as f64 * window.row.get()
    };
    view! {
        <div
            class="scroll runs-box"
            node_ref=window.scroller
            tabindex="0"
            role="region"
            aria-label=text::RUNS
            on:scroll=move |_| window.measure()
        >
            <table class="runs stacked" aria-rowcount=move || (rows.with(Vec::len) + 1).to_string()>
                {head(table)}
                <tbody>{baseline(table)}</tbody>
                {spacer(move || room(true))}
                <tbody node_ref=window.body>
                    <For
                        each=in_page
                        key=|(_, item)| item.clone()
                        children=move |(place, item)| match item {
                            Item::Run(number) => row(table, number, place),
                            Item::Group(group) => group::row(table, &group, folded),
                        }
                    />
                </tbody>
                {spacer(move || room(false))}
            </table>
        </div>
    }
    .into_any()
}

/// Room for the rows that are not in the page.
fn spacer(high: impl Fn() -> f64 + Send + Sync + 'static) -> impl IntoView {
    let high = Memo::new(move |_| high());
    move || {
        (high.get() > 0.0).then(|| {
            let high = format!("{}px", high.get());
            view! {
                <tbody class="spacer" aria-hidden="true"><tr><td colspan="20" style:height=high></td></tr></tbody>
            }
        })
    }
}

/// What the run on screen has to be better than.
fn baseline(Table { shown, columns, .. }: Table) -> impl IntoView {
    move || {
        let run = shown.get()?;
        let scores = BaselineScores::of(&run);
        let cells = move |pinned: bool| {
            let shown = columns.get().into_iter().filter(|shown| shown.pinned.is_some() == pinned);
            shown.map(|shown| baseline_cell(&scores, shown)).collect::<Vec<_>>()
        };
        let of = format!("{} {}", text::BASELINE_OF, run.number);
        Some(view! {
            <tr class="baseline" data-testid="baseline" title=text::BASELINE_IS>
                <th scope="row">{text::BASELINE}</th>
                {cells(true)}
                <td>{of}</td>
                {cells(false)}
            </tr>
        })
    }
}

fn baseline_cell(scores: &BaselineScores, shown: Shown) -> AnyView {
    let key = &shown.key;
    let score = match key.strip_prefix("metrics.").and_then(|metric| metric.split_once('_')) {
        Some(("test", name)) => score(&scores.test, name),
        Some(("train", name)) => score(&scores.train, name),
        _ => None,
    };
    let words = score.map(|score| run_cells::figure(key, score));
    cell(shown, words.unwrap_or_default(), None)
}
