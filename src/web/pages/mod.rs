//! One file or folder a page; each answers one question.

pub mod customers;
pub mod data;
mod endpoints;
pub mod explain;
pub mod explore;
pub mod monitor;
pub mod serve;
pub mod train;
