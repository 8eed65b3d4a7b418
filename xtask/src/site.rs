//! Builds the static site: Trunk compiles and gathers, then the result is finished for a strict
//! Content-Security-Policy, for caches, and for any sub-path of a plain file server.

use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::fnv::Fnv1a;
use crate::places;
use crate::run::{command, run};
use crate::split;
use crate::tools;

/// How the site is compiled.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// Quick to build, into `dist-dev/`.
    Dev,
    /// Small and fast, into `dist/`.
    Release,
}

impl Profile {
    /// The folder the finished site is in.
    pub fn folder(self) -> PathBuf {
        places::root().join(match self {
            Self::Dev => "dist-dev",
            Self::Release => "dist",
        })
    }
}

/// Files and folders that go into the site under their own names: addresses others rely on.
const COPIED: [(&str, &str); 2] = [("public/churn-lab.d.ts", "churn-lab.d.ts"), ("data", "data")];

/// Builds the site and gives its folder. Until the last step the former build stays untouched.
pub fn build(profile: Profile) -> Result<PathBuf, Failure> {
    tools::for_site(profile == Profile::Release)?;
    run(command("cargo").args(["fetch", "--locked"]))?;

    let stage = places::root().join("dist.new");
    remove(&stage)?;
    let mut trunk = command("trunk");
    trunk.arg("build").arg("--dist").arg(&stage);
    if profile == Profile::Release {
        trunk.arg("--release");
    }
    // Trunk takes the customary NO_COLOR=1 for an error.
    run(trunk.env_remove("NO_COLOR"))?;
    for (from, to) in COPIED {
        copy(&places::root().join(from), &stage.join(to))?;
    }
    finish(&stage, profile)?;

    let site = profile.folder();
    remove(&site)?;
    fs::rename(&stage, &site).map_err(Failure::file(&site))?;
    Ok(site)
}

/// Cuts page and worker into their parts, and moves what is inline or unhashed in Trunk's output into hashed
/// files of our own.
fn finish(site: &Path, profile: Profile) -> Result<(), Failure> {
    let index = site.join("index.html");
    let html = fs::read_to_string(&index).map_err(Failure::file(&index))?;
    let html = split::cut_page(site, &html, profile)?;
    let html = move_start_script(site, &html)?;
    let loader = split::cut_worker(site, profile)?;
    let meta = format!("<meta name=\"churn-lab-worker\" content=\"{loader}\">\n</head>");
    let html = html.replacen("</head>", &meta, 1);
    check(&html, &loader)?;
    fs::write(&index, html).map_err(Failure::file(&index))
}

/// Moves the inline script that starts the app into a file, so that the policy can forbid inline
/// scripts; gives the page without it.
fn move_start_script(site: &Path, html: &str) -> Result<String, Failure> {
    let no_script = || Failure::Site {
        problem: "index.html: Trunk's inline start script was not found".to_owned(),
    };
    const OPEN: &str = "<script type=\"module\">";
    let (before, rest) = html.split_once(OPEN).ok_or_else(no_script)?;
    let (script, after) = rest.split_once("</script>").ok_or_else(no_script)?;
    let script = script.trim();
    let mut hash = Fnv1a::new();
    hash.add(script.as_bytes());
    let name = format!("start-{}.js", hash.hex());
    let file = site.join(&name);
    fs::write(&file, format!("{script}\n")).map_err(Failure::file(&file))?;
    Ok(format!("{before}<script type=\"module\" src=\"./{name}\"></script>{after}"))
}

/// Refuses a page that could not start under a strict policy or below a sub-path.
fn check(html: &str, loader: &str) -> Result<(), Failure> {
    let problem = if !html.contains(loader) {
        "has no </head> to name the worker in"
    } else if html.split("<script").skip(1).any(|script| !opening_tag(script).contains(" src=")) {
        "has an inline script, which its own policy forbids"
    } else if html.contains("=\"/") || html.contains("=/") {
        "has an address that is not relative"
    } else {
        return Ok(());
    };
    Err(Failure::Site { problem: format!("index.html {problem}") })
}

fn opening_tag(element: &str) -> &str {
    element.split_once('>').map_or(element, |(tag, _)| tag)
}

/// Copies a file or a folder with all in it; what does not exist is passed over.
fn copy(from: &Path, to: &Path) -> Result<(), Failure> {
    if from.is_dir() {
        fs::create_dir_all(to).map_err(Failure::file(to))?;
        for entry in fs::read_dir(from).map_err(Failure::file(from))? {
            let entry = entry.map_err(Failure::file(from))?;
            copy(&entry.path(), &to.join(entry.file_name()))?;
        }
    } else if from.is_file() {
        fs::copy(from, to).map_err(Failure::file(from))?;
    }
    Ok(())
}

fn remove(folder: &Path) -> Result<(), Failure> {
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(Failure::file(folder))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn a_page_is_refused_unless_it_starts_under_a_strict_policy_at_any_path() {
        let loader = "./worker-1/worker_loader.js";
        let page = |head: &str| format!("<head>{head}<meta content=\"{loader}\"></head>");
        let refused =
            |head: &str| check(&page(head), loader).map_err(|failure| failure.to_string());

        assert_eq!(refused("<script type=\"module\" src=\"./a.js\"></script>"), Ok(()));
        assert!(refused("<script>1</script>").is_err_and(|text| text.contains("inline")));
        assert!(
            refused("<script src=\"/a.js\"></script>").is_err_and(|text| text.contains("relative"))
        );
        assert!(check("<head>", loader).is_err());
    }
}
