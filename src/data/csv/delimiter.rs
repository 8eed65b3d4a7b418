//! Which character separates the cells.

use ::csv::StringRecord;

use super::table::reader;

/// In the order of preference, should two fit equally well.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Rows looked at, the header included.
const SAMPLE_ROWS: usize = 20;

/// The delimiter that splits most of the first rows into as many cells as the header, and into the
/// most cells; a comma when none splits the header.
pub fn delimiter(text: &str) -> u8 {
    let mut best = (b',', (0, 1));
    for candidate in DELIMITERS {
        let (agreeing, width) = agreement(text, candidate);
        if width > 1 && (agreeing, width) > best.1 {
            best = (candidate, (agreeing, width));
        }
    }
    best.0
}

/// Rows as wide as the header, and that width.
fn agreement(text: &str, delimiter: u8) -> (usize, usize) {
    let mut reader = reader(text, delimiter);
    let mut record = StringRecord::new();
    let (mut agreeing, mut width) = (0, 0);
    for row in 0..SAMPLE_ROWS {
        if !matches!(reader.read_record(&mut record), Ok(true)) {
            break;
        }
        if row == 0 {
            width = record.len();
        }
        agreeing += usize::from(record.len() == width);
    }
    (agreeing, width)
}
