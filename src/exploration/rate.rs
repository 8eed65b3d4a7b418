//! A share of leavers and how sure it is.

use serde::{Deserialize, Serialize};

use crate::data::profile::ClassCounts;

/// The 0.975 quantile of the standard normal distribution.
const Z: f64 = 1.959_963_984_540_054;

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
    /// (p + z²/2n ± z·√(p(1 − p)/n + z²/4n²)) / (1 + z²/n); Wilson, JASA 22 (1927) 209–212.
    #[must_use]
    pub fn of(classes: ClassCounts) -> Self {
        let total = classes.total();
        let Some(rate) = classes.rate() else {
            return Self { n: 0, rate: 0.0, low: 0.0, high: 1.0 };
        };
        let n = f64::from(total);
        let centre = rate + Z * Z / (2.0 * n);
        let half = Z * (rate * (1.0 - rate) / n + Z * Z / (4.0 * n * n)).sqrt();
        let scale = 1.0 + Z * Z / n;
        // at a share of 0 or 1 the end is that share, up to rounding
        let low = if classes.positive == 0 { 0.0 } else { (centre - half) / scale };
        let high = if classes.negative == 0 { 1.0 } else { (centre + half) / scale };
        Self { n: total, rate, low, high }
    }
}
