//! The distinct texts of a column, numbered in the order they come.

use std::borrow::Cow;

use super::digest::digest;

/// Distinct texts and their codes: an open-addressing hash table over one buffer.
///
/// A million different texts cost their bytes and twelve each; nothing is ever iterated in hash
/// order.
#[derive(Clone, Debug)]
pub struct Dictionary {
    bytes: Vec<u8>,
    ends: Vec<u32>,
    /// Code + 1, or 0 when free; the length is a power of two, at least double the codes.
    slots: Vec<u32>,
}

impl Dictionary {
    /// No texts yet.
    pub fn new() -> Self {
        Self { bytes: Vec::new(), ends: Vec::new(), slots: vec![0; 32] }
    }

    /// How many different texts.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// The code of `text`, a new one when it was not there.
    pub fn code(&mut self, text: &[u8]) -> u32 {
        let slot = match self.find(text) {
            Ok(code) => return code,
            Err(slot) => slot,
        };
        let code = self.ends.len() as u32;
        self.bytes.extend_from_slice(text);
        self.ends.push(self.bytes.len() as u32);
        self.slots[slot] = code + 1;
        if self.slots.len() < 2 * self.ends.len() {
            self.grow();
        }
        code
    }

    /// Every text, by code.
    pub fn texts(&self) -> impl Iterator<Item = Cow<'_, str>> {
        (0..self.ends.len()).map(|code| String::from_utf8_lossy(self.text(code)))
    }

    /// The text's code, or the free slot it belongs in.
    fn find(&self, text: &[u8]) -> Result<u32, usize> {
        let mask = self.slots.len() - 1;
        let mut slot = digest(0, text) as usize & mask;
        loop {
            match self.slots[slot].checked_sub(1) {
                None => return Err(slot),
                Some(code) if self.text(code as usize) == text => return Ok(code),
                Some(_) => slot = (slot + 1) & mask,
            }
        }
    }

    fn grow(&mut self) {
        self.slots = vec![0; 2 * self.slots.len()];
        for code in 0..self.ends.len() {
            if let Err(slot) = self.find(self.text(code)) {
                self.slots[slot] = code as u32 + 1;
            }
        }
    }

    fn text(&self, code: usize) -> &[u8] {
        let start = code.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        &self.bytes[start..self.ends[code] as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::Dictionary;

    #[test]
    fn numbers_texts_in_the_order_they_come() {
        let mut dictionary = Dictionary::new();
        let texts: Vec<String> = (0..5_000).map(|i| format!("level {}", i * i % 3_001)).collect();
        let mut seen: Vec<&str> = Vec::new();
        for text in &texts {
            let code = dictionary.code(text.as_bytes()) as usize;
            match seen.iter().position(|known| known == text) {
                Some(position) => assert_eq!(code, position),
                None => {
                    assert_eq!(code, seen.len());
                    seen.push(text);
                }
            }
        }
        assert_eq!(dictionary.len(), seen.len());
        assert!(dictionary.texts().eq(seen));
    }
}
