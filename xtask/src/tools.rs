//! Installs what is missing: pinned tools into the cache, npm packages into the repository, system
//! packages by the system. What is there already is skipped.

use std::fs;
use std::path::Path;

use crate::failure::Failure;
use crate::places;
use crate::run::{command, output, run};

/// A tool that is installed by `cargo install` into our cache.
struct CargoTool {
    program: &'static str,
    package: &'static str,
    version: &'static str,
    /// Whether the package's own lock file is used.
    locked: bool,
    /// The feature of the package that makes the program, where it is not made anyway.
    feature: Option<&'static str>,
}

/// Newer versions of Trunk need a newer Rust.
const TRUNK: CargoTool = CargoTool {
    program: "trunk",
    package: "trunk",
    version: "0.21.14",
    locked: true,
    feature: None,
};

/// Has to be the version of the `wasm-bindgen` crate in Cargo.toml. Its own lock file names a crate
/// version that cannot be had, so it is not used.
const WASM_BINDGEN: CargoTool = CargoTool {
    program: "wasm-bindgen",
    package: "wasm-bindgen-cli",
    version: "0.2.130",
    locked: false,
    feature: None,
};

/// Cuts the page's WebAssembly into files; belongs to `wasm_split_helpers` in Cargo.toml.
const WASM_SPLIT: CargoTool = CargoTool {
    program: "wasm-split-cli",
    package: "wasm_split_cli_support",
    version: "0.2.4",
    locked: true,
    feature: Some("build-binary"),
};

/// Written into `node_modules` after an installation: the lock file it was made from.
const NPM_STAMP: &str = "node_modules/.churn-lab-lock";

/// What building the site needs; `release` adds the optimiser of WebAssembly, which comes by npm.
pub fn for_site(release: bool) -> Result<(), Failure> {
    wasm_target()?;
    cargo_tool(&TRUNK)?;
    cargo_tool(&WASM_BINDGEN)?;
    cargo_tool(&WASM_SPLIT)?;
    if release { npm_packages() } else { Ok(()) }
}

/// What `cargo fmt` and `cargo clippy` need, for the host and for WebAssembly.
pub fn for_lints() -> Result<(), Failure> {
    for (name, word) in [("rustfmt", "fmt"), ("clippy", "clippy")] {
        if output(command("cargo").args([word, "--version"])).is_err() {
            println!("Installing the Rust component {name}");
            run(command("rustup").args(["component", "add", name]))?;
        }
    }
    wasm_target()
}

/// What the tests in a browser need.
pub fn for_browser() -> Result<(), Failure> {
    wasm_target()?;
    cargo_tool(&WASM_BINDGEN)?;
    npm_packages()?;
    system_packages(&[
        ("chromium", "chromium"),
        ("chromedriver", "chromium-driver"),
        ("firefox-esr", "firefox-esr"),
    ])
}

/// What measuring the Python side needs, but for the packages themselves.
pub fn for_peers() -> Result<(), Failure> {
    system_packages(&[("python3", "python3")])?;
    // Debian ships it apart; the module venv alone makes environments without pip
    if output(command("python3").args(["-c", "import ensurepip"])).is_ok() {
        return Ok(());
    }
    install_packages("Python's module ensurepip".to_owned(), &["python3-venv"])
}

fn wasm_target() -> Result<(), Failure> {
    const TARGET: &str = "wasm32-unknown-unknown";
    let libraries =
        output(command("rustc").args(["--print", "target-libdir", "--target", TARGET]))?;
    if Path::new(&libraries).is_dir() {
        return Ok(());
    }
    println!("Installing the Rust target {TARGET}");
    run(command("rustup").args(["target", "add", TARGET]))
}

fn cargo_tool(tool: &CargoTool) -> Result<(), Failure> {
    let CargoTool { program, package, version, locked, feature } = *tool;
    let installed =
        places::tools().join("bin").join(program).with_extension(std::env::consts::EXE_EXTENSION);
    // cargo's own list, since not every program tells its version
    let list = fs::read_to_string(places::tools().join(".crates.toml")).unwrap_or_default();
    if installed.is_file() && list.contains(&format!("\"{package} {version} ")) {
        return Ok(());
    }
    println!(
        "Installing {package} {version} into {} (some minutes, once)",
        places::tools().display()
    );
    let mut install = command("cargo");
    install.args(["install", package, "--version", version, "--force", "--root"]);
    install.arg(places::tools());
    if locked {
        install.arg("--locked");
    }
    if let Some(feature) = feature {
        install.args(["--features", feature]);
    }
    // Their own settings take more than twice as long to compile, and buy nothing here.
    install
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
        .env_remove("CARGO_TARGET_DIR");
    run(&mut install)
}

fn npm_packages() -> Result<(), Failure> {
    system_packages(&[("node", "nodejs"), ("npm", "npm")])?;
    let root = places::root();
    let lock_file = root.join("package-lock.json");
    let stamp_file = root.join(NPM_STAMP);
    let lock = fs::read(&lock_file).map_err(Failure::file(&lock_file))?;
    if fs::read(&stamp_file).is_ok_and(|stamp| stamp == lock) {
        return Ok(());
    }
    println!("Installing the npm packages of package-lock.json into node_modules");
    run(command("npm")
        .args(["ci", "--no-audit", "--no-fund"])
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"))?;
    fs::write(&stamp_file, lock).map_err(Failure::file(&stamp_file))
}

/// Sees to it that each program is there: pairs of program and Debian package.
fn system_packages(wanted: &[(&str, &str)]) -> Result<(), Failure> {
    let missing: Vec<&(&str, &str)> =
        wanted.iter().filter(|(program, _)| places::find_program(program).is_none()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let programs = missing.iter().map(|(program, _)| *program).collect::<Vec<_>>().join(" and ");
    let packages: Vec<&str> = missing.iter().map(|(_, package)| *package).collect();
    install_packages(programs, &packages)
}

/// Installs Debian packages; where that can't be done, the error says how a person gets `what`.
fn install_packages(what: String, packages: &[&str]) -> Result<(), Failure> {
    let debian = places::find_program("apt-get").is_some();
    let superuser = output(command("id").arg("-u")).is_ok_and(|id| id == "0");
    if !debian || !superuser {
        let command = if debian {
            format!("sudo apt-get update && sudo apt-get install --yes {}", packages.join(" "))
        } else {
            format!(
                "your system's package manager (the Debian packages are {})",
                packages.join(", ")
            )
        };
        return Err(Failure::Missing { what, command });
    }
    println!("Installing the system packages {}", packages.join(", "));
    let apt = || {
        let mut apt = command("apt-get");
        apt.args(["-o", "DPkg::Lock::Timeout=300"]).env("DEBIAN_FRONTEND", "noninteractive");
        apt
    };
    run(apt().arg("update"))?;
    run(apt().args(["install", "--yes", "--no-install-recommends"]).args(packages))
}
