//! Measures the release build in Chromium, the same work natively and, if asked for, Python's.

mod halves;
mod peers;
mod table;

use std::env;
use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;

use crate::data;
use crate::failure::Failure;
use crate::places;
use crate::run::{command, output, run};
use crate::serve::Site;
use crate::site::{self, Profile};
use crate::sizes;
use crate::tools;
use peers::Peers;
use table::{Figures, Side};

/// What the figures are of, below the table.
const NOTES: &str = "\
Medians of wall time; the goals are for Chromium. The lab's times are those its answers tell, without
the way to the worker, but in Chromium the starts, 1,000 requests (with live charts and storage),
drift, filters and counts (there and back), and the ten runs (all cores; natively and in Python one
after the other). Its fit also splits and scores the rows; its requests share their neighbours.";

/// The same for Python.
const PYTHON_NOTES: &str = "\
Python is native, on one thread. It starts with its process and ends with one customer explained; it
draws new neighbours for every explanation, as lime does; the 1,000 requests ran once.";

/// The native program is compiled as the worker is; the release profile would make it small.
const NATIVE: [&str; 5] = ["--locked", "--profile", "worker-release", "--example", "bench"];

/// Files that every side reads.
pub struct Input {
    customers: PathBuf,
    reference: PathBuf,
    current: PathBuf,
    /// 100,000 and 1,000,000 made-up customers.
    large: [PathBuf; 2],
    /// What the customers are.
    name: &'static str,
}

/// Builds the release site, serves it and prints the table; `--peers` adds Python.
pub fn bench(words: &[String]) -> Result<(), Failure> {
    let with_peers = match words {
        [] => false,
        [word] if word == "--peers" => true,
        _ => {
            return Err(Failure::Usage { problem: "bench takes nothing or --peers".to_owned() });
        }
    };
    tools::for_browser()?;
    let peers = if with_peers { Some(Peers::install()?) } else { None };
    let input = Input::prepare()?;
    let folder = site::build(Profile::Release)?;
    run(command("cargo").arg("build").args(NATIVE))?;

    // one after the other, with nothing compiled in between
    println!("Measuring natively");
    let native = measure(
        Side::Native,
        Figures::default(),
        input.to(command("cargo").args(["run", "--quiet"]).args(NATIVE).arg("--")),
    )?;
    println!("Measuring in Chromium");
    let chromium = in_chromium(&folder, &input)?;
    let python = match &peers {
        None => None,
        Some(peers) => {
            println!("Measuring Python (about a minute)");
            Some(peers.measure(&input)?)
        }
    };

    println!("\n{}\n", input.name);
    print!("{}", table::render(&native, &chromium, python.as_ref().map(|found| &found.figures)));
    println!("\n{NOTES}");
    if let Some(found) = python {
        println!("{PYTHON_NOTES}");
        found.notes.iter().for_each(|note| println!("{note}"));
    }
    Ok(())
}

/// Runs a side's program to a full set of figures; `known` are those it does not measure itself.
fn measure(side: Side, mut known: Figures, program: &mut Command) -> Result<Figures, Failure> {
    let name = program.get_program().to_string_lossy().into_owned();
    let printed = output(program)?;
    known.add(side, &printed).and_then(|()| known.complete(side)).map_err(Failure::bench(&name))
}

fn in_chromium(folder: &Path, input: &Input) -> Result<Figures, Failure> {
    const SIDE: Side = Side::Chromium;
    let weights = sizes::weigh(folder)?;
    let mut figures = Figures::default();
    for (key, bytes) in [("visit", weights.visit), ("app", weights.app), ("worker", weights.worker)]
    {
        figures.set(SIDE, key, Some(bytes as f64 / 1_000.0)).map_err(Failure::bench("sizes"))?;
    }
    let listener = TcpListener::bind(("127.0.0.1", 0)).map_err(|source| Failure::Start {
        program: "the server at a free port".to_owned(),
        source,
    })?;
    let site = Site::new(folder, "/").map_err(Failure::file(folder))?;
    let url = site.url(&listener).map_err(Failure::file(folder))?;
    // it serves until the process ends
    thread::spawn(move || site.serve(&listener));
    measure(SIDE, figures, input.to(command("node").arg("tests/browser/bench.mjs").arg(url)))
}

impl Input {
    /// The real Telco file where it is there, else the embedded sample; and its halves for drift.
    fn prepare() -> Result<Self, Failure> {
        let shared = env::var_os("CHURN_LAB_SHARED")
            .map_or_else(|| places::root().join("../shared"), PathBuf::from);
        let real = shared.join("data/WA_Fn-UseC_-Telco-Customer-Churn.csv");
        let (customers, name) = if real.is_file() {
            (real, "The real Telco file")
        } else {
            let sample = places::root().join("data/telco-sample.csv");
            (sample, "data/telco-sample.csv (the real Telco file is absent)")
        };
        let text = fs::read_to_string(&customers).map_err(Failure::file(&customers))?;
        let halves =
            halves::cut(&text).map_err(Failure::bench(&customers.display().to_string()))?;
        let folder = places::root().join("target/bench");
        fs::create_dir_all(&folder).map_err(Failure::file(&folder))?;
        let (reference, current) = (folder.join("reference.csv"), folder.join("current.csv"));
        for (file, text) in [(&reference, halves.reference), (&current, halves.current)] {
            fs::write(file, text).map_err(Failure::file(file))?;
        }
        let large = [100_000, 1_000_000].map(|rows| (rows, data::file_of(rows)));
        for (rows, file) in &large {
            if !file.is_file() {
                data::write(&["--rows".to_owned(), rows.to_string()])?;
            }
        }
        let large = large.map(|(_, file)| file);
        Ok(Self { customers, reference, current, large, name })
    }

    /// The files as the last arguments of a program.
    fn to<'a>(&self, program: &'a mut Command) -> &'a mut Command {
        program.args([&self.customers, &self.reference, &self.current]).args(&self.large)
    }
}
