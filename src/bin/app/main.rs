//! The page: a door to `churn_lab::web`.

#[cfg(target_arch = "wasm32")]
mod rooms;

fn main() {
    #[cfg(target_arch = "wasm32")]
    churn_lab::web::start_page(rooms::ROOMS);
}
