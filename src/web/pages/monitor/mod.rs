//! The monitor page.

use leptos::prelude::*;

use crate::web::components::card::PageHead;

/// The page.
#[component]
pub fn MonitorPage() -> impl IntoView {
    view! { <PageHead title="Monitor" /> }
}
