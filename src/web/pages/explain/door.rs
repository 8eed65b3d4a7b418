//! The way to what an explanation is worth, whose code comes when a person asks.

use leptos::prelude::*;

use crate::web::app::{use_lab, use_lab_query};
use crate::web::text::{frame, trust as text};
use crate::web::trust::{TrustPart, Trusted};

/// A button, and once it is pressed, or the address asks, the card.
#[component]
pub fn TrustDoor(
    /// Where the code is cut.
    part: TrustPart,
    /// What is explained.
    of: Trusted,
) -> impl IntoView {
    let (lab, query) = (use_lab(), use_lab_query());
    let is_open = Memo::new(move |_| query.get("trust").is_some());
    // `None` while it is on its way or was never asked for
    let loaded = RwSignal::new(None::<bool>);
    let fetch = move || {
        loaded.set(None);
        lab.background(async move {
            // the page may have been left meanwhile
            loaded.try_set(Some((part.load)().await.is_ok()));
        });
    };
    Effect::new(move |_| {
        if is_open.get() && loaded.get_untracked() != Some(true) {
            fetch();
        }
    });
    let open = move |_| query.set(&[("trust", Some("stability".to_owned()))]);
    move || match (is_open.get(), loaded.get()) {
        (false, _) => view! {
            <section class="card trust-ask">
                <button on:click=open>{text::TITLE}</button>
                <span class="sub">{text::ASK}</span>
            </section>
        }
        .into_any(),
        (true, Some(true)) => (part.enter)(of).and_then(Result::ok).unwrap_or_else(waiting),
        (true, Some(false)) => view! {
            <div class="failure" role="alert">
                <p>{text::LOST}</p>
                <button on:click=move |_| fetch()>{text::AGAIN}</button>
            </div>
        }
        .into_any(),
        (true, None) => waiting(),
    }
}

fn waiting() -> AnyView {
    view! { <p class="empty" role="status">{frame::WORKING}</p> }.into_any()
}
