//! The worker: a door to `churn_lab::web::worker`.

#[cfg(target_arch = "wasm32")]
mod parts;

fn main() {
    #[cfg(target_arch = "wasm32")]
    churn_lab::web::worker::start(parts::do_later);
}
