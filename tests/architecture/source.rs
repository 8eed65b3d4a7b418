//! Rust files as the checks read them: without comments, without tests, with or without what stands
//! in quotes, and every path written out.

use std::fs;
use std::path::{Path, PathBuf};

/// A source file. Both readings have the length and the line breaks of the file.
pub struct Source {
    /// From the repository's root, with slashes.
    pub path: String,
    /// Its lines as they stand.
    pub n_lines: usize,
    /// Comments, test modules and what stands in quotes are blank.
    pub code: String,
    /// Comments and test modules are blank.
    pub literals: String,
}

/// Names between `::`, groups written out: `use a::{b, c::d}` gives a::b and a::c::d.
pub struct PathInCode {
    pub at: usize,
    pub names: Vec<String>,
}

/// An identifier.
pub struct Word<'a> {
    pub at: usize,
    pub name: &'a str,
    /// The character before, white space passed over; a space at the start.
    pub before: char,
    /// The character after, white space passed over; a space at the end.
    pub after: char,
}

impl Source {
    pub fn of(path: &str, text: &str) -> Self {
        let (mut code, mut literals) = (blank(text, true), blank(text, false));
        while let Some((start, end)) = test_module(&code) {
            code = blank_range(&code, start, end);
            literals = blank_range(&literals, start, end);
        }
        Self { path: path.to_owned(), n_lines: text.lines().count(), code, literals }
    }

    /// "src/data/mod.rs:12: what is wrong".
    pub fn finding(&self, at: usize, what: &str) -> String {
        format!("{}:{}: {what}", self.path, self.code[..at].matches('\n').count() + 1)
    }

    /// The room below `src/` it belongs to: "data" of "src/data/csv/mod.rs".
    pub fn room(&self) -> Option<&str> {
        self.path.strip_prefix("src/")?.split_once('/').map(|(room, _)| room)
    }

    pub fn words(&self) -> Vec<Word<'_>> {
        let code = self.code.as_str();
        let mut words = Vec::new();
        let mut start = None;
        for (at, c) in code.char_indices().chain([(code.len(), ' ')]) {
            match (start, is_name(c)) {
                (None, true) => start = Some(at),
                (Some(from), false) => {
                    start = None;
                    words.push(Word {
                        at: from,
                        name: &code[from..at],
                        before: code[..from].trim_end().chars().next_back().unwrap_or(' '),
                        after: code[at..].trim_start().chars().next().unwrap_or(' '),
                    });
                }
                _ => {}
            }
        }
        words
    }

    pub fn paths(&self) -> Vec<PathInCode> {
        let mut paths = Vec::new();
        let mut end = 0;
        for word in self.words() {
            if word.at >= end {
                end = follow(&self.code, word.at, &[], &mut paths);
            }
        }
        paths
    }
}

/// Every Rust file below a folder of the repository, by path.
pub fn rust_files(folder: &str) -> Vec<Source> {
    let mut files = Vec::new();
    collect(&root().join(folder), &mut files);
    files.sort();
    let rust = files.iter().filter(|file| file.extension().is_some_and(|end| end == "rs"));
    rust.map(|file| Source::of(&relative(file), &read(file))).collect()
}

/// Every file below a folder, as path and text.
pub fn files(folder: &str) -> Vec<(String, String)> {
    let mut files = Vec::new();
    collect(&root().join(folder), &mut files);
    files.sort();
    files.iter().map(|file| (relative(file), read(file))).collect()
}

