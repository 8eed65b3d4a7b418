//! The explore page.

use leptos::prelude::*;

use crate::web::components::card::PageHead;

/// The page.
#[component]
pub fn ExplorePage() -> impl IntoView {
    view! { <PageHead title="Explore" /> }
}
