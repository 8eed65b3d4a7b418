//! How numbers are written, on charts and on pages.
//!
//! One hand for all: a comma between thousands, U+2212 as minus, a no-break space before a unit, and "–" for what is not a number.

use crate::numerics::calendar::iso;

/// The minus sign of every number shown, as wide as the plus sign.
pub const MINUS: char = '\u{2212}';
/// Stands between a number and its unit, so that a line never breaks there.
pub const NO_BREAK_SPACE: char = '\u{a0}';
/// Below so many cases a share is marked as uncertain.
pub const FEW: u64 = 30;
/// Shown in place of a value that is not a finite number.
pub const MISSING: &str = "–";

/// Days of the shortest year.
const YEAR: f64 = 365.0;
/// Letters of a date.
const ISO: usize = 10;
/// Days of the shortest month.
const MONTH: f64 = 28.0;

/// How the numbers of an axis are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NumberFormat {
    /// Three significant digits, whole from 100 on: "64.8", "3,453". The default.
    #[default]
    Plain,
    /// A share of one as per cent with one decimal: "41.9 %".
    Percent,
    /// Milliseconds: "3.5 ms", "207 ms".
    Milliseconds,
    /// A score between 0 and 1 with three decimals: ".834".
    Score,
    /// The same with five decimals, for scores of models that differ by few customers: ".83444".
    FineScore,
    /// A signed weight with three decimals: "+.214", "−.121".
    Weight,
    /// Days since the first of January 1970 as the date they fall on: "2018-04-09".
    Day,
}

impl NumberFormat {
    /// The value in full, as in a read-out or a table.
    pub fn show(self, value: f64) -> String {
        match self {
            Self::Plain => plain(value),
            Self::Percent => percent(value, 1),
            Self::Milliseconds => milliseconds(value),
            Self::Score => score(value),
            Self::FineScore => unit_fraction(value, 5, false),
            Self::Weight => weight(value),
            Self::Day => date(value),
        }
    }

    /// The names of the bins between ascending edges: "1 to 8.1".
    pub fn bin_names(self, edges: &[f64]) -> Vec<String> {
        let ends = match self {
            Self::Plain => bounds(edges),
            Self::Day => edges.iter().map(|edge| date(libm::floor(*edge))).collect(),
            _ => edges.iter().map(|edge| self.show(*edge)).collect(),
        };
        ends.iter().zip(ends.iter().skip(1)).map(|(from, to)| format!("{from} to {to}")).collect()
    }

    /// The value where room is scarce, as in the cell of a heat map.
    pub fn short(self, value: f64) -> String {
        match self {
            Self::Percent => percent(value, 0),
            Self::Score => unit_fraction(value, 2, false),
            Self::FineScore => unit_fraction(value, 3, false),
            Self::Weight => unit_fraction(value, 2, true),
            Self::Plain | Self::Milliseconds | Self::Day => self.show(value),
        }
    }

    /// A round number with all of its decimals, as values are written: ".725", "1".
    pub(super) fn level(self, value: f64, decimals: usize) -> String {
        match self {
            Self::Score | Self::FineScore | Self::Weight if decimals > 0 => {
                unit_fraction(value, decimals, self == Self::Weight)
            }
            Self::Percent => percent(value, decimals.saturating_sub(2)),
            Self::Milliseconds => with_unit(decimal(value, decimals), "ms"),
            Self::Day => date(value),
            Self::Plain | Self::Score | Self::FineScore | Self::Weight => decimal(value, decimals),
        }
    }

    /// The labels of ticks, with just the decimals that tell ticks `step` apart. Years have no comma.
    pub(super) fn ticks(self, values: &[f64], step: f64) -> Vec<String> {
        let are_years = self == Self::Plain && are_years(values);
        let shown = values.iter().map(|value| self.tick(*value, step));
        shown.map(|label| if are_years { label.replace(',', "") } else { label }).collect()
    }

    fn tick(self, value: f64, step: f64) -> String {
        match self {
            Self::Percent => percent(value, decimals_of(step * 100.0)),
            Self::Milliseconds => with_unit(decimal(value, decimals_of(step)), "ms"),
            Self::Plain | Self::Score | Self::FineScore | Self::Weight => {
                decimal(value, decimals_of(step))
            }
            Self::Day => {
                let whole = date(value);
                let is_written = whole.len() == ISO && step >= MONTH;
                let length = if step >= YEAR { 4 } else { 7 };
                if is_written { whole.chars().take(length).collect() } else { whole }
            }
        }
    }
}

/// The date of a number of days since the first of January 1970, with the time where it is not midnight.
pub fn date(days: f64) -> String {
    if days.is_finite() { iso(days) } else { MISSING.to_owned() }
}

/// A count: "3,096".
pub fn count(value: u64) -> String {
    grouped(&value.to_string())
}

/// The first of several that are equally good: "Run 7", "Run 7 and 2 more".
pub(super) fn and_more(name: &str, of: usize) -> String {
    match of {
        0 | 1 => name.to_owned(),
        of => format!("{name} and {} more", count(of as u64 - 1)),
    }
}

