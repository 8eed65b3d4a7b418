//! Who may do what on the page, and what reaches its screen.

use super::source::{Source, rust_files};
use super::{nothing, proves};

/// Pages and components read signals and call actions.
fn is_view(source: &Source) -> bool {
    ["src/web/pages/", "src/web/components/"].iter().any(|folder| source.path.starts_with(folder))
}

fn is_action(source: &Source) -> bool {
    source.path.starts_with("src/web/actions/")
}

fn named(source: &Source, names: &[&str], what: &str) -> Vec<String> {
    let words = source.words().into_iter().filter(|word| names.contains(&word.name));
    words.map(|word| source.finding(word.at, &format!("{} {what}", word.name))).collect()
}

/// `LabWriter` is defined in `state`, held and used by actions.
fn writers(source: &Source) -> Vec<String> {
    if is_action(source) || source.path == "src/web/state.rs" {
        return Vec::new();
    }
    named(source, &["LabWriter", "lab_state"], "is for actions only")
}

/// Requests are sent by actions, through the client.
fn senders(source: &Source) -> Vec<String> {
    let client = source.path.starts_with("src/web/client/");
    if !source.path.starts_with("src/web/") || is_action(source) || client {
        return Vec::new();
    }
    let protocol = source.path == "src/web/worker.rs";
    let names: &[&str] = if protocol { &["ComputeClient"] } else { &["ComputeClient", "Request"] };
    named(source, names, "is for actions only")
}

/// Files of this site are fetched, and records stored, by actions.
fn keepers(source: &Source) -> Vec<String> {
    let storage = source.path.starts_with("src/web/storage/");
    if is_action(source) || storage {
        return Vec::new();
    }
    named(source, &["Storage", "fetch_with_str", "gloo_net", "idb"], "is for actions only")
}

/// Text from files is never HTML.
fn html(source: &Source) -> Vec<String> {
    let names = ["inner_html", "innerHTML", "insert_adjacent_html", "outer_html", "set_inner_html"];
    let mut findings = named(source, &names, "would make HTML of a text");
    for name in ["innerHTML", "document.write", "insertAdjacentHTML"] {
        findings
            .extend(source.literals.find(&format!("\"{name}")).map(|at| source.finding(at, name)));
    }
    findings
}

/// Attributes a person reads or hears.
const SPOKEN: [&str; 7] =
    ["alt=", "aria-description=", "aria-label=", "heading=", "label=", "placeholder=", "title="];

/// Words on screen that are not in `web/text`: a quoted phrase between tags, or a spoken attribute.
fn phrases(source: &Source) -> Vec<String> {
    if !is_view(source) {
        return Vec::new();
    }
    let mut findings = Vec::new();
    let mut open = None;
    for (at, _) in source.literals.match_indices('"') {
        // a quote that the code lacks too stands inside a text
        match open.take() {
            None => open = Some(at),
            Some(start) => {
                let inside = &source.literals[start + 1..at];
                let before = source.literals[..start].trim_end();
                let after = source.literals[at + 1..].trim_start();
                let on_screen = SPOKEN.iter().any(|name| before.ends_with(name))
                    || (before.ends_with(['>', '}']) && after.starts_with(['<', '{']));
                let is_phrase = inside.trim().contains(' ') && inside.contains(char::is_alphabetic);
                if on_screen && is_phrase {
                    findings.push(source.finding(start, &format!("{inside:?} is not in web/text")));
                }
            }
        }
    }
    findings
}

fn every(check: impl Fn(&Source) -> Vec<String>) {
    nothing(&rust_files("src").iter().flat_map(check).collect::<Vec<_>>());
}

#[test]
fn only_actions_write_state() {
    every(writers);
    proves(writers, "src/web/pages/x.rs", "use crate::web::state::LabWriter;", "let writer = 1;");
}

#[test]
fn only_actions_send_requests() {
    every(senders);
    let bad = "lab.client().ask(Request::Profile { dataset_id })";
    proves(senders, "src/web/components/x.rs", bad, "lab.profile(dataset_id)");
    proves(senders, "src/web/api/mod.rs", "use crate::web::client::ComputeClient;", "lab.reset()");
}

#[test]
fn only_actions_fetch_and_store() {
    every(keepers);
    proves(keepers, "src/web/pages/x.rs", "use gloo_net::http::Request;", "// gloo_net");
    proves(keepers, "src/web/app.rs", "Storage::memory()", "StorageStatus::Opening");
}

#[test]
fn text_is_never_html() {
    every(html);
    proves(
        html,
        "src/web/pages/x.rs",
        "view! { <p inner_html=name /> }",
        "view! { <p>{name}</p> }",
    );
}

#[test]
fn words_on_screen_stand_in_one_place() {
    every(phrases);
    let path = "src/web/pages/x.rs";
    let good = "view! { <p class=\"big red\">{text::HELLO} \" \" <b>\"✓\"</b></p> }";
    proves(phrases, path, "view! { <p>\"Hello there\"</p> }", good);
    proves(phrases, path, "view! { <p aria-label=\"Two words\"></p> }", "let x = \"two words\";");
}
