//! Counting lines, which end with CRLF, LF or CR.

/// The line ends of a text that comes piece by piece.
#[derive(Clone, Debug, Default)]
pub struct Lines {
    ends: usize,
    /// The last byte was a CR: a LF now belongs to it.
    after_cr: bool,
}

impl Lines {
    /// Passes over further text.
    pub fn pass(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.ends += usize::from(byte == b'\r' || (byte == b'\n' && !self.after_cr));
            self.after_cr = byte == b'\r';
        }
    }

    /// Passes over text that has a single line end, its last byte.
    pub fn pass_line(&mut self, end: u8) {
        self.ends += 1;
        self.after_cr = end == b'\r';
    }

    /// The line, from 1, of the next byte.
    pub fn line(&self) -> usize {
        1 + self.ends
    }
}
