//! From values to pixels, and the round numbers in between.

use super::format::NumberFormat;
use super::frame::Spacing;
use crate::numerics::calendar::{civil, days_since_1970};

/// From values to pixels, evenly by value or by exponent.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scale {
    pub low: f64,
    pub high: f64,
    /// Pixel of `low`.
    pub start: f64,
    /// Pixel of `high`.
    pub end: f64,
    pub spacing: Spacing,
}

impl Scale {
    /// A straight line.
    pub const fn even((low, high): (f64, f64), start: f64, end: f64) -> Self {
        Self { low, high, start, end, spacing: Spacing::Even }
    }

    pub fn at(&self, value: f64) -> f64 {
        self.start + self.share(value) * (self.end - self.start)
    }

    /// Where a value lies between both ends, from 0 to 1.
    pub fn share(&self, value: f64) -> f64 {
        let [low, high, value] = [self.low, self.high, value].map(|value| match self.spacing {
            Spacing::Even => value,
            Spacing::Log => libm::log10(value),
        });
        if high > low { (value - low) / (high - low) } else { 0.0 }
    }

    /// Round numbers on it, at most `most + 1` of them, and how they are written.
    pub fn ticks(&self, most: usize, format: NumberFormat) -> (Vec<f64>, Vec<String>) {
        let range = (self.low, self.high);
        let powers = match self.spacing {
            Spacing::Even => None,
            Spacing::Log => log_ticks(range, most),
        };
        if let Some(values) = powers {
            let labels = values.iter().map(|value| format.short(*value)).collect();
            return (values, labels);
        }
        let Ticks { step, values } = ticks(range, most, format);
        let labels = format.ticks(&values, step);
        (values, labels)
    }
}

/// Powers of ten within `low ..= high`, only every k-th where they are many, with 2 and 5 times each
/// where they are few. `None` where that leaves no two: a stretch that short is taken for even.
fn log_ticks((low, high): (f64, f64), most: usize) -> Option<Vec<f64>> {
    let first = libm::floor(libm::log10(low)) as i32;
    let last = libm::ceil(libm::log10(high)) as i32;
    let within = |value: &f64| *value >= low * (1.0 - 1e-9) && *value <= high * (1.0 + 1e-9);
    let powers = |every: usize| {
        (first..=last).map(power_of_ten).filter(within).step_by(every).collect::<Vec<f64>>()
    };
    let all = powers(1);
    let fine: Vec<f64> = (first..=last)
        .flat_map(|power| [1.0, 2.0, 5.0].map(|factor| factor * power_of_ten(power)))
        .filter(within)
        .collect();
    let most = most.max(1) + 1;
    let chosen = match all.len() {
        0..=2 if fine.len() <= most => fine,
        n => powers(n.div_ceil(most).max(1)),
    };
    (chosen.len() > 1).then_some(chosen)
}

/// Exact from 10⁰ up to 10²², and the nearest number below.
fn power_of_ten(power: i32) -> f64 {
    let size = libm::pow(10.0, f64::from(power.abs()));
    if power < 0 { 1.0 / size } else { size }
}

/// A range on an axis of exponents, a little wider than the values; one value alone gets room on both sides.
pub(super) fn log_range(low: f64, high: f64) -> (f64, f64) {
    let ratio = high / low;
    let room = if ratio > 1.0 + 1e-9 { libm::pow(ratio, 0.03) } else { 2.0 };
    (low / room, high * room)
}

/// Evenly spaced round numbers; `step` is 1, 2 or 5 times a power of ten.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Ticks {
    pub step: f64,
    pub values: Vec<f64>,
}

/// The ticks within `low ..= high`, at most `most + 1` of them; of dates they are round in the calendar.
pub(super) fn ticks((low, high): (f64, f64), most: usize, format: NumberFormat) -> Ticks {
    match format {
        NumberFormat::Day => date_ticks(low, high, most.max(1)),
        _ => round_ticks(low, high, most),
    }
}

fn round_ticks(low: f64, high: f64, most: usize) -> Ticks {
    let step = round_step((high - low) / most.max(1) as f64);
    let first = libm::ceil(low / step - 1e-6);
    let values = (0..=most.max(1))
        .map(|place| (first + place as f64) * step)
        .take_while(|value| *value <= high + step * 1e-6)
        .collect();
    Ticks { step, values }
}

/// Steps between dates: of some hours or days, or of some months.
#[derive(Clone, Copy)]
enum DateStep {
    Days(f64),
    Months(i32),
}

/// What dates are counted in, the shortest first.
const DATE_STEPS: [DateStep; 19] = [
    DateStep::Days(1.0 / 24.0),
    DateStep::Days(0.125),
    DateStep::Days(0.25),
    DateStep::Days(0.5),
    DateStep::Days(1.0),
    DateStep::Days(2.0),
    DateStep::Days(7.0),
    DateStep::Days(14.0),
    DateStep::Months(1),
    DateStep::Months(2),
    DateStep::Months(3),
    DateStep::Months(6),
    DateStep::Months(12),
    DateStep::Months(24),
    DateStep::Months(60),
    DateStep::Months(120),
    DateStep::Months(240),
    DateStep::Months(600),
    DateStep::Months(1_200),
];

