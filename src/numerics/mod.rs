//! The numerical ground every room stands on: the same bits natively and in every browser.

pub mod blas;
pub mod calendar;
pub mod cholesky;
pub mod exponential;
pub mod interval;
pub mod normal;
pub mod order;
pub mod quantile;
pub mod random;
pub mod special;
