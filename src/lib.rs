//! Churn Lab: a machine-learning laboratory that is one static web page.
//!
//! Data walks one way, and the modules are declared in that order: bytes become a
//! [`data::Dataset`], its rows a feature matrix, that a [`models::TrainedModel`], which is judged by
//! [`evaluation`], made to say why by [`explain`], put to work by [`serving`] and watched by
//! [`monitoring`]. [`compute`] is the one protocol through which the page asks for all of it.

pub mod numerics;

pub mod data;
pub mod population;

pub mod exploration;

pub mod features;
pub mod models;

pub mod evaluation;
pub mod explain;

pub mod customers;
pub mod experiments;
pub mod monitoring;
pub mod serving;

pub mod compute;

pub mod charts;

#[cfg(target_arch = "wasm32")]
pub mod web;
