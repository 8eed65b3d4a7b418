//! What is in the data set in use, and which others there are.

mod add;
mod columns;
mod contents;
mod format;
mod list;
mod reading;
mod sheet;
mod values;

use leptos::prelude::*;

use crate::web::app::use_lab;
use crate::web::components::card::PageHead;
use crate::web::query::View;
use crate::web::state::Phase;
use crate::web::text::{data as text, frame};
use add::{AddFile, Sample};
use contents::Contents;
use list::Datasets;

/// The page.
#[component]
pub fn DataPage() -> impl IntoView {
    let lab = use_lab();
    let dataset = Memo::new(move |_| lab.state.dataset());
    let empty = move || match lab.state.phase.get() {
        Phase::Starting => frame::STARTING,
        Phase::Ready => text::EMPTY,
    };
    let trainable =
        move || dataset.with(|dataset| dataset.as_ref().is_some_and(|d| d.target.is_some()));
    view! {
        <PageHead title=text::TITLE sub=text::SUB>
            {move || trainable().then(|| view! {
                <a class="go" href=move || View::Train.href()>{text::TRAIN}</a>
            })}
        </PageHead>
        <AddFile />
        <div class="columns data">
            <div class="stack">
                {move || match dataset.get() {
                    Some(dataset) => view! { <Contents dataset /> }.into_any(),
                    None => view! { <p class="empty">{empty}</p> }.into_any(),
                }}
            </div>
            <div class="stack">
                <Datasets />
                <Sample />
            </div>
        </div>
    }
}
