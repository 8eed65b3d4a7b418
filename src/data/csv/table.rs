//! Text → cells: every column's texts and which of them each row has.

use std::collections::BTreeMap;

use super::ReadError;
use super::cells::Cells;
use super::error::clipped;
use super::format::{Delimiter, Format, Quote};
use super::lines::Lines;
use super::record::Record;
use super::scan::plain_row;
use crate::data::RowIssue;
use crate::data::schema::is_value;
use crate::data::table::{Table, TableColumn};
use crate::data::texts::reserve;

/// Most columns of a table.
pub const MAX_COLUMNS: usize = 1_000;

/// Most bytes of a row.
pub const MAX_ROW_BYTES: usize = 1_000_000;

/// Cells of plain rows that are taken in together, column by column: few enough to be still in the
/// cache.
const BATCH_CELLS: usize = 1 << 12;

/// A table that is being read.
pub struct Rows {
    delimiter: Delimiter,
    quote: Quote,
    /// What a person says; `None` leaves it to the first row.
    header: Option<bool>,
    table: Table,
    /// The row being read, where it is not a plain one within one piece of text.
    record: Record,
    /// The line that row starts in.
    record_line: usize,
    /// Bytes of the line ends before the row being read.
    skipped: usize,
    lines: Lines,
    /// Room for where the cells of plain rows stand; none before the header is read.
    bounds: Vec<usize>,
}

impl Rows {
    /// Nothing read yet, not even the header; `header` says whether there is one.
    pub fn new(delimiter: Delimiter, quote: Quote, header: Option<bool>) -> Self {
        let table = Table {
            digest: 0,
            format: Format { delimiter, quote, ..Format::default() },
            columns: Vec::new(),
            rows_read: 0,
            source_rows: Vec::new(),
            issues: Vec::new(),
        };
        Self {
            delimiter,
            quote,
            header,
            table,
            record: Record::new(delimiter, quote),
            record_line: 1,
            skipped: 0,
            lines: Lines::default(),
            bounds: Vec::new(),
        }
    }

    /// Rows read so far.
    pub fn n_rows(&self) -> usize {
        self.table.rows_read
    }

    /// Makes room for `times` as many rows as were read.
    pub fn reserve(&mut self, times: f64) {
        reserve(&mut self.table.source_rows, times);
        self.table.columns.iter_mut().for_each(|column| column.reserve(times));
    }

    /// Reads further text, which may end anywhere.
    ///
    /// # Errors
    /// What is wrong with the header, a row without end.
    pub fn push(&mut self, text: &str) -> Result<(), ReadError> {
        let mut at = 0;
        while at < text.len() {
            if self.record.length() == 0 {
                at = self.plain_rows(text, at);
                self.record_line = self.lines.line();
            }
            let rest = &text.as_bytes()[at..];
            let taken = self.record.push(rest);
            self.lines.pass(&rest[..taken]);
            at += taken;
            self.check_length(self.record.length())?;
            if self.record.is_whole() {
                self.row()?;
            }
        }
        Ok(())
    }

    /// The table, now that the text has ended.
    ///
    /// # Errors
    /// What is wrong with the header, a row without end, a quote left open, no rows at all.
    pub fn finish(mut self) -> Result<Table, ReadError> {
        if self.record.length() == 0 {
            self.record_line = self.lines.line();
            self.check_length(0)?;
        } else if self.record.finish() {
            self.row()?;
        } else {
            return Err(ReadError::UnclosedQuote { line: self.record_line });
        }
        let columns = self.table.columns.len();
        match (columns, self.table.rows_read) {
            (0, _) => Err(ReadError::OneColumn { header: String::new() }),
            (_, 0) => Err(ReadError::HeaderOnly { columns }),
            _ => Ok(self.table),
        }
    }

    /// The lines passed so far.
    pub fn lines(&self) -> &Lines {
        &self.lines
    }

    /// Reads rows from `at` on as long as they are plain, and gives the start of the first other one.
    fn plain_rows(&mut self, text: &str, mut at: usize) -> usize {
        let bytes = text.as_bytes();
        let width = self.table.columns.len();
        let (delimiter, quote) = (self.delimiter.byte(), self.quote.byte().unwrap_or(0));
        let room = self.bounds.len() / (width + 1);
        loop {
            let mut rows = 0;
            at = self.line_ends(bytes, at);
            while rows < room {
                let bounds = &mut self.bounds[rows * (width + 1)..][..=width];
                if !plain_row(bytes, at, [delimiter, quote], bounds) {
                    break;
                }
                let next = bounds[width];
                let line = &bytes[at..next - 1];
                let is_blank = line.iter().all(|&byte| byte == b' ' || byte == delimiter);
                if is_blank || self.skipped + (next - at) > MAX_ROW_BYTES {
                    break;
                }
                self.lines.pass_line(bytes[next - 1]);
                self.skipped = 0;
                rows += 1;
                at = self.line_ends(bytes, next);
            }
            let bounds = &self.bounds[..rows * (width + 1)];
            self.table.add(Cells { text, bounds, width, gap: 1 });
            if rows == 0 || rows < room {
                return at;
            }
        }
    }

