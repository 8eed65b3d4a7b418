//! A fast digest of bytes, to name a data set and to find a text in a dictionary.

/// What FNV-1a begins with.
const BASIS: u64 = 0xcbf2_9ce4_8422_2325;

/// Bytes of a word.
const WORD: usize = 8;

/// Words taken side by side.
const LANES: usize = 4;

/// Bytes taken in one step.
const BLOCK: usize = LANES * WORD;

/// The digest of bytes that come piece by piece; how they are cut makes no difference.
///
/// FNV-1a's exclusive-or and multiply (Fowler, Noll, Vo), eight bytes at a time, with the high half
/// folded down after each step and the length put in last. Every fourth word goes into the same lane,
/// since a step waits for the one before it. Against accidents, not against intent.
#[derive(Clone, Debug)]
pub struct Digest {
    lanes: [u64; LANES],
    /// The bytes after the last whole block.
    rest: [u8; BLOCK],
    bytes: u64,
}

impl Digest {
    /// Of no bytes yet; `state` is the digest that this one continues, or 0.
    pub fn new(state: u64) -> Self {
        Self { lanes: [state ^ BASIS; LANES], rest: [0; BLOCK], bytes: 0 }
    }

    /// Takes further bytes.
    #[inline(never)]
    pub fn push(&mut self, mut bytes: &[u8]) {
        let waiting = self.bytes as usize % BLOCK;
        self.bytes += bytes.len() as u64;
        if waiting > 0 {
            let taken = bytes.len().min(BLOCK - waiting);
            let (first, later) = bytes.split_at(taken);
            self.rest[waiting..waiting + taken].copy_from_slice(first);
            if waiting + taken < BLOCK {
                return;
            }
            self.lanes = block(self.lanes, &self.rest);
            bytes = later;
        }
        let (blocks, rest) = bytes.as_chunks::<BLOCK>();
        self.lanes = blocks.iter().fold(self.lanes, block);
        self.rest = [0; BLOCK];
        self.rest[..rest.len()].copy_from_slice(rest);
    }

    /// The digest of all bytes taken.
    pub fn value(&self) -> u64 {
        let [first, others @ ..] = block(self.lanes, &self.rest);
        others.into_iter().chain([self.bytes]).fold(first, step)
    }
}

/// A digest of few bytes that continues `state`; not the one that [`Digest`] has of them.
pub fn digest(state: u64, bytes: &[u8]) -> u64 {
    let (words, rest) = bytes.as_chunks::<WORD>();
    let state =
        words.iter().fold(state ^ BASIS, |state, &word| step(state, u64::from_le_bytes(word)));
    let rest = match bytes.last_chunk() {
        Some(&last) => u64::from_le_bytes(last),
        None => rest.iter().rev().fold(0, |word, &byte| word << 8 | u64::from(byte)),
    };
    step(step(state, rest), bytes.len() as u64)
}

fn block(mut lanes: [u64; LANES], block: &[u8; BLOCK]) -> [u64; LANES] {
    let (words, _) = block.as_chunks::<WORD>();
    for (lane, word) in lanes.iter_mut().zip(words) {
        *lane = step(*lane, u64::from_le_bytes(*word));
    }
    lanes
}

fn step(state: u64, word: u64) -> u64 {
    let product = (state ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    product ^ (product >> 32)
}

#[cfg(test)]
mod tests {
    use super::{Digest, digest};

    #[test]
    fn cuts_make_no_difference_and_bytes_do() {
        let bytes: Vec<u8> = (0..84).map(|byte| byte * 3).collect();
        let mut whole = Digest::new(5);
        whole.push(&bytes);
        for first in 0..bytes.len() {
            for second in first..bytes.len() {
                let mut pieces = Digest::new(5);
                pieces.push(&bytes[..first]);
                pieces.push(&bytes[first..second]);
                pieces.push(&bytes[second..]);
                assert_eq!(pieces.value(), whole.value(), "cut at {first} and {second}");
            }
        }
        for changed in 0..bytes.len() {
            let mut other = bytes.clone();
            other[changed] ^= 1;
            let mut digest_of = Digest::new(5);
            digest_of.push(&other);
            assert_ne!(digest_of.value(), whole.value(), "byte {changed}");
            assert_ne!(digest(5, &other), digest(5, &bytes), "byte {changed}");
        }
        assert_ne!(digest(5, b"a"), digest(5, b"a\0"));
        assert_ne!(digest(5, b""), digest(5, &[0; 8]));
    }
}
