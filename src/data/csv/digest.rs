//! A fast digest of bytes, to name a data set and to find a text in a dictionary.

/// Continues the digest `state` with `bytes`.
///
/// FNV-1a's exclusive-or and multiply (Fowler, Noll, Vo), eight bytes at a time, with the high half
/// folded down after each step and the length put in last. Against accidents, not against intent.
pub fn digest(state: u64, bytes: &[u8]) -> u64 {
    let (words, rest) = bytes.as_chunks::<8>();
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    let state = words.iter().fold(state ^ 0xcbf2_9ce4_8422_2325, |state, &word| step(state, word));
    step(step(state, last), (bytes.len() as u64).to_le_bytes())
}

fn step(state: u64, word: [u8; 8]) -> u64 {
    let product = (state ^ u64::from_le_bytes(word)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    product ^ (product >> 32)
}
