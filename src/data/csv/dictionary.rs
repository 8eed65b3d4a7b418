//! The distinct texts of a column, numbered in the order they come.

use std::ops::Range;

use super::digest::digest;
use crate::data::TextColumn;

/// Longest text that a slot holds whole, bytes.
const SHORT: usize = 16;

/// `MASKS[n]` keeps the first `n` bytes of a little-endian word.
const MASKS: [u128; SHORT + 1] = {
    let mut masks = [u128::MAX; SHORT + 1];
    let mut n = 0;
    while n < SHORT {
        masks[n] = (1 << (8 * n)) - 1;
        n += 1;
    }
    masks
};

/// Distinct texts and their codes: an open-addressing hash table that is never iterated.
#[derive(Clone, Debug)]
pub struct Dictionary {
    texts: TextColumn,
    /// A power of two of them, at least double the texts.
    slots: Vec<Slot>,
}

/// Where the code of a text is kept: small, since a column of numbers fills thousands.
#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    key: Key,
    /// Bytes of the text.
    len: u32,
    /// Code + 1, or 0 when the slot is free.
    next: u32,
}

/// A text of at most [`SHORT`] bytes itself, or a longer one's digest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Key {
    head: u64,
    tail: u64,
}

impl Dictionary {
    /// No texts yet.
    pub fn new() -> Self {
        Self { texts: TextColumn::default(), slots: vec![Slot::default(); 32] }
    }

    /// The texts; the row of each is its code.
    pub fn texts(&self) -> &TextColumn {
        &self.texts
    }

    /// The code of the bytes `cell` of `row`, a new one when that text was not there. Empty when
    /// `cell` is no text in `row`.
    pub fn code(&mut self, row: &str, cell: Range<usize>) -> u32 {
        let text = row.get(cell.clone()).unwrap_or_default();
        let new = Slot {
            key: Key::of(row, cell.start, text),
            len: text.len() as u32,
            next: self.texts.len() as u32 + 1,
        };
        let mask = self.slots.len() - 1;
        let mut at = new.hash() & mask;
        loop {
            let slot = self.slots[at];
            match slot.next.checked_sub(1) {
                None => return self.insert(text, new, at),
                Some(code) if slot.agrees(new) && self.is(code, text) => return code,
                Some(_) => at = (at + 1) & mask,
            }
        }
    }

    /// Whether `text`, of which the keys agree, has this code.
    fn is(&self, code: u32, text: &str) -> bool {
        text.len() <= SHORT || self.texts.get(code as usize) == Some(text)
    }

    #[cold]
    fn insert(&mut self, text: &str, new: Slot, at: usize) -> u32 {
        self.texts.push(text);
        self.slots[at] = new;
        if self.slots.len() < 2 * self.texts.len() {
            self.grow();
        }
        new.next - 1
    }

    fn grow(&mut self) {
        let mask = 2 * self.slots.len() - 1;
        let old = std::mem::replace(&mut self.slots, vec![Slot::default(); mask + 1]);
        for slot in old.into_iter().filter(|slot| slot.next > 0) {
            let mut at = slot.hash() & mask;
            while self.slots[at].next > 0 {
                at = (at + 1) & mask;
            }
            self.slots[at] = slot;
        }
    }
}

impl Key {
    /// Of `text`, which stands in `row` from `start` on: most cells are short, and cut out of one
    /// word read from the row without a branch on their length.
    fn of(row: &str, start: usize, text: &str) -> Self {
        match MASKS.get(text.len()) {
            Some(mask) => {
                let word = word(row.as_bytes(), start) & mask;
                Self { head: word as u64, tail: (word >> 64) as u64 }
            }
            None => Self { head: digest(0, text.as_bytes()), tail: 0 },
        }
    }
}

impl Slot {
    fn agrees(self, other: Self) -> bool {
        self.key == other.key && self.len == other.len
    }

    fn hash(self) -> usize {
        let mixed = (self.key.head ^ u64::from(self.len) << 56).wrapping_mul(0x9e37_79b9_7f4a_7c15)
            ^ self.key.tail.wrapping_mul(0xc2b2_ae3d_27d4_eb4f);
        ((mixed ^ mixed >> 32).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as usize
    }
}

/// Sixteen bytes from `start` on, zeros past the end.
fn word(bytes: &[u8], start: usize) -> u128 {
    let rest = bytes.get(start..).unwrap_or_default();
    match (rest.first_chunk(), bytes.last_chunk()) {
        (Some(first), _) => u128::from_le_bytes(*first),
        (None, Some(last)) => {
            let missing = SHORT - rest.len();
            u128::from_le_bytes(*last).checked_shr(8 * missing as u32).unwrap_or(0)
        }
        (None, None) => rest.iter().rev().fold(0, |word, &byte| word << 8 | u128::from(byte)),
    }
}

#[cfg(test)]
mod tests {
    use super::Dictionary;

    #[test]
    fn numbers_texts_in_the_order_they_come() {
        let mut dictionary = Dictionary::new();
        let mut seen: Vec<String> = Vec::new();
        for i in 0..5_000_usize {
            // lengths 0 to 29, at the start, in the middle and at the end of a row
            let text = format!("{:-^1$}", i * i % 3_001, i % 30);
            let text = &text[..text.len().min(i % 30)];
            let (before, after) = ("\0x,".repeat(i % 3), "y,".repeat(i % 11));
            let row = format!("{before}{text}{after}");
            let code = dictionary.code(&row, before.len()..before.len() + text.len()) as usize;
            match seen.iter().position(|known| known == text) {
                Some(position) => assert_eq!(code, position, "{text}"),
                None => {
                    assert_eq!(code, seen.len(), "{text}");
                    seen.push(text.to_owned());
                }
            }
        }
        assert_eq!(dictionary.texts().len(), seen.len());
        assert!((0..).zip(&seen).all(|(code, text)| dictionary.texts().get(code) == Some(text)));
    }

    #[test]
    fn a_zero_byte_is_not_the_end() {
        let mut dictionary = Dictionary::new();
        assert_eq!(dictionary.code("a", 0..1), 0);
        assert_eq!(dictionary.code("a\0", 0..2), 1);
        assert_eq!(dictionary.code("", 0..0), 2);
        assert_eq!(dictionary.code("\0", 0..1), 3);
    }
}
