//! A titled surface.

use leptos::prelude::*;

/// A section with a heading; what belongs beside the heading goes into `aside`.
#[component]
pub fn Card(
    /// The heading.
    #[prop(into)]
    title: Signal<String>,
    /// One line under the heading. Default none.
    #[prop(optional, into)]
    sub: Option<Signal<String>>,
    /// Legend or buttons beside the heading. Default none.
    #[prop(optional, into)]
    aside: Option<ViewFn>,
    /// The content.
    children: Children,
) -> impl IntoView {
    view! {
        <section class="card">
            <div class="card-head">
                <div>
                    <h2>{title}</h2>
                    {sub.map(|sub| view! { <p class="sub">{sub}</p> })}
                </div>
                {aside.map(|aside| view! { <div class="card-aside">{aside.run()}</div> })}
            </div>
            {children()}
        </section>
    }
}

/// The head of a page: its question, one line below, and its actions.
#[component]
pub fn PageHead(
    /// The page's h1.
    #[prop(into)]
    title: Signal<String>,
    /// One line below.
    #[prop(optional, into)]
    sub: Option<Signal<String>>,
    /// Buttons at the right. Default none.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="page-head">
            <div>
                <h1 tabindex="-1">{title}</h1>
                {sub.map(|sub| view! { <p class="sub">{sub}</p> })}
            </div>
            {children.map(|children| view! { <div class="page-actions">{children()}</div> })}
        </div>
    }
}
