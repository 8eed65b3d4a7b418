//! Messages that belong to no form, with what can be taken back.

use leptos::prelude::*;

use crate::web::app::use_lab;
use crate::web::text::frame as text;

/// The messages, newest last, announced politely.
#[component]
pub fn Notices() -> impl IntoView {
    let lab = use_lab();
    view! {
        <div class="notices" role="status" aria-label=text::NOTICES>
            <For each=move || lab.state.notices.get() key=|notice| (notice.id, notice.undo) let:notice>
                {
                    let id = notice.id;
                    let undo = notice.undo.is_some().then(|| {
                        let notice = notice.clone();
                        view! {
                            <button on:click=move |_| lab.background(lab.undo(notice.clone()))>
                                {text::UNDO}
                            </button>
                        }
                    });
                    view! {
                        <div class="notice">
                            <p>{notice.message}</p>
                            {undo}
                            <button on:click=move |_| lab.dismiss_notice(id)>{text::DISMISS}</button>
                        </div>
                    }
                }
            </For>
        </div>
    }
}
