//! Who leaves: every column against leaving, the one that says most first.

use leptos::prelude::*;

use crate::web::components::card::PageHead;

/// The page.
#[component]
pub fn ExplorePage() -> impl IntoView {
    view! { <PageHead title="Explore" /> }
}
