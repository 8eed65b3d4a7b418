//! Cuts the WebAssembly of the page and of the worker at the places marked in `src/bin/`, so that code
//! is loaded when it is needed, and wraps what comes out for the browser.

use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::fnv::Fnv1a;
use crate::places;
use crate::run::{command, output, run};
use crate::site::Profile;

/// What the compiler may use of WebAssembly: in every browser that README names.
const FEATURES: [&str; 7] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
    "--enable-simd",
];

/// The script that loads the parts.
const LOADER: &str = "__wasm_split.js";

/// Replaces Trunk's uncut page in `stage` by the cut one, in a folder named by its content, and
/// gives the page's HTML with the new addresses.
pub fn cut_page(stage: &Path, html: &str, profile: Profile) -> Result<String, Failure> {
    let uncut = uncut_name(html)?;
    let parts = cut(stage, Binary::Page, profile)?;
    let folder = format!("app-{}", hash(&parts)?);
    fs::rename(&parts, stage.join(&folder)).map_err(Failure::file(&parts))?;
    for ending in [".js", "_bg.wasm"] {
        let file = stage.join(format!("{uncut}{ending}"));
        fs::remove_file(&file).map_err(Failure::file(&file))?;
    }
    // the loader of the rooms is imported by the page's script, so it can come at the same time
    let preload = format!(
        "<link rel=\"modulepreload\" href=\"./{folder}/{LOADER}\" crossorigin=\"anonymous\">\n</head>"
    );
    Ok(html
        .replace(&format!("./{uncut}"), &format!("./{folder}/app"))
        .replacen("</head>", &preload, 1))
}

/// What Trunk writes for the worker; the names carry no hash of their own.
const UNCUT_WORKER: [&str; 2] = ["worker.js", "worker_bg.wasm"];

/// The script that starts the worker.
const WORKER_START: &str = "worker_loader.js";

/// Replaces Trunk's uncut worker in `stage` by the cut one, in a folder named by its content, so that a
/// page never meets the worker of another build in a cache; gives the address of the script that starts
/// it.
pub fn cut_worker(stage: &Path, profile: Profile) -> Result<String, Failure> {
    for name in UNCUT_WORKER {
        let file = stage.join(name);
        fs::remove_file(&file).map_err(Failure::file(&file))?;
    }
    let parts = cut(stage, Binary::Worker, profile)?;
    let start = stage.join(WORKER_START);
    fs::rename(&start, parts.join(WORKER_START)).map_err(Failure::file(&start))?;
    let folder = format!("worker-{}", hash(&parts)?);
    fs::rename(&parts, stage.join(&folder)).map_err(Failure::file(&parts))?;
    Ok(format!("./{folder}/{WORKER_START}"))
}

/// A binary of the lab.
#[derive(Clone, Copy)]
enum Binary {
    Page,
    Worker,
}

impl Binary {
    fn name(self) -> &'static str {
        match self {
            Self::Page => "app",
            Self::Worker => "worker",
        }
    }

    /// The page is to be small, the worker fast.
    fn optimisation(self) -> &'static str {
        match self {
            Self::Page => "-Os",
            Self::Worker => "-O3",
        }
    }

    /// What cargo has just compiled for Trunk, with the relocations by which it can be cut.
    fn compiled(self, profile: Profile) -> PathBuf {
        let folder = match (profile, self) {
            (Profile::Dev, _) => "debug",
            (Profile::Release, Self::Page) => "release",
            (Profile::Release, Self::Worker) => "worker-release",
        };
        let target = places::chosen_target().unwrap_or_else(|| PathBuf::from("target"));
        let built = places::root().join(target).join("wasm32-unknown-unknown").join(folder);
        built.join(self.name()).with_extension("wasm")
    }
}

