//! Bytes → text: which encoding, and is it text at all.

use std::borrow::Cow;

use super::ReadError;

/// Most bytes of a file: positions in it are kept as `u32`.
pub const MAX_BYTES: usize = 1 << 30;

/// How other kinds of files start, and what they are.
const SIGNATURES: [(&[u8], &str); 10] = [
    (b"PK\x03\x04", "an Excel workbook or a zip archive"),
    (b"\xD0\xCF\x11\xE0", "an old Excel workbook"),
    (b"%PDF", "a PDF"),
    (b"\x1F\x8B", "a gzip archive"),
    (b"\x89PNG", "a picture"),
    (b"\xFF\xD8\xFF", "a picture"),
    (b"PAR1", "a Parquet file"),
    (b"<!DOCTYPE", "a web page"),
    (b"<!doctype", "a web page"),
    (b"<html", "a web page"),
];

/// The text of a file, without its byte order mark.
///
/// UTF-8 with or without the mark, or UTF-16 with it.
///
/// # Errors
/// [`ReadError::Empty`], [`ReadError::TooLarge`], [`ReadError::NotText`],
/// [`ReadError::WrongEncoding`].
pub fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, ReadError> {
    if bytes.len() > MAX_BYTES {
        return Err(ReadError::TooLarge { bytes: bytes.len(), limit: MAX_BYTES });
    }
    if let Some((_, found)) = SIGNATURES.iter().find(|(start, _)| bytes.starts_with(start)) {
        return Err(ReadError::NotText { offset: 0, found });
    }
    let text = match bytes {
        [0xFF, 0xFE, rest @ ..] => Cow::Owned(utf16(rest, u16::from_le_bytes)?),
        [0xFE, 0xFF, rest @ ..] => Cow::Owned(utf16(rest, u16::from_be_bytes)?),
        [0xEF, 0xBB, 0xBF, rest @ ..] => Cow::Borrowed(utf8(rest, 3)?),
        _ => Cow::Borrowed(utf8(bytes, 0)?),
    };
    if text.trim().is_empty() { Err(ReadError::Empty) } else { Ok(text) }
}

/// `mark` bytes come before `bytes` in the file.
fn utf8(bytes: &[u8], mark: usize) -> Result<&str, ReadError> {
    // `contains` is much faster than `position`, and most files are text
    if bytes.contains(&0) {
        let at = bytes.iter().take_while(|&&byte| byte != 0).count();
        return Err(ReadError::NotText { offset: mark + at, found: "a binary file" });
    }
    std::str::from_utf8(bytes).map_err(|error| ReadError::WrongEncoding {
        encoding: "UTF-8",
        offset: mark + error.valid_up_to(),
        line: line_at(bytes, error.valid_up_to()),
    })
}

/// `bytes` follow the two of the byte order mark.
fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, ReadError> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let mut text = String::with_capacity(pairs.len());
    let mut offset = 2;
    for decoded in char::decode_utf16(pairs.iter().map(|&pair| unit(pair))) {
        match decoded {
            Ok('\0') => return Err(ReadError::NotText { offset, found: "a binary file" }),
            Ok(character) => {
                text.push(character);
                offset += 2 * character.len_utf16();
            }
            Err(_) => return Err(wrong_utf16(&text, offset)),
        }
    }
    if rest.is_empty() { Ok(text) } else { Err(wrong_utf16(&text, offset)) }
}

fn wrong_utf16(before: &str, offset: usize) -> ReadError {
    let line = line_at(before.as_bytes(), before.len());
    ReadError::WrongEncoding { encoding: "UTF-16", offset, line }
}

/// The line, from 1, of byte `offset`; lines end with CRLF, LF or CR.
pub fn line_at(bytes: &[u8], offset: usize) -> usize {
    let before = &bytes[..offset.min(bytes.len())];
    let ends = before.iter().enumerate().filter(|&(at, &byte)| {
        byte == b'\n' || (byte == b'\r' && bytes.get(at + 1) != Some(&b'\n'))
    });
    1 + ends.count()
}
