//! Text → date, as the number of days since the first of January 1970.

use serde::{Deserialize, Serialize};

/// Decimals of a second that are written at most.
const MOST_DECIMALS: u32 = 9;

/// Seconds of a day.
const DAY: f64 = 86_400.0;

/// In which order year, month and day stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DateOrder {
    /// 2024-03-09
    Ymd,
    /// 9.3.2024
    Dmy,
    /// 3/9/2024
    Mdy,
}

/// Days from 1970-01-01 to the date `text`, the time of day as a fraction; `None` when it is none.
///
/// Parts are separated by `-`, `/` or `.`, the same one twice; the year has four digits, 1600 to 2999. A time
/// may follow after a space or `T`: hours, minutes, and seconds with or without decimals, then `Z`.
#[must_use]
pub fn parse(text: &str, order: DateOrder) -> Option<f64> {
    let (date, time) = match text.split_once(['T', ' ']) {
        Some((date, time)) => (date, Some(time)),
        None => (text, None),
    };
    let separator = date.bytes().find(|byte| !byte.is_ascii_digit())?;
    if !matches!(separator, b'-' | b'/' | b'.') {
        return None;
    }
    let mut parts = date.split(char::from(separator));
    let parts = [parts.next()?, parts.next()?, parts.next()?, parts.next().unwrap_or_default()];
    let [first, second, third, ""] = parts else { return None };
    let (year, month, day) = match order {
        DateOrder::Ymd => (first, second, third),
        DateOrder::Dmy => (third, second, first),
        DateOrder::Mdy => (third, first, second),
    };
    let year = digits(year, 4, 4).filter(|year| (1_600..3_000).contains(year))?;
    let month = digits(month, 1, 2).filter(|month| (1..=12).contains(month))?;
    let day = digits(day, 1, 2).filter(|&day| (1..=days_of(year, month)).contains(&day))?;
    let (minutes, seconds) = time.map_or(Some((0, 0.0)), clock)?;
    Some(moment(days_since_1970(year, month, day), minutes, seconds))
}

/// Days as they are counted, of a day, minutes since midnight and seconds.
fn moment(day: i32, minutes: i32, seconds: f64) -> f64 {
    f64::from(day) + (f64::from(60 * minutes) + seconds) / DAY
}

