//! Seed → customers: a generative model of a telco's customers.
//!
//! The default data set of the lab is drawn from it, with the 21 columns, the levels and the rules of
//! IBM's Telco Customer Churn table and none of its rows. A customer comes about as a small causal
//! story: a household signs a contract and stays for some months, takes services, gets a bill, and
//! stays or leaves. What decides each step is a named number of [`PopulationParams`], whose default
//! is fitted to counts and shares of IBM's table.
//!
//! ```
//! use churn_lab::population::{self, PopulationParams};
//!
//! let text = population::csv(&PopulationParams::default(), 3, 7);
//! assert_eq!(text.lines().count(), 4);
//! assert_eq!(text, population::csv(&PopulationParams::default(), 3, 7));
//! ```

mod check;
mod customer;
mod draws;
mod identifier;
mod params;
mod row;
mod sample;
mod table;
mod telco;

pub use check::ParamsError;
pub use params::{
    Driver, FaultParams, Logit, NewcomerParams, PopulationParams, PriceList, TENURE_BANDS,
    TenureParams, TenureWeights,
};
pub use sample::{Sample, SampleError, sample};
pub use table::csv;

/// Rows of the default data set.
pub const DEFAULT_ROWS: u32 = 7_043;

/// Seed of the default data set.
pub const DEFAULT_SEED: u32 = 7;

/// The most rows that are drawn at once.
pub const MAX_ROWS: u32 = 1_000_000;
