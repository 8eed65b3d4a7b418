//! The 64-bit FNV-1a hash: small, and unlike the standard library's the same in every version of
//! Rust. It names files and stamps builds; it keeps no secrets.

/// A hash that bytes can be added to.
pub struct Fnv1a(u64);

impl Fnv1a {
    /// The hash of nothing.
    pub fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    /// Adds a part, its length first, so that parts cannot run into each other.
    pub fn add(&mut self, part: &[u8]) {
        for &byte in part.len().to_le_bytes().iter().chain(part) {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }

    /// The hash so far, as 16 hexadecimal digits.
    pub fn hex(&self) -> String {
        format!("{:016x}", self.0)
    }
}
