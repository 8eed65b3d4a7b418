//! The serve page.

use leptos::prelude::*;

use crate::web::components::card::PageHead;

/// The page.
#[component]
pub fn ServePage() -> impl IntoView {
    view! { <PageHead title="Serve" /> }
}
