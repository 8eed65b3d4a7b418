//! The Python side: its packages, in environments of their own, and its programs.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::Input;
use super::table::{Figures, Side};
use crate::failure::Failure;
use crate::places;
use crate::run::{command, output, run};
use crate::tools;

/// The folder of the programs and their requirements.
const FOLDER: &str = "xtask/peers";

/// Written into an environment after an installation: the requirements it was made from.
const STAMP: &str = "churn-lab-requirements.txt";

/// Libraries that would take all cores; the lab's figures are of one thread.
const ONE_THREAD: [&str; 4] =
    ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS"];

/// Settings of a machine that make numpy run loops for another processor.
const OTHER_LOOPS: [&str; 2] = ["OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"];

/// Python environments with all packages in them.
pub struct Peers {
    /// pandas, scikit-learn, lime.
    lab: PathBuf,
    /// Evidently, which needs another pandas; or why it is absent.
    drift: Result<PathBuf, Failure>,
}

/// What Python took.
pub struct Measured {
    /// Its medians.
    pub figures: Figures,
    /// Why a figure is absent.
    pub notes: Vec<String>,
}

impl Peers {
    /// Installs what is missing. Without Evidently the rest can still be measured.
    pub fn install() -> Result<Self, Failure> {
        tools::for_peers()?;
        let lab = environment("peers", "requirements.txt")?;
        Ok(Self { lab, drift: environment("peers-drift", "requirements-drift.txt") })
    }

    /// Runs both programs.
    pub fn measure(&self, input: &Input) -> Result<Measured, Failure> {
        const SIDE: Side = Side::Python;
        let mut figures = Figures::default();
        let mut notes = Vec::new();
        let printed = output(
            python(&self.lab).arg(program("lab.py")).arg(&input.customers).args(&input.large),
        )?;
        figures.add(SIDE, &printed).map_err(Failure::bench("lab.py"))?;
        let printed = self.drift.as_ref().map_err(ToString::to_string).and_then(|environment| {
            let mut python = python(environment);
            python.arg(program("drift.py")).arg(&input.reference).arg(&input.current);
            output(&mut python).map_err(|failure| failure.to_string())
        });
        match printed {
            Ok(printed) => figures.add(SIDE, &printed),
            Err(reason) => {
                notes.push(format!("Evidently could not be measured: {reason}"));
                figures.set(SIDE, "drift", None)
            }
        }
        .map_err(Failure::bench("drift.py"))?;
        let figures = figures.complete(SIDE).map_err(Failure::bench("the Python side"))?;
        Ok(Measured { figures, notes })
    }
}

fn program(name: &str) -> PathBuf {
    places::root().join(FOLDER).join(name)
}

/// The environment of that name in the cache, made or made anew when its requirements have changed.
fn environment(name: &str, requirements: &str) -> Result<PathBuf, Failure> {
    let folder = places::cache().join(name);
    let file = program(requirements);
    let wanted = fs::read(&file).map_err(Failure::file(&file))?;
    let stamp = folder.join(STAMP);
    if fs::read(&stamp).is_ok_and(|stamp| stamp == wanted) {
        return Ok(folder);
    }
    println!("Installing {FOLDER}/{requirements} into {} (a minute, once)", folder.display());
    run(command("python3").args(["-m", "venv", "--clear"]).arg(&folder))?;
    run(python(&folder)
        .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"])
        .arg(&file))?;
    fs::write(&stamp, wanted).map_err(Failure::file(&stamp))?;
    Ok(folder)
}

/// The interpreter of an environment.
fn python(environment: &Path) -> Command {
    let path = if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" };
    let mut python = command(&environment.join(path).to_string_lossy());
    python.envs(ONE_THREAD.map(|name| (name, "1")));
    for name in OTHER_LOOPS {
        python.env_remove(name);
    }
    python
}
