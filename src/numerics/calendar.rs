//! Days since the first of January 1970, and the calendar's dates.

/// Decimals of a second that are written at most.
const MOST_DECIMALS: u32 = 9;

/// Seconds of a day.
const DAY: f64 = 86_400.0;

/// Days as they are counted, of a day, minutes since midnight and seconds.
#[must_use]
pub fn moment(day: i32, minutes: i32, seconds: f64) -> f64 {
    f64::from(day) + (f64::from(60 * minutes) + seconds) / DAY
}

/// Days of a month, 1 to 12.
#[must_use]
pub fn days_of(year: i32, month: i32) -> i32 {
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days from 1970-01-01 to a date of the Gregorian calendar, counted in years that begin in March so that the leap day is last
/// (Hinnant 2013, "chrono-compatible low-level date algorithms").
#[must_use]
pub fn days_since_1970(year: i32, month: i32, day: i32) -> i32 {
    let year = if month <= 2 { year - 1 } else { year };
    let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// The inverse, by the same source: year, month and day, of whole days that have a date of four digits.
#[must_use]
pub fn civil(days: i32) -> (i32, i32, i32) {
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
