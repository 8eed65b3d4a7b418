//! The state of a kind of work: count, rate, time left and Cancel, or what went wrong.

use leptos::prelude::*;

use super::failure::FailureBox;
use crate::charts::format;
use crate::compute::Progress;
use crate::web::app::use_lab;
use crate::web::clock;
use crate::web::state::{Task, TaskState};
use crate::web::text::frame as text;

/// Shows nothing while the work is idle.
#[component]
pub fn TaskBar(
    /// The kind of work.
    task: Task,
) -> impl IntoView {
    let lab = use_lab();
    move || {
        match lab.state.task(task) {
        TaskState::Idle => None,
        TaskState::Running { since_ms, progress, .. } => Some(
            view! {
                <div class="task" role="status">
                    {progress.map_or_else(
                        || view! { <progress aria-label=text::WORKING></progress> <span>{text::WORKING}</span> }.into_any(),
                        |progress| {
                            let words = progress_words(&progress, clock::now_ms() - since_ms);
                            // without a value the bar says that the end is not known
                            let known = progress.total > 0;
                            view! {
                                <progress
                                    max=known.then_some(progress.total)
                                    value=known.then_some(progress.done)
                                    aria-label=text::WORKING
                                ></progress>
                                <span>{words}</span>
                            }
                            .into_any()
                        },
                    )}
                    <button on:click=move |_| lab.cancel(task)>{text::CANCEL}</button>
                </div>
            }
            .into_any(),
        ),
        TaskState::Failed(failure) => {
            Some(view! { <FailureBox failure on_dismiss=move |()| lab.dismiss(task) /> }.into_any())
        }
    }
    }
}

/// "250 of 1,000 calls, 410 a second, 2 s left"; "310,000 rows, 44 of 142 MB, 170 MB a second, 1 s left";
/// "3,000 iterations" where the end is not known.
fn progress_words(progress: &Progress, elapsed_ms: f64) -> String {
    let Progress { done, total, unit, rows, .. } = progress;
    let mega = |bytes: f64| bytes / 1e6;
    let count = |number: u32| format::count(u64::from(number));
    let is_file = *rows > 0;
    let counted = if is_file {
        let (done, total) = (mega(f64::from(*done)), mega(f64::from(*total)));
        format!("{} {}, {done:.0} {} {total:.0} MB", count(*rows), text::ROWS, text::OF)
    } else if *total == 0 {
        format!("{} {unit}", count(*done))
    } else {
        format!("{} {} {} {unit}", count(*done), text::OF, count(*total))
    };
    if *done == 0 || *total == 0 || elapsed_ms < 200.0 {
        return counted;
    }
    let rate = f64::from(*done) / elapsed_ms * 1_000.0;
    let left = f64::from(total.saturating_sub(*done)) / rate;
    let speed = if is_file { format!("{:.0} MB", mega(rate)) } else { format!("{rate:.0}") };
    format!("{counted}, {speed} {}, {left:.0} {}", text::A_SECOND, text::SECONDS_LEFT)
}
