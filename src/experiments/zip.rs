//! Files as one ZIP archive, stored as they are.
//!
//! PKWARE's APPNOTE 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16: names are UTF-8, there is no Zip64, and
//! every file has the format's first day, so that the same files give the same bytes.

use thiserror::Error;

/// A file and where it lies: folders with `/` between.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// "mlruns/0/meta.yaml".
    pub path: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

impl File {
    /// A file of these bytes.
    #[must_use]
    pub fn new(path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self { path: path.into(), bytes: bytes.into() }
    }
}

/// What an archive without Zip64 holds.
const MOST_FILES: usize = 65_535;
const MOST_BYTES: u64 = u32::MAX as u64;

/// Why files are no archive.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ZipError {
    /// Too many files.
    #[error("there are {files} files; an archive may have {most}: export fewer runs at a time")]
    TooManyFiles {
        /// How many there are.
        files: usize,
        /// At most.
        most: usize,
    },
    /// Too many bytes.
    #[error(
        "the files have {bytes} bytes; an archive may have {most}: export fewer runs at a time"
    )]
    TooLarge {
        /// How many there are.
        bytes: u64,
        /// At most.
        most: u64,
    },
    /// A name that is too long.
    #[error("a name in the archive has {bytes} bytes; allowed: up to 65535")]
    LongName {
        /// How many it has.
        bytes: usize,
    },
}

impl ZipError {
    /// Stable, for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooManyFiles { .. } => "zip_too_many_files",
            Self::TooLarge { .. } => "zip_too_large",
            Self::LongName { .. } => "zip_long_name",
        }
    }
}

/// The archive, files in the order given.
///
/// # Errors
/// More files or bytes than an archive can have, or a name of more than 65,535 bytes.
pub fn archive(files: &[File]) -> Result<Vec<u8>, ZipError> {
    if files.len() > MOST_FILES {
        return Err(ZipError::TooManyFiles { files: files.len(), most: MOST_FILES });
    }
    if let Some(file) = files.iter().find(|file| file.path.len() > usize::from(u16::MAX)) {
        return Err(ZipError::LongName { bytes: file.path.len() });
    }
    // headers of 30 and 46 bytes, the name in each, and 22 at the end
    let sizes = files.iter().map(|file| (file.bytes.len() + 2 * file.path.len() + 76) as u64);
    let bytes = sizes.sum::<u64>() + 22;
    if bytes > MOST_BYTES {
        return Err(ZipError::TooLarge { bytes, most: MOST_BYTES });
    }
    let mut archive = Vec::with_capacity(bytes as usize);
    let mut directory = Vec::new();
    for file in files {
        let place = archive.len() as u32;
        let facts = facts(file);
        archive.extend(b"PK\x03\x04");
        archive.extend(&facts);
        archive.extend(file.path.as_bytes());
        archive.extend(&file.bytes);
        // made by version 2.0; no comment, first disk, no attributes
        directory.extend(b"PK\x01\x02\x14\x00");
        directory.extend(&facts);
        directory.extend([0; 10]);
        directory.extend(place.to_le_bytes());
        directory.extend(file.path.as_bytes());
    }
    let (start, count) = (archive.len() as u32, (files.len() as u16).to_le_bytes());
    let size = directory.len() as u32;
    archive.append(&mut directory);
    archive.extend(b"PK\x05\x06\0\0\0\0");
    archive.extend([count, count].concat());
    archive.extend(size.to_le_bytes());
    archive.extend(start.to_le_bytes());
    archive.extend([0; 2]);
    Ok(archive)
}

/// What both headers of a file tell, from the version needed to the length of the extra field.
fn facts(file: &File) -> Vec<u8> {
    let size = (file.bytes.len() as u32).to_le_bytes();
    let mut facts = Vec::with_capacity(26);
    // version 2.0; UTF-8 names; stored; midnight of 1980-01-01
    for short in [20_u16, 1 << 11, 0, 0, 1 << 5 | 1] {
        facts.extend(short.to_le_bytes());
    }
    facts.extend(crc32(&file.bytes).to_le_bytes());
    facts.extend(size);
    facts.extend(size);
    facts.extend((file.path.len() as u16).to_le_bytes());
    facts.extend([0; 2]);
    facts
}

/// CRC-32 of IEEE 802.3, bit-reversed polynomial 0xEDB88320.
fn crc32(bytes: &[u8]) -> u32 {
    let table: [u32; 256] = std::array::from_fn(|byte| {
        (0..8).fold(byte as u32, |crc, _| crc >> 1 ^ if crc & 1 == 1 { 0xEDB8_8320 } else { 0 })
    });
    let step = |crc: u32, byte: &u8| {
        let place = (crc as u8 ^ byte) as usize;
        table.get(place).copied().unwrap_or_default() ^ crc >> 8
    };
    !bytes.iter().fold(u32::MAX, step)
}

#[cfg(test)]
mod tests {
    use super::{File, archive, crc32};

    #[test]
    fn sums_are_those_of_the_standard() {
        // the check value of the CRC catalogue
        assert_eq!(crc32(b"123456789"), 0xCBF4_3926);
        assert_eq!(crc32(b""), 0);
    }

    #[test]
    fn an_archive_has_the_bytes_of_the_format() {
        assert_eq!(archive(&[]).unwrap(), [b"PK\x05\x06".as_slice(), &[0; 18]].concat());
        let one = archive(&[File::new("a", "hi")]).unwrap();
        assert_eq!(one.len(), 30 + 1 + 2 + 46 + 1 + 22);
        let header = b"PK\x03\x04\x14\0\0\x08\0\0\0\0\x21\0\xac\x2a\x93\xd8\x02\0\0\0\x02\0\0\0\x01\0\0\0ahi";
        assert_eq!(&one[..33], header);
        // the directory begins after the file
        assert_eq!(&one[one.len() - 6..one.len() - 2], &[33, 0, 0, 0]);
    }
}
