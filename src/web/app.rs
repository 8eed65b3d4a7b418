//! The frame around every page.

use leptos::prelude::*;
use leptos_router::components::Router;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

use super::actions::Lab;
use super::api;
use super::components::guide::{Guide, GuideSide};
use super::components::notices::Notices;
use super::components::rail::Rail;
use super::components::task_bar::TaskBar;
use super::components::top_bar::TopBar;
use super::query::{Query, View};
use super::rooms::{Room, Rooms};
use super::state::Task;
use super::text::frame as text;

/// The whole page.
#[component]
pub fn App(
    /// How it comes into its rooms.
    rooms: Rooms,
) -> impl IntoView {
    let lab = Lab::new();
    provide_context(lab);
    provide_context(Dark(watch_dark()));
    api::install(lab, rooms.programs);
    view! {
        <Router>
            <Frame rooms />
        </Router>
    }
}

/// The lab's actions and state, from anywhere in the page.
#[must_use]
pub fn use_lab() -> Lab {
    // the context is given once, at the root; without it there is no page at all
    use_context::<Lab>().unwrap_or_default()
}

/// The address's query, from anywhere in the page.
#[must_use]
pub fn use_lab_query() -> Query {
    use_context::<Query>().unwrap_or_else(Query::of_page)
}

/// Whether the page is dark now; charts draw by it.
#[must_use]
pub fn use_dark() -> RwSignal<bool> {
    use_context::<Dark>().map_or_else(|| RwSignal::new(false), |dark| dark.0)
}

#[derive(Clone, Copy)]
struct Dark(RwSignal<bool>);

/// The style sheet decides between choice and system; its `color-scheme` says what it decided.
pub(super) fn is_dark() -> bool {
    let style =
        document().document_element().and_then(|root| window().get_computed_style(&root).ok());
    let scheme = style.flatten().and_then(|style| style.get_property_value("color-scheme").ok());
    scheme.is_some_and(|scheme| scheme.trim() == "dark")
}

fn watch_dark() -> RwSignal<bool> {
    let dark = RwSignal::new(is_dark());
    if let Ok(Some(media)) = window().match_media("(prefers-color-scheme: dark)") {
        let changed = Closure::<dyn Fn()>::new(move || dark.set(is_dark()));
        media.set_onchange(Some(changed.as_ref().unchecked_ref()));
        // it listens as long as the page lives
        changed.forget();
    }
    dark
}

#[component]
fn Frame(rooms: Rooms) -> impl IntoView {
    let lab = use_lab();
    let query = Query::of_page();
    provide_context(query);
    provide_context(GuideSide::of_page());
    let data = untrack(|| query.get("data"));
    lab.show(Task::Read, lab.start(data));
    let main = NodeRef::<leptos::html::Main>::new();
    let on_entered = move |view: View, is_first: bool| {
        document().set_title(&format!("{} · {}", view.label(), text::LAB));
        // after a step to another room the heading is read out; in the first one nothing moves
        if !is_first {
            // the room may be told of before it is drawn
            request_animation_frame(move || {
                let main = main.get_untracked();
                if let Some(heading) = main.and_then(|m| m.query_selector("h1").ok().flatten()) {
                    focus(&heading);
                }
            });
        }
    };
    // the router takes links over and moves no focus
    let skip = move |event: web_sys::MouseEvent| {
        event.prevent_default();
        if let Some(main) = main.get_untracked() {
            focus(&main);
        }
    };
    view! {
        <div class="frame">
            <a class="skip" href="#main" on:click=skip>{text::SKIP}</a>
            <TopBar />
            <Rail />
            <main id="main" tabindex="-1" node_ref=main>
                <Notices />
                <TaskBar task=Task::Read />
                <TaskBar task=Task::Keep />
                <Room rooms on_entered />
            </main>
            <Guide />
        </div>
    }
}

fn focus(element: &web_sys::Element) {
    if let Some(element) = element.dyn_ref::<web_sys::HtmlElement>() {
        // an element that can't take the focus leaves it where it is, which is no worse than before
        drop(element.focus());
    }
}
