//! What is shown while an answer is on its way.

use leptos::prelude::*;

use super::failure::FailureBox;
use crate::compute::Failure;
use crate::web::text::frame as text;

/// Shows an answer when it is there, words before, and a failure in its place. While a newer answer
/// is on its way the older one stays.
#[component]
pub fn Loading<T, V>(
    /// The answer.
    resource: LocalResource<Result<T, Failure>>,
    /// Draws it.
    children: impl Fn(T) -> V + Send + Sync + 'static,
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
    V: IntoView + 'static,
{
    let latest = Memo::new(move |before: Option<&Option<Result<T, Failure>>>| {
        resource.get().or_else(|| before.cloned().flatten())
    });
    move || match latest.get() {
        None => view! { <p class="empty" role="status">{text::WORKING}</p> }.into_any(),
        Some(Ok(value)) => children(value).into_any(),
        Some(Err(failure)) => view! { <FailureBox failure /> }.into_any(),
    }
}
