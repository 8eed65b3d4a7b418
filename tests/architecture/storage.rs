//! What was stored once can be read for ever.

use super::nothing;
use super::source::{Source, file, rust_files};

/// What each version of the database added, as people's browsers have it: add lines, change none.
const SHIPPED: [&[&str]; 3] =
    [&["Settings", "Datasets", "DatasetBytes", "Runs", "Models"], &["Endpoints", "Events"], &[]];

/// The stores each version adds, by the source text of `MIGRATIONS`.
fn migrations(source: &str) -> Vec<Vec<String>> {
    let after = source.split_once("const MIGRATIONS").expect("it is there").1;
    let list =
        after.split_once("= [").expect("it is a list").1.split_once("];").expect("it ends").0;
    let versions = list.split("&[").skip(1);
    let stores = |version: &str| {
        version
            .split("Store::")
            .skip(1)
            .map(|store| store.chars().take_while(char::is_ascii_alphanumeric).collect::<String>())
            .collect()
    };
    versions.map(stores).collect()
}

/// What is no longer as it was shipped, or made twice.
fn changed(now: &[Vec<String>]) -> Vec<String> {
    let mut findings = Vec::new();
    for (version, shipped) in (1..).zip(SHIPPED) {
        if now.get(version - 1).is_none_or(|now| now != shipped) {
            findings.push(format!("version {version} no longer adds {}", shipped.join(", ")));
        }
    }
    let mut all: Vec<&String> = now.iter().flatten().collect();
    all.sort();
    let twice = all.windows(2).filter(|pair| pair[0] == pair[1]);
    findings.extend(twice.map(|pair| format!("store {} is made twice", pair[0])));
    findings
}

/// Names of stores as `Store::name` spells them.
fn store_names(source: &str) -> Vec<String> {
    let after = source.split_once("fn name(self)").expect("it is there").1;
    let body = after.split_once("\n    }\n").expect("it ends").0;
    body.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

/// Places that spell a store's name, `Store::name` left out.
fn spelled_again(source: &Source, names: &[String]) -> Vec<String> {
    let mut findings = Vec::new();
    for name in names {
        let literal = format!("\"{name}\"");
        for (at, _) in source.literals.match_indices(&literal) {
            let before = source.literals[..at].trim_end();
            let in_name = source.path == "src/web/storage/mod.rs" && before.ends_with("=>");
            let in_call = before.ends_with("store(");
            if (source.path.starts_with("src/web/storage/") && !in_name) || in_call {
                findings.push(source.finding(at, &format!("spells the store {literal}")));
            }
        }
    }
    findings
}

#[test]
fn migrations_only_grow() {
    let now = migrations(&file("src/web/storage/indexed_db.rs"));
    nothing(&changed(&now));
    let shorter = now[..SHIPPED.len() - 1].to_vec();
    assert_eq!(changed(&shorter).len(), 1);
    let mut more = now.clone();
    more[0].push("Endpoints".to_owned());
    assert_eq!(changed(&more).len(), 2);
    more = now.clone();
    more.push(vec!["Projects".to_owned()]);
    nothing(&changed(&more));
}

#[test]
fn every_store_is_named_once_and_made_by_a_migration() {
    let names = store_names(&file("src/web/storage/mod.rs"));
    let made: usize = migrations(&file("src/web/storage/indexed_db.rs")).iter().map(Vec::len).sum();
    assert_eq!(names.len(), made);
    let again: Vec<String> =
        rust_files("src/web").iter().flat_map(|source| spelled_again(source, &names)).collect();
    nothing(&again);
    let bad = Source::of("src/web/actions/x.rs", "transaction.object_store(\"runs\")");
    assert_eq!(spelled_again(&bad, &names).len(), 1);
}
