//! A data set as bytes: what workers are given and what is stored.
//!
//! The table of texts and the schema, from which the data set is made again, so that what a column
//! means can be changed at any time. What describes them is in postcard; the texts follow column by
//! column: a column's codes take as many bits as its texts need, other texts stand one after the other
//! after their lengths. Earlier forms (`rows`) are still read.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::codec::{self, CodecError};
use super::rows;
use crate::data::csv::Format;
use crate::data::digest::digest;
use crate::data::interpret::interpret;
use crate::data::schema::{ColumnPlan, Decimal, MissingPolicy, ReadAs};
use crate::data::table::{ColumnTexts, Dictionary, Table, TableColumn};
use crate::data::{
    Column, ColumnKind, ColumnValues, Dataset, DatasetId, Interpreted, RowIssue, Schema, TextColumn,
};

/// How the bytes start. The first form starts with the length of an id, which is never 0.
const FORM: [u8; 2] = [0, 3];

/// A data set with the table it is made of.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredDataset {
    /// What the file says.
    pub table: Table,
    /// What that means.
    pub read: Interpreted,
}

/// All but the texts of the rows.
#[derive(Serialize, Deserialize)]
struct Head<'a> {
    id: Cow<'a, DatasetId>,
    name: Cow<'a, str>,
    schema: Cow<'a, Schema>,
    digest: u64,
    format: Format,
    rows_read: usize,
    n_rows: usize,
    /// Rows of the file without cells, from 1.
    without_cells: Vec<u32>,
    issues: Cow<'a, [RowIssue]>,
    columns: Vec<ColumnHead<'a>>,
}

/// A column without its rows.
#[derive(Serialize, Deserialize)]
struct ColumnHead<'a> {
    name: Cow<'a, str>,
    named: bool,
    texts: Texts<'a>,
}

/// How the texts of a column follow.
#[derive(Serialize, Deserialize)]
enum Texts<'a> {
    /// Codes into these.
    Coded(Vec<Cow<'a, str>>),
    /// Lengths and texts; all texts together have so many bytes, their lengths so many.
    Plain { bytes: usize, lengths: usize, repeats: bool },
}

/// A data set as bytes.
///
/// # Errors
/// When it can't be written in this format.
pub fn encode(stored: &StoredDataset) -> Result<Vec<u8>, CodecError> {
    let StoredDataset { table, read } = stored;
    let mut body = 0;
    let mut columns = Vec::with_capacity(table.columns.len());
    for column in &table.columns {
        let texts = match &column.texts {
            ColumnTexts::Coded { dictionary, codes } => {
                body += packed_len(codes.len(), bits(dictionary.texts().len()))?;
                Texts::Coded(dictionary.texts().iter().map(Cow::Borrowed).collect())
            }
            ColumnTexts::Plain { texts, repeats } => {
                let (text, _) = texts.parts();
                let lengths = lengths(texts).map(length_size).sum();
                body += lengths + text.len();
                Texts::Plain { bytes: text.len(), lengths, repeats: *repeats }
            }
        };
        columns.push(ColumnHead { name: Cow::Borrowed(&column.name), named: column.named, texts });
    }
    let head = Head {
        id: Cow::Borrowed(&read.dataset.id),
        name: Cow::Borrowed(&read.dataset.name),
        schema: Cow::Borrowed(&read.schema),
        digest: table.digest,
        format: table.format,
        rows_read: table.rows_read,
        n_rows: table.n_rows(),
        without_cells: gaps(&table.source_rows, table.rows_read),
        issues: Cow::Borrowed(&table.issues),
        columns,
    };
    let mut bytes = FORM.to_vec();
    bytes.append(&mut codec::encode(&head)?);
    // millions of rows must not be copied because of a buffer that grows
    bytes.reserve_exact(body);
    for column in &table.columns {
        match &column.texts {
            ColumnTexts::Coded { dictionary, codes } => {
                pack(codes, bits(dictionary.texts().len()), &mut bytes);
            }
            ColumnTexts::Plain { texts, .. } => {
                lengths(texts).for_each(|length| push_length(&mut bytes, length));
                bytes.extend_from_slice(texts.parts().0.as_bytes());
            }
        }
    }
    Ok(bytes)
}

