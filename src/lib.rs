//! stub
#[cfg(target_arch = "wasm32")]
pub mod web { //! stub
 /// stub
 pub fn start_page(){} pub mod worker { //! stub
 /// stub
 pub fn start(){} } }
