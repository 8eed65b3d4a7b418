//! Where the cells of rows stand in their text.

use std::ops::Range;

/// Rows of one width.
#[derive(Clone, Copy)]
pub struct Cells<'a> {
    /// Where the cells stand.
    pub text: &'a str,
    /// For each row where its first cell starts, then where the next one would after each cell.
    pub bounds: &'a [usize],
    /// Cells of each row.
    pub width: usize,
    /// Bytes between a cell and the next.
    pub gap: usize,
}

impl<'a> Cells<'a> {
    /// How many rows.
    pub fn n_rows(self) -> usize {
        self.bounds.len() / (self.width + 1)
    }

    /// Where the cells of a column stand in the text, the white space around them cut.
    pub fn column(self, column: usize) -> impl Iterator<Item = Range<usize>> + use<'a> {
        let text = self.text.as_bytes();
        self.bounds
            .chunks_exact(self.width + 1)
            .map(move |row| trimmed(text, row[column]..row[column + 1] - self.gap))
    }

    /// The texts of the first row.
    pub fn first_row(self) -> impl Iterator<Item = &'a str> {
        (0..self.width).filter_map(move |column| Some(&self.text[self.column(column).next()?]))
    }
}

/// A cell without the white space around it.
fn trimmed(text: &[u8], range: Range<usize>) -> Range<usize> {
    let cell = &text[range.clone()];
    match (cell.first(), cell.last()) {
        // no white space is above the space
        (Some(b'!'..), Some(b'!'..)) => range,
        _ => {
            let start = range.end - cell.trim_ascii_start().len();
            start..start + cell.trim_ascii().len()
        }
    }
}