/// The lengths of texts, bytes.
fn lengths(texts: &TextColumn) -> impl Iterator<Item = u32> {
    let mut before = 0;
    texts.parts().1.iter().map(move |&end| {
        let length = end - before;
        before = end;
        length
    })
}

/// The bytes that [`push_length`] takes.
fn length_size(length: u32) -> usize {
    match length {
        0..0x80 => 1,
        0x80..0x4000 => 2,
        0x4000..0x20_0000 => 3,
        0x20_0000..0x1000_0000 => 4,
        _ => 5,
    }
}

/// The data set behind the bytes, in this form or an earlier one.
///
/// # Errors
/// When the bytes end early, go on too long or hold something else.
pub fn decode(bytes: &[u8]) -> Result<StoredDataset, CodecError> {
    let Some(bytes) = bytes.strip_prefix(&FORM) else { return Ok(of_rows(rows::decode(bytes)?)) };
    let (head, mut rest) = codec::decode_first::<Head<'_>>(bytes)?;
    let n_rows = head.n_rows;
    let damaged = |name: &str| CodecError { reason: format!("column {name} is damaged") };
    let mut columns = Vec::with_capacity(head.columns.len());
    for column in head.columns {
        let name = column.name.into_owned();
        let texts = match column.texts {
            Texts::Coded(entries) => {
                let bits = bits(entries.len());
                let packed = take(&mut rest, packed_len(n_rows, bits)?)?;
                let mut texts = TextColumn::default();
                entries.iter().for_each(|text| texts.push(text));
                let dictionary = Dictionary::of(&texts).ok_or_else(|| damaged(&name))?;
                let codes = unpack(packed, n_rows, bits);
                if codes.iter().any(|&code| usize::from(code) >= entries.len()) {
                    return Err(damaged(&name));
                }
                ColumnTexts::Coded { dictionary, codes }
            }
            Texts::Plain { bytes, lengths, repeats } => {
                let mut lengths = take(&mut rest, lengths)?;
                let text = take(&mut rest, bytes)?.to_vec();
                let mut ends = Vec::with_capacity(n_rows.min(lengths.len()));
                let mut end = 0_u32;
                while !lengths.is_empty() {
                    end = end.saturating_add(take_length(&mut lengths)?);
                    ends.push(end);
                }
                let text = String::from_utf8(text).ok();
                let texts = text.and_then(|text| TextColumn::from_parts(text, ends));
                let texts = texts.filter(|texts| texts.len() == n_rows);
                ColumnTexts::Plain { texts: texts.ok_or_else(|| damaged(&name))?, repeats }
            }
        };
        columns.push(TableColumn { name, named: column.named, texts });
    }
    codec::nothing_left(rest)?;
    if columns.is_empty() {
        return Err(CodecError { reason: "it has no columns".to_owned() });
    }
    let source_rows = others(&head.without_cells, head.rows_read, n_rows)?;
    let table = Table {
        digest: head.digest,
        format: head.format,
        columns,
        rows_read: head.rows_read,
        source_rows,
        issues: head.issues.into_owned(),
    };
    let mut read = interpret(&table, head.schema.into_owned(), &head.name)
        .map_err(|error| CodecError { reason: error.to_string() })?;
    read.dataset.id = head.id.into_owned();
    Ok(StoredDataset { table, read })
}

/// The bits of a code among so many.
fn bits(entries: usize) -> u32 {
    match entries {
        // never 0: as many rows as there are bytes for are all there can be
        ..=2 => 1,
        3..=4 => 2,
        5..=16 => 4,
        _ => 8,
    }
}

fn packed_len(n_rows: usize, bits: u32) -> Result<usize, CodecError> {
    let all = n_rows.checked_mul(bits as usize);
    all.map(|bits| bits.div_ceil(8)).ok_or_else(|| CodecError { reason: format!("{n_rows} rows") })
}

/// Writes codes of so many bits each, the first one lowest.
fn pack(codes: &[u8], bits: u32, bytes: &mut Vec<u8>) {
    let packed = codes.chunks(8 / bits as usize).map(|codes| {
        codes.iter().rev().fold(0_u32, |packed, &code| packed << bits | u32::from(code)) as u8
    });
    bytes.extend(packed);
}