fn digits(text: &str, least: usize, most: usize) -> Option<i32> {
    let fits = (least..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    fits.then(|| text.bytes().fold(0, |number, byte| 10 * number + i32::from(byte - b'0')))
}

/// Minutes since midnight, and seconds.
fn clock(time: &str) -> Option<(i32, f64)> {
    let time = time.strip_suffix('Z').unwrap_or(time);
    let mut parts = time.split(':');
    let hours = digits(parts.next()?, 1, 2).filter(|hours| *hours < 24)?;
    let minutes = digits(parts.next()?, 2, 2).filter(|minutes| *minutes < 60)?;
    let seconds = match parts.next() {
        None => 0.0,
        Some(text) if text.starts_with(|c: char| c.is_ascii_digit()) => {
            super::number::parse(text, super::Decimal::Point).filter(|s| (0.0..60.0).contains(s))?
        }
        Some(_) => return None,
    };
    let is_over = parts.next().is_none();
    is_over.then_some((60 * hours + minutes, seconds))
}

fn days_of(year: i32, month: i32) -> i32 {
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// The Gregorian calendar's days, counted in years that begin in March so that the leap day is last
/// (Hinnant 2013, "chrono-compatible low-level date algorithms").
fn days_since_1970(year: i32, month: i32, day: i32) -> i32 {
    let year = if month <= 2 { year - 1 } else { year };
    let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// The inverse, by the same source: year, month and day, of whole days within [`DAYS`].
fn civil(days: i32) -> (i32, i32, i32) {
    let days = days + 719_468;
    let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let is_early = month >= 10;
    let month = if is_early { month - 9 } else { month + 3 };
    (era * 400 + year_of_era + i32::from(is_early), month, day)
}

/// The days that have a date of four digits: years 0 to 9999.
const DAYS: std::ops::Range<f64> = -719_528.0..2_932_897.0;

/// The day of the month, 1 to 31, of a number of days since the first of January 1970.
#[must_use]
pub fn day_of_month(days: f64) -> u32 {
    civil(libm::floor(days) as i32).2 as u32
}

/// A date as it is written everywhere, `2024-02-29`, with the time where it is not midnight:
/// `2024-02-29T12:00`, with seconds and as many decimals as it takes for `parse` to give the same days
/// again, at most 9. What has no date of four digits stays a number.
#[must_use]
pub fn iso(days: f64) -> String {
    if !DAYS.contains(&days) {
        return days.to_string();
    }
    let day = libm::floor(days);
    let at = |unit: i64| {
        // a day may be full after rounding
        let units = libm::round((days - day) * DAY * unit as f64) as i64;
        let (more, units) = (units / (86_400 * unit), units % (86_400 * unit));
        let (minutes, units) = (units / (60 * unit), units % (60 * unit));
        (day as i32 + more as i32, minutes as i32, units)
    };
    let mut decimals = 0;
    let (day, minutes, units) = loop {
        let unit = 10_i64.pow(decimals);
        let (day, minutes, units) = at(unit);
        let is_it = moment(day, minutes, units as f64 / unit as f64) == days;
        if is_it || decimals == MOST_DECIMALS {
            break (day, minutes, units);
        }
        decimals += 3;
    };
    let (year, month, date) = civil(day);
    let mut text = format!("{year:04}-{month:02}-{date:02}");
    if minutes > 0 || units > 0 {
        text.push_str(&format!("T{:02}:{:02}", minutes / 60, minutes % 60));
    }
    if units > 0 {
        let unit = 10_i64.pow(decimals);
        text.push_str(&format!(":{:02}", units / unit));
        if decimals > 0 {
            text.push_str(&format!(".{:0width$}", units % unit, width = decimals as usize));
        }
    }
    text
}

#[cfg(test)]
#[allow(clippy::expect_used, reason = "a test fails loudly")]
mod tests {
    use super::{DateOrder, iso, moment, parse};
    use crate::numerics::random::RandomState;
    use DateOrder::{Dmy, Mdy, Ymd};

    #[track_caller]
    fn check(text: &str, order: DateOrder, expected: Option<f64>) {
        assert_eq!(parse(text, order), expected, "{text}");
    }

    /// Days from Python's `datetime.date(…).toordinal() - 719163`.
    #[test]
    fn dates_are_days() {
        check("1970-01-01", Ymd, Some(0.0));
        check("2024-02-29", Ymd, Some(19_782.0));
        check("1999/12/31", Ymd, Some(10_956.0));
        check("1600-03-01", Ymd, Some(-135_080.0));
        check("2999-12-31", Ymd, Some(376_199.0));
        check("29.2.2024", Dmy, Some(19_782.0));
        check("03/09/2024", Mdy, Some(19_791.0));
        check("2024-02-29T12:00:00Z", Ymd, Some(19_782.5));
        check("2024-02-29 06:00", Ymd, Some(19_782.25));
        check("2024-02-29 00:00:43.2", Ymd, Some(19_782.000_5));
    }

    #[test]
    fn days_have_their_day_of_the_month() {
        let first = parse("1970-01-01", Ymd).expect("a date");
        let mut days = first;
        for year in 1970..2_011 {
            for month in 1..=12 {
                for day in 1..=super::days_of(year, month) {
                    assert_eq!(super::day_of_month(days + 0.5), day as u32, "{year}-{month}-{day}");
                    days += 1.0;
                }
            }
        }
    }

    #[test]
    fn days_are_written_as_dates() {
        for text in [
            "1970-01-01",
            "2020-01-01",
            "2024-02-29",
            "1600-03-01",
            "2999-12-31",
            "2024-02-29T12:00",
            "2024-02-29T06:30:05",
            "2024-02-29T00:00:43.200",
            "1969-12-31T23:59:59.999",
            "2024-02-29T00:00:43.123456",
            "1970-01-01T00:00:00.000000001",
        ] {
            assert_eq!(iso(parse(text, Ymd).expect("a date")), text);
        }
        assert_eq!(iso(18_262.0), "2020-01-01");
        assert_eq!(iso(18_262.0_f64.next_down()), "2019-12-31T23:59:59.999999686");
        assert_eq!(iso(0.0_f64.next_down()), "1970-01-01");
        assert_eq!(iso(f64::NAN), "NaN");
        assert_eq!(iso(1e9), "1000000000");
        let mut random = RandomState::new(29);
        for _ in 0..20_000 {
            let day = random.interval(60_000) as i32 - 20_000;
            let minutes = random.interval(1_439) as i32;
            let seconds = f64::from(random.interval(59_999)) / 1_000.0;
            for days in [f64::from(day), moment(day, minutes, 0.0), moment(day, minutes, seconds)] {
                assert_eq!(parse(&iso(days), Ymd), Some(days), "{days}");
            }
        }
    }

    #[test]
    fn other_texts_are_none() {
        for text in [
            "",
            "2024",
            "2024-02",
            "2023-02-29",
            "2024-13-01",
            "2024-00-01",
            "2024-01-32",
            "24-01-01",
            "2024-01-01-01",
            "2024-01/01",
            "2024-1a-01",
            "20240101",
            "1599-01-01",
            "2024-01-01 25:00",
            "2024-01-01 10",
            "2024-01-01 10:00:60",
            "2024-01-01 10:00:x",
            "2024-01-01 10:00:00:00",
            "٢٠٢٤-01-01",
            "-5",
            "1.5",
        ] {
            check(text, Ymd, None);
        }
        check("31/12/2024", Mdy, None);
        check("2024-01-01", Dmy, None);
    }
}
