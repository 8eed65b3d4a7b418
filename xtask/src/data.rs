//! Writes customers of the population model: the embedded ones to `data/`, which is a part of the site,
//! others to `target/data/`, which is not.

use std::fs;
use std::path::PathBuf;

use crate::failure::Failure;
use crate::places;
use crate::run::{command, run};

/// The seed of the embedded data set.
const SEED: &str = "7";

/// Rows of the embedded data set.
const EMBEDDED: u32 = 7_043;

/// Without options the embedded data set; with `--rows N` another size, under another name.
pub fn write(options: &[String]) -> Result<(), Failure> {
    let problem = "data takes nothing or --rows N, a whole number above 0".to_owned();
    let (rows, file) = match options {
        [] => (EMBEDDED, places::root().join("data/telco-sample.csv")),
        [name, rows] if name == "--rows" => match rows.parse::<u32>() {
            Ok(rows) if rows > 0 => (rows, file_of(rows)),
            _ => return Err(Failure::Usage { problem }),
        },
        _ => return Err(Failure::Usage { problem }),
    };
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder).map_err(Failure::file(folder))?;
    }
    let example = ["run", "--quiet", "--release", "--example", "population", "--"];
    let rows = rows.to_string();
    run(command("cargo")
        .args(example)
        .args(["--rows", &rows, "--seed", SEED, "--out"])
        .arg(&file))?;
    println!("{rows} customers are in {}", file.display());
    Ok(())
}

/// The file of so many customers.
pub fn file_of(rows: u32) -> PathBuf {
    places::root().join(format!("target/data/telco-{rows}.csv"))
}
