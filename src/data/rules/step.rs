//! How finely the numbers of a column are written.

/// The coarsest of a few steps that all numbers of a column are multiples of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Step {
    /// Steps in 1; `None` where the numbers are finer than a thousandth.
    per_unit: Option<f64>,
}

/// Steps in 1 that are tried, coarsest first: 1, 0.5, 0.1, 0.05, 0.01, 0.005, 0.001.
const PER_UNIT: [f64; 7] = [1.0, 2.0, 10.0, 20.0, 100.0, 200.0, 1_000.0];

impl Step {
    pub fn of(numbers: &[f64]) -> Self {
        let is_step = |per_unit: &f64| {
            numbers.iter().all(|number| {
                let steps = number * per_unit;
                (steps - libm::round(steps)).abs() <= 1e-9 * steps.abs().max(1.0)
            })
        };
        Self { per_unit: PER_UNIT.into_iter().find(is_step) }
    }

    /// The nearest number of the column's kind.
    pub fn round(self, number: f64) -> f64 {
        // adding zero makes a rounded −0.2 a plain zero
        self.per_unit.map_or(number, |per_unit| libm::round(number * per_unit) / per_unit + 0.0)
    }

    /// Half a step; 0 where the numbers are not rounded.
    pub fn half(self) -> f64 {
        self.per_unit.map_or(0.0, |per_unit| 0.5 / per_unit)
    }
}
