//! The rooms of the page, whose code may come later than the page.

use std::time::Duration;

use futures::future::LocalBoxFuture;
use leptos::prelude::*;

use super::api::Programs;
use super::app::{use_lab, use_lab_query};
use super::query::View;
use super::state::Phase;
use super::text::frame as text;

/// The code of a room could not be loaded; asking again may help.
pub type RoomError = wasm_split_helpers::SplitLoaderError;

/// How the page comes into its rooms.
#[derive(Clone, Copy)]
pub struct Rooms {
    /// The room whose code comes with the page.
    pub first: View,
    /// Rooms whose code comes when they are entered; that of the others is fetched after the start.
    pub heavy: [View; 3],
    /// Loads the code of a room.
    pub load: fn(View) -> LocalBoxFuture<'static, Result<(), RoomError>>,
    /// The room, once its code is there; `None` before.
    pub enter: fn(View) -> Option<Result<AnyView, RoomError>>,
    /// Answers programs; their code comes when the first of them asks.
    pub programs: Programs,
}

/// How long after the start the code of the other rooms is fetched: the first customer is explained
/// then.
const AFTER_START: Duration = Duration::from_millis(500);

/// What is known of a room's code.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Code {
    Away,
    Coming,
    Here,
    Lost,
}

/// The room that the address names: words while its code is on its way, and what to do if it does
/// not come. When the lab has started, the code of the light rooms is fetched, so that nobody waits
/// for them later, or needs a network then.
#[component]
pub fn Room(
    /// How the page comes into its rooms.
    rooms: Rooms,
    /// Called in a room, with whether it is the first one.
    on_entered: impl Fn(View, bool) + 'static,
) -> impl IntoView {
    let lab = use_lab();
    let query = use_lab_query();
    let codes = RwSignal::new(
        View::ALL.map(|view| if view == rooms.first { Code::Here } else { Code::Away }),
    );
    let know = move |view: View, code: Code| codes.update(|codes| codes[view as usize] = code);
    let fetch = move |view: View| {
        if matches!(codes.get_untracked()[view as usize], Code::Away | Code::Lost) {
            know(view, Code::Coming);
            lab.background(async move {
                let loaded = (rooms.load)(view).await;
                know(view, if loaded.is_ok() { Code::Here } else { Code::Lost });
            });
        }
    };
    let view = Memo::new(move |_| query.view());
    let code = Memo::new(move |_| codes.get()[view.get() as usize]);
    Effect::new(move |_| fetch(view.get()));
    Effect::new(move |_| {
        if lab.state.phase.get() == Phase::Ready {
            let rest = move || {
                // none when the page has gone
                let codes = codes
                    .try_get_untracked()
                    .into_iter()
                    .flat_map(|codes| View::ALL.into_iter().zip(codes));
                // what was lost meanwhile is for the person in that room to ask for again
                let away = codes.filter(|(_, code)| *code == Code::Away);
                away.filter(|(view, _)| !rooms.heavy.contains(view)).for_each(|(v, _)| fetch(v));
            };
            set_timeout(rest, AFTER_START);
        }
    });
    Effect::new(move |before: Option<Option<View>>| {
        let now = (code.get() == Code::Here).then(|| view.get());
        let before = before.flatten();
        if let Some(view) = now.filter(|_| now != before) {
            on_entered(view, before.is_none());
        }
        now.or(before)
    });
    move || {
        let view = view.get();
        match code.get() {
            Code::Here => (rooms.enter)(view).and_then(Result::ok).unwrap_or_else(waiting),
            Code::Lost => view! {
                <div class="failure" role="alert">
                    <p>{text::ROOM_LOST}</p>
                    <button on:click=move |_| fetch(view)>{text::AGAIN}</button>
                </div>
            }
            .into_any(),
            Code::Away | Code::Coming => waiting(),
        }
    }
}

fn waiting() -> AnyView {
    view! { <p class="empty" role="status">{text::WORKING}</p> }.into_any()
}
