//! Stamps the build: `CHURN_LAB_BUILD` is a hash of the sources, the same for the page, its workers
//! and native programs, so that page and worker can tell whether they were built together.
#![allow(clippy::disallowed_methods, reason = "a build script reads the files it stamps")]

#[path = "xtask/src/fnv.rs"]
mod fnv;

use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

fn main() -> io::Result<()> {
    let mut files = vec![PathBuf::from("Cargo.lock"), PathBuf::from("Cargo.toml")];
    collect(Path::new("src"), &mut files)?;
    files.sort();

    let mut stamp = fnv::Fnv1a::new();
    for file in &files {
        stamp.add(file.to_string_lossy().replace('\\', "/").as_bytes());
        stamp.add(&fs::read(file)?);
    }
    for watched in ["src", "Cargo.lock", "Cargo.toml", "build.rs", "xtask/src/fnv.rs"] {
        println!("cargo::rerun-if-changed={watched}");
    }
    println!("cargo::rustc-env=CHURN_LAB_BUILD={}", stamp.hex());
    if env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|arch| arch == "wasm32") {
        // by them the code of the page and of the worker is cut into files
        println!("cargo::rustc-link-arg-bin=app=--emit-relocs");
        println!("cargo::rustc-link-arg-bin=worker=--emit-relocs");
    }
    Ok(())
}

/// Adds every file below `folder` to `files`.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}
