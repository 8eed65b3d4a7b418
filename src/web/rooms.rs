//! The rooms of the page, whose code may come later than the page.

use futures::future::LocalBoxFuture;
use leptos::prelude::*;

use super::query::View;

/// The code of a room could not be loaded; asking again may help.
pub type RoomError = wasm_split_helpers::SplitLoaderError;

/// How the page comes into its rooms.
#[derive(Clone, Copy)]
pub struct Rooms {
    /// Loads the code of a room.
    pub load: fn(View) -> LocalBoxFuture<'static, Result<(), RoomError>>,
    /// The room, once its code is there; `None` before.
    pub enter: fn(View) -> Option<Result<AnyView, RoomError>>,
}
