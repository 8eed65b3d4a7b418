//! What a first visit has to load, held against its budgets.

use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::run::{command, output};

/// The most the page's WebAssembly may weigh, in compressed bytes: what the first picture with
/// numbers waits for. The rooms behind it count in the first visit.
const APP_BUDGET: u64 = 350 * 1000;

/// The most the worker's WebAssembly may weigh, in compressed bytes: what the first data set and model
/// wait for.
const WORKER_BUDGET: u64 = 350 * 1000;

/// The most a further part of the worker may weigh with the chunks it needs, in compressed bytes.
const PART_BUDGET: u64 = 250 * 1000;

/// The most a first visit may load with the default data, in compressed bytes.
const VISIT_BUDGET: u64 = 1_000_000;

/// Files of the site that a first visit does not load.
const LATER: [&str; 2] = ["churn-lab.d.ts", "data/"];

/// Rooms and cards whose code is loaded when they are entered or opened, and what answers programs,
/// which is loaded when one asks.
const HEAVY: [&str; 8] =
    ["customers", "explore", "programs", "train", "trust", "versions", "whatif", "whole"];

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
    /// The worker's further parts, by name.
    parts: Vec<(String, u64)>,
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

    let app = heavy_files(&loader_of("app-", site, &files)?);
    let worker = loader_of("worker-", site, &files)?;
    let names = files.iter().map(|file| file.strip_prefix(site).unwrap_or(file).to_string_lossy());
    let files = names.map(std::borrow::Cow::into_owned).zip(sizes).collect();
    let mut weights = Weights { files, heavy: app, app: 0, worker: 0, parts: Vec::new(), visit: 0 };
    for (name, size) in &weights.files {
        if name.ends_with("worker_bg.wasm") {
            weights.worker += size;
        } else if name.ends_with("_bg.wasm") {
            weights.app += size;
        }
        weights.visit += if is_later(name, &weights.heavy) { 0 } else { *size };
    }
    weights.parts = worker_parts(&worker, &weights.files);
    Ok(weights)
}

/// The script that loads the parts of what is in a folder of the site.
fn loader_of(folder: &str, site: &Path, files: &[PathBuf]) -> Result<String, Failure> {
    let in_folder = |file: &&PathBuf| {
        let name = file.strip_prefix(site).unwrap_or(file).to_string_lossy();
        name.starts_with(folder) && name.ends_with("__wasm_split.js")
    };
    match files.iter().find(in_folder) {
        Some(file) => fs::read_to_string(file).map_err(Failure::file(file)),
        None => Err(Failure::Site { problem: format!("{folder}*/__wasm_split.js was not found") }),
    }
}

/// A worker fetches a part when it is first asked for what is in it.
fn is_later(name: &str, heavy: &[String]) -> bool {
    let of_worker = name.starts_with("worker-") && name.ends_with(".wasm");
    LATER.iter().any(|later| name.starts_with(later))
        || of_worker && !name.ends_with("worker_bg.wasm")
        || !of_worker && heavy.iter().any(|file| name.ends_with(file.as_str()))
}

/// What several parts share.
struct Chunk<'l> {
    parts: Vec<&'l str>,
    file: String,
}

/// The chunks, as the loader says before each whose they are: `/* explore, train */ const __chunk_6 = …`.
fn chunks(loader: &str) -> Vec<Chunk<'_>> {
    let lines = || loader.lines().map(str::trim);
    let named = lines().zip(lines().skip(1)).filter_map(|(parts, chunk)| {
        let number = chunk.strip_prefix("const __chunk_")?.split(' ').next()?;
        let parts = parts.strip_prefix("/*")?.strip_suffix("*/")?;
        let parts = parts.split(',').map(str::trim).collect();
        Some(Chunk { parts, file: format!("/chunk_{number}.wasm") })
    });
    named.collect()
}

/// The files that only heavy rooms need: their own, and the chunks that only they share.
fn heavy_files(loader: &str) -> Vec<String> {
    let own = HEAVY.iter().map(|room| format!("/split_{room}.wasm"));
    let shared = chunks(loader).into_iter();
    let shared = shared.filter(|chunk| chunk.parts.iter().all(|room| HEAVY.contains(room)));
    own.chain(shared.map(|chunk| chunk.file)).collect()
}

/// What each part of the worker weighs with the chunks it needs.
fn worker_parts(loader: &str, files: &[(String, u64)]) -> Vec<(String, u64)> {
    let weight = |ending: &str| {
        let of_worker = files.iter().filter(|(name, _)| name.starts_with("worker-"));
        of_worker.filter(|(name, _)| name.ends_with(ending)).map(|(_, size)| size).sum::<u64>()
    };
    let parts = loader.lines().filter_map(|line| {
        let rest = line.trim().strip_prefix("export const __wasm_split_load_")?;
        rest.split(' ').next()
    });
    let chunks = chunks(loader);
    let weigh = |part: &str| {
        let shared = chunks.iter().filter(|chunk| chunk.parts.contains(&part));
        let shared: u64 = shared.map(|chunk| weight(&chunk.file)).sum();
        (part.to_owned(), weight(&format!("/split_{part}.wasm")) + shared)
    };
    parts.map(weigh).collect()
}

/// Prints the table of sizes; fails where a budget is broken.
pub fn check(site: &Path) -> Result<(), Failure> {
    let Weights { files, heavy, app, worker, parts, visit } = weigh(site)?;
    println!("{:>12}  file, compressed by brotli", "bytes");
    for (name, size) in files {
        println!(
            "{size:>12}  {name}{}",
            if is_later(&name, &heavy) { " (not on a first visit)" } else { "" }
        );
    }

    let mut budgets = vec![
        ("page WebAssembly".to_owned(), app, APP_BUDGET),
        ("worker WebAssembly".to_owned(), worker, WORKER_BUDGET),
        ("a first visit".to_owned(), visit, VISIT_BUDGET),
    ];
    budgets.extend(
        parts.into_iter().map(|(part, size)| (format!("worker part {part}"), size, PART_BUDGET)),
    );
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
    use super::{HEAVY, heavy_files, is_later, worker_parts};

    #[test]
    fn what_only_heavy_rooms_share_comes_with_them() {
        let loader = "/* explore, rooms */\nconst __chunk_4 = makeLoad(() => {\n}, []);\n\
                      /* explore, train */\nconst __chunk_6 = makeLoad(() => {\n}, []);\n";
        let own = HEAVY.map(|room| format!("/split_{room}.wasm"));
        assert!(own.contains(&"/split_explore.wasm".to_owned()));
        // what a light room shares is loaded with it
        assert_eq!(heavy_files(loader), [own.as_slice(), &["/chunk_6.wasm".to_owned()]].concat());
    }

    #[test]
    fn a_part_of_the_worker_weighs_what_its_first_request_fetches() {
        let loader = "/* figures, training */\nconst __chunk_2 = makeLoad(() => {\n}, []);\n\
                      export const __wasm_split_load_figures = wrapAsyncCb(makeLoad(() => {\n";
        let files = [
            ("app-1/chunk_2.wasm".to_owned(), 1),
            ("worker-1/chunk_2.wasm".to_owned(), 20),
            ("worker-1/split_figures.wasm".to_owned(), 300),
            ("worker-1/worker_bg.wasm".to_owned(), 4000),
        ];
        assert_eq!(worker_parts(loader, &files), [("figures".to_owned(), 320)]);
        let later = files.map(|(name, _)| is_later(&name, &[]));
        assert_eq!(later, [false, true, true, false]);
    }
}
