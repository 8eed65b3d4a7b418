//! Measures the release build in Chromium.

use std::net::TcpListener;
use std::thread;

use crate::failure::Failure;
use crate::run::{command, run};
use crate::serve::Site;
use crate::site::{self, Profile};
use crate::tools;

/// Builds the release site, serves it and prints the table of times.
pub fn bench() -> Result<(), Failure> {
    tools::for_browser()?;
    let folder = site::build(Profile::Release)?;
    let listener = TcpListener::bind(("127.0.0.1", 0)).map_err(|source| Failure::Start {
        program: "the server at a free port".to_owned(),
        source,
    })?;
    let site = Site::new(&folder, "/").map_err(Failure::file(&folder))?;
    let url = site.url(&listener).map_err(Failure::file(&folder))?;
    // it serves until the process ends
    thread::spawn(move || site.serve(&listener));
    run(command("node").arg("tests/browser/bench.mjs").arg(url))
}
