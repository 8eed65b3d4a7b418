//! What a first visit has to load, held against its budgets.

use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::run::{command, output};

/// The most the page's WebAssembly may weigh, in compressed bytes: what the first picture with
/// numbers waits for. The rooms behind it count in the first visit.
const APP_BUDGET: u64 = 350 * 1000;

/// The most the worker's WebAssembly may weigh, in compressed bytes.
const WORKER_BUDGET: u64 = 450 * 1000;

/// The most a first visit may load with the default data, in compressed bytes.
const VISIT_BUDGET: u64 = 1_000_000;

/// Files of the site that a first visit does not load.
const LATER: [&str; 2] = ["churn-lab.d.ts", "data/"];

/// Rooms whose code is loaded when they are entered.
const HEAVY: [&str; 2] = ["explore", "train"];

/// Prints the lengths of the files named as arguments, compressed by brotli at quality 11.
const BROTLI: &str = "const { readFileSync } = require('fs'), { brotliCompressSync, constants } = require('zlib');
for (const file of process.argv.slice(1))
  console.log(brotliCompressSync(readFileSync(file), { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length);";

/// What the files of a site weigh, in compressed bytes.
pub struct Weights {
    /// Every file by its path in the site.
    files: Vec<(String, u64)>,
    /// How the names end of those that only heavy rooms need.
    heavy: Vec<String>,
    /// The page's WebAssembly.
    pub app: u64,
    /// The worker's WebAssembly.
    pub worker: u64,
    /// All that a first visit loads.
    pub visit: u64,
}

/// Compresses every file of a site and adds up.
pub fn weigh(site: &Path) -> Result<Weights, Failure> {
    let mut files = Vec::new();
    collect(site, &mut files)?;
    files.sort();
    let answer = output(command("node").args(["--eval", BROTLI, "--"]).args(&files))?;
    let sizes: Vec<u64> = answer.lines().filter_map(|line| line.parse().ok()).collect();
    if sizes.len() != files.len() {
        let problem = format!("{} sizes for {} files: {answer}", sizes.len(), files.len());
        return Err(Failure::Site { problem });
    }

    let loader = files.iter().find(|file| file.ends_with("__wasm_split.js"));
    let loader = match loader {
        Some(file) => fs::read_to_string(file).map_err(Failure::file(file))?,
        None => String::new(),
    };
    let heavy = heavy_files(&loader);
    let names = files.iter().map(|file| file.strip_prefix(site).unwrap_or(file).to_string_lossy());
    let files = names.map(std::borrow::Cow::into_owned).zip(sizes).collect();
    let mut weights = Weights { files, heavy: Vec::new(), app: 0, worker: 0, visit: 0 };
    for (name, size) in &weights.files {
        if name.ends_with("worker_bg.wasm") {
            weights.worker += size;
        } else if name.ends_with("_bg.wasm") {
            weights.app += size;
        }
        weights.visit += if is_later(name, &heavy) { 0 } else { *size };
    }
    Ok(Weights { heavy, ..weights })
}

fn is_later(name: &str, heavy: &[String]) -> bool {
    LATER.iter().any(|later| name.starts_with(later))
        || heavy.iter().any(|file| name.ends_with(file.as_str()))
}

/// The files that only heavy rooms need: their own, and the chunks that only they share, as the loader
/// says before each: `/* explore, train */ const __chunk_6 = …`.
fn heavy_files(loader: &str) -> Vec<String> {
    let mut files: Vec<String> = HEAVY.iter().map(|room| format!("/split_{room}.wasm")).collect();
    let lines = || loader.lines().map(str::trim);
    for (rooms, chunk) in lines().zip(lines().skip(1)) {
        let rooms = rooms.strip_prefix("/*").and_then(|rooms| rooms.strip_suffix("*/"));
        let number = chunk.strip_prefix("const __chunk_").and_then(|rest| rest.split(' ').next());
        if let (Some(rooms), Some(number)) = (rooms, number)
            && rooms.split(',').all(|room| HEAVY.contains(&room.trim()))
        {
            files.push(format!("/chunk_{number}.wasm"));
        }
    }
    files
}

/// Prints the table of sizes; fails where a budget is broken.
pub fn check(site: &Path) -> Result<(), Failure> {
    let Weights { files, heavy, app, worker, visit } = weigh(site)?;
    println!("{:>12}  file, compressed by brotli", "bytes");
    for (name, size) in files {
        println!(
            "{size:>12}  {name}{}",
            if is_later(&name, &heavy) { " (not on a first visit)" } else { "" }
        );
    }

    let budgets = [
        ("page WebAssembly", app, APP_BUDGET),
        ("worker WebAssembly", worker, WORKER_BUDGET),
        ("a first visit", visit, VISIT_BUDGET),
    ];
    println!("\n{:>12} {:>12}  budget", "bytes", "at most");
    let mut broken = Vec::new();
    for (what, size, budget) in budgets {
        println!("{size:>12} {budget:>12}  {what}");
        if size == 0 {
            broken.push(format!("{what} was not found"));
        } else if size > budget {
            broken.push(format!("{what} is {} bytes over its budget", size - budget));
        }
    }
    if broken.is_empty() {
        return Ok(());
    }
    Err(Failure::Site { problem: broken.join("; ") })
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), Failure> {
    for entry in fs::read_dir(folder).map_err(Failure::file(folder))? {
        let path = entry.map_err(Failure::file(folder))?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::heavy_files;

    #[test]
    fn what_only_heavy_rooms_share_comes_with_them() {
        let loader = "/* explore, rooms */\nconst __chunk_4 = makeLoad(() => {\n}, []);\n\
                      /* explore, train */\nconst __chunk_6 = makeLoad(() => {\n}, []);\n";
        let expected = ["/split_explore.wasm", "/split_train.wasm", "/chunk_6.wasm"];
        assert_eq!(heavy_files(loader), expected);
    }
}
