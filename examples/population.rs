//! Writes a made-up customer table as CSV, to standard output or to a file:
//! `cargo run --release --example population -- --rows 7043 --seed 7 --out data/telco-sample.csv`

#![allow(clippy::disallowed_methods, reason = "runs natively, where there are files")]

use std::error::Error;
use std::io::Write;

use churn_lab::population::{self, DEFAULT_ROWS, DEFAULT_SEED, MAX_ROWS, PopulationParams};

fn main() -> Result<(), Box<dyn Error>> {
    let (mut rows, mut seed, mut path) = (DEFAULT_ROWS, DEFAULT_SEED, None);
    let mut arguments = std::env::args().skip(1);
    while let Some(option) = arguments.next() {
        let value = arguments.next().ok_or_else(|| format!("{option} needs a value"))?;
        match option.as_str() {
            "--rows" => rows = number(&option, &value)?,
            "--seed" => seed = number(&option, &value)?,
            "--out" => path = Some(value),
            _ => return Err(format!("{option} is unknown: --rows, --seed and --out are").into()),
        }
    }
    if !(1..=MAX_ROWS).contains(&rows) {
        return Err(format!("--rows {rows} is out of range: 1 to {MAX_ROWS}").into());
    }
    let text = population::csv(&PopulationParams::default(), rows, seed);
    match path {
        Some(path) => std::fs::write(&path, text).map_err(|error| format!("{path}: {error}"))?,
        None => std::io::stdout().lock().write_all(text.as_bytes())?,
    }
    Ok(())
}

fn number(option: &str, value: &str) -> Result<u32, String> {
    value.parse().map_err(|error| format!("{option} {value}: {error}"))
}
