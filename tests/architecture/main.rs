//! The invariants of ARCHITECTURE.md, held against the source text. Every check is shown a bad
//! example too, so that one that sees nothing is noticed.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests read the sources and may fail loudly"
)]

mod core;
mod page;
mod rooms;
mod shape;
mod site;
mod source;
mod storage;

use source::Source;

/// Fails with every finding, one a line.
#[track_caller]
fn nothing(findings: &[String]) {
    assert!(findings.is_empty(), "\n{}\n", findings.join("\n"));
}

/// The check finds something in this snippet of that file, and nothing in the other one.
#[track_caller]
fn proves(check: impl Fn(&Source) -> Vec<String>, path: &str, bad: &str, good: &str) {
    assert_eq!(check(&Source::of(path, bad)).len(), 1, "must be found: {bad}");
    nothing(&check(&Source::of(path, good)));
}

#[test]
fn comments_texts_and_tests_are_not_code() {
    let text = r###"
        // std::fs
        /* std::fs /* std::fs */ std::fs */
        fn f<'a>(quote: char) -> &'a str { if quote == '"' { "std::fs \" std::fs" } else { r#" " std::fs"# } }
        #[cfg(test)]
        mod tests { fn g() { std::fs } }
        use std::{env, net::{self, TcpStream as T}, thread};
    "###;
    let source = Source::of("src/data/x.rs", text);
    assert_eq!(source.code.len(), text.len());
    assert!(!source.code.contains("fs") && source.literals.contains("std::fs \\\""));
    let paths: Vec<String> = source.paths().iter().map(|path| path.names.join("::")).collect();
    let std: Vec<&str> =
        paths.iter().map(String::as_str).filter(|p| p.starts_with("std")).collect();
    assert_eq!(std, ["std::env", "std::net::self", "std::net::TcpStream", "std::thread"]);
    assert!(source.finding(text.find("use std").unwrap(), "x").starts_with("src/data/x.rs:7: x"));
}
