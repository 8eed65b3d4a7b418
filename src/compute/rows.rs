//! The first two forms in which data sets were stored: their rows without the texts of the file.
//!
//! In the second one, what describes the data set is in postcard, and the values follow column by
//! column, each column in one piece as it is in memory (little-endian). The first one is all of it in
//! postcard.

use std::borrow::Cow;

use serde::Deserialize;

use super::codec::{self, CodecError};
use crate::data::{
    Column, ColumnKind, ColumnValues, Dataset, DatasetId, Role, RowIssue, Target, TextColumn,
};

/// How the bytes start. The earlier form starts with the length of an id, which is never 0.
const FORM: [u8; 2] = [0, 2];

/// Most levels whose codes are stored in a byte each, else in two.
const BYTE_LEVELS: usize = 1 << 8;

/// A data set without its values.
#[derive(Deserialize)]
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
#[derive(Deserialize)]
struct ColumnHead<'a> {
    name: Cow<'a, str>,
    kind: ColumnKind,
    role: Role,
    missing: u32,
    values: Values<'a>,
}

/// What the values of a column are, as far as their number does not say it.
#[derive(Deserialize)]
enum Values<'a> {
    Numbers,
    Levels(Cow<'a, [String]>),
    /// All texts together have so many bytes.
    Text(usize),
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
            is_date: false,
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
