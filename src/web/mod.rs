//! The page and the worker: the only room that knows a browser.

pub mod actions;
pub mod api;
pub mod app;
pub mod client;
pub mod clock;
pub mod components;
pub mod explaining;
pub mod exports;
pub mod guide;
pub mod held;
pub mod js;
pub mod model;
pub mod pages;
pub mod query;
pub mod rooms;
pub mod sandbox;
pub mod state;
pub mod storage;
pub mod text;
pub mod worker;

/// Names the sources this was built from; page and worker must have the same.
pub const BUILD: &str = env!("CHURN_LAB_BUILD");

/// Starts the page.
pub fn start_page(rooms: rooms::Rooms) {
    console_error_panic_hook::set_once();
    if let Some(shell) = leptos::prelude::document().get_element_by_id("shell") {
        shell.remove();
    }
    sandbox::tell_forms();
    leptos::mount::mount_to_body(move || app::App(app::AppProps { rooms }));
}
