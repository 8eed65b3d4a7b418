//! Nothing leaves the origin, nothing inline runs, and every address is relative.

use super::source::{Source, file, files, rust_files};
use super::{nothing, proves};

/// Sources that stay on this origin or in this page.
const ALLOWED: [&str; 5] = ["'self'", "'none'", "'wasm-unsafe-eval'", "data:", "blob:"];

/// Directives without which something of another origin could be loaded or sent to.
const NEEDED: [(&str, &str); 7] = [
    ("default-src", "'self'"),
    ("script-src", "'self' 'wasm-unsafe-eval'"),
    ("style-src", "'self'"),
    ("connect-src", "'self'"),
    ("worker-src", "'self' blob:"),
    ("object-src", "'none'"),
    ("base-uri", "'self'"),
];

/// What is wrong with the page's policy.
fn policy(html: &str) -> Vec<String> {
    let policy = html
        .split_once("http-equiv=\"Content-Security-Policy\" content=\"")
        .and_then(|(_, rest)| rest.split_once('"'))
        .map_or("", |(policy, _)| policy);
    let directives: Vec<(&str, &str)> =
        policy.split(';').filter_map(|directive| directive.trim().split_once(' ')).collect();
    let mut findings = Vec::new();
    for (name, sources) in &directives {
        for source in sources.split_whitespace().filter(|source| !ALLOWED.contains(source)) {
            findings.push(format!("{name} allows {source}"));
        }
    }
    for needed in NEEDED.iter().filter(|needed| !directives.contains(needed)) {
        findings.push(format!("{} is not {}", needed.0, needed.1));
    }
    findings
}

/// What the policy would refuse, or what breaks below a sub-path.
fn markup(html: &str) -> Vec<String> {
    let mut findings = Vec::new();
    for tag in html.split('<').skip(1).filter_map(|piece| piece.split_once('>')).map(|(tag, _)| tag)
    {
        let inline = (tag.starts_with("script") && !tag.contains(" src="))
            || tag.starts_with("style")
            || tag.contains(" style=")
            || tag
                .split(" on")
                .skip(1)
                .any(|rest| rest.trim_start_matches(char::is_alphanumeric).starts_with('='));
        if inline {
            findings.push(format!("<{tag}> is inline"));
        }
        if tag.contains("=\"/") || tag.contains("=/") {
            findings.push(format!("<{tag}> has an absolute address"));
        }
    }
    findings
}

/// Addresses of other hosts; a namespace is a name.
fn hosts(path: &str, text: &str) -> Vec<String> {
    let mut findings = Vec::new();
    for start in ["http://", "https://", "\"//", "url(//", "ws://", "wss://"] {
        for (at, _) in text.match_indices(start) {
            if !text[at..].starts_with("http://www.w3.org/") {
                let line = text[..at].matches('\n').count() + 1;
                findings.push(format!("{path}:{line}: an address of another host"));
            }
        }
    }
    findings
}

/// Where IBM's file is published: a plain link for the person to follow, which the page never asks.
const FOLLOWED: &str = "https://raw.githubusercontent.com/IBM/";

/// Links in code that would leave a sub-path.
fn links(source: &Source) -> Vec<String> {
    let literals = source.literals.replace(FOLLOWED, "");
    let mut findings = hosts(&source.path, &literals);
    for start in ["href=\"/", "src=\"/"] {
        let found = source.literals.match_indices(start);
        findings.extend(found.map(|(at, _)| source.finding(at, "an absolute address")));
    }
    findings
}

#[test]
fn the_policy_is_strict() {
    let html = file("index.html");
    nothing(&policy(&html));
    assert_eq!(
        policy(&html.replace("'wasm-unsafe-eval'", "'wasm-unsafe-eval' 'unsafe-inline'")).len(),
        2
    );
    assert_eq!(policy(&html.replace("connect-src 'self'", "connect-src 'self' https:")).len(), 2);
    assert_eq!(policy("<html>").len(), NEEDED.len());
}

#[test]
fn the_page_has_nothing_inline_and_relative_addresses() {
    nothing(&markup(&file("index.html")));
    for bad in ["<script>1</script>", "<p style=\"a\">", "<p onclick=\"f()\">", "<a href=\"/x\">"] {
        assert_eq!(markup(bad).len(), 1, "must be found: {bad}");
    }
    nothing(&markup("<script src=\"./x.js\"></script><a href=\"?view=data\">"));
}

#[test]
fn no_address_leaves_the_origin() {
    let mut findings = hosts("index.html", &file("index.html"));
    for (path, text) in files("public") {
        findings.extend(hosts(&path, &text));
    }
    findings.extend(rust_files("src/web").iter().flat_map(links));
    nothing(&findings);
    proves(links, "src/web/x.rs", "let a = \"https://example.org\";", "// https://example.org");
    proves(
        links,
        "src/web/x.rs",
        "view! { <a href=\"/lab\"> }",
        "view! { <a href=\"?view=data\"> }",
    );
    assert_eq!(hosts("a.css", "a { b: url(//example.org/c) }").len(), 1);
    nothing(&hosts("a.svg", "xmlns=\"http://www.w3.org/2000/svg\""));
}
