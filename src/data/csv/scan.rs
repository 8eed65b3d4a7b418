//! Where the cells of a plain row end: eight bytes a step, no quotes.

const ONES: u64 = u64::from_le_bytes([1; 8]);
const LOW_BITS: u64 = 0x7f * ONES;
const HIGH_BITS: u64 = 0x80 * ONES;

/// Whether the row that starts at `start` has a line end, as many cells as `bounds` has room for, no
/// `quote` and no control characters. Then `bounds` tells where its first cell starts, and where the
/// next one would after each cell: one byte behind its end.
///
/// A `quote` of 0 stands for none: no text has a zero byte.
pub fn plain_row(
    text: &[u8],
    start: usize,
    [delimiter, quote]: [u8; 2],
    bounds: &mut [usize],
) -> bool {
    let all_quotes = u64::from(quote) * ONES;
    let delimiters = u64::from(delimiter) * ONES;
    let Some((first, bounds)) = bounds.split_first_mut() else { return false };
    *first = start;
    let (words, _) = text.get(start..).unwrap_or_default().as_chunks::<8>();
    let (mut cells, mut quotes) = (0, 0);
    for (at, word) in (start..).step_by(8).zip(words) {
        let word = u64::from_le_bytes(*word);
        quotes |= first_zero(word ^ all_quotes);
        let mut delimited = zeros(word ^ delimiters);
        let controls = below_14(word) & !delimited;
        // bits below the lowest one; all when there is none
        delimited &= controls.wrapping_sub(1) & !controls;
        while delimited > 0 {
            let Some(bound) = bounds.get_mut(cells) else { return false };
            *bound = at + 1 + delimited.trailing_zeros() as usize / 8;
            cells += 1;
            delimited &= delimited - 1;
        }
        if controls > 0 {
            let line_end = at + controls.trailing_zeros() as usize / 8;
            let Some(bound) = bounds.get_mut(cells) else { return false };
            *bound = line_end + 1;
            let ended = matches!(text.get(line_end), Some(b'\n' | b'\r'));
            return ended && cells + 1 == bounds.len() && quotes == 0;
        }
    }
    false
}

/// The high bit of every byte that is zero.
fn zeros(word: u64) -> u64 {
    !(((word & LOW_BITS) + LOW_BITS) | word | LOW_BITS)
}

/// Not 0 when a byte is zero.
fn first_zero(word: u64) -> u64 {
    word.wrapping_sub(ONES) & !word & HIGH_BITS
}

/// The high bit of every byte below 14: line ends are, and no character that is seen.
fn below_14(word: u64) -> u64 {
    !(((word & LOW_BITS) + (0x80 - 14) * ONES) | word) & HIGH_BITS
}

#[cfg(test)]
mod tests {
    use super::plain_row;

    #[track_caller]
    fn check(text: &str, delimiter: u8, expected: Option<&[usize]>) {
        let padded = format!("..{text}{}", "~".repeat(16));
        let mut bounds = [0; 4];
        let plain = plain_row(padded.as_bytes(), 2, [delimiter, b'"'], &mut bounds);
        let ends: Vec<usize> = bounds[1..].iter().map(|bound| bound.saturating_sub(3)).collect();
        assert_eq!(plain.then_some(&ends[..]), expected, "{text:?}");
    }

    #[test]
    fn the_ends_of_plain_rows() {
        check("a,b,c\n", b',', Some(&[1, 3, 5]));
        check(",,\r\n", b',', Some(&[0, 1, 2]));
        check("a long first cell,b,ü\r", b',', Some(&[17, 19, 22]));
        check("a,b\tc,d\n", b'\t', None);
        check("a,b\tc,d\t\n", b'\t', Some(&[3, 7, 8]));
        check("¬,\u{ad}\u{8d};,¦\n", b',', Some(&[2, 8, 11]));
        check(&format!("{},{},\n", "x".repeat(100), "y".repeat(31)), b',', Some(&[100, 132, 133]));
    }

    #[test]
    fn other_rows_are_left_to_others() {
        check("a,b\n", b',', None);
        check("a,b,c,d\n", b',', None);
        check("a,b,c", b',', None);
        check("a,\"b\",c\n", b',', None);
        check("a,b\"c,d\n", b',', None);
        check("a,b\tc,d\n", b',', None);
        check("\n", b',', None);
        check("", b',', None);
    }
}
