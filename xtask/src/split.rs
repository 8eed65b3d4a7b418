//! Cuts the page's WebAssembly at the places marked in `src/bin/app/rooms.rs`, so that a visitor
//! loads the code of a room when it is needed, and wraps what comes out for the browser.

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
pub fn cut(stage: &Path, html: &str, profile: Profile) -> Result<String, Failure> {
    let uncut = uncut_name(html)?;
    let parts = stage.join("app");
    fs::create_dir(&parts).map_err(Failure::file(&parts))?;
    run(command("wasm-split-cli")
        .args(["--target", "web", "--out-name", "app"])
        .arg(compiled(profile))
        .arg(&parts))?;
    let main = parts.join("app.wasm");
    run(command("wasm-bindgen")
        .args([
            "--target",
            "web",
            "--keep-lld-exports",
            "--no-typescript",
            "--out-name",
            "app",
            "--out-dir",
        ])
        .args([&parts, &main]))?;
    fs::remove_file(&main).map_err(Failure::file(&main))?;

    let loader = parts.join(LOADER);
    let script = fs::read_to_string(&loader).map_err(Failure::file(&loader))?;
    fs::write(&loader, told_once(&script)?).map_err(Failure::file(&loader))?;

    let mut files = Vec::new();
    for entry in fs::read_dir(&parts).map_err(Failure::file(&parts))? {
        files.push(entry.map_err(Failure::file(&parts))?.path());
    }
    files.sort();
    let mut hash = Fnv1a::new();
    for file in &files {
        if profile == Profile::Release && file.extension().is_some_and(|ending| ending == "wasm") {
            optimise(file)?;
        }
        hash.add(&fs::read(file).map_err(Failure::file(file))?);
    }
    let folder = format!("app-{}", hash.hex());
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

/// What cargo has just compiled for Trunk, with the relocations by which it can be cut.
fn compiled(profile: Profile) -> PathBuf {
    let folder = if profile == Profile::Release { "release" } else { "debug" };
    let target = places::chosen_target().unwrap_or_else(|| PathBuf::from("target"));
    places::root().join(target).join("wasm32-unknown-unknown").join(folder).join("app.wasm")
}

/// Functions in the order of their names stand beside their likes, which compresses better.
fn optimise(file: &Path) -> Result<(), Failure> {
    let small = file.with_extension("small");
    output(
        command("wasm-opt")
            .args(FEATURES)
            .args(["-Os", "--reorder-functions-by-name"])
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
