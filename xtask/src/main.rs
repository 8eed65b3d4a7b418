//! Sets up, builds, serves and tests Churn Lab: `cargo xtask`, with the standard library alone.
#![allow(
    clippy::disallowed_methods,
    reason = "the bans of clippy.toml are for code that runs in a browser; this runs beside it"
)]

mod bench;
mod data;
mod failure;
mod fnv;
mod fuzz;
mod gates;
mod places;
mod run;
mod serve;
mod site;
mod sizes;
mod split;
mod tools;

use std::env;
use std::net::TcpListener;
use std::process::ExitCode;

use failure::Failure;
use site::Profile;

/// The port of `serve` where none is given.
const DEFAULT_PORT: u16 = 8080;

fn main() -> ExitCode {
    let words: Vec<String> = env::args().skip(1).collect();
    match dispatch(&words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure @ Failure::Usage { .. }) => {
            eprintln!("{failure}\n\n{}", usage());
            ExitCode::from(2)
        }
        Err(failure) => {
            eprintln!("\nerror: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn usage() -> String {
    format!(
        "\
Usage: cargo xtask COMMAND

What is missing is installed first: Rust target, Trunk, wasm-bindgen, npm packages, Chromium.

  serve                 build the site (quickly, into dist-dev/), serve it, print the address
      --port N          at this port ({DEFAULT_PORT}; 0 takes a free one)
      --release         the release build, in dist/
      --built           what dist/ holds, without building
      --base PATH       below this path, as under a sub-path of a host (/)
      --open            open it in the browser
  build                 build the static site into dist/
  test                  run all gates; stops at the first that fails
      --only NAME…      these only: {}
  check                 format and lints only
  bench                 measure the release build in Chromium and the same work natively
      --peers           beside scikit-learn, lime and Evidently, with ratios
  data                  write the embedded data set, data/telco-sample.csv
      --rows N          so many customers (7,043), into target/data/telco-N.csv
  fuzz                  search for files that break the reader, from those in fuzz/corpus on
      --runs N          so many executions (1,000,000)
      --seconds S       or so long
      --keep            put what covers more into fuzz/corpus
  help                  this text",
        gates::names()
    )
}

fn dispatch(words: &[String]) -> Result<(), Failure> {
    let Some((command, options)) = words.split_first() else {
        return Err(Failure::Usage { problem: "Say what to do".to_owned() });
    };
    match command.as_str() {
        "serve" => serve(options),
        "build" => {
            none(command, options)?;
            let site = site::build(Profile::Release)?;
            println!("The site is in {}; any static file server can host it", site.display());
            Ok(())
        }
        "test" => match options.split_first() {
            None => gates::test(&[]),
            Some((only, names)) if only == "--only" && !names.is_empty() => gates::test(names),
            Some(_) => {
                Err(Failure::Usage { problem: "test takes nothing or --only NAME…".to_owned() })
            }
        },
        "check" => none(command, options).and_then(|()| gates::check()),
        "bench" => bench::bench(options),
        "data" => data::write(options),
        "fuzz" => fuzz::fuzz(options),
        "help" | "--help" | "-h" => {
            println!("{}", usage());
            Ok(())
        }
        unknown => Err(Failure::Usage { problem: format!("There is no command {unknown:?}") }),
    }
}

/// Refuses options where there are none.
fn none(command: &str, options: &[String]) -> Result<(), Failure> {
    options.first().map_or(Ok(()), |option| {
        Err(Failure::Usage { problem: format!("{command} does not know {option:?}") })
    })
}

/// What `serve` was asked for.
struct ServeOptions {
    port: u16,
    base: String,
    release: bool,
    built: bool,
    open: bool,
}

impl ServeOptions {
    fn parse(words: &[String]) -> Result<Self, Failure> {
        let mut options = Self {
            port: DEFAULT_PORT,
            base: "/".to_owned(),
            release: false,
            built: false,
            open: false,
        };
        let mut words = words.iter();
        while let Some(word) = words.next() {
            match word.as_str() {
                "--release" => options.release = true,
                "--built" => options.built = true,
                "--open" => options.open = true,
                "--port" => {
                    let port = words.next().and_then(|number| number.parse().ok());
                    options.port = port.ok_or_else(|| Failure::Usage {
                        problem: "--port takes a number from 0 to 65535".to_owned(),
                    })?;
                }
                "--base" => {
                    options.base = words.next().cloned().ok_or_else(|| Failure::Usage {
                        problem: "--base takes a path, as in /lab/".to_owned(),
                    })?;
                }
                unknown => {
                    return Err(Failure::Usage {
                        problem: format!("serve does not know {unknown:?}"),
                    });
                }
            }
        }
        Ok(options)
    }
}

fn serve(words: &[String]) -> Result<(), Failure> {
    let options = ServeOptions::parse(words)?;
    // Taken before the build: a port in use is better known at once.
    let listener =
        TcpListener::bind(("127.0.0.1", options.port)).map_err(|source| Failure::Start {
            program: format!("the server at port {} (--port 0 takes a free one)", options.port),
            source,
        })?;
    let folder = if options.built {
        gates::built_site()?
    } else if options.release {
        site::build(Profile::Release)?
    } else {
        site::build(Profile::Dev)?
    };
    let site = serve::Site::new(&folder, &options.base).map_err(Failure::file(&folder))?;
    let url = site.url(&listener).map_err(Failure::file(&folder))?;
    println!("Churn Lab is at {url}  (Ctrl-C ends it)");
    if options.open {
        open(&url);
    }
    site.serve(&listener);
    Ok(())
}

/// Opens an address in the person's browser; the address is printed already, so failing is no harm.
fn open(url: &str) {
    let opener = match env::consts::OS {
        "macos" => "open",
        "windows" => "explorer",
        _ => "xdg-open",
    };
    if run::output(run::command(opener).arg(url)).is_err() {
        println!("`{opener}` could not open it: please do so by hand");
    }
}
