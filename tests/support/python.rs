//! A Python with certain packages, where one is named.

#![allow(clippy::disallowed_methods, reason = "tests run programs")]
#![allow(clippy::print_stderr, reason = "a skipped part must be seen")]
#![allow(clippy::expect_used, reason = "a broken Python fails the test")]

use std::ffi::OsString;
use std::process::Command;

/// The Python that `CHURN_LAB_PYTHON` names; `None` where it names none or that lacks a package, which
/// is said on standard error.
pub fn python_with(packages: &str) -> Option<OsString> {
    let Some(python) = std::env::var_os("CHURN_LAB_PYTHON") else {
        eprintln!("skipped: CHURN_LAB_PYTHON names no Python with {packages}");
        return None;
    };
    let import = format!("import {packages}");
    let tried = Command::new(&python).args(["-c", &import]).output().expect("a Python");
    if tried.status.success() {
        return Some(python);
    }
    eprintln!("skipped: the Python that CHURN_LAB_PYTHON names lacks one of {packages}");
    None
}
