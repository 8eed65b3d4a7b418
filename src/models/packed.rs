//! Whole numbers in few bytes, for fields that hold many: `#[serde(with = "packed")]`.
//!
//! Seven bits a byte, the lowest first, the eighth bit where more follow. In a browser's value they are
//! one buffer instead of an array of numbers.

use serde::de::{Error, SeqAccess, Visitor};
use serde::{Deserializer, Serializer};

/// # Errors
/// The serializer's.
pub fn serialize<S: Serializer>(numbers: &[u32], serializer: S) -> Result<S::Ok, S::Error> {
    let mut bytes = Vec::with_capacity(numbers.len() * 2);
    for &number in numbers {
        let mut rest = number;
        while rest >= 0x80 {
            bytes.push(rest as u8 | 0x80);
            rest >>= 7;
        }
        bytes.push(rest as u8);
    }
    serializer.serialize_bytes(&bytes)
}

/// # Errors
/// The deserializer's, or bytes that are no whole numbers of 32 bits.
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u32>, D::Error> {
    let bytes = deserializer.deserialize_byte_buf(Buffer)?;
    let mut numbers = Vec::with_capacity(bytes.len());
    let (mut number, mut shift) = (0_u64, 0);
    for byte in bytes {
        number |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            let whole = u32::try_from(number);
            numbers.push(whole.map_err(|_out_of_range| Error::custom("a number over 32 bits"))?);
            (number, shift) = (0, 0);
        } else {
            shift += 7;
            if shift > 28 {
                return Err(Error::custom("a number over 32 bits"));
            }
        }
    }
    if shift > 0 {
        return Err(Error::custom("the last number has no end"));
    }
    Ok(numbers)
}

/// Bytes in one piece, or one after the other as JSON has them.
struct Buffer;

impl<'de> Visitor<'de> for Buffer {
    type Value = Vec<u8>;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("bytes")
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Vec<u8>, E> {
        Ok(bytes.to_vec())
    }

    fn visit_byte_buf<E: Error>(self, bytes: Vec<u8>) -> Result<Vec<u8>, E> {
        Ok(bytes)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut bytes: A) -> Result<Vec<u8>, A::Error> {
        let mut all = Vec::new();
        while let Some(byte) = bytes.next_element()? {
            all.push(byte);
        }
        Ok(all)
    }
}
