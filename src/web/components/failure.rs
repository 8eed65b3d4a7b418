//! What went wrong, said where it belongs.

use leptos::prelude::*;

use crate::compute::Failure;
use crate::web::text::frame as text;

/// A failure with its message; with `on_dismiss` it can be put away.
#[component]
pub fn FailureBox(
    /// What went wrong.
    failure: Failure,
    /// Puts it away. Default: it stays.
    #[prop(optional, into)]
    on_dismiss: Option<Callback<()>>,
) -> impl IntoView {
    view! {
        <div class="failure" role="alert" data-code=failure.code>
            <p>{sentence(&failure)}</p>
            {on_dismiss.map(|on_dismiss| view! {
                <button on:click=move |_| on_dismiss.run(())>{text::DISMISS}</button>
            })}
        </div>
    }
}

/// The message as a sentence; a field's name it begins with stays as it is.
fn sentence(failure: &Failure) -> String {
    let Failure { message, field, .. } = failure;
    if field.as_ref().is_some_and(|field| message.starts_with(field.as_str())) {
        return message.clone();
    }
    let mut letters = message.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}
