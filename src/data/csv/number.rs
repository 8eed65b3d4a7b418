//! Text → number, as the standard library reads it and faster.

/// Powers of ten that a double holds exactly.
const POWERS: [f64; 16] =
    [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

/// Most digits whose number a double always holds exactly.
const EXACT_DIGITS: usize = 15;

/// The number that `text` is to the standard library, bit for bit; `None` when it is none.
///
/// Up to 15 digits with a point among them are a whole number and a power of ten, both exact in a
/// double, so that one division rounds correctly (Clinger 1990, "How to read floating point numbers
/// accurately"). Everything else is left to the standard library.
pub fn parse(text: &str) -> Option<f64> {
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
    use super::parse;
    use crate::numerics::random::RandomState;

    #[track_caller]
    fn check(text: &str) {
        let expected: Option<f64> = text.parse().ok();
        assert_eq!(parse(text).map(f64::to_bits), expected.map(f64::to_bits), "{text}");
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
}
