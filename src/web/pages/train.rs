//! The train page.

use leptos::prelude::*;

use crate::web::components::card::PageHead;

/// The page.
#[component]
pub fn TrainPage() -> impl IntoView {
    view! { <PageHead title="Train" /> }
}
