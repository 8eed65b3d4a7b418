//! Every word on screen, in one place per language; English so far. One file a room.
#![allow(missing_docs, reason = "a text is its own documentation")]

pub mod chart;
pub mod classes;
pub mod compare;
pub mod customers;
pub mod data;
pub mod decision;
pub mod explain;
pub mod explore;
pub mod export;
pub mod filter;
pub mod frame;
pub mod guide;
pub mod judge;
pub mod lime_settings;
pub mod monitor;
pub mod names;
pub mod plausible;
pub mod reading;
pub mod registry;
pub mod serve;
pub mod settings;
pub mod steps;
pub mod strengths;
pub mod table;
pub mod train;
pub mod trust;
pub mod versions;
pub mod whatif;
pub mod whole;
