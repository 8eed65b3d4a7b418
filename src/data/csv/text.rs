//! Bytes → text: which encoding, and is it text at all.

use std::borrow::Cow;

use super::ReadError;
use super::format::Encoding;

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

/// Bytes of the longest signature.
const HEAD: usize = 9;

/// What the bytes 0x80 to 0x9F are in Windows' code page 1252; the others are those of Unicode.
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// The text of a file that comes piece by piece, without its byte order mark.
///
/// What no person has named is UTF-8; UTF-16 where a byte order mark or zeros between the first
/// characters say so; Latin-1 from the first byte on that does not fit UTF-8, if all before it are
/// ASCII, which is the same in both.
pub struct Decoder {
    /// Known from the first bytes on.
    encoding: Option<Encoding>,
    /// Whether it can still turn out to be Latin-1.
    is_open: bool,
    /// What a person says.
    chosen: Option<Encoding>,
    /// The last bytes, which say nothing without those that follow.
    kept: Vec<u8>,
    /// Bytes of the file before `kept`.
    offset: usize,
    /// Nothing but white space so far.
    is_blank: bool,
    flaw: Option<Flaw>,
}

/// Why the bytes are no text.
enum Flaw {
    /// `found` shows at byte `offset`.
    NotText { offset: usize, found: &'static str },
    /// Byte `offset` does not fit the encoding.
    Misfit { offset: usize },
}

impl Decoder {
    /// No bytes yet.
    pub fn new(chosen: Option<Encoding>) -> Self {
        Self {
            encoding: None,
            is_open: chosen.is_none(),
            chosen,
            kept: Vec::new(),
            offset: 0,
            is_blank: true,
            flaw: None,
        }
    }

