//! The rooms, in the order of the life cycle, each with a mark when something was done there.

use leptos::prelude::*;

use crate::web::app::{use_lab, use_lab_query};
use crate::web::query::View;
use crate::web::text::frame as text;

/// The left rail; at the bottom on a narrow screen.
#[component]
pub fn Rail() -> impl IntoView {
    let query = use_lab_query();
    view! {
        <nav class="rail" aria-label=text::ROOMS>
            {View::ALL.map(|room| view! {
                <a
                    href=move || room.href()
                    aria-current=move || (query.view() == room).then_some("page")
                >
                    <svg viewBox="0 0 16 16" aria-hidden="true"><path d=icon(room) /></svg>
                    <span>{room.label()}</span>
                    {move || is_done(room).then(|| view! {
                        <em title=text::DONE_ROOM><span aria-hidden="true">"✓"</span><span class="hidden">{text::DONE_ROOM}</span></em>
                    })}
                </a>
            })}
        </nav>
    }
}

fn is_done(room: View) -> bool {
    let state = use_lab().state;
    match room {
        View::Data | View::Explore => !state.datasets.with(Vec::is_empty),
        View::Train | View::Explain | View::Customers => !state.runs.with(Vec::is_empty),
        View::Serve => !state.endpoints.with(Vec::is_empty),
        View::Monitor => !state.events.with(Vec::is_empty),
    }
}

fn icon(room: View) -> &'static str {
    match room {
        View::Data => {
            "M2.5 4v8c0 2.2 11 2.200 11 0V4M2.500 4c0 2.200 11 2.200 11 0s-11-2.200-11 0zM2.500 8c0 2.200 11 2.200 11 0"
        }
        View::Explore => "M2 14h12M4 11V8M8 11V3M12 11V6",
        View::Train => "M2 2v12h12M4 11c4 0 4-7 9-7",
        View::Explain => "M6 13h4M6.500 11c0-2-2-2.500-2-5a3.500 3.500 0 0 1 7 0c0 2.500-2 3-2 5z",
        View::Serve => "M2 8h9M8 4.500 11.500 8 8 11.500M14 3v10",
        View::Customers => "M2 3.5h12M2 8h12M2 12.5h12M5 2v3M10 6.5v3M7 11v3",
        View::Monitor => "M1.500 8.500h3l2-5 3 9 2-4h3",
    }
}