/// A file of the repository.
pub fn file(path: &str) -> String {
    read(&root().join(path))
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn relative(file: &Path) -> String {
    let inside = file.strip_prefix(root()).expect("it is in the repository");
    inside.to_string_lossy().replace('\\', "/")
}

fn read(file: &Path) -> String {
    fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("its entries can be read").path();
        if path.is_dir() {
            collect(&path, files);
        } else {
            files.push(path);
        }
    }
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Adds the paths that start with the name at `at`, `before` put in front; gives where they end.
fn follow(code: &str, at: usize, before: &[String], paths: &mut Vec<PathInCode>) -> usize {
    let mut names = before.to_vec();
    let mut end = at;
    while let Some(length) = name_length(&code[end..]) {
        names.push(code[end..end + length].to_owned());
        end += length;
        let Some(rest) = code[end..].strip_prefix("::") else { break };
        if let Some(group) = rest.strip_prefix('{') {
            end = code.len() - group.len();
            loop {
                end += code[end..].find(|c: char| c == '}' || c == '*' || is_name(c)).unwrap_or(0);
                if name_length(&code[end..]).is_none() {
                    return end + 1;
                }
                end = follow(code, end, &names, paths);
                // past ` as other`
                end += code[end..].find([',', '}']).unwrap_or(0);
            }
        }
        if name_length(rest).is_none() {
            break;
        }
        end += 2;
    }
    paths.push(PathInCode { at, names });
    end
}

/// The length of the name, or of the `*`, that starts here.
fn name_length(text: &str) -> Option<usize> {
    let length = match text.strip_prefix('*') {
        Some(_) => 1,
        None => text.find(|c| !is_name(c)).unwrap_or(text.len()),
    };
    (length > 0).then_some(length)
}

/// The first module marked `#[cfg(test)]` that is still there.
fn test_module(code: &str) -> Option<(usize, usize)> {
    const MARK: &str = "#[cfg(test)]";
    let start = code.find(MARK)?;
    let open = start + code[start..].find(['{', ';'])?;
    let mut depth = 0;
    for (at, c) in code[open..].char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some((start, open + at + 1));
        }
    }
    Some((start, code.len()))
}

fn blank_range(text: &str, start: usize, end: usize) -> String {
    let blanked: String = text[start..end].bytes().map(blanked).collect();
    format!("{}{blanked}{}", &text[..start], &text[end..])
}

fn blanked(byte: u8) -> char {
    if byte == b'\n' { '\n' } else { ' ' }
}

/// Blanks comments, and what stands in quotes if `quoted`; byte by byte, so that places stay.
fn blank(text: &str, quoted: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let name_before = out.ends_with(is_name);
        let (length, keep) = if rest.starts_with("//") {
            (rest.find('\n').unwrap_or(rest.len()), false)
        } else if rest.starts_with("/*") {
            (block_comment(rest), false)
        } else if let Some(length) = string(rest).filter(|_| !name_before || first == '"') {
            (length, !quoted)
        } else if let Some(length) = character(rest) {
            (length, !quoted)
        } else {
            (first.len_utf8(), true)
        };
        let (piece, after) = rest.split_at(length);
        if keep {
            out.push_str(piece);
        } else {
            out.extend(piece.bytes().map(blanked));
        }
        rest = after;
    }
    out
}

fn block_comment(text: &str) -> usize {
    let mut depth = 0;
    let mut at = 0;
    while at < text.len() {
        let rest = &text.as_bytes()[at..];
        if rest.starts_with(b"/*") {
            depth += 1;
            at += 2;
        } else if rest.starts_with(b"*/") {
            depth -= 1;
            at += 2;
        } else {
            at += 1;
        }
        if depth == 0 {
            break;
        }
    }
    at
}

/// The length of the string that starts here: `"…"`, `r#"…"#`, with `b` before either.
fn string(text: &str) -> Option<usize> {
    let after_b = text.strip_prefix('b').unwrap_or(text);
    if let Some(raw) = after_b.strip_prefix('r') {
        let hashes = raw.len() - raw.trim_start_matches('#').len();
        let body = raw[hashes..].strip_prefix('"')?;
        let close = format!("\"{}", "#".repeat(hashes));
        let end = body.find(&close)? + close.len();
        return Some(text.len() - body.len() + end);
    }
    let body = after_b.strip_prefix('"')?;
    let mut escaped = false;
    for (at, c) in body.char_indices() {
        match c {
            '"' if !escaped => return Some(text.len() - body.len() + at + 1),
            '\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    None
}

/// The length of the character that starts here, not of a lifetime.
fn character(text: &str) -> Option<usize> {
    let body = text.strip_prefix('\'')?;
    if body.starts_with('\\') {
        return body[2..].find('\'').map(|end| end + 4);
    }
    let c = body.chars().next()?;
    body[c.len_utf8()..].starts_with('\'').then_some(c.len_utf8() + 2)
}