    /// Passes over the line ends at `at`, and gives the start of what follows.
    fn line_ends(&mut self, bytes: &[u8], mut at: usize) -> usize {
        while let Some(&end @ (b'\n' | b'\r')) = bytes.get(at) {
            self.lines.pass(&[end]);
            self.skipped += 1;
            at += 1;
        }
        at
    }

    /// Whether a row of so many bytes, with the line ends before it, is short enough.
    fn check_length(&self, length: usize) -> Result<(), ReadError> {
        if self.skipped + length <= MAX_ROW_BYTES {
            return Ok(());
        }
        Err(ReadError::RowTooLong { line: self.record_line, limit: MAX_ROW_BYTES })
    }

    /// Takes in the whole row that `record` holds.
    fn row(&mut self) -> Result<(), ReadError> {
        let row = self.record.cells();
        if self.table.columns.is_empty() {
            let room = (BATCH_CELLS / row.width).max(1);
            self.bounds = vec![0; room * (row.width + 1)];
            let header = columns(row, self.header)?;
            self.table.columns = header.columns;
            self.table.format.header = header.is_there;
            if !header.is_there {
                self.table.check_and_add(row);
            }
        } else {
            self.table.check_and_add(row);
        }
        self.record.clear();
        self.skipped = 0;
        Ok(())
    }
}

impl Table {
    /// Adds a row of any width, or says what is wrong with it.
    fn check_and_add(&mut self, row: Cells<'_>) {
        let is_blank = row.first_row().all(str::is_empty);
        let message = match row.width {
            1 if is_blank => return,
            width if width != self.columns.len() => {
                let found = if width == 1 { "1 cell" } else { &format!("{width} cells") };
                format!("row has {found}, {} expected", self.columns.len())
            }
            _ if is_blank => "row is blank".to_owned(),
            _ => return self.add(row),
        };
        self.rows_read += 1;
        self.issues.push(RowIssue { row: self.rows_read as u32, column: String::new(), message });
    }

    /// Adds rows that have a cell for every column.
    fn add(&mut self, rows: Cells<'_>) {
        let first = self.rows_read + 1;
        self.rows_read += rows.n_rows();
        self.source_rows.extend((first..=self.rows_read).map(|row| row as u32));
        for (position, column) in self.columns.iter_mut().enumerate() {
            column.extend(rows.text, rows.column(position));
        }
    }
}

/// The columns that the first row makes, empty.
struct Header {
    columns: Vec<TableColumn>,
    /// The first row names them.
    is_there: bool,
}

/// The columns of the table whose first row this is. Without a word of a person, a first row that is
/// blank or a value in half of its cells, a number or yes or no or a mark for a missing one, is no
/// header.
fn columns(row: Cells<'_>, header: Option<bool>) -> Result<Header, ReadError> {
    let names: Vec<&str> = row.first_row().collect();
    let first = names.first().copied().unwrap_or_default();
    if names.len() < 2 {
        return Err(ReadError::OneColumn { header: clipped(first) });
    }
    if names.len() > MAX_COLUMNS {
        return Err(ReadError::TooManyColumns { columns: names.len(), limit: MAX_COLUMNS });
    }
    let numbered = |position: usize| format!("column {position}");
    let is_there = header.unwrap_or_else(|| {
        let is_name = |name: &&&str| !name.is_empty() && !is_value(name);
        2 * names.iter().filter(is_name).count() > names.len()
    });
    if !is_there {
        if names.iter().all(|name| name.is_empty()) {
            return Err(ReadError::NoColumnNames { first_cell: clipped(first) });
        }
        let columns = (1..=names.len()).map(|at| TableColumn::new(numbered(at), true)).collect();
        return Ok(Header { columns, is_there });
    }
    let mut positions = BTreeMap::new();
    let mut columns = Vec::with_capacity(names.len());
    for (position, header) in (1..).zip(names) {
        let named = !header.is_empty();
        let name = if named { header.to_owned() } else { numbered(position) };
        if let Some(first) = positions.insert(name.clone(), position) {
            return Err(ReadError::DuplicateColumn {
                name: clipped(&name),
                first,
                second: position,
            });
        }
        columns.push(TableColumn::new(name, named));
    }
    Ok(Header { columns, is_there })
}
