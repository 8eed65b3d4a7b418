//! What can go wrong, in sentences that say what to do.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Why a command stopped.
#[derive(Debug)]
pub enum Failure {
    /// The command line was not understood.
    Usage {
        /// What was not understood.
        problem: String,
    },
    /// A program could not be started.
    Start {
        /// The program as typed.
        program: String,
        /// What the system said.
        source: io::Error,
    },
    /// A program ran and reported failure.
    Program {
        /// The command line.
        command: String,
        /// Its exit status in words.
        status: String,
    },
    /// A file or folder could not be read or written.
    File {
        /// Which one.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Something is missing that this command does not install by itself.
    Missing {
        /// What is missing.
        what: String,
        /// The command that gets it.
        command: String,
    },
    /// A measurement is not as it has to be.
    Bench {
        /// What was measured, or by what.
        place: String,
        /// What is wrong with it.
        problem: String,
    },
    /// The built site is not as it has to be.
    Site {
        /// What is wrong with it, and where.
        problem: String,
    },
}

impl Failure {
    /// Turns an error of the system into one that names the file.
    pub fn file(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_path_buf();
        move |source| Self::File { path, source }
    }

    /// Turns what is wrong with a measurement into an error that names the place.
    pub fn bench(place: &str) -> impl FnOnce(String) -> Self {
        let place = place.to_owned();
        move |problem| Self::Bench { place, problem }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage { problem } | Self::Site { problem } => to.write_str(problem),
            Self::Bench { place, problem } => write!(to, "{place}: {problem}"),
            Self::Start { program, source } => write!(to, "`{program}` does not start: {source}"),
            Self::Program { command, status } => write!(to, "`{command}` failed ({status})"),
            Self::File { path, source } => write!(to, "{}: {source}", path.display()),
            Self::Missing { what, command } => {
                write!(to, "{what} is missing; get it with\n  {command}")
            }
        }
    }
}

impl std::error::Error for Failure {}
