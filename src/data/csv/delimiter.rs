//! What separates the cells and what stands around them, seen from the first rows.

use super::format::{Delimiter, FormatChoice, Quote};
use super::record::Record;
use super::table::MAX_ROW_BYTES;

/// Rows looked at, the header included.
const SAMPLE_ROWS: usize = 20;

const LINE_ENDS: [char; 2] = ['\r', '\n'];

/// The delimiter that splits most of the first rows into as many cells as the header, and into the
/// most cells; a comma when none splits the header. And the quote: `'` where cells begin and end with
/// it and there is no `"`.
///
/// `head` is the start of a text, and all of it when `is_all`; `None` when more is needed to decide.
pub fn cut(head: &str, is_all: bool, choice: &FormatChoice) -> Option<(Delimiter, Quote)> {
    let quote = choice.quote.unwrap_or_else(|| quote(head, choice.delimiter));
    if let Some(delimiter) = choice.delimiter {
        return Some((delimiter, quote));
    }
    let mut best = (Delimiter::Comma, (0, 1));
    for candidate in Delimiter::SEEN {
        let (agreeing, width) = agreement(head, is_all, candidate, quote)?;
        if width > 1 && (agreeing, width) > best.1 {
            best = (candidate, (agreeing, width));
        }
    }
    Some((best.0, quote))
}

/// `'` when at least two cells begin with it, as many end with it, and there is no `"`.
fn quote(head: &str, delimiter: Option<Delimiter>) -> Quote {
    let is_cut = |character: char| {
        LINE_ENDS.contains(&character)
            || match delimiter {
                Some(delimiter) => character == char::from(delimiter.byte()),
                None => Delimiter::SEEN.iter().any(|seen| character == char::from(seen.byte())),
            }
    };
    if head.contains('"') {
        return Quote::Double;
    }
    let (mut begins, mut ends) = (0, 0);
    let mut before = '\n';
    for (at, character) in head.char_indices() {
        if character == '\'' {
            let next = head.get(at + 1..).and_then(|rest| rest.chars().next());
            begins += usize::from(is_cut(before));
            ends += usize::from(next.is_none_or(is_cut));
        }
        before = character;
    }
    // the head may end within a cell
    if begins >= 2 && ends.abs_diff(begins) <= 1 { Quote::Single } else { Quote::Double }
}

/// Rows as wide as the header, and that width; `None` when `head` has too few rows to say.
fn agreement(
    head: &str,
    is_all: bool,
    delimiter: Delimiter,
    quote: Quote,
) -> Option<(usize, usize)> {
    let mut rest = head.trim_start_matches(LINE_ENDS);
    let quoted = |text: &str| quote.byte().is_some_and(|quote| text.contains(char::from(quote)));
    if let Some((first, _)) = rest.split_once(LINE_ENDS)
        && !first.contains(char::from(delimiter.byte()))
        && !quoted(first)
    {
        return Some((1, 1));
    }
    let mut record = Record::new(delimiter, quote);
    let (mut agreeing, mut width) = (0, 0);
    for row in 0..SAMPLE_ROWS {
        rest = rest.trim_start_matches(LINE_ENDS);
        rest = &rest[record.push(rest.as_bytes())..];
        if record.length() > MAX_ROW_BYTES {
            break;
        }
        if !record.is_whole() {
            if !is_all {
                return None;
            }
            if record.length() == 0 {
                break;
            }
            record.finish();
        }
        let cells = record.width();
        record.clear();
        if row == 0 {
            width = cells;
        }
        if width == 1 {
            break;
        }
        agreeing += usize::from(cells == width);
    }
    Some((agreeing, width))
}