fn unpack(packed: &[u8], n_rows: usize, bits: u32) -> Vec<u8> {
    let mask = (1_u32 << bits) - 1;
    let mut codes = Vec::with_capacity(n_rows + 8);
    for &byte in packed {
        for at in 0..8 / bits {
            codes.push((u32::from(byte) >> (at * bits) & mask) as u8);
        }
    }
    codes.truncate(n_rows);
    codes
}

/// Seven bits a byte, the lowest first; the high bit says that more follow.
fn push_length(bytes: &mut Vec<u8>, mut length: u32) {
    while length >= 0x80 {
        bytes.push(length as u8 | 0x80);
        length >>= 7;
    }
    bytes.push(length as u8);
}

fn take_length(bytes: &mut &[u8]) -> Result<u32, CodecError> {
    let mut length = 0;
    for shift in (0..32).step_by(7) {
        let Some((&byte, later)) = bytes.split_first() else { break };
        *bytes = later;
        length |= u32::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Ok(length);
        }
    }
    Err(CodecError { reason: "a length does not end".to_owned() })
}

fn take<'a>(rest: &mut &'a [u8], n: usize) -> Result<&'a [u8], CodecError> {
    let (taken, later) = rest.split_at_checked(n).ok_or_else(|| CodecError {
        reason: format!("{n} bytes expected, {} bytes left", rest.len()),
    })?;
    *rest = later;
    Ok(taken)
}

/// The numbers from 1 to `all` that are not in `rows`, which ascend.
fn gaps(rows: &[u32], all: usize) -> Vec<u32> {
    let mut missing = Vec::new();
    let mut next = 1;
    for &row in rows {
        missing.extend(next..row);
        next = row + 1;
    }
    missing.extend(next..=all as u32);
    missing
}

/// The numbers from 1 to `all` without those of `missing`, which must be `n`.
fn others(missing: &[u32], all: usize, n: usize) -> Result<Vec<u32>, CodecError> {
    let refused = || CodecError { reason: format!("{n} of {all} rows are expected") };
    if all.checked_sub(missing.len()) != Some(n) {
        return Err(refused());
    }
    let mut missing = missing.iter().copied().peekable();
    let rows: Vec<u32> = (1..=all as u32).filter(|row| missing.next_if_eq(row).is_none()).collect();
    if rows.len() == n { Ok(rows) } else { Err(refused()) }
}

/// A data set of an earlier form, whose rows that were left out are lost: as the table that it is
/// itself.
fn of_rows(dataset: Dataset) -> StoredDataset {
    let n_rows = dataset.n_rows();
    let mut table = Table {
        // the file's own is lost; the id was made of it
        digest: digest(0, dataset.id.0.as_bytes()),
        format: Format::default(),
        columns: Vec::new(),
        rows_read: dataset.rows_read,
        source_rows: dataset.source_rows.clone(),
        issues: dataset.issues.clone(),
    };
    let mut schema = Schema {
        decimal: Decimal::Point,
        missing: Vec::new(),
        columns: Vec::new(),
        positive_class: dataset.target.as_ref().map(|target| target.positive_class.clone()),
    };
    for (source, column) in (0..).zip(&dataset.columns) {
        let mut texts = TableColumn::new(column.name.clone(), true);
        for row in 0..n_rows {
            let text = column.values.value(row).map_or_else(String::new, |value| value.to_string());
            texts.extend(&text, std::iter::once(0..text.len()));
        }
        table.columns.push(texts);
        schema.columns.push(ColumnPlan {
            source,
            name: column.name.clone(),
            read_as: read_as(column),
            role: column.role,
            missing: MissingPolicy::DropRow,
            replace: Vec::new(),
            left_out: None,
        });
    }
    let unfit = vec![0; dataset.columns.len()];
    StoredDataset { table, read: Interpreted { dataset, schema, unfit, warnings: Vec::new() } }
}

fn read_as(column: &Column) -> ReadAs {
    match (&column.values, column.kind) {
        (ColumnValues::Numbers(_), _) => ReadAs::Number,
        (ColumnValues::Levels { .. }, _) => ReadAs::Category,
        (ColumnValues::Text(_), ColumnKind::Identifier) => ReadAs::Identifier,
        (ColumnValues::Text(_), _) => ReadAs::Text,
    }
}
