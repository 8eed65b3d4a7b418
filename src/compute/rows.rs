//! A data set as bytes: what workers are given and what is stored.
//!
//! What describes the data set is in postcard; the values follow column by column, each column in
//! one piece as it is in memory (little-endian), which copies many times faster than value by value.
//! The earlier form, all of it in postcard, is still read.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::codec::{self, CodecError};
use crate::data::{
    Column, ColumnKind, ColumnValues, Dataset, DatasetId, Role, RowIssue, Target, TextColumn,
};

/// How the bytes start. The earlier form starts with the length of an id, which is never 0.
const FORM: [u8; 2] = [0, 2];

/// Most levels whose codes are stored in a byte each, else in two.
const BYTE_LEVELS: usize = 1 << 8;

/// A data set without its values.
#[derive(Serialize, Deserialize)]
struct Head<'a> {
    id: Cow<'a, DatasetId>,
    name: Cow<'a, str>,
    columns: Vec<ColumnHead<'a>>,
    target: Cow<'a, Option<Target>>,
    rows_read: usize,
    n_rows: usize,
    issues: Cow<'a, [RowIssue]>,
}

/// A column without its values.
#[derive(Serialize, Deserialize)]
struct ColumnHead<'a> {
    name: Cow<'a, str>,
    kind: ColumnKind,
    role: Role,
    missing: u32,
    values: Values<'a>,
}

/// What the values of a column are, as far as their number does not say it.
#[derive(Serialize, Deserialize)]
enum Values<'a> {
    Numbers,
    Levels(Cow<'a, [String]>),
    /// All texts together have so many bytes.
    Text(usize),
}

/// A data set as bytes.
///
/// # Errors
/// When it can't be written in this format.
pub fn encode(dataset: &Dataset) -> Result<Vec<u8>, CodecError> {
    let columns = dataset.columns.iter().map(|column| ColumnHead {
        name: Cow::Borrowed(&column.name),
        kind: column.kind,
        role: column.role,
        missing: column.missing,
        values: match &column.values {
            ColumnValues::Numbers(_) => Values::Numbers,
            ColumnValues::Levels { levels, .. } => Values::Levels(Cow::Borrowed(levels)),
            ColumnValues::Text(texts) => Values::Text(texts.parts().0.len()),
        },
    });
    let head = Head {
        id: Cow::Borrowed(&dataset.id),
        name: Cow::Borrowed(&dataset.name),
        columns: columns.collect(),
        target: Cow::Borrowed(&dataset.target),
        rows_read: dataset.rows_read,
        n_rows: dataset.n_rows(),
        issues: Cow::Borrowed(&dataset.issues),
    };
    let mut bytes = FORM.to_vec();
    bytes.append(&mut codec::encode(&head)?);
    let values = dataset.columns.iter().map(|column| size(&column.values)).sum::<usize>();
    bytes.reserve_exact(size_of_val(dataset.source_rows.as_slice()) + values);
    push(&mut bytes, &dataset.source_rows, u32::to_le_bytes);
    for column in &dataset.columns {
        match &column.values {
            ColumnValues::Numbers(numbers) => push(&mut bytes, numbers, f64::to_le_bytes),
            ColumnValues::Levels { levels, codes } if levels.len() <= BYTE_LEVELS => {
                push(&mut bytes, codes, |code| [code as u8]);
            }
            ColumnValues::Levels { codes, .. } => push(&mut bytes, codes, u16::to_le_bytes),
            ColumnValues::Text(texts) => {
                let (text, ends) = texts.parts();
                bytes.extend_from_slice(text.as_bytes());
                push(&mut bytes, ends, u32::to_le_bytes);
            }
        }
    }
    Ok(bytes)
}

/// Most bytes that the values of a column take.
fn size(values: &ColumnValues) -> usize {
    match values {
        ColumnValues::Numbers(numbers) => size_of_val(numbers.as_slice()),
        ColumnValues::Levels { levels, codes } if levels.len() <= BYTE_LEVELS => codes.len(),
        ColumnValues::Levels { codes, .. } => size_of_val(codes.as_slice()),
        ColumnValues::Text(texts) => {
            let (text, ends) = texts.parts();
            text.len() + size_of_val(ends)
        }
    }
}

fn push<const N: usize, T: Copy>(bytes: &mut Vec<u8>, values: &[T], encode: fn(T) -> [u8; N]) {
    let start = bytes.len();
    bytes.resize(start + N * values.len(), 0);
    let (places, _) = bytes[start..].as_chunks_mut::<N>();
    places.iter_mut().zip(values).for_each(|(place, &value)| *place = encode(value));
}

/// The data set behind the bytes, in this form or the earlier one.
///
/// # Errors
/// When the bytes end early, go on too long or hold something else.
pub fn decode(bytes: &[u8]) -> Result<Dataset, CodecError> {
    let Some(bytes) = bytes.strip_prefix(&FORM) else { return codec::decode(bytes) };
    let (head, mut rest) = codec::decode_first::<Head<'_>>(bytes)?;
    let n_rows = head.n_rows;
    let source_rows = take(&mut rest, n_rows, u32::from_le_bytes)?;
    let mut columns = Vec::with_capacity(head.columns.len());
    for column in head.columns {
        let values = match column.values {
            Values::Numbers => ColumnValues::Numbers(take(&mut rest, n_rows, f64::from_le_bytes)?),
            Values::Levels(levels) => ColumnValues::Levels {
                codes: match levels.len() {
                    ..=BYTE_LEVELS => take(&mut rest, n_rows, |[code]| u16::from(code))?,
                    _ => take(&mut rest, n_rows, u16::from_le_bytes)?,
                },
                levels: levels.into_owned(),
            },
            Values::Text(len) => {
                let text = String::from_utf8(take(&mut rest, len, |[byte]| byte)?);
                let ends = take(&mut rest, n_rows, u32::from_le_bytes)?;
                let texts = text.ok().and_then(|text| TextColumn::from_parts(text, ends));
                ColumnValues::Text(texts.ok_or_else(|| CodecError {
                    reason: format!("the texts of column {} are damaged", column.name),
                })?)
            }
        };
        columns.push(Column {
            name: column.name.into_owned(),
            kind: column.kind,
            role: column.role,
            missing: column.missing,
            values,
        });
    }
    codec::nothing_left(rest)?;
    Ok(Dataset {
        id: head.id.into_owned(),
        name: head.name.into_owned(),
        columns,
        target: head.target.into_owned(),
        rows_read: head.rows_read,
        source_rows,
        issues: head.issues.into_owned(),
    })
}

/// `n` values from the start of `rest`, which is what is left then.
fn take<const N: usize, T>(
    rest: &mut &[u8],
    n: usize,
    decode: fn([u8; N]) -> T,
) -> Result<Vec<T>, CodecError> {
    let taken = n.checked_mul(N).and_then(|size| rest.split_at_checked(size));
    let (values, later) = taken.ok_or_else(|| CodecError {
        reason: format!("{n} values of {N} bytes expected, {} bytes left", rest.len()),
    })?;
    *rest = later;
    Ok(values.as_chunks::<N>().0.iter().map(|&value| decode(value)).collect())
}