impl DateStep {
    /// Days at least.
    fn days(self) -> f64 {
        match self {
            Self::Days(days) => days,
            Self::Months(months) => f64::from(months * 365 / 12),
        }
    }

    /// The dates from `low` to `high`, at most `most` of them and one more.
    fn dates(self, low: f64, high: f64, most: usize) -> Vec<f64> {
        let first = match self {
            Self::Days(days) => libm::ceil(low / days - 1e-6),
            Self::Months(months) => {
                let (year, month, _) = civil(libm::floor(low) as i32);
                f64::from((12 * year + month - 1).div_euclid(months))
            }
        };
        let date = |place: usize| match self {
            Self::Days(days) => (first + place as f64) * days,
            Self::Months(months) => {
                let month = (first as i32 + place as i32) * months;
                f64::from(days_since_1970(month.div_euclid(12), month.rem_euclid(12) + 1, 1))
            }
        };
        // the first month may begin before the range
        let dates = (0..=most + 1).map(date).filter(|date| *date >= low);
        dates.take_while(|date| *date <= high).take(most + 1).collect()
    }
}

fn date_ticks(low: f64, high: f64, most: usize) -> Ticks {
    let within = [low, high].iter().all(|end| end.abs() < 1e6);
    let fits = |step: &&DateStep| (high - low) / step.days() <= most as f64;
    match DATE_STEPS.iter().find(fits).filter(|_| within) {
        Some(step) => Ticks { step: step.days(), values: step.dates(low, high, most) },
        None => round_ticks(low, high, most),
    }
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

#[cfg(test)]
mod tests {
    use super::{NumberFormat, Scale, Spacing, ticks};

    /// By the calendar: 2020-03-09 is day 18,330, 2023-06-09 is day 19,517.
    #[test]
    fn ticks_of_dates_are_round_in_the_calendar() {
        let labels = |low: f64, high: f64, most: usize| {
            let ticks = ticks((low, high), most, NumberFormat::Day);
            NumberFormat::Day.ticks(&ticks.values, ticks.step)
        };
        assert_eq!(labels(18_330.0, 19_517.0, 4), ["2021", "2022", "2023"]);
        let half_years = ["2020-07", "2021-01", "2021-07", "2022-01", "2022-07", "2023-01"];
        assert_eq!(labels(18_330.0, 19_517.0, 8), half_years);
        let weeks = ["2020-03-12", "2020-03-19", "2020-03-26"];
        assert_eq!(labels(18_330.0, 18_350.0, 4), weeks);
        let hours = ["2020-03-09", "2020-03-09T12:00", "2020-03-10"];
        assert_eq!(labels(18_330.0, 18_331.0, 2), hours);
        // what has no date of four digits is a number
        assert_eq!(labels(0.0, 4e7, 2), ["1970", "20000000", "40000000"]);
    }

    #[test]
    fn ticks_of_a_log_axis_are_powers_of_ten() {
        let labels = |low: f64, high: f64, most: usize| {
            let scale = Scale { low, high, start: 0.0, end: 100.0, spacing: Spacing::Log };
            scale.ticks(most, NumberFormat::Plain).1
        };
        assert_eq!(labels(1.0, 10_000.0, 6), ["1", "10", "100", "1,000", "10,000"]);
        assert_eq!(
            labels(1e-6, 1e6, 6),
            ["0.000001", "0.0001", "0.01", "1", "100", "10,000", "1,000,000"]
        );
        assert_eq!(labels(0.3, 30.0, 6), ["0.5", "1", "2", "5", "10", "20"]);
        assert_eq!(labels(0.3, 30.0, 2), ["1", "10"]);
        // no two round numbers: even steps
        assert_eq!(labels(3.0, 4.0, 2), ["3.0", "3.5", "4.0"]);
    }

    #[test]
    fn a_log_axis_is_even_by_exponent() {
        let scale = Scale { low: 1.0, high: 1e4, start: 20.0, end: 420.0, spacing: Spacing::Log };
        for (value, pixel) in [(1.0, 20.0), (10.0, 120.0), (100.0, 220.0), (1e4, 420.0)] {
            assert!((scale.at(value) - pixel).abs() < 1e-9, "{value}");
        }
    }

    #[test]
    fn years_have_no_comma() {
        let labels = |low: f64, high: f64| {
            let ticks = ticks((low, high), 4, NumberFormat::Plain);
            NumberFormat::Plain.ticks(&ticks.values, ticks.step)
        };
        assert_eq!(labels(2_018.0, 2_022.0), ["2018", "2019", "2020", "2021", "2022"]);
        assert_eq!(labels(0.0, 2_000.0), ["0", "500", "1,000", "1,500", "2,000"]);
    }
}
