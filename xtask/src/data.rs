//! Writes customers of the population model to `data/`.

use crate::failure::Failure;
use crate::run::{command, run};

/// The seed of the embedded data set.
const SEED: &str = "7";

/// Without options the embedded data set; with `--rows N` another size, under another name.
pub fn write(options: &[String]) -> Result<(), Failure> {
    let problem = "data takes nothing or --rows N, a whole number above 0".to_owned();
    let (rows, file) = match options {
        [] => (7_043, "data/telco-sample.csv".to_owned()),
        [name, rows] if name == "--rows" => match rows.parse::<u32>() {
            Ok(rows) if rows > 0 => (rows, format!("data/telco-{rows}.csv")),
            _ => return Err(Failure::Usage { problem }),
        },
        _ => return Err(Failure::Usage { problem }),
    };
    let rows = rows.to_string();
    let example = ["run", "--quiet", "--release", "--example", "population", "--"];
    run(command("cargo").args(example).args(["--rows", &rows, "--seed", SEED, "--out", &file]))?;
    println!("{rows} customers are in {file}");
    Ok(())
}
