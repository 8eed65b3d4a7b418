//! Which character separates the cells.

use super::record::Record;
use super::table::MAX_ROW_BYTES;

/// In the order of preference, should two fit equally well.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Rows looked at, the header included.
const SAMPLE_ROWS: usize = 20;

const LINE_ENDS: [char; 2] = ['\r', '\n'];

/// The delimiter that splits most of the first rows into as many cells as the header, and into the
/// most cells; a comma when none splits the header.
///
/// `head` is the start of a text, and all of it when `is_all`; `None` when more is needed to decide.
pub fn delimiter(head: &str, is_all: bool) -> Option<u8> {
    let mut best = (b',', (0, 1));
    for candidate in DELIMITERS {
        let (agreeing, width) = agreement(head, is_all, candidate)?;
        if width > 1 && (agreeing, width) > best.1 {
            best = (candidate, (agreeing, width));
        }
    }
    Some(best.0)
}

/// Rows as wide as the header, and that width; `None` when `head` has too few rows to say.
fn agreement(head: &str, is_all: bool, delimiter: u8) -> Option<(usize, usize)> {
    let mut rest = head.trim_start_matches(LINE_ENDS);
    if let Some((first, _)) = rest.split_once(LINE_ENDS)
        && !first.contains(['"', char::from(delimiter)])
    {
        return Some((1, 1));
    }
    let mut record = Record::new(delimiter);
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
