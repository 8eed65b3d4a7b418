//! Where the reference values are, and how numbers are compared.

#![allow(dead_code, reason = "every test file uses a part")]
#![allow(clippy::disallowed_methods, reason = "tests read files")]
#![allow(clippy::print_stderr, reason = "a skipped part must be seen")]

pub mod cells;
pub mod changes;
pub mod customers;
pub mod explore;
pub mod judged;
pub mod pieces;
pub mod telco;
pub mod training;

use std::path::PathBuf;

/// The folder with the real Telco file and the reference values; `None` where it is absent, which is
/// said on standard error.
pub fn shared() -> Option<PathBuf> {
    let folder = std::env::var_os("CHURN_LAB_SHARED")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared"), PathBuf::from);
    if folder.join("reference").is_dir() {
        return Some(folder);
    }
    eprintln!("reference values are absent ({}): this part is skipped", folder.display());
    None
}

/// The bytes of the real Telco file.
pub fn telco_csv() -> Option<Vec<u8>> {
    let file = shared()?.join("data/WA_Fn-UseC_-Telco-Customer-Churn.csv");
    Some(std::fs::read(file).expect("the real Telco file can be read"))
}

/// A file of reference values: `reference("lime")` reads `lime.json`.
pub fn reference(name: &str) -> Option<serde_json::Value> {
    let file = shared()?.join("reference").join(format!("{name}.json"));
    let text = std::fs::read_to_string(&file).expect("a reference file can be read");
    Some(serde_json::from_str(&text).expect("a reference file is JSON"))
}

/// Asserts |actual − expected| ≤ tolerance, with a name in the message.
#[track_caller]
pub fn close(what: &str, actual: f64, expected: f64, tolerance: f64) {
    let difference = (actual - expected).abs();
    assert!(
        difference <= tolerance,
        "{what}: {actual} instead of {expected} (off by {difference:e}, allowed {tolerance:e})"
    );
}
