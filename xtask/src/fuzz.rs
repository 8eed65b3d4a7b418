//! Searches for files that break the reader, guided by coverage: libFuzzer, on the stable toolchain.

use std::env;
use std::fs;

use crate::failure::Failure;
use crate::places;
use crate::run::{command, output, run};

/// Executions where neither a number nor a time is given.
const DEFAULT_RUNS: i64 = 1_000_000;

/// Bytes of the longest file made up: some rows, and enough to see every rule of the reader.
const LONGEST: usize = 1_024;

/// Counts edges, so that libFuzzer sees what a changed byte changed. The sides of comparisons are
/// not told: csv-core makes its table anew for each file, and nine tenths of the time would go there;
/// `fuzz/read.dict` has the words that are compared.
const INSTRUMENTED: [&str; 5] = [
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Ccodegen-units=1",
];

/// `--runs N` executions or `--seconds S`, whichever ends first; `--keep` makes what was found part
/// of the kept files in `fuzz/corpus`, as few as cover the same.
///
/// What is found stays in `target/fuzz/found` for the next run; a file that breaks the reader is in
/// `target/fuzz`, its name is printed, and the command fails.
pub fn fuzz(options: &[String]) -> Result<(), Failure> {
    let options = Options::parse(options)?;
    let host = output(command("rustc").args(["-vV"]))?;
    let host = host.lines().find_map(|line| line.strip_prefix("host: ")).unwrap_or_default();
    let target = places::chosen_target().unwrap_or_else(|| places::root().join("target"));
    let target = target.join("fuzz");
    // with --target, build scripts and macros are not instrumented
    run(command("cargo")
        .args(["build", "--release", "--manifest-path", "fuzz/Cargo.toml", "--target", host])
        .env("CARGO_TARGET_DIR", &target)
        .env("CARGO_ENCODED_RUSTFLAGS", INSTRUMENTED.join("\u{1f}")))?;
    let program =
        target.join(host).join("release").join(format!("read{}", env::consts::EXE_SUFFIX));
    let found = target.join("found");
    fs::create_dir_all(&found).map_err(Failure::file(&found))?;

    let program = program.to_string_lossy();
    let common = [
        format!("-artifact_prefix={}/", target.display()),
        format!("-max_len={LONGEST}"),
        "-dict=fuzz/read.dict".to_owned(),
        "-timeout=60".to_owned(),
    ];
    run(command(&program)
        .args(&common)
        .args(["-print_final_stats=1", &format!("-runs={}", options.runs)])
        .arg(format!("-max_total_time={}", options.seconds))
        .arg(&found)
        .arg("fuzz/corpus"))?;
    if options.keep {
        keep(&program, &common, &found)?;
    }
    Ok(())
}

/// Replaces `fuzz/corpus` with the fewest of its files and those found that cover as much.
fn keep(program: &str, common: &[String], found: &std::path::Path) -> Result<(), Failure> {
    let (kept, new) = (places::root().join("fuzz/corpus"), found.with_file_name("kept"));
    if new.exists() {
        fs::remove_dir_all(&new).map_err(Failure::file(&new))?;
    }
    fs::create_dir_all(&new).map_err(Failure::file(&new))?;
    // which edges, not how often: some hundred files instead of a thousand
    let merge = ["-set_cover_merge=1", "-use_counters=0"];
    run(command(program).args(common).args(merge).args([&*new, &*kept, found]))?;
    for folder in [&kept, &new] {
        for entry in fs::read_dir(folder).map_err(Failure::file(folder))? {
            let file = entry.map_err(Failure::file(folder))?.path();
            if folder == &kept {
                fs::remove_file(&file).map_err(Failure::file(&file))?;
            } else if let Some(name) = file.file_name() {
                fs::copy(&file, kept.join(name)).map_err(Failure::file(&file))?;
            }
        }
    }
    Ok(())
}

struct Options {
    runs: i64,
    seconds: i64,
    keep: bool,
}

impl Options {
    fn parse(words: &[String]) -> Result<Self, Failure> {
        let (mut runs, mut seconds, mut keep) = (None, 0, false);
        let mut words = words.iter();
        while let Some(word) = words.next() {
            let number = |value: Option<&String>| {
                value.and_then(|value| value.parse().ok()).filter(|&number| number > 0).ok_or_else(
                    || Failure::Usage { problem: format!("{word} takes a whole number above 0") },
                )
            };
            match word.as_str() {
                "--runs" => runs = Some(number(words.next())?),
                "--seconds" => seconds = number(words.next())?,
                "--keep" => keep = true,
                unknown => {
                    return Err(Failure::Usage {
                        problem: format!("fuzz does not know {unknown:?}"),
                    });
                }
            }
        }
        // to libFuzzer, -1 is without end: the time ends it
        let runs = runs.unwrap_or(if seconds > 0 { -1 } else { DEFAULT_RUNS });
        Ok(Self { runs, seconds, keep })
    }
}
