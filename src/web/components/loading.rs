//! Questions to the workers that follow what is on screen, and what is shown meanwhile.

use std::future::Future;

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
