//! The gates a change has to pass, cheapest first.

use std::net::TcpListener;
use std::path::PathBuf;
use std::thread;
use std::time::{Duration, Instant};

use crate::failure::Failure;
use crate::places;
use crate::run::{command, run};
use crate::serve::Site;
use crate::site::{self, Profile};
use crate::sizes;
use crate::tools;

/// One gate.
struct Gate {
    /// The word for `--only`.
    name: &'static str,
    /// The headline.
    headline: &'static str,
    /// What to do when it does not open.
    advice: &'static str,
    run: fn() -> Result<(), Failure>,
}

const GATES: [Gate; 9] = [
    Gate {
        name: "format",
        headline: "The code is formatted",
        advice: "run `cargo fmt --all`",
        run: format,
    },
    Gate {
        name: "clippy",
        headline: "No complaints by clippy, host",
        advice: "mend what clippy names; clippy.toml gives the reasons of bans",
        run: clippy_host,
    },
    Gate {
        name: "clippy-wasm",
        headline: "No complaints by clippy, WebAssembly",
        advice: "mend what clippy names; clippy.toml gives the reasons of bans",
        run: clippy_wasm,
    },
    Gate {
        name: "native",
        headline: "Native tests",
        advice: "the failed test's name is above; run it alone with `cargo test NAME`",
        run: native,
    },
    Gate {
        name: "doc",
        headline: "The documentation builds without warnings",
        advice: "mend the link or the text that rustdoc names",
        run: doc,
    },
    Gate {
        name: "site",
        headline: "Release build of the site",
        advice: "the first error above says what does not build",
        run: release_site,
    },
    Gate {
        name: "sizes",
        headline: "Size budgets",
        advice: "see in the table above what grew; what is not needed at once is loaded when first used",
        run: size_budgets,
    },
    Gate {
        name: "storage",
        headline: "Storage tests in a browser",
        advice: "run them alone with `cargo xtask test --only storage`",
        run: storage,
    },
    Gate {
        name: "browser",
        headline: "Journeys in a browser",
        advice: "traces and pictures are in test-results/; run one file with `npx playwright test --config tests/browser NAME`",
        run: browser,
    },
];

/// The cheap gates: what one runs between edits.
const CHEAP: [&str; 3] = ["format", "clippy", "clippy-wasm"];

/// The words `--only` knows, for the usage text.
pub fn names() -> String {
    GATES.map(|gate| gate.name).join(" ")
}

/// Format and lints only.
pub fn check() -> Result<(), Failure> {
    test(&CHEAP.map(str::to_owned))
}

/// Runs the gates named, or all, and stops at the first that does not open.
pub fn test(only: &[String]) -> Result<(), Failure> {
    if let Some(unknown) = only.iter().find(|name| GATES.iter().all(|gate| gate.name != *name)) {
        let problem = format!("There is no gate {unknown:?}; there are {}", names());
        return Err(Failure::Usage { problem });
    }
    let wanted: Vec<&Gate> = GATES
        .iter()
        .filter(|gate| only.is_empty() || only.iter().any(|name| name == gate.name))
        .collect();

    let mut times: Vec<Duration> = Vec::new();
    for gate in &wanted {
        println!("\n=== {} ({})", gate.headline, gate.name);
        let start = Instant::now();
        let result = (gate.run)();
        times.push(start.elapsed());
        if let Err(failure) = result {
            table(&wanted, &times, true);
            eprintln!("\nStopped at {}. What to do: {}", gate.name, gate.advice);
            return Err(failure);
        }
    }
    table(&wanted, &times, false);
    Ok(())
}

/// Prints how the gates went; the last that ran may have failed.
fn table(wanted: &[&Gate], times: &[Duration], last_failed: bool) {
    println!("\n{:<12} {:>8}  result", "gate", "time");
    for (index, gate) in wanted.iter().enumerate() {
        match times.get(index) {
            None => println!("{:<12} {:>8}  not run", gate.name, ""),
            Some(time) => {
                let failed = last_failed && index + 1 == times.len();
                let result = if failed { "FAILED" } else { "passed" };
                println!("{:<12} {:>6.1} s  {result}", gate.name, time.as_secs_f64());
            }
        }
    }
    let failed = usize::from(last_failed);
    println!("Gates: {} passed, {failed} failed", times.len() - failed);
}

fn format() -> Result<(), Failure> {
    tools::for_lints()?;
    run(command("cargo").args(["fmt", "--all", "--check"]))
}

fn clippy_host() -> Result<(), Failure> {
    tools::for_lints()?;
    run(command("cargo").args([
        "clippy",
        "--locked",
        "--workspace",
        "--all-targets",
        "--",
        "-D",
        "warnings",
    ]))
}

fn clippy_wasm() -> Result<(), Failure> {
    tools::for_lints()?;
    run(command("cargo")
        .args(["clippy", "--locked", "--target", "wasm32-unknown-unknown", "--lib", "--bins"])
        .args(["--", "-D", "warnings"]))
}

fn native() -> Result<(), Failure> {
    run(command("cargo").args(["test", "--locked", "--workspace"]))
}

fn doc() -> Result<(), Failure> {
    run(command("cargo")
        .args(["doc", "--locked", "--workspace", "--no-deps"])
        .env("RUSTDOCFLAGS", "-D warnings"))
}

fn release_site() -> Result<(), Failure> {
    site::build(Profile::Release).map(|_| ())
}

fn size_budgets() -> Result<(), Failure> {
    tools::for_site(true)?;
    sizes::check(&built_site()?)
}

fn storage() -> Result<(), Failure> {
    const TEST: &str = "tests/storage.rs";
    if !places::root().join(TEST).is_file() {
        println!("There is no {TEST} yet: nothing to run");
        return Ok(());
    }
    tools::for_browser()?;
    let driver =
        places::find_program("chromedriver").unwrap_or_else(|| PathBuf::from("chromedriver"));
    run(command("cargo")
        .args(["test", "--locked", "--target", "wasm32-unknown-unknown", "--test", "storage"])
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", "wasm-bindgen-test-runner")
        .env("CHROMEDRIVER", driver))
}

/// The site is served by a thread of this program; it ends with it.
fn browser() -> Result<(), Failure> {
    tools::for_browser()?;
    let folder = built_site()?;
    let site = Site::new(&folder, "/lab/").map_err(Failure::file(&folder))?;
    let (listener, url) = TcpListener::bind(("127.0.0.1", 0))
        .and_then(|listener| site.url(&listener).map(|url| (listener, url)))
        .map_err(|source| Failure::Start { program: "the static server".to_owned(), source })?;
    thread::spawn(move || site.serve(&listener));
    run(command("playwright").args(["test", "--config", "tests/browser"]).env("CHURN_LAB_URL", url))
}

/// The folder of the release build, which has to exist.
pub fn built_site() -> Result<PathBuf, Failure> {
    let folder = Profile::Release.folder();
    if folder.join("index.html").is_file() {
        return Ok(folder);
    }
    Err(Failure::Missing {
        what: "The built site, dist/,".to_owned(),
        command: "cargo xtask build".to_owned(),
    })
}
