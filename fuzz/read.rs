//! What libFuzzer calls, some thousand times a second, with files that it makes up.

#![no_main]

#[path = "../tests/support/any_file.rs"]
mod any_file;

libfuzzer_sys::fuzz_target!(|input: &[u8]| any_file::check(input));
