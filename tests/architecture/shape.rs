//! The size of things, and what no line may do.

use super::source::{Source, rust_files};
use super::{nothing, proves};

/// A file that is longer has more than one topic.
const LONGEST_FILE: usize = 400;

/// A binary is a door, not a room: its `main` is short.
const LONGEST_BINARY: usize = 15;

fn too_long(source: &Source) -> Vec<String> {
    let inside = source.path.strip_prefix("src/bin/");
    let is_door = inside.is_some_and(|path| !path.contains('/') || path.ends_with("/main.rs"));
    let most = if is_door { LONGEST_BINARY } else { LONGEST_FILE };
    let found = format!("{}: {} lines; allowed: {most}", source.path, source.n_lines);
    if source.n_lines > most { vec![found] } else { Vec::new() }
}

/// What ends the program where an error should be told.
fn panics(source: &Source) -> Vec<String> {
    let words = source.words().into_iter().filter(|word| match word.name {
        "expect" | "unwrap" => word.before == '.' && word.after == '(',
        "panic" | "todo" | "unimplemented" | "unreachable" => word.after == '!',
        _ => false,
    });
    words.map(|word| source.finding(word.at, &format!("{} can panic", word.name))).collect()
}

/// `let _ =` makes an error disappear.
fn dropped(source: &Source) -> Vec<String> {
    let words = source.words();
    let pairs = words.windows(2).filter(|pair| match pair {
        [first, second] => first.name == "let" && second.name == "_" && second.after == '=',
        _ => false,
    });
    pairs.map(|pair| source.finding(pair[0].at, "`let _ =` drops a result")).collect()
}

#[test]
fn files_are_short_and_binaries_are_doors() {
    let mut findings = Vec::new();
    for folder in ["src", "tests", "xtask"] {
        findings.extend(rust_files(folder).iter().flat_map(too_long));
    }
    nothing(&findings);
    proves(too_long, "src/data/x.rs", &"\n".repeat(401), &"\n".repeat(400));
    for door in ["src/bin/worker/main.rs", "src/bin/app/main.rs"] {
        proves(too_long, door, &"\n".repeat(16), &"\n".repeat(15));
    }
}

#[test]
fn nothing_panics_and_no_error_disappears() {
    for folder in ["src", "xtask"] {
        let sources = rust_files(folder);
        nothing(&sources.iter().flat_map(panics).collect::<Vec<_>>());
        nothing(&sources.iter().flat_map(dropped).collect::<Vec<_>>());
    }
    let path = "src/data/x.rs";
    proves(panics, path, "let x = y\n    .unwrap();", "let x = y.unwrap_or(1);");
    proves(panics, path, "y.expect(\"z\")", "#[expect(lint)] fn expect() {}");
    proves(panics, path, "todo!()", "#[cfg(test)]\nmod tests { fn f() { panic!() } }");
    proves(dropped, path, "let _ = f();", "let _x = f(); let (_, y) = g();");
}
