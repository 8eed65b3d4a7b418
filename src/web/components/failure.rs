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
            <p>{failure.message}</p>
            {on_dismiss.map(|on_dismiss| view! {
                <button on:click=move |_| on_dismiss.run(())>{text::DISMISS}</button>
            })}
        </div>
    }
}
