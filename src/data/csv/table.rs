//! Text → cells: every column's distinct texts and one code a row, no meaning yet.

use std::collections::BTreeMap;
use std::ops::Range;

use ::csv::{Reader, ReaderBuilder, StringRecord};

use super::ReadError;
use super::dictionary::Dictionary;
use super::error::clipped;
use super::text::line_at;
use crate::data::RowIssue;

/// Most columns of a table.
pub const MAX_COLUMNS: usize = 1_000;

/// Most bytes of a row.
pub const MAX_ROW_BYTES: usize = 1_000_000;

/// A table of texts.
pub struct RawTable {
    /// In file order.
    pub columns: Vec<RawColumn>,
    /// Data rows of the file; blank lines are none.
    pub rows_read: usize,
    /// Data row, from 1, of every code; rows with an issue have none.
    pub source_rows: Vec<u32>,
    /// Of rows with a wrong number of cells, or blank ones.
    pub issues: Vec<RowIssue>,
}

/// One column of a [`RawTable`].
pub struct RawColumn {
    /// The header's text; "column 3" where it is blank.
    pub name: String,
    /// The header is not blank.
    pub named: bool,
    /// The distinct texts, white space around them cut.
    pub dictionary: Dictionary,
    /// One a row.
    pub codes: Vec<u32>,
}

/// Reads `text` into cells.
///
/// # Errors
/// What is wrong with the header, a row without end, a quote left open, no rows at all.
pub fn read_table(text: &str, delimiter: u8) -> Result<RawTable, ReadError> {
    let mut rows = Rows { text, delimiter, reader: reader(text, delimiter), start: 0 };
    let mut record = StringRecord::new();
    rows.next(&mut record)?;
    let mut columns = header(&record)?;
    let mut rows_read = 0;
    let mut source_rows = Vec::new();
    let mut issues = Vec::new();
    while rows.next(&mut record)? {
        let blank = || record.iter().all(|cell| cell.trim_ascii().is_empty());
        if record.len() == 1 && blank() {
            continue;
        }
        rows_read += 1;
        let row = rows_read as u32;
        if record.len() != columns.len() {
            let cells =
                if record.len() == 1 { "1 cell" } else { &format!("{} cells", record.len()) };
            let message = format!("row has {cells}, {} expected", columns.len());
            issues.push(RowIssue { row, column: String::new(), message });
        } else if blank() {
            let message = "row is blank".to_owned();
            issues.push(RowIssue { row, column: String::new(), message });
        } else {
            source_rows.push(row);
            for (position, column) in columns.iter_mut().enumerate() {
                let cell = trimmed(&record, position);
                column.codes.push(column.dictionary.code(record.as_slice(), cell));
            }
        }
    }
    if rows_read == 0 {
        return Err(ReadError::HeaderOnly { columns: columns.len() });
    }
    Ok(RawTable { columns, rows_read, source_rows, issues })
}

/// A reader of rows of any width, ended by CRLF, LF or CR.
pub fn reader(text: &str, delimiter: u8) -> Reader<&[u8]> {
    ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .buffer_capacity(1 << 16)
        .from_reader(text.as_bytes())
}

/// Where a cell stands in its row, the white space around it cut.
fn trimmed(record: &StringRecord, position: usize) -> Range<usize> {
    let cell = record.get(position).unwrap_or_default();
    let range = record.range(position).unwrap_or_default();
    let is_space = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_whitespace);
    if !is_space(cell.as_bytes().first()) && !is_space(cell.as_bytes().last()) {
        return range;
    }
    let start = range.end - cell.trim_ascii_start().len();
    start..start + cell.trim_ascii().len()
}

/// The rows of a text, with an eye on where each one ends.
struct Rows<'a> {
    text: &'a str,
    delimiter: u8,
    reader: Reader<&'a [u8]>,
    /// Where the row last read starts.
    start: usize,
}

impl Rows<'_> {
    /// Reads the next row; false at the end.
    fn next(&mut self, record: &mut StringRecord) -> Result<bool, ReadError> {
        self.start = self.reader.position().byte() as usize;
        let more = matches!(self.reader.read_record(record), Ok(true));
        let end = self.reader.position().byte() as usize;
        if end - self.start > MAX_ROW_BYTES {
            return Err(ReadError::RowTooLong { line: self.line(), limit: MAX_ROW_BYTES });
        }
        if more && end == self.text.len() && self.quote_is_open() {
            return Err(ReadError::UnclosedQuote { line: self.line() });
        }
        Ok(more)
    }

    /// Whether the text's last row ends inside a quote: then a further line would belong to it.
    fn quote_is_open(&self) -> bool {
        let Some(last) = self.text.get(self.start..) else { return false };
        if !last.contains('"') {
            return false;
        }
        let longer = format!("{}\nfurther line", last.trim_ascii_start());
        let mut rows = reader(&longer, self.delimiter);
        let mut record = StringRecord::new();
        let mut count = 0;
        while matches!(rows.read_record(&mut record), Ok(true)) {
            count += 1;
        }
        count == 1
    }

    fn line(&self) -> usize {
        let bytes = self.text.as_bytes();
        let ends = bytes.iter().skip(self.start).take_while(|byte| byte.is_ascii_whitespace());
        line_at(bytes, self.start + ends.count())
    }
}

/// The columns a header names, empty.
fn header(record: &StringRecord) -> Result<Vec<RawColumn>, ReadError> {
    let names: Vec<String> = record.iter().map(|cell| cell.trim_ascii().to_owned()).collect();
    let first = names.first().map_or("", String::as_str);
    if names.len() < 2 {
        return Err(ReadError::OneColumn { header: clipped(first) });
    }
    if names.len() > MAX_COLUMNS {
        return Err(ReadError::TooManyColumns { columns: names.len(), limit: MAX_COLUMNS });
    }
    let nameless =
        names.iter().filter(|name| name.is_empty() || name.parse::<f64>().is_ok()).count();
    if 2 * nameless >= names.len() {
        return Err(ReadError::NoColumnNames { first_cell: clipped(first) });
    }
    let mut positions = BTreeMap::new();
    let mut columns = Vec::with_capacity(names.len());
    for (position, header) in (1..).zip(names) {
        let named = !header.is_empty();
        let name = if named { header } else { format!("column {position}") };
        if let Some(first) = positions.insert(name.clone(), position) {
            return Err(ReadError::DuplicateColumn {
                name: clipped(&name),
                first,
                second: position,
            });
        }
        columns.push(RawColumn { name, named, dictionary: Dictionary::new(), codes: Vec::new() });
    }
    Ok(columns)
}
