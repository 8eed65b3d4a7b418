//! The files that `cargo xtask fuzz` found worth keeping still read as any file must.

#![allow(clippy::expect_used, reason = "a test says what it expects")]
#![allow(clippy::disallowed_methods, reason = "tests read files")]

#[path = "support/any_file.rs"]
mod any_file;

use std::path::Path;

const MOST_FILES: usize = 300;
const MOST_BYTES: usize = 300 * 1_024;

#[test]
fn every_kept_file_reads_as_any_file_must() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
    let (mut files, mut bytes) = (0, 0);
    for entry in std::fs::read_dir(folder).expect("the corpus") {
        let input = std::fs::read(entry.expect("a file").path()).expect("a readable file");
        any_file::check(&input);
        files += 1;
        bytes += input.len();
    }
    assert!((50..=MOST_FILES).contains(&files), "{files} files");
    assert!(bytes <= MOST_BYTES, "{bytes} bytes");
}
