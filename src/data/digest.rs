//! A fast digest of bytes, to name a data set and to find a text in a dictionary.

/// Bytes taken in one step.
const WORD: usize = 8;

/// The digest of bytes that come piece by piece; how they are cut makes no difference.
///
/// FNV-1a's exclusive-or and multiply (Fowler, Noll, Vo), eight bytes at a time, with the high half
/// folded down after each step and the length put in last. Against accidents, not against intent.
#[derive(Clone, Debug)]
pub struct Digest {
    state: u64,
    /// The bytes after the last whole word.
    rest: [u8; WORD],
    bytes: u64,
}

impl Digest {
    /// Of no bytes yet; `state` is the digest that this one continues, or 0.
    pub fn new(state: u64) -> Self {
        Self { state: state ^ 0xcbf2_9ce4_8422_2325, rest: [0; WORD], bytes: 0 }
    }

    /// Takes further bytes.
    #[inline(never)]
    pub fn push(&mut self, mut bytes: &[u8]) {
        let waiting = self.bytes as usize % WORD;
        self.bytes += bytes.len() as u64;
        if waiting > 0 {
            let taken = bytes.len().min(WORD - waiting);
            let (first, later) = bytes.split_at(taken);
            self.rest[waiting..waiting + taken].copy_from_slice(first);
            if waiting + taken < WORD {
                return;
            }
            self.state = step(self.state, self.rest);
            bytes = later;
        }
        let (words, rest) = bytes.as_chunks::<WORD>();
        self.state = words.iter().fold(self.state, |state, &word| step(state, word));
        self.rest = [0; WORD];
        self.rest[..rest.len()].copy_from_slice(rest);
    }

    /// The digest of all bytes taken.
    pub fn value(&self) -> u64 {
        step(step(self.state, self.rest), self.bytes.to_le_bytes())
    }
}

/// Continues the digest `state` with `bytes`, all there are.
pub fn digest(state: u64, bytes: &[u8]) -> u64 {
    let mut digest = Digest::new(state);
    digest.push(bytes);
    digest.value()
}

fn step(state: u64, word: [u8; WORD]) -> u64 {
    let product = (state ^ u64::from_le_bytes(word)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    product ^ (product >> 32)
}

#[cfg(test)]
mod tests {
    use super::{Digest, digest};

    #[test]
    fn cuts_make_no_difference_and_zeros_do() {
        let bytes: Vec<u8> = (0..36).map(|byte| byte * 7).collect();
        for first in 0..bytes.len() {
            for second in first..bytes.len() {
                let mut pieces = Digest::new(5);
                pieces.push(&bytes[..first]);
                pieces.push(&bytes[first..second]);
                pieces.push(&bytes[second..]);
                assert_eq!(pieces.value(), digest(5, &bytes), "cut at {first} and {second}");
            }
        }
        assert_ne!(digest(5, b"a"), digest(5, b"a\0"));
        assert_ne!(digest(5, b""), digest(5, &[0; 8]));
    }
}