/// How many cases a figure stands for: "n = 3,096", "n = 12 (few)".
pub fn sample_size(cases: u64) -> String {
    let few = if cases < FEW { " (few)" } else { "" };
    format!("n = {}{few}", count(cases))
}

/// [`sample_size`] where there are few cases; nothing is to be said of many.
pub fn few(cases: u64) -> Option<String> {
    (cases < FEW).then(|| sample_size(cases))
}

/// Ends of ranges, as one writes them beside each other: "1", "8.1", "2018.3".
///
/// What has at most three decimals is shown as it is; else three digits of the narrowest range tell the
/// ends apart. Where all lie from 1900 to 2100 they are taken for years, which have no comma.
pub fn bounds(ends: &[f64]) -> Vec<String> {
    let widths = ends.iter().zip(ends.iter().skip(1)).map(|(from, to)| to - from);
    let narrowest = widths.filter(|width| *width > 0.0).fold(f64::INFINITY, f64::min);
    let decimals = decimals_of(narrowest / 100.0);
    let are_years = are_years(ends);
    let show = |&end: &f64| {
        if end != 0.0 && (end.abs() < 1e-6 || narrowest < 1e-6) {
            return plain(end);
        }
        let whole = trimmed(decimal(end, 9));
        let is_short = whole.split_once('.').is_none_or(|(_, decimals)| decimals.len() <= 3);
        let shown = if is_short { whole } else { trimmed(decimal(end, decimals)) };
        if are_years { shown.replace(',', "") } else { shown }
    };
    ends.iter().map(show).collect()
}

/// Whether numbers beside each other are taken for years.
fn are_years(values: &[f64]) -> bool {
    values.iter().all(|value| (1900.0..=2100.0).contains(value))
}

/// A number with a fixed number of decimals: "3,452.55", "−0.5". Never "−0".
pub fn decimal(value: f64, decimals: usize) -> String {
    if !value.is_finite() {
        return MISSING.to_owned();
    }
    let digits = format!("{:.*}", decimals, value.abs());
    let shown = grouped(&digits);
    if value < 0.0 && has_size(&digits) { format!("{MINUS}{shown}") } else { shown }
}

/// Three significant digits, whole from 100 on, without trailing zeros: "29", "64.8", "0.00123", "3,453"; below 10⁻⁶ "1.2e−9".
pub fn plain(value: f64) -> String {
    let size = value.abs();
    if !value.is_finite() || size == 0.0 || size >= 99.95 {
        return decimal(value, 0);
    }
    if size < 1e-6 {
        return format!("{value:.1e}").replace('-', &MINUS.to_string());
    }
    let decimals = (2.0 - libm::floor(libm::log10(size))).clamp(0.0, 9.0) as usize;
    trimmed(decimal(value, decimals))
}

/// Without zeros at the end of the decimals.
fn trimmed(shown: String) -> String {
    match shown.contains('.') {
        true => shown.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => shown,
    }
}

/// A share of one as per cent: `percent(0.419, 1)` is "41.9 %".
pub fn percent(share: f64, decimals: usize) -> String {
    with_unit(decimal(share * 100.0, decimals), "%")
}

/// A share of one as per cent with three significant digits: "10 %", "0.04 %".
pub fn fine_percent(share: f64) -> String {
    with_unit(plain(share * 100.0), "%")
}

/// Milliseconds with three significant digits: "3.5 ms", "1,240 ms".
pub fn milliseconds(value: f64) -> String {
    with_unit(plain(value), "ms")
}

/// A score between 0 and 1 with three decimals and no leading zero: ".834", "1.000".
pub fn score(value: f64) -> String {
    unit_fraction(value, 3, false)
}

/// A signed weight with three decimals and no leading zero: "+.214", "−.121"; what rounds to nothing is ".000".
pub fn weight(value: f64) -> String {
    unit_fraction(value, 3, true)
}

/// A probability in words a customer adviser uses: "58 of 100".
pub fn of_hundred(probability: f64) -> String {
    format!("{} of 100", decimal(probability * 100.0, 0))
}

fn with_unit(number: String, unit: &str) -> String {
    if number == MISSING { number } else { format!("{number}{NO_BREAK_SPACE}{unit}") }
}

fn unit_fraction(value: f64, decimals: usize, plus: bool) -> String {
    let shown = decimal(value, decimals);
    let bare = match shown.strip_prefix(MINUS) {
        Some(size) => format!("{MINUS}{}", size.strip_prefix('0').unwrap_or(size)),
        None => shown.strip_prefix('0').unwrap_or(&shown).to_owned(),
    };
    if plus && value > 0.0 && has_size(&bare) { format!("+{bare}") } else { bare }
}

fn has_size(digits: &str) -> bool {
    digits.bytes().any(|digit| (b'1'..=b'9').contains(&digit))
}

/// Commas between the thousands of the whole part; `digits` carries no sign.
fn grouped(digits: &str) -> String {
    let whole = digits.find('.').unwrap_or(digits.len());
    let mut shown = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && place < whole && (whole - place).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    shown
}

fn decimals_of(step: f64) -> usize {
    if step.is_finite() && step > 0.0 {
        (-libm::floor(libm::log10(step) + 1e-9)).clamp(0.0, 9.0) as usize
    } else {
        0
    }
}
