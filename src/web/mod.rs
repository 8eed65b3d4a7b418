//! The page and the worker: the only room that knows a browser.

pub mod worker;

/// Starts the page.
pub fn start_page() {
    console_error_panic_hook::set_once();
}
