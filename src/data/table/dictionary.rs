//! The distinct texts of a column, numbered in the order they come.

use std::ops::Range;

use crate::data::TextColumn;

/// Most texts of a dictionary: a code is a byte.
pub const MAX_TEXTS: usize = 1 << 8;

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
    /// What a hash is shifted by to give a slot.
    shift: u32,
}

/// Where the code of a text is kept.
#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    key: Key,
    /// Code + 1, or 0 when the slot is free.
    next: u32,
}

/// A text of at most [`SHORT`] bytes itself, or a longer one's first and last, and how many it has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Key {
    head: u64,
    tail: u64,
    len: u32,
}

impl Default for Dictionary {
    fn default() -> Self {
        Self::new()
    }
}

impl PartialEq for Dictionary {
    fn eq(&self, other: &Self) -> bool {
        self.texts == other.texts
    }
}

impl Dictionary {
    /// No texts yet.
    #[must_use]
    pub fn new() -> Self {
        let bits: u32 = 5;
        Self {
            texts: TextColumn::default(),
            slots: vec![Slot::default(); 1 << bits],
            shift: u64::BITS - bits,
        }
    }

    /// The dictionary of these texts, in this order; `None` when one comes twice or there are more than
    /// 256.
    pub fn of(texts: &TextColumn) -> Option<Self> {
        let mut dictionary = Self::new();
        let numbered = (0_usize..).zip(texts.iter());
        for (code, text) in numbered {
            let new = dictionary.code(text, 0..text.len()).map(usize::from);
            if new != Some(code) {
                return None;
            }
        }
        Some(dictionary)
    }

    /// The texts; the row of each is its code.
    pub fn texts(&self) -> &TextColumn {
        &self.texts
    }

    /// The code of the text `cell` of `row`, a new one when that text was not there; `None` when it
    /// would be one more than 256.
    #[inline(always)]
    pub fn code(&mut self, row: &str, cell: Range<usize>) -> Option<u8> {
        let at = self.slot(row.as_bytes(), cell.clone());
        match self.slots[at].next {
            0 => self.insert(row, cell, at),
            next => Some((next - 1) as u8),
        }
    }

    /// The slot of the text `cell` of `row`, or the free one where it would go.
    #[inline(always)]
    fn slot(&self, row: &[u8], cell: Range<usize>) -> usize {
        let text = &row[cell.clone()];
        let key = Key::of(row, cell.start, text);
        let mask = self.slots.len() - 1;
        let mut at = key.hash(self.shift) & mask;
        loop {
            let slot = &self.slots[at];
            if slot.next == 0 || slot.key == key && self.is(slot.next - 1, text) {
                return at;
            }
            at = (at + 1) & mask;
        }
    }

    /// Whether `text`, of which the keys agree, has this code.
    #[inline]
    fn is(&self, code: u32, text: &[u8]) -> bool {
        text.len() <= SHORT || self.texts.get(code as usize).map(str::as_bytes) == Some(text)
    }

    #[cold]
    #[inline(never)]
    fn insert(&mut self, row: &str, cell: Range<usize>, at: usize) -> Option<u8> {
        let code = self.texts.len();
        if code == MAX_TEXTS {
            return None;
        }
        let (start, text) = (cell.start, &row[cell]);
        self.texts.push(text);
        let key = Key::of(row.as_bytes(), start, text.as_bytes());
        self.slots[at] = Slot { key, next: code as u32 + 1 };
        if self.slots.len() < 2 * self.texts.len() {
            self.grow();
        }
        Some(code as u8)
    }

    fn grow(&mut self) {
        let mask = 2 * self.slots.len() - 1;
        let old = std::mem::replace(&mut self.slots, vec![Slot::default(); mask + 1]);
        self.shift -= 1;
        for slot in old.into_iter().filter(|slot| slot.next > 0) {
            let mut at = slot.key.hash(self.shift);
            while self.slots[at & mask].next > 0 {
                at += 1;
            }
            self.slots[at & mask] = slot;
        }
    }
}

impl Key {
    /// Of `text`, which stands in `row` from `start` on: most cells are short, and cut out of one
    /// word read from the row without a branch on their length.
    #[inline(always)]
    fn of(row: &[u8], start: usize, text: &[u8]) -> Self {
        let len = text.len() as u32;
        match MASKS.get(text.len()) {
            Some(mask) => {
                let word = word(&row[start..]) & mask;
                Self { head: word as u64, tail: (word >> 64) as u64, len }
            }
            None => {
                let head = text.first_chunk().copied().unwrap_or_default();
                let tail = text.last_chunk().copied().unwrap_or_default();
                Self { head: u64::from_le_bytes(head), tail: u64::from_le_bytes(tail), len }
            }
        }
    }

    /// The slot to look at first: the high bits of a product, which depend on all bits (Knuth, TAOCP
    /// 3, 6.4).
    #[inline]
    fn hash(self, shift: u32) -> usize {
        let mixed = self.head ^ self.tail.rotate_left(29);
        (mixed.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> shift) as usize
    }
}

/// The first sixteen bytes, zeros past the end.
#[inline]
fn word(bytes: &[u8]) -> u128 {
    match bytes.first_chunk() {
        Some(first) => u128::from_le_bytes(*first),
        None => last_word(bytes),
    }
}

/// Less than sixteen bytes, and zeros.
#[cold]
#[inline(never)]
fn last_word(bytes: &[u8]) -> u128 {
    bytes.iter().rev().fold(0, |word, &byte| word << 8 | u128::from(byte))
}

#[cfg(test)]
mod tests {
    use super::{Dictionary, MAX_TEXTS};

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
            let code = dictionary.code(&row, before.len()..before.len() + text.len());
            match seen.iter().position(|known| known == text) {
                Some(position) => assert_eq!(code.map(usize::from), Some(position), "{text}"),
                None if seen.len() == MAX_TEXTS => assert_eq!(code, None, "{text}"),
                None => {
                    assert_eq!(code.map(usize::from), Some(seen.len()), "{text}");
                    seen.push(text.to_owned());
                }
            }
        }
        assert_eq!(dictionary.texts().len(), MAX_TEXTS);
        assert!((0..).zip(&seen).all(|(code, text)| dictionary.texts().get(code) == Some(text)));
    }

    #[test]
    fn a_zero_byte_is_not_the_end() {
        let mut dictionary = Dictionary::new();
        assert_eq!(dictionary.code("a", 0..1), Some(0));
        assert_eq!(dictionary.code("a\0", 0..2), Some(1));
        assert_eq!(dictionary.code("", 0..0), Some(2));
        assert_eq!(dictionary.code("\0", 0..1), Some(3));
    }
}
