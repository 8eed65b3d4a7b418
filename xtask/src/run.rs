//! Runs other programs in the root of the repository, with our tools first in their path.

use std::env;
use std::ffi::OsStr;
use std::process::{Command, Stdio};

use crate::failure::Failure;
use crate::places;

/// A command that is ready for its arguments.
pub fn command(program: &str) -> Command {
    let found = places::find_program(program);
    let mut command =
        Command::new(found.as_deref().map_or(OsStr::new(program), |path| path.as_os_str()));
    command.current_dir(places::root());
    if let Ok(path) = env::join_paths(places::search_path()) {
        command.env("PATH", path);
    }
    if let Some(target) = places::chosen_target() {
        command.env("CARGO_TARGET_DIR", target);
    }
    command
}

/// Runs a command to its end; its output goes where ours goes.
pub fn run(command: &mut Command) -> Result<(), Failure> {
    let status = command.status().map_err(|source| not_started(command, source))?;
    if status.success() {
        return Ok(());
    }
    Err(Failure::Program { command: line(command), status: status.to_string() })
}

/// Runs a command and gives its standard output, trimmed; its complaints are shown only if it fails.
pub fn output(command: &mut Command) -> Result<String, Failure> {
    let output =
        command.stdin(Stdio::null()).output().map_err(|source| not_started(command, source))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned());
    }
    Err(Failure::Program {
        command: line(command),
        status: format!("{}: {}", output.status, String::from_utf8_lossy(&output.stderr).trim()),
    })
}

fn not_started(command: &Command, source: std::io::Error) -> Failure {
    Failure::Start { program: command.get_program().to_string_lossy().into_owned(), source }
}

fn line(command: &Command) -> String {
    let mut words = vec![command.get_program()];
    words.extend(command.get_args());
    let words: Vec<_> = words.iter().map(|word| word.to_string_lossy()).collect();
    words.join(" ")
}
