//! Every word on screen, in one place per language; English so far. One file a room.

pub mod explain;
pub mod frame;
pub mod names;
