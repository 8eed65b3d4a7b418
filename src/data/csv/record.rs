//! Rows of any form, byte by byte: quotes, any number of cells, cut anywhere by the end of a piece.

use ::csv_core::{ReadRecordResult, Reader, ReaderBuilder};

use super::cells::Cells;
use super::format::{Delimiter, Quote};

/// A row that is being read by csv-core's state machine.
pub struct Record {
    core: Reader,
    /// The cells' bytes without quotes, one after the other; beyond `n_bytes` there is room.
    bytes: Vec<u8>,
    n_bytes: usize,
    /// Where each cell ends in `bytes`, after a 0; beyond `n_ends` there is room.
    ends: Vec<usize>,
    n_ends: usize,
    /// Bytes taken, quotes, delimiters and the first byte of the line end included.
    length: usize,
    whole: bool,
}

impl Record {
    /// No row begun.
    pub fn new(delimiter: Delimiter, quote: Quote) -> Self {
        let mut builder = ReaderBuilder::new();
        builder.delimiter(delimiter.byte());
        match quote.byte() {
            Some(quote) => builder.quote(quote),
            None => builder.quoting(false),
        };
        let mut core = builder.build();
        // csv-core skips a byte order mark if it is the first it sees, and its first may be any row
        core.read_record(b"\n", &mut [0], &mut [0]);
        Self {
            core,
            bytes: vec![0; 1 << 10],
            n_bytes: 0,
            ends: vec![0; 1 << 6],
            n_ends: 1,
            length: 0,
            whole: false,
        }
    }

    /// Takes bytes up to the row's end, and says how many. The first must be of the row, not a line
    /// end before it.
    pub fn push(&mut self, input: &[u8]) -> usize {
        let mut taken = 0;
        while taken < input.len() && !self.whole {
            taken += self.step(&input[taken..]);
        }
        self.length += taken;
        taken
    }

    /// Ends the row that was begun, since the text ends; says whether all its quotes are closed.
    pub fn finish(&mut self) -> bool {
        // inside a quote a line end is text
        self.push(b"\n");
        let is_closed = self.whole;
        while !self.whole {
            self.step(&[]);
        }
        is_closed
    }

    fn step(&mut self, input: &[u8]) -> usize {
        let (result, taken, written, ended) = self.core.read_record(
            input,
            &mut self.bytes[self.n_bytes..],
            &mut self.ends[self.n_ends..],
        );
        self.n_bytes += written;
        self.n_ends += ended;
        match result {
            ReadRecordResult::InputEmpty => {}
            ReadRecordResult::OutputFull => self.bytes.resize(2 * self.bytes.len(), 0),
            ReadRecordResult::OutputEndsFull => self.ends.resize(2 * self.ends.len(), 0),
            ReadRecordResult::Record | ReadRecordResult::End => self.whole = true,
        }
        taken
    }

    /// Makes way for the next row.
    pub fn clear(&mut self) {
        (self.n_bytes, self.n_ends, self.length, self.whole) = (0, 1, 0, false);
    }

    /// Bytes of the text taken for this row.
    pub fn length(&self) -> usize {
        self.length
    }

    /// The row's end was seen.
    pub fn is_whole(&self) -> bool {
        self.whole
    }

    /// How many cells a whole row has.
    pub fn width(&self) -> usize {
        self.n_ends - 1
    }

    /// The cells of a whole row.
    pub fn cells(&self) -> Cells<'_> {
        // cut at ASCII characters, UTF-8 stays UTF-8
        match std::str::from_utf8(&self.bytes[..self.n_bytes]) {
            Ok(text) => {
                Cells { text, bounds: &self.ends[..self.n_ends], width: self.width(), gap: 0 }
            }
            Err(_) => Cells { text: "", bounds: &[], width: 0, gap: 0 },
        }
    }
}