    /// The text of the file's next bytes, as far as it is known; none after a flaw.
    pub fn decode<'a>(&mut self, bytes: &'a [u8]) -> Cow<'a, str> {
        if self.kept.is_empty() {
            self.decode_joined(bytes, false)
        } else {
            let joined = [&std::mem::take(&mut self.kept), bytes].concat();
            Cow::Owned(self.decode_joined(&joined, false).into_owned())
        }
    }

    /// The text of the bytes kept back, now that no more come.
    pub fn decode_rest(&mut self) -> String {
        let rest = std::mem::take(&mut self.kept);
        self.decode_joined(&rest, true).into_owned()
    }

    /// The encoding, if all was text. `line` is the line in which the text given out ended.
    ///
    /// # Errors
    /// [`ReadError::NotText`], [`ReadError::WrongEncoding`], [`ReadError::Empty`].
    pub fn finish(self, line: usize) -> Result<Encoding, ReadError> {
        match self.flaw {
            Some(Flaw::NotText { offset, found }) => Err(ReadError::NotText { offset, found }),
            Some(Flaw::Misfit { offset }) => {
                let encoding = match self.encoding {
                    Some(Encoding::Utf16Le | Encoding::Utf16Be) => "UTF-16",
                    Some(Encoding::Utf8 | Encoding::Latin1) | None => "UTF-8",
                };
                Err(ReadError::WrongEncoding { encoding, offset, line })
            }
            None if self.is_blank => Err(ReadError::Empty),
            None => Ok(self.encoding.unwrap_or(Encoding::Utf8)),
        }
    }

    /// The text of `bytes`, which follow what was decoded; `is_all` when nothing follows them.
    fn decode_joined<'a>(&mut self, bytes: &'a [u8], is_all: bool) -> Cow<'a, str> {
        let mut bytes = bytes;
        let encoding = match self.encoding {
            Some(encoding) => encoding,
            None if bytes.len() < HEAD && !is_all => {
                self.kept = bytes.to_vec();
                return Cow::Borrowed("");
            }
            None => {
                let (encoding, mark) = self.start(bytes);
                bytes = &bytes[mark..];
                self.offset = mark;
                *self.encoding.insert(encoding)
            }
        };
        let text = match encoding {
            Encoding::Utf8 => self.utf8(bytes, is_all),
            Encoding::Utf16Le => Cow::Owned(self.utf16(bytes, u16::from_le_bytes, is_all)),
            Encoding::Utf16Be => Cow::Owned(self.utf16(bytes, u16::from_be_bytes, is_all)),
            Encoding::Latin1 => Cow::Owned(self.latin1(bytes)),
        };
        self.is_blank = self.is_blank && text.trim().is_empty();
        text
    }

    /// The encoding of a file that starts with `head`, and how long its byte order mark is.
    fn start(&mut self, head: &[u8]) -> (Encoding, usize) {
        if let Some((_, found)) = SIGNATURES.iter().find(|(start, _)| head.starts_with(start)) {
            self.flaw = Some(Flaw::NotText { offset: 0, found });
        }
        let (seen, mark) = match head {
            [0xFF, 0xFE, ..] => (Encoding::Utf16Le, 2),
            [0xFE, 0xFF, ..] => (Encoding::Utf16Be, 2),
            [0xEF, 0xBB, 0xBF, ..] => (Encoding::Utf8, 3),
            [1..=255, 0, 1..=255, 0, ..] => (Encoding::Utf16Le, 0),
            [0, 1..=255, 0, 1..=255, ..] => (Encoding::Utf16Be, 0),
            _ => (Encoding::Utf8, 0),
        };
        self.is_open = self.is_open && mark == 0;
        match self.chosen {
            // a mark of another encoding is no mark
            Some(chosen) if chosen != seen => (chosen, 0),
            _ => (seen, mark),
        }
    }

    fn utf8<'a>(&mut self, bytes: &'a [u8], is_all: bool) -> Cow<'a, str> {
        if matches!(self.flaw, Some(Flaw::NotText { .. })) {
            return Cow::Borrowed("");
        }
        // the smallest byte is found much faster than the first zero, and most files are text
        let has_zero = bytes.iter().fold(u8::MAX, |least, &byte| least.min(byte)) == 0;
        // what makes it Latin-1 may stand before a zero, and what is no text in that before it too
        let is_latin1 = || {
            std::str::from_utf8(bytes).is_err_and(|error| {
                let before = &bytes[..error.valid_up_to()];
                self.is_open && self.flaw.is_none() && before.is_ascii() && !before.contains(&0)
            })
        };
        if has_zero && !is_latin1() {
            let at = bytes.iter().take_while(|&&byte| byte != 0).count();
            self.flaw = Some(Flaw::NotText { offset: self.offset + at, found: "a binary file" });
            return Cow::Borrowed("");
        }
        if self.flaw.is_some() {
            self.offset += bytes.len();
            return Cow::Borrowed("");
        }
        let (text, flaw) = match std::str::from_utf8(bytes) {
            Ok(text) => (text, false),
            Err(error) => {
                let valid = &bytes[..error.valid_up_to()];
                let is_flaw = is_all || error.error_len().is_some();
                (std::str::from_utf8(valid).unwrap_or_default(), is_flaw)
            }
        };
        self.offset += text.len();
        self.is_open = self.is_open && text.is_ascii();
        let rest = &bytes[text.len()..];
        if flaw && self.is_open {
            self.encoding = Some(Encoding::Latin1);
            return Cow::Owned(text.to_owned() + &self.latin1(rest));
        }
        if flaw {
            self.flaw = Some(Flaw::Misfit { offset: self.offset });
            self.offset += rest.len();
        } else {
            self.kept = rest.to_vec();
        }
        Cow::Borrowed(text)
    }

    fn latin1(&mut self, bytes: &[u8]) -> String {
        if self.flaw.is_some() {
            return String::new();
        }
        // every character below the space but white space shows that it is no text
        let is_text = |byte: u8| byte >= b' ' || byte.is_ascii_whitespace();
        if let Some(at) = bytes.iter().position(|&byte| !is_text(byte)) {
            self.flaw = Some(Flaw::NotText { offset: self.offset + at, found: "a binary file" });
            return String::new();
        }
        self.offset += bytes.len();
        let character = |&byte: &u8| match byte {
            0x80..0xA0 => WINDOWS_1252[usize::from(byte - 0x80)],
            _ => char::from(byte),
        };
        bytes.iter().map(character).collect()
    }

    fn utf16(&mut self, bytes: &[u8], unit: fn([u8; 2]) -> u16, is_all: bool) -> String {
        if self.flaw.is_some() {
            return String::new();
        }
        let (pairs, _) = bytes.as_chunks::<2>();
        let mut text = String::with_capacity(pairs.len());
        let mut at = 0;
        for decoded in char::decode_utf16(pairs.iter().map(|&pair| unit(pair))) {
            match decoded {
                Ok('\0') => {
                    let offset = self.offset + at;
                    self.flaw = Some(Flaw::NotText { offset, found: "a binary file" });
                    return text;
                }
                Ok(character) => {
                    text.push(character);
                    at += 2 * character.len_utf16();
                }
                Err(_) => break,
            }
        }
        self.offset += at;
        let rest = &bytes[at..];
        // up to three bytes may be the first of a character of four
        if rest.len() > 3 || (is_all && !rest.is_empty()) {
            self.flaw = Some(Flaw::Misfit { offset: self.offset });
        } else {
            self.kept = rest.to_vec();
        }
        text
    }
}
