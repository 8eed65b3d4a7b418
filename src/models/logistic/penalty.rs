//! What large weights cost.

/// `l1·‖w‖₁ + ½·l2·‖w‖²`; the intercept is free.
#[derive(Clone, Copy)]
pub struct Penalty {
    pub l1: f64,
    pub l2: f64,
}

impl Penalty {
    /// ½·‖w‖².
    pub const RIDGE: Self = Self { l1: 0.0, l2: 1.0 };

    /// ρ·‖w‖₁ + ½·(1 − ρ)·‖w‖².
    pub fn mixed(l1_ratio: f64) -> Self {
        Self { l1: l1_ratio, l2: 1.0 - l1_ratio }
    }

    pub fn of(self, weights: &[f64]) -> f64 {
        let squares: f64 = weights.iter().map(|w| w * w).sum();
        0.5 * self.l2 * squares + self.l1 * absolute_sum(weights)
    }

    /// How far a weight is from its optimum, given the slope there of all but the absolute values: that
    /// slope must be −l1 left of 0, l1 right of it, and at 0 no steeper than that (Karush, Kuhn, Tucker).
    pub fn violation(self, weight: f64, slope: f64) -> f64 {
        if weight > 0.0 {
            (slope + self.l1).abs()
        } else if weight < 0.0 {
            (slope - self.l1).abs()
        } else if slope.abs() > self.l1 {
            slope.abs() - self.l1
        } else if slope.is_nan() {
            f64::NAN
        } else {
            0.0
        }
    }
}

pub fn absolute_sum(weights: &[f64]) -> f64 {
    weights.iter().map(|w| w.abs()).sum()
}
