//! The page: a door to `churn_lab::web`.

fn main() {
    #[cfg(target_arch = "wasm32")]
    churn_lab::web::start_page();
}
