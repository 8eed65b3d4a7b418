//! Where things are: the repository, the cache of tools, the folders of the built site.

use std::env;
use std::path::{Path, PathBuf};

/// The root of the repository.
pub fn root() -> PathBuf {
    let xtask = env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    xtask.parent().map_or_else(|| xtask.clone(), Path::to_path_buf)
}

/// Where tools and, on a build server, compiled code are kept between runs: `CHURN_LAB_CACHE`, else
/// `churn-lab` in the user's cache folder.
pub fn cache() -> PathBuf {
    let set = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    set("CHURN_LAB_CACHE")
        .or_else(|| set("XDG_CACHE_HOME").map(|folder| folder.join("churn-lab")))
        .or_else(|| set("HOME").map(|home| home.join(".cache/churn-lab")))
        .unwrap_or_else(|| root().join("target/churn-lab"))
}

/// Where cargo puts what it compiles; `None` where it decides so itself, in `target`.
pub fn chosen_target() -> Option<PathBuf> {
    env::var_os("CARGO_TARGET_DIR")
        .map(PathBuf::from)
        .or_else(|| env::var_os("CI").map(|_| cache().join("target")))
}

/// The root under which `cargo install` puts our pinned tools, in `bin`.
pub fn tools() -> PathBuf {
    cache().join("tools")
}

/// The folders children look for programs in: our tools first, then npm's, then the system's.
pub fn search_path() -> Vec<PathBuf> {
    let mut folders = vec![tools().join("bin"), root().join("node_modules/.bin")];
    if let Some(system) = env::var_os("PATH") {
        folders.extend(env::split_paths(&system));
    }
    folders
}

/// The full path of a program, if it is in one of the folders of [`search_path`].
pub fn find_program(name: &str) -> Option<PathBuf> {
    let file = format!("{name}{}", env::consts::EXE_SUFFIX);
    search_path().into_iter().map(|folder| folder.join(&file)).find(|path| path.is_file())
}
