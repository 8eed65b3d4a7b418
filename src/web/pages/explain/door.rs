//! The way to a card whose code comes when a person asks.

use leptos::prelude::*;

use crate::web::app::{use_lab, use_lab_query};
use crate::web::explaining::{CardPart, Explaining};
use crate::web::text::{frame, trust as text};

/// What stands at a door.
#[derive(Clone, Copy)]
pub struct Sign {
    /// The key of the address that is there while the card is open.
    pub key: &'static str,
    /// Its value when the button is pressed.
    pub first: &'static str,
    /// The card's title, on the button.
    pub title: &'static str,
    /// What is behind it.
    pub ask: &'static str,
}

/// A button, and once it is pressed, or the address asks, the card.
#[component]
pub fn Door(
    /// What stands at it.
    sign: Sign,
    /// Where the code is cut.
    part: CardPart,
    /// What is explained.
    of: Explaining,
) -> impl IntoView {
    let (lab, query) = (use_lab(), use_lab_query());
    let is_open = Memo::new(move |_| query.get(sign.key).is_some());
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
    let open = move |_| query.set(&[(sign.key, Some(sign.first.to_owned()))]);
    move || match (is_open.get(), loaded.get()) {
        (false, _) => view! {
            <section class="card door">
                <button on:click=open>{sign.title}</button>
                <span class="sub">{sign.ask}</span>
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
