//! The worker: a door to `churn_lab::web::worker`.

fn main() {
    #[cfg(target_arch = "wasm32")]
    churn_lab::web::worker::start();
}
