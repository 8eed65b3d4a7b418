//! The data page.

use leptos::prelude::*;

use crate::web::components::card::PageHead;

/// The page.
#[component]
pub fn DataPage() -> impl IntoView {
    view! { <PageHead title="Data" /> }
}
