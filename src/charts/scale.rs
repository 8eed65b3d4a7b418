//! From values to pixels, and the round numbers in between.

/// A straight line from values to pixels.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scale {
    pub low: f64,
    pub high: f64,
    /// Pixel of `low`.
    pub start: f64,
    /// Pixel of `high`.
    pub end: f64,
}

impl Scale {
    pub fn at(&self, value: f64) -> f64 {
        let span = self.high - self.low;
        if span > 0.0 {
            self.start + (value - self.low) / span * (self.end - self.start)
        } else {
            self.start
        }
    }
}

/// Evenly spaced round numbers; `step` is 1, 2 or 5 times a power of ten.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Ticks {
    pub step: f64,
    pub values: Vec<f64>,
}

/// The ticks within `low ..= high`, at most `most + 1` of them.
pub(super) fn ticks(low: f64, high: f64, most: usize) -> Ticks {
    let step = round_step((high - low) / most.max(1) as f64);
    let first = libm::ceil(low / step - 1e-6);
    let values = (0..=most.max(1))
        .map(|place| (first + place as f64) * step)
        .take_while(|value| *value <= high + step * 1e-6)
        .collect();
    Ticks { step, values }
}

/// Widens `low ..= high` to whole steps of about `most` ticks.
pub(super) fn rounded_range(low: f64, high: f64, most: usize) -> (f64, f64) {
    let (low, high) = open_range(low, high);
    let step = round_step((high - low) / most.max(1) as f64);
    (libm::floor(low / step + 1e-6) * step, libm::ceil(high / step - 1e-6) * step)
}

/// A range with some length: one value alone gets room on both sides.
pub(super) fn open_range(low: f64, high: f64) -> (f64, f64) {
    let size = low.abs().max(high.abs());
    if high - low > size * 1e-9 {
        (low, high)
    } else if size == 0.0 {
        (0.0, 1.0)
    } else {
        (low - size * 0.1, high + size * 0.1)
    }
}

/// Least and largest of `values`, or `None` if there are none.
pub(super) fn extent(values: impl Iterator<Item = f64>) -> Option<(f64, f64)> {
    values.fold(None, |range, value| match range {
        None => Some((value, value)),
        Some((low, high)) => Some((value.min(low), value.max(high))),
    })
}

fn round_step(rough: f64) -> f64 {
    let rough = rough.max(1e-12);
    let power = libm::pow(10.0, libm::floor(libm::log10(rough)));
    [1.0, 2.0, 5.0]
        .into_iter()
        .map(|factor| factor * power)
        .find(|step| *step >= rough * (1.0 - 1e-9))
        .unwrap_or(10.0 * power)
}
