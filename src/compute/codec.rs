//! Messages as bytes: postcard, small and typed.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// Why bytes are no message.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{reason}")]
pub struct CodecError {
    /// The codec's own words.
    pub reason: String,
}

/// A value as bytes.
///
/// # Errors
/// When a type can't be written in this format.
pub fn encode<T: Serialize>(value: &T) -> Result<Vec<u8>, CodecError> {
    postcard::to_allocvec(value).map_err(|error| CodecError { reason: error.to_string() })
}

/// The value behind the bytes.
///
/// # Errors
/// When the bytes end early, go on too long or hold something else.
pub fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, CodecError> {
    let (value, rest) = decode_first(bytes)?;
    nothing_left(rest)?;
    Ok(value)
}

/// The value that the bytes start with, and the bytes after it.
///
/// # Errors
/// When the bytes end early or hold something else.
pub fn decode_first<'de, T: Deserialize<'de>>(
    bytes: &'de [u8],
) -> Result<(T, &'de [u8]), CodecError> {
    postcard::take_from_bytes(bytes).map_err(|error| CodecError { reason: error.to_string() })
}

/// # Errors
/// When there is a rest.
pub fn nothing_left(rest: &[u8]) -> Result<(), CodecError> {
    if rest.is_empty() {
        return Ok(());
    }
    Err(CodecError { reason: format!("{} bytes too many", rest.len()) })
}

/// Bytes in one piece instead of byte by byte, for fields that are [`Carried`](bytes::Carried).
pub mod bytes {
    use serde::de::{Error, Visitor};
    use serde::{Deserializer, Serializer};

    /// Bytes that a message carries: its own, or those of somebody who only passes them on.
    pub trait Carried: Sized {
        /// Into a message.
        ///
        /// # Errors
        /// The serializer's.
        fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error>;

        /// Out of a message.
        ///
        /// # Errors
        /// The deserializer's.
        fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error>;
    }

    impl Carried for Vec<u8> {
        fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.serialize_bytes(self)
        }

        fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            deserializer.deserialize_byte_buf(Buffer)
        }
    }

    /// See the module.
    ///
    /// # Errors
    /// The serializer's.
    pub fn serialize<B: Carried, S: Serializer>(
        bytes: &B,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        bytes.write(serializer)
    }

    /// See the module.
    ///
    /// # Errors
    /// The deserializer's.
    pub fn deserialize<'de, B: Carried, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<B, D::Error> {
        B::read(deserializer)
    }

    struct Buffer;

    impl Visitor<'_> for Buffer {
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
    }
}

/// Numbers of four bytes in one piece, low byte first, where there are too many to be written one by one.
pub mod packed {
    use serde::de::Error;
    use serde::{Deserializer, Serializer};

    use super::bytes::Carried;

    /// A number of four bytes.
    pub trait Four: Copy {
        /// Its bytes, the low one first.
        fn pack(self) -> [u8; 4];
        /// The number of these bytes.
        fn unpack(bytes: [u8; 4]) -> Self;
    }

    impl Four for u32 {
        fn pack(self) -> [u8; 4] {
            self.to_le_bytes()
        }

        fn unpack(bytes: [u8; 4]) -> Self {
            Self::from_le_bytes(bytes)
        }
    }

    impl Four for f32 {
        fn pack(self) -> [u8; 4] {
            self.to_le_bytes()
        }

        fn unpack(bytes: [u8; 4]) -> Self {
            Self::from_le_bytes(bytes)
        }
    }

    /// See the module.
    ///
    /// # Errors
    /// The serializer's.
    pub fn serialize<N: Four, S: Serializer>(
        numbers: &[N],
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let bytes: Vec<u8> = numbers.iter().flat_map(|number| number.pack()).collect();
        bytes.write(serializer)
    }

    /// See the module.
    ///
    /// # Errors
    /// The deserializer's, or bytes that are no whole numbers.
    pub fn deserialize<'de, N: Four, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Vec<N>, D::Error> {
        let bytes = <Vec<u8> as Carried>::read(deserializer)?;
        let (numbers, rest) = bytes.as_chunks::<4>();
        if !rest.is_empty() {
            return Err(D::Error::custom(format!("{} bytes are no numbers of four", bytes.len())));
        }
        Ok(numbers.iter().map(|bytes| N::unpack(*bytes)).collect())
    }
}
