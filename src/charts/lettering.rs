//! How wide a text will be, without asking a font.
//!
//! The same spec must give the same picture natively and in every browser, so widths come from one table. It holds the advances of DejaVu Sans, one of
//! the widest faces `system-ui` stands for: with a narrower face labels sit a little looser, never tighter.

/// Advances of U+0020 to U+007E in hundredths of the font size.
const ADVANCES: [u8; 95] = [
    32, 40, 46, 84, 64, 95, 78, 27, 39, 39, 50, 84, 32, 36, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64,
    64, 64, 34, 34, 84, 84, 84, 53, 100, 68, 69, 70, 77, 63, 58, 77, 75, 29, 29, 66, 56, 86, 75,
    79, 60, 79, 69, 63, 61, 73, 68, 99, 69, 61, 69, 39, 34, 39, 84, 50, 50, 61, 63, 55, 63, 62, 35,
    63, 63, 28, 28, 58, 28, 97, 63, 61, 63, 63, 41, 52, 39, 63, 59, 82, 59, 59, 52, 64, 34, 64, 84,
];

/// Estimated width of `text` in logical pixels at `size` pixels.
pub(super) fn width(text: &str, size: f64) -> f64 {
    text.chars().map(advance).sum::<f64>() * size
}

/// Estimated width of bold `text`, which runs a tenth wider.
pub(super) fn bold_width(text: &str, size: f64) -> f64 {
    width(text, size) * 1.1
}

/// `text` itself if it fits in `room` pixels, else its beginning and "…"; empty if not even that fits.
pub(super) fn shorten(text: &str, size: f64, room: f64) -> String {
    if width(text, size) <= room {
        return text.to_owned();
    }
    let mut shortened = String::new();
    let mut used = advance('…') * size;
    if used > room {
        return shortened;
    }
    for letter in text.chars() {
        used += advance(letter) * size;
        if used > room {
            break;
        }
        shortened.push(letter);
    }
    let kept = shortened.trim_end().len();
    shortened.truncate(kept);
    shortened.push('…');
    shortened
}

/// `text` broken between words into at most two lines of `room` pixels, the last one shortened if need be.
pub(super) fn two_lines(text: &str, size: f64, room: f64) -> Vec<String> {
    if width(text, size) <= room {
        return vec![text.to_owned()];
    }
    let fitting = text
        .match_indices(' ')
        .map(|(at, _)| text.split_at(at))
        .take_while(|(first, _)| width(first, size) <= room)
        .last();
    match fitting {
        Some((first, rest)) => vec![first.to_owned(), shorten(rest.trim_start(), size, room)],
        None => vec![shorten(text, size, room)],
    }
}

fn advance(letter: char) -> f64 {
    let code = u32::from(letter);
    let hundredths = match letter {
        ' '..='~' => ADVANCES.get((code as usize).wrapping_sub(32)).copied().unwrap_or(64),
        '\u{a0}' => 32,
        '\u{2212}' => 84,
        '…' => 100,
        // Combining marks take no room of their own; East Asian letters and pictographs fill the em.
        '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' => 0,
        _ if code >= 0x1100 => 105,
        _ => 66,
    };
    f64::from(hundredths) / 100.0
}
