//! A grid at work: how far it is, what runs, what failed; pause, resume and cancel.

use leptos::prelude::*;

use crate::charts::format;
use crate::compute::Progress;
use crate::models::{ModelParams, Setting};
use crate::web::app::use_lab;
use crate::web::clock;
use crate::web::state::{GridState, RunningTry};
use crate::web::text::{frame, train as text};

/// Nothing without a grid.
#[component]
pub fn GridProgress() -> impl IntoView {
    let lab = use_lab();
    let grid = lab.state.grid;
    let any = Memo::new(move |_| grid.with(Option::is_some));
    let of = move |read: fn(&GridState) -> u32| {
        Memo::new(move |_| grid.with(|grid| grid.as_ref().map_or(0, read)))
    };
    let (ended, total) = (of(|grid| grid.queue.n_ended()), of(|grid| grid.queue.n_total()));
    let words = move || grid.with(|grid| grid.as_ref().map(in_words)).unwrap_or_default();
    let running = move || {
        let rows = grid.with(|grid| grid.as_ref().map(running).unwrap_or_default());
        rows.into_iter().map(|row| view! { <li>{row}</li> }.into_any()).collect::<Vec<_>>()
    };
    let failed = move || {
        let failed = grid.with(|grid| {
            let failed = grid.as_ref().map(|grid| grid.queue.failed().to_vec()).unwrap_or_default();
            failed
                .into_iter()
                .map(|of| format!("{}: {}", settings(&of.params), of.message))
                .collect::<Vec<_>>()
        });
        failed
            .into_iter()
            .map(|row| view! { <li class="wrong">{row}</li> }.into_any())
            .collect::<Vec<_>>()
    };
    let is = move |read: fn(&GridState) -> bool| {
        Memo::new(move |_| grid.with(|grid| grid.as_ref().is_some_and(read)))
    };
    let (done, paused) = (is(|grid| grid.queue.is_done()), is(|grid| grid.queue.is_paused()));
    let buttons = move || {
        match (done.get(), paused.get()) {
        (true, _) => view! { <button type="button" on:click=move |_| lab.cancel_grid()>{text::DISMISS}</button> }.into_any(),
        (false, true) => view! {
            <button type="button" class="go" on:click=move |_| lab.resume_grid()>{text::RESUME}</button>
            <button type="button" on:click=move |_| lab.cancel_grid()>{frame::CANCEL}</button>
        }
        .into_any(),
        (false, false) => view! {
            <button type="button" on:click=move |_| lab.pause_grid()>{text::PAUSE}</button>
            <button type="button" on:click=move |_| lab.cancel_grid()>{frame::CANCEL}</button>
        }
        .into_any(),
    }
    };
    move || {
        any.get().then(|| {
            view! {
                <div class="card grid-at-work" data-testid="grid" data-ended=ended data-total=total>
                    <p role="status">{words}</p>
                    <progress max=total value=ended aria-label=text::GRID></progress>
                    <ul class="plain-list">{running}</ul>
                    <ul class="plain-list">{failed}</ul>
                    <div class="beside">{buttons}</div>
                </div>
            }
        })
    }
}

/// "4 of 10 runs, about 3 s left"; "10 runs, done"; "4 of 10 runs, paused".
fn in_words(grid: &GridState) -> String {
    let queue = &grid.queue;
    let (ended, total) = (queue.n_ended(), queue.n_total());
    let count = |n: u32| format::count(u64::from(n));
    if queue.is_done() {
        return format!("{} {}", count(total), text::RUNS_DONE);
    }
    let counted = format!("{} {} {} {}", count(ended), frame::OF, count(total), text::RUNS_SMALL);
    if queue.is_paused() {
        let state = if grid.running.is_empty() { text::PAUSED } else { text::PAUSING };
        return format!("{counted}, {state}");
    }
    let since = ended.saturating_sub(grid.done_before);
    if since == 0 {
        return counted;
    }
    let each_ms = (clock::now_ms() - grid.since_ms) / f64::from(since);
    let seconds = each_ms * f64::from(total - ended) / 1_000.0;
    format!("{counted}, {} {seconds:.0} {}", text::ABOUT, frame::SECONDS_LEFT)
}

/// "Run 7: 3 of 5 folds", one a worker.
fn running(grid: &GridState) -> Vec<String> {
    let rows = grid.running.iter().zip(grid.queue.running());
    rows.map(|(RunningTry { run_number, progress, .. }, params)| {
        let mut row = format!("{} {run_number}: {}", text::RUN, settings(params));
        if let Some(Progress { done, total, unit, .. }) = progress {
            row.push_str(&match total {
                0 => format!(", {} {unit}", format::count(u64::from(*done))),
                total => format!(", {done} {} {total} {unit}", frame::OF),
            });
        }
        row
    })
    .collect()
}

/// "C 1, kernel linear": what a person would set first, and what was set otherwise than it comes.
pub fn settings(params: &ModelParams) -> String {
    let shown = params.telling_settings().into_iter();
    shown.map(|Setting { name, value }| format!("{name} {value}")).collect::<Vec<_>>().join(", ")
}
