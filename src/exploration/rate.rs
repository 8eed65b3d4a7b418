//! A share of leavers and how sure it is.

use serde::{Deserialize, Serialize};

use crate::data::profile::ClassCounts;
use crate::numerics::interval::wilson;

/// A share and Wilson's 95 % interval for it, 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rate {
    /// Rows.
    pub n: u32,
    /// Share of the positive class; 0 without rows.
    pub rate: f64,
    /// Lower end; 0 without rows.
    pub low: f64,
    /// Upper end; 1 without rows.
    pub high: f64,
}

impl Rate {
    /// [`wilson`]'s interval around the share.
    #[must_use]
    pub fn of(classes: ClassCounts) -> Self {
        let n = classes.total();
        let interval = wilson(classes.positive, n);
        Self { n, rate: classes.rate().unwrap_or(0.0), low: interval.low, high: interval.high }
    }
}
