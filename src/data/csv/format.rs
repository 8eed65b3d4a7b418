//! How a file is cut into cells: seen from its first bytes, or said by a person.

use serde::{Deserialize, Serialize};

/// How bytes are characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Encoding {
    /// With or without a byte order mark.
    Utf8,
    /// Low byte first.
    Utf16Le,
    /// High byte first.
    Utf16Be,
    /// One byte a character: ISO 8859-1 as Windows has it (code page 1252).
    Latin1,
}

/// What stands between cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Delimiter {
    /// `,`
    Comma,
    /// `;`
    Semicolon,
    /// The tabulator.
    Tab,
    /// `|`
    Bar,
    /// `:`; never seen by itself.
    Colon,
    /// `^`; never seen by itself.
    Caret,
    /// A space; never seen by itself.
    Space,
}

/// What stands around a cell that holds delimiters or line ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Quote {
    /// `"`
    Double,
    /// `'`
    Single,
    /// Quotes are text.
    None,
}

/// How a file was cut into cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Format {
    /// How its bytes are characters.
    pub encoding: Encoding,
    /// What stands between cells.
    pub delimiter: Delimiter,
    /// What stands around cells.
    pub quote: Quote,
    /// The first row names the columns.
    pub header: bool,
}

impl Default for Format {
    fn default() -> Self {
        Self {
            encoding: Encoding::Utf8,
            delimiter: Delimiter::Comma,
            quote: Quote::Double,
            header: true,
        }
    }
}

/// What a person says of a file's format; what is `None` is seen from the file. Default: all `None`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FormatChoice {
    /// See [`Format::encoding`].
    pub encoding: Option<Encoding>,
    /// See [`Format::delimiter`].
    pub delimiter: Option<Delimiter>,
    /// See [`Format::quote`].
    pub quote: Option<Quote>,
    /// See [`Format::header`].
    pub header: Option<bool>,
}

impl FormatChoice {
    /// Whether all is left to the file.
    #[must_use]
    pub fn is_open(&self) -> bool {
        *self == Self::default()
    }
}

impl Encoding {
    /// Every encoding.
    pub const ALL: [Self; 4] = [Self::Utf8, Self::Utf16Le, Self::Utf16Be, Self::Latin1];
}

impl Delimiter {
    /// Every delimiter.
    pub const ALL: [Self; 7] =
        [Self::Comma, Self::Semicolon, Self::Tab, Self::Bar, Self::Colon, Self::Caret, Self::Space];

    /// Those seen by themselves, in the order of preference, should two fit equally well.
    pub(super) const SEEN: [Self; 4] = [Self::Comma, Self::Semicolon, Self::Tab, Self::Bar];

    /// The character.
    #[must_use]
    pub fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Semicolon => b';',
            Self::Tab => b'\t',
            Self::Bar => b'|',
            Self::Colon => b':',
            Self::Caret => b'^',
            Self::Space => b' ',
        }
    }
}

impl Quote {
    /// Every quote.
    pub const ALL: [Self; 3] = [Self::Double, Self::Single, Self::None];

    /// The character.
    #[must_use]
    pub fn byte(self) -> Option<u8> {
        match self {
            Self::Double => Some(b'"'),
            Self::Single => Some(b'\''),
            Self::None => None,
        }
    }
}
