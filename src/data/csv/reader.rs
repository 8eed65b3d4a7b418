//! A file that comes piece by piece → [`Dataset`].

use super::ReadError;
use super::delimiter::cut;
use super::format::{Delimiter, FormatChoice, Quote};
use super::lines::Lines;
use super::table::Rows;
use super::text::{Decoder, MAX_BYTES};
use crate::data::digest::{Digest, digest};
use crate::data::interpret::read_as_it_looks;
use crate::data::table::TableColumn;
use crate::data::{Dataset, Table};

/// Bytes walked at a time: few enough to be still in the cache for the second look at them.
const PIECE: usize = 1 << 17;

/// Bytes of text at first waited for to see which character separates the cells.
const HEAD: usize = 1 << 12;

/// Reads a customer table that comes piece by piece, cut anywhere; see [`read`](super::read).
///
/// ```
/// use churn_lab::data::csv::{Reader, read};
///
/// let file = "customer,months,churn\nä,5,no\nb,40,yes\n".as_bytes();
/// let mut reader = Reader::new("customers.csv", None);
/// file.chunks(7).for_each(|piece| reader.push(piece));
/// assert_eq!(reader.finish(), read(file, "customers.csv", None));
/// ```
pub struct Reader {
    name: String,
    target: Option<String>,
    choice: FormatChoice,
    bytes: usize,
    /// Bytes that the whole file has, as long as no room is made for its rows.
    expected: Option<usize>,
    digest: Digest,
    decoder: Decoder,
    text: Text,
}

/// The text read so far.
enum Text {
    /// Too little to know which character separates the cells.
    Head {
        /// All of it.
        head: String,
        /// Bytes to wait for.
        wanted: usize,
        /// What a person says of it.
        choice: FormatChoice,
    },
    /// Rows of cells.
    Rows(Box<Rows>),
    /// No table.
    Flawed {
        /// Why.
        error: ReadError,
        /// Counted on, should the encoding be wrong as well.
        lines: Lines,
    },
}

impl Reader {
    /// Nothing read yet. `name` and `target` are as in [`read`](super::read).
    #[must_use]
    pub fn new(name: &str, target: Option<&str>) -> Self {
        Self::with(name, target, FormatChoice::default())
    }

    /// The same for a file of which a person says how it is cut into cells.
    #[must_use]
    pub fn with(name: &str, target: Option<&str>, choice: FormatChoice) -> Self {
        Self {
            name: name.to_owned(),
            target: target.map(str::to_owned),
            choice,
            bytes: 0,
            expected: None,
            digest: Digest::new(0),
            decoder: Decoder::new(choice.encoding),
            text: Text::Head { head: String::new(), wanted: HEAD, choice },
        }
    }

    /// Says how many bytes the file has: room for all its rows is then made after the first ones.
    #[must_use]
    pub fn expecting(mut self, bytes: usize) -> Self {
        self.expected = Some(bytes);
        self
    }

    /// Data rows read so far.
    #[must_use]
    pub fn rows_read(&self) -> usize {
        match &self.text {
            Text::Rows(rows) => rows.n_rows(),
            Text::Head { .. } | Text::Flawed { .. } => 0,
        }
    }

    /// Reads the next bytes of the file.
    ///
    /// What is wrong with them is said by [`finish`](Self::finish): a later byte may show that the
    /// file is no text at all, which then is what a person should hear.
    pub fn push(&mut self, bytes: &[u8]) {
        self.bytes = self.bytes.saturating_add(bytes.len());
        if self.bytes > MAX_BYTES {
            return;
        }
        for piece in bytes.chunks(PIECE) {
            self.digest.push(piece);
            let text = self.decoder.decode(piece);
            self.text.push(&text);
        }
        if let Text::Rows(rows) = &mut self.text
            && rows.n_rows() > 0
            && let Some(expected) = self.expected.take()
        {
            rows.reserve(expected.min(MAX_BYTES) as f64 / self.bytes as f64);
        }
    }

    /// The data set, now that the file has ended, its columns being what they look like.
    ///
    /// # Errors
    /// When the file as a whole can't be used.
    pub fn finish(self) -> Result<Dataset, ReadError> {
        let (name, target) = (self.name.clone(), self.target.clone());
        Ok(read_as_it_looks(&self.finish_table()?, &name, target.as_deref())?.dataset)
    }

    /// The table, now that the file has ended.
    ///
    /// # Errors
    /// When the file as a whole is no table.
    pub fn finish_table(mut self) -> Result<Table, ReadError> {
        if self.bytes > MAX_BYTES {
            return Err(ReadError::TooLarge { bytes: self.bytes, limit: MAX_BYTES });
        }
        self.text.push(&self.decoder.decode_rest());
        let encoding = self.decoder.finish(self.text.line())?;
        let mut table = self.text.finish()?;
        table.format.encoding = encoding;
        table.columns.iter_mut().for_each(TableColumn::shrink);
        table.source_rows.shrink_to_fit();
        let file = digest(self.digest.value(), self.name.as_bytes());
        table.digest = if self.choice.is_open() {
            file
        } else {
            digest(file, format!("{:?}", table.format).as_bytes())
        };
        Ok(table)
    }
}

impl Text {
    fn push(&mut self, text: &str) {
        match self {
            Self::Head { head, wanted, choice } => {
                head.push_str(text);
                if head.len() >= *wanted {
                    match cut(without_mark(head), false, choice) {
                        Some((delimiter, quote)) => {
                            let head = std::mem::take(head);
                            let rows = Rows::new(delimiter, quote, choice.header);
                            *self = Self::Rows(Box::new(rows));
                            self.push(without_mark(&head));
                        }
                        None => *wanted = 2 * head.len(),
                    }
                }
            }
            Self::Rows(rows) => {
                let mut lines = rows.lines().clone();
                if let Err(error) = rows.push(text) {
                    lines.pass(text.as_bytes());
                    *self = Self::Flawed { error, lines };
                }
            }
            Self::Flawed { lines, .. } => lines.pass(text.as_bytes()),
        }
    }

    /// The line, from 1, in which the text ends.
    fn line(&self) -> usize {
        match self {
            Self::Head { head, .. } => {
                let mut lines = Lines::default();
                lines.pass(head.as_bytes());
                lines.line()
            }
            Self::Rows(rows) => rows.lines().line(),
            Self::Flawed { lines, .. } => lines.line(),
        }
    }

    fn finish(mut self) -> Result<Table, ReadError> {
        if let Self::Head { head, choice, .. } = &mut self {
            let (head, header) = (std::mem::take(head), choice.header);
            let head = without_mark(&head);
            let (delimiter, quote) =
                cut(head, true, choice).unwrap_or((Delimiter::Comma, Quote::Double));
            self = Self::Rows(Box::new(Rows::new(delimiter, quote, header)));
            self.push(head);
        }
        match self {
            Self::Rows(rows) => rows.finish(),
            Self::Flawed { error, .. } => Err(error),
            Self::Head { .. } => Err(ReadError::Empty),
        }
    }
}

/// The start of a text without the second byte order mark that some programs write.
fn without_mark(head: &str) -> &str {
    head.strip_prefix('\u{FEFF}').unwrap_or(head)
}
