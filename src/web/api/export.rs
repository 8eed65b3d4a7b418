//! A run as a file, for programs.

use serde::Serialize;

use super::{Args, lost};
use crate::compute::Failure;
use crate::compute::codec::bytes;
use crate::web::actions::Lab;
use crate::web::exports::{Export, Exporter};

/// A text where the format is one, else a `Uint8Array`.
#[derive(Serialize)]
#[serde(untagged)]
pub enum Exported {
    Text(String),
    Bytes(#[serde(serialize_with = "bytes::serialize")] Vec<u8>),
}

pub async fn run(lab: Lab, exporter: Exporter, args: Args) -> Result<Exported, Failure> {
    let run = lab.run_of(args.value(0, "number")?)?;
    let format = Export::named(&args.text(1, "format")?)?;
    let begun = exporter(lab, run, format).await;
    let bytes = begun.map_err(|error| lost(&error))?.await?;
    if !format.is_text() {
        return Ok(Exported::Bytes(bytes));
    }
    let text = String::from_utf8(bytes);
    text.map(Exported::Text).map_err(|error| Failure::new("protocol", error.to_string()))
}