/// Cuts a binary into a folder of its name in `stage`, which it gives.
fn cut(stage: &Path, binary: Binary, profile: Profile) -> Result<PathBuf, Failure> {
    let name = binary.name();
    let compiled = binary.compiled(profile);
    // a file that another build was still writing has been seen here
    if !fs::read(&compiled).map_err(Failure::file(&compiled))?.starts_with(b"\0asm") {
        let problem = format!("{} is no WebAssembly; build again", compiled.display());
        return Err(Failure::Site { problem });
    }
    let parts = stage.join(name);
    fs::create_dir(&parts).map_err(Failure::file(&parts))?;
    run(command("wasm-split-cli")
        .args(["--target", "web", "--out-name", name])
        .args([&compiled, &parts]))?;
    let main = parts.join(name).with_extension("wasm");
    run(command("wasm-bindgen")
        .args(["--target", "web", "--keep-lld-exports", "--no-typescript"])
        .args(["--out-name", name, "--out-dir"])
        .args([&parts, &main]))?;
    fs::remove_file(&main).map_err(Failure::file(&main))?;

    let loader = parts.join(LOADER);
    let script = fs::read_to_string(&loader).map_err(Failure::file(&loader))?;
    fs::write(&loader, told_once(&script)?).map_err(Failure::file(&loader))?;
    if profile == Profile::Release {
        for file in files(&parts)? {
            if file.extension().is_some_and(|ending| ending == "wasm") {
                optimise(&file, binary.optimisation())?;
            }
        }
    }
    Ok(parts)
}

/// The files of a folder, in order.
fn files(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(Failure::file(folder))? {
        files.push(entry.map_err(Failure::file(folder))?.path());
    }
    files.sort();
    Ok(files)
}

/// Of all that is in a folder.
fn hash(folder: &Path) -> Result<String, Failure> {
    let mut hash = Fnv1a::new();
    for file in files(folder)? {
        hash.add(&fs::read(&file).map_err(Failure::file(&file))?);
    }
    Ok(hash.hex())
}

/// The loader without its own word in the console: what can't be loaded is told by the page, to whom it
/// concerns, and somebody who leaves while code is on its way is nobody to tell.
fn told_once(script: &str) -> Result<String, Failure> {
    const TOLD: &str = "console.error(e);";
    match script.matches(TOLD).count() {
        1 => Ok(script.replace(TOLD, "")),
        count => Err(Failure::Site {
            problem: format!("{LOADER}: {TOLD} stands there {count} times; 1 was expected"),
        }),
    }
}

/// "app-5e13c508400e790b", Trunk's name for the page.
fn uncut_name(html: &str) -> Result<&str, Failure> {
    let named = html.split("'./").find(|rest| rest.starts_with("app-"));
    named.and_then(|rest| rest.split_once(".js'")).map(|(name, _)| name).ok_or_else(|| {
        Failure::Site {
            problem: "index.html: the page's script was not found in Trunk's start script"
                .to_owned(),
        }
    })
}

/// Functions in the order of their names stand beside their likes, which compresses better.
fn optimise(file: &Path, level: &str) -> Result<(), Failure> {
    let small = file.with_extension("small");
    output(
        command("wasm-opt")
            .args(FEATURES)
            .args([level, "--reorder-functions-by-name"])
            .arg(file)
            .arg("-o")
            .arg(&small),
    )?;
    fs::rename(&small, file).map_err(Failure::file(file))
}

#[cfg(test)]
mod tests {
    use super::{told_once, uncut_name};

    #[test]
    fn the_loader_does_not_speak_beside_the_page() {
        let script = "try { f(); } catch (e) { console.error(e); success = false; }";
        let quiet = "try { f(); } catch (e) {  success = false; }";
        assert_eq!(told_once(script).ok().as_deref(), Some(quiet));
        assert!(told_once("f();").is_err());
    }

    #[test]
    fn the_page_is_found_in_the_start_script() {
        let html = "import init from './app-12ab.js';\nawait init('./app-12ab_bg.wasm');";
        assert_eq!(uncut_name(html).ok(), Some("app-12ab"));
        assert!(uncut_name("<script src=\"./theme.js\">").is_err());
    }
}
