//! What the core, everything below `web/`, does without.

use super::source::{Source, file, rust_files};
use super::{nothing, proves};

/// Crates that only a browser has.
const BROWSER: [&str; 12] = [
    "console_error_panic_hook",
    "futures",
    "getrandom",
    "idb",
    "js_sys",
    "leptos",
    "leptos_router",
    "plotters_canvas",
    "serde_wasm_bindgen",
    "wasm_bindgen",
    "wasm_bindgen_futures",
    "web_sys",
];

/// Modules of `std` that reach outside the program.
const OUTSIDE: [&str; 6] = ["env", "fs", "net", "process", "thread", "time"];

/// Names of clocks, of randomness, and of maps that iterate in any order.
const UNSURE: [&str; 9] = [
    "Date",
    "HashMap",
    "HashSet",
    "Instant",
    "RandomState",
    "SystemTime",
    "rand",
    "random",
    "thread_rng",
];

/// Functions of floats whose last bits depend on the platform.
const PLATFORM: [&str; 27] = [
    "acos", "acosh", "asin", "asinh", "atan", "atan2", "atanh", "cbrt", "cos", "cosh", "exp",
    "exp2", "exp_m1", "hypot", "ln", "ln_1p", "log", "log10", "log2", "powf", "powi", "sin",
    "sin_cos", "sinh", "tan", "tanh", "gamma",
];

fn core() -> Vec<Source> {
    let all = rust_files("src").into_iter();
    all.filter(|source| source.room().is_some_and(|room| room != "web" && room != "bin")).collect()
}

fn browser(source: &Source) -> Vec<String> {
    let words = source.words().into_iter();
    let named = words.filter(|w| BROWSER.contains(&w.name) || w.name.starts_with("gloo"));
    named.map(|w| source.finding(w.at, &format!("names {}, a browser's", w.name))).collect()
}

fn outside(source: &Source) -> Vec<String> {
    let paths = source.paths().into_iter();
    let wrong = paths.filter(|path| match path.names.as_slice() {
        [first, second, ..] => first == "std" && OUTSIDE.contains(&second.as_str()),
        _ => false,
    });
    wrong.map(|path| source.finding(path.at, &format!("uses {}", path.names.join("::")))).collect()
}

/// `numerics::random::RandomState` is our own generator, whose seed is an argument.
fn unsure(source: &Source) -> Vec<String> {
    let ours = |name: &str| {
        source.path == "src/numerics/random.rs"
            || source.paths().iter().any(|path| path.names == ["crate", "numerics", "random", name])
    };
    let words = source.words().into_iter();
    let named = words.filter(|word| match word.name {
        "random" => word.after == '(' && word.before == ':',
        "RandomState" => !ours("RandomState"),
        name => UNSURE.contains(&name),
    });
    named.map(|word| source.finding(word.at, &format!("names {}", word.name))).collect()
}

fn platform(source: &Source) -> Vec<String> {
    let words = source.words().into_iter();
    let methods = words.filter(|w| w.before == '.' && w.after == '(' && PLATFORM.contains(&w.name));
    let mut findings: Vec<String> = methods
        .map(|word| source.finding(word.at, &format!(".{}() instead of libm", word.name)))
        .collect();
    let paths = source.paths().into_iter().filter(|path| match path.names.as_slice() {
        [number, name] => {
            ["f32", "f64"].contains(&number.as_str()) && PLATFORM.contains(&name.as_str())
        }
        _ => false,
    });
    findings.extend(
        paths.map(|path| source.finding(path.at, &format!("{} instead of libm", path.names[1]))),
    );
    findings
}

/// The names of the dependencies in a section of Cargo.toml.
fn dependencies<'a>(manifest: &'a str, section: &str) -> Vec<&'a str> {
    let after = manifest.split_once(&format!("[{section}]\n")).expect("Cargo.toml has it").1;
    let lines = after.lines().take_while(|line| !line.starts_with('['));
    lines.filter_map(|line| Some(line.split_once(" = ")?.0)).collect()
}

#[test]
fn nothing_below_web_names_a_browser() {
    nothing(&core().iter().flat_map(browser).collect::<Vec<_>>());
    let manifest = file("Cargo.toml");
    for name in dependencies(&manifest, "dependencies") {
        let wrong = browser(&Source::of("Cargo.toml", &name.replace('-', "_")));
        assert!(wrong.is_empty(), "{name} belongs under the target wasm32");
    }
    let only_wasm = dependencies(&manifest, "target.'cfg(target_arch = \"wasm32\")'.dependencies");
    assert!(only_wasm.contains(&"leptos") && only_wasm.contains(&"web-sys"));
}

#[test]
fn the_core_has_no_input_but_its_arguments() {
    nothing(&core().iter().flat_map(outside).collect::<Vec<_>>());
    nothing(&core().iter().flat_map(unsure).collect::<Vec<_>>());
}

#[test]
fn the_core_gives_the_same_bits_everywhere() {
    nothing(&core().iter().flat_map(platform).collect::<Vec<_>>());
}

#[test]
fn what_the_core_must_not_do_is_found() {
    let path = "src/models/x.rs";
    proves(browser, path, "use leptos::prelude::*;", "const NAME: &str = \"leptos\";");
    proves(browser, path, "use gloo_net::http;", "let gl = 1;");
    proves(outside, path, "use std::{fmt, time::Duration};", "use std::fmt; let time = 1;");
    proves(outside, path, "fn f() { std::env::var(\"X\") }", "// std::env");
    proves(unsure, path, "fn f(m: HashMap<u8, u8>) {}", "fn f(m: BTreeMap<u8, u8>) {}");
    proves(unsure, path, "js_sys::Math::random()", "crate::numerics::random::x()");
    proves(
        unsure,
        path,
        "std::hash::RandomState::new()",
        "use crate::numerics::random::RandomState; fn f() { RandomState::new(1); }",
    );
    proves(platform, path, "x.exp()", "libm::exp(x)");
    proves(platform, path, "y.map(f64::ln)", "y.map(f64::sqrt).ln");
    let test = "#[cfg(test)]\nmod tests { fn f() { 2.0_f64.powi(3) } }";
    proves(platform, path, "2.0_f64\n    .powi(3)", test);
}
