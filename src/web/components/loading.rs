//! Questions to the workers that follow what is on screen, and what is shown meanwhile.

use std::future::Future;
use std::time::Duration;

use futures::future::LocalBoxFuture;
use leptos::prelude::*;

use super::failure::FailureBox;
use crate::compute::Failure;
use crate::web::app::use_lab;
use crate::web::text::frame as text;

/// The latest answer to a question; `None` before the first one. While a newer answer is on its way
/// the older one stays.
pub type Answer<T> = ReadSignal<Option<Result<T, Failure>>>;

/// Asks now, and again whenever a signal read by `question` itself changes; an answer that a newer
/// question has overtaken is dropped.
pub fn follow<T, F>(question: impl Fn() -> F + 'static) -> Answer<T>
where
    T: PartialEq + Send + Sync + 'static,
    F: Future<Output = Result<T, Failure>> + 'static,
{
    let lab = use_lab();
    let (answer, set_answer) = signal(None);
    let asked = StoredValue::new(0_u32);
    whenever(Box::new(move || {
        let work = question();
        let number = asked.get_value().wrapping_add(1);
        asked.set_value(number);
        lab.background(async move {
            let result = Some(work.await);
            // the page may have been left meanwhile, and nobody waits any more
            let awaited = asked.try_get_value() == Some(number);
            if awaited && answer.with_untracked(|before| *before != result) {
                set_answer.set(result);
            }
        });
    }));
    answer
}

/// As [`follow`], but one question at a time: what changes meanwhile is asked when the answer is there,
/// and only its latest state. So a worker that knows the data is not passed over for one that does not.
pub fn follow_in_turn<T>(
    question: impl Fn() -> LocalBoxFuture<'static, Result<T, Failure>> + 'static,
) -> Answer<T>
where
    T: PartialEq + Send + Sync + 'static,
{
    let lab = use_lab();
    let (answer, set_answer) = signal(None);
    let waiting = StoredValue::new_local(None::<LocalBoxFuture<'static, Result<T, Failure>>>);
    let at_work = StoredValue::new(false);
    whenever(Box::new(move || {
        waiting.set_value(Some(question()));
        if at_work.get_value() {
            return;
        }
        at_work.set_value(true);
        lab.background(async move {
            // nothing when the page has been left
            let next = || waiting.try_update_value(Option::take).flatten();
            while let Some(work) = next() {
                let result = Some(work.await);
                if answer.try_with_untracked(|before| *before != result) == Some(true) {
                    set_answer.set(result);
                }
            }
            at_work.try_update_value(|at_work| *at_work = false);
        });
    }));
    answer
}

/// An effect; one kind of closure, so that its machinery is compiled once.
fn whenever(work: Box<dyn Fn()>) {
    Effect::new(move |_| work());
}

/// Shows an answer when it is there, words before, and a failure in its place.
#[component]
pub fn Loading<T, V>(
    /// The answer.
    answer: Answer<T>,
    /// Draws it.
    children: impl Fn(T) -> V + Send + Sync + 'static,
) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
    V: IntoView + 'static,
{
    move || match answer.get() {
        None => view! { <p class="empty" role="status">{text::WORKING}</p> }.into_any(),
        Some(Ok(value)) => children(value).into_any(),
        Some(Err(failure)) => view! { <FailureBox failure /> }.into_any(),
    }
}

/// Draws what stands further down a frame later than what stands above, so that neither waits long.
#[component]
pub fn Later(
    /// What stands further down.
    children: ChildrenFn,
) -> impl IntoView {
    let due = RwSignal::new(false);
    // a frame's callbacks come before its layout, a timer set in one of them comes after
    let draw = move || {
        due.try_set(true);
    };
    request_animation_frame(move || set_timeout(draw, Duration::ZERO));
    move || due.get().then(|| children())
}
