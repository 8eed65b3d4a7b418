//! Text → date, as the number of days since the first of January 1970.

use serde::{Deserialize, Serialize};

use crate::numerics::calendar::{days_of, days_since_1970, moment};

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
    let day = parse_day(date, order)?;
    let (minutes, seconds) = time.map_or(Some((0, 0.0)), clock)?;
    Some(moment(day, minutes, seconds))
}

/// The same for a date without a time of day.
#[must_use]
pub fn parse_day(date: &str, order: DateOrder) -> Option<i32> {
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
    Some(days_since_1970(year, month, day))
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

#[cfg(test)]
#[allow(clippy::expect_used, reason = "a test fails loudly")]
mod tests {
    use super::{DateOrder, days_of, moment, parse};
    use crate::numerics::calendar::{day_of_month, iso};
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
                for day in 1..=days_of(year, month) {
                    assert_eq!(day_of_month(days + 0.5), day as u32, "{year}-{month}-{day}");
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
