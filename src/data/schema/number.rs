//! Text → number.

use serde::{Deserialize, Serialize};

/// What stands before the decimals of a number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decimal {
    /// `1,234.5`
    #[default]
    Point,
    /// `1.234,5` or `1 234,5`
    Comma,
}

impl Decimal {
    /// Every decimal mark.
    pub const ALL: [Self; 2] = [Self::Point, Self::Comma];
}

/// Powers of ten that a double holds exactly.
const POWERS: [f64; 16] =
    [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

/// Most digits whose number a double always holds exactly.
const EXACT_DIGITS: usize = 15;

/// The number that `text` is; `None` when it is none.
///
/// Thousands may be grouped by what is not the decimal mark, `,` or `.`, or by spaces; the first group does
/// not begin with 0, so that `0,500` is no 500.
pub fn parse(text: &str, decimal: Decimal) -> Option<f64> {
    let plain = match decimal {
        Decimal::Point => parse_plain(text),
        Decimal::Comma if text.contains(['.', ',']) => None,
        Decimal::Comma => parse_plain(text),
    };
    plain.or_else(|| parse_plain(&ungrouped(text, decimal)?))
}

/// A number with a decimal point and no groups, of one with a decimal mark and groups of three digits.
fn ungrouped(text: &str, decimal: Decimal) -> Option<String> {
    let (mark, group) = match decimal {
        Decimal::Point => ('.', ','),
        Decimal::Comma => (',', '.'),
    };
    if !text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+') || c == mark) {
        return None;
    }
    let (whole, decimals) = match text.split_once(mark) {
        Some((whole, decimals)) => (whole, Some(decimals)),
        None => (text, None),
    };
    let is_group = |c: char| c == group || matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\'');
    let mut parts = whole.split(is_group);
    let first = parts.next().unwrap_or_default();
    let mut plain = first.to_owned();
    let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let leading = first.trim_start_matches(['-', '+']);
    let mut is_grouped = false;
    for part in parts {
        if part.len() != 3 || !is_digits(part) {
            return None;
        }
        is_grouped = true;
        plain.push_str(part);
    }
    let is_first =
        |group: &str| (1..=3).contains(&group.len()) && is_digits(group) && !group.starts_with('0');
    if is_grouped && !is_first(leading) {
        return None;
    }
    if let Some(decimals) = decimals {
        if decimals.contains(is_group) || decimals.contains('.') {
            return None;
        }
        plain.push('.');
        plain.push_str(decimals);
    }
    Some(plain)
}

/// The number that `text` is to the standard library, bit for bit; `None` when it is none.
///
/// Up to 15 digits with a point among them are a whole number and a power of ten, both exact in a
/// double, so that one division rounds correctly (Clinger 1990, "How to read floating point numbers
/// accurately"). Everything else is left to the standard library.
fn parse_plain(text: &str) -> Option<f64> {
    short_decimal(text.as_bytes()).or_else(|| text.parse().ok())
}

fn short_decimal(text: &[u8]) -> Option<f64> {
    let (negative, digits) = match text {
        [b'-', rest @ ..] => (true, rest),
        _ => (false, text),
    };
    if digits.len() > EXACT_DIGITS + 1 {
        return None;
    }
    let (mut whole, mut point) = (0_u64, None);
    for (at, byte) in digits.iter().enumerate() {
        match byte {
            b'0'..=b'9' => whole = 10 * whole + u64::from(byte - b'0'),
            b'.' if point.is_none() => point = Some(at),
            _ => return None,
        }
    }
    let n_digits = digits.len() - usize::from(point.is_some());
    let decimals = point.map_or(0, |at| digits.len() - 1 - at);
    if !(1..=EXACT_DIGITS).contains(&n_digits) {
        return None;
    }
    let number = whole as f64 / POWERS.get(decimals)?;
    Some(if negative { -number } else { number })
}

#[cfg(test)]
mod tests {
    use super::{Decimal, parse, parse_plain};
    use crate::numerics::random::RandomState;

    #[track_caller]
    fn check(text: &str) {
        let expected: Option<f64> = text.parse().ok();
        assert_eq!(parse_plain(text).map(f64::to_bits), expected.map(f64::to_bits), "{text}");
    }

    #[test]
    fn reads_as_the_standard_library_does() {
        for text in [
            "",
            " ",
            "-",
            ".",
            "-.",
            "+1",
            "1.",
            ".5",
            "-.5",
            "-0",
            "-0.0",
            "00012.50",
            "1..2",
            "1.2.3",
            "1e5",
            "1E-3",
            "inf",
            "-Infinity",
            "NaN",
            "nan",
            "1,5",
            "1 ",
            "0x10",
            "١",
            "1_000",
            "999999999999999",
            "9999999999999999",
            "0.000000000000001",
            "0.0000000000000001",
            "9007199254740993",
            "1e400",
            "123456789012345.",
            ".123456789012345",
            "--1",
        ] {
            check(text);
        }
        let mut random = RandomState::new(3);
        for _ in 0..20_000 {
            let mut digit = || char::from(b'0' + random.interval(9) as u8);
            let mut text: String = (0..18).map(|_| digit()).collect();
            text.truncate(1 + random.interval(17) as usize);
            text.insert(random.interval(text.len() as u32) as usize, '.');
            check(&text);
            check(&format!("-{text}"));
        }
    }

    #[test]
    fn groups_and_decimal_marks() {
        let check = |text: &str, point: Option<f64>, comma: Option<f64>| {
            let found = [Decimal::Point, Decimal::Comma].map(|decimal| parse(text, decimal));
            assert_eq!(found, [point, comma], "{text}");
        };
        check("12", Some(12.0), Some(12.0));
        check("1.5", Some(1.5), None);
        check("1,5", None, Some(1.5));
        check("1.234", Some(1.234), Some(1_234.0));
        check("1,234", Some(1_234.0), Some(1.234));
        check("-1,234.5", Some(-1_234.5), None);
        check("-1.234,5", None, Some(-1_234.5));
        check("0,500", None, Some(0.5));
        check("-0,500", None, Some(-0.5));
        check("0.125", Some(0.125), None);
        check("00,500", None, Some(0.5));
        check("0 500", None, None);
        check("10,500", Some(10_500.0), Some(10.5));
        check("1 234 567", Some(1_234_567.0), Some(1_234_567.0));
        check("12 34", None, None);
        check("1234,567", None, Some(1_234.567));
        check("1234,567.5", None, None);
        check("1,,234", None, None);
        check(",5", None, Some(0.5));
        check("1,5e3", None, Some(1_500.0));
        check("1,2,3", None, None);
        check("a,5", None, None);
        check("", None, None);
        check("-", None, None);
        check("1.2.3", None, None);
    }
}
