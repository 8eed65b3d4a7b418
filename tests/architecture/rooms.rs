//! Imports follow the arrows.

use super::source::{Source, file, rust_files};
use super::{nothing, proves};

/// Every room, and the rooms it may name; a room names only what stands above it.
const ROOMS: [(&str, &[&str]); 15] = [
    ("numerics", &[]),
    ("data", &["numerics"]),
    ("population", &["numerics", "data"]),
    ("exploration", &["numerics", "data"]),
    ("features", &["numerics", "data"]),
    ("evaluation", &["numerics"]),
    ("models", &["numerics", "data", "features", "evaluation"]),
    ("explain", &["numerics", "data", "features", "evaluation", "models"]),
    (
        "customers",
        &["numerics", "data", "exploration", "features", "models", "evaluation", "explain"],
    ),
    ("experiments", &["numerics", "data", "features", "models", "evaluation"]),
    ("serving", &["numerics", "data", "features", "models", "explain"]),
    ("monitoring", &["numerics", "data", "models", "explain", "serving"]),
    (
        "compute",
        &[
            "numerics",
            "data",
            "population",
            "exploration",
            "features",
            "models",
            "evaluation",
            "explain",
            "customers",
            "experiments",
            "serving",
            "monitoring",
        ],
    ),
    ("charts", &["numerics"]),
    (
        "web",
        &[
            "numerics",
            "data",
            "population",
            "exploration",
            "features",
            "models",
            "evaluation",
            "explain",
            "customers",
            "experiments",
            "serving",
            "monitoring",
            "compute",
            "charts",
        ],
    ),
];

/// Names of rooms that the room of the file may not name.
fn wrong_imports(source: &Source) -> Vec<String> {
    let Some(room) = source.room() else { return Vec::new() };
    let Some((_, allowed)) = ROOMS.iter().find(|(name, _)| *name == room) else {
        return Vec::new();
    };
    let mut findings = Vec::new();
    for path in source.paths() {
        let ups = path.names.iter().take_while(|name| *name == "super").count();
        let named = match path.names.first().map(String::as_str) {
            Some("crate" | "churn_lab") => path.names.get(1),
            Some("super") if ups >= depth(&source.path) => path.names.get(ups),
            _ => None,
        };
        if let Some(named) = named.filter(|name| *name != room && !allowed.contains(&name.as_str()))
        {
            findings.push(source.finding(path.at, &format!("`{room}` may not name `{named}`")));
        }
    }
    findings
}

/// How many `super::` lead from a file to the crate's root: 2 from `src/data/csv.rs`.
fn depth(path: &str) -> usize {
    let inside = path.trim_start_matches("src/").trim_end_matches(".rs");
    inside.trim_end_matches("/mod").split('/').count()
}

#[test]
fn imports_follow_the_arrows() {
    nothing(&rust_files("src").iter().flat_map(wrong_imports).collect::<Vec<_>>());
}

#[test]
fn wrong_imports_are_found() {
    let models = "use crate::{data::Dataset, models};";
    proves(
        wrong_imports,
        "src/evaluation/roc.rs",
        "use crate::models::Fitted;",
        "use super::curve;",
    );
    proves(wrong_imports, "src/features/x.rs", models, "use crate::{data::Dataset, features::X};");
    proves(wrong_imports, "src/data/x.rs", "fn f() { super::super::web::f() }", "use super::web;");
    proves(wrong_imports, "src/compute/mod.rs", "use crate::web::X;", "// use crate::web::X;");
}

#[test]
fn arrows_make_no_circle_and_the_crate_declares_the_rooms() {
    for (at, (room, allowed)) in ROOMS.iter().enumerate() {
        for named in *allowed {
            let above = ROOMS[..at].iter().any(|(name, _)| name == named);
            assert!(above, "{room} names {named}, which does not stand above it");
        }
    }
    let lib = file("src/lib.rs");
    let mut declared: Vec<&str> =
        lib.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    let mut rooms = ROOMS.map(|(name, _)| name);
    declared.sort_unstable();
    rooms.sort_unstable();
    assert_eq!(declared, rooms);
    assert!(lib.contains("#[cfg(target_arch = \"wasm32\")]\npub mod web;"));
}
