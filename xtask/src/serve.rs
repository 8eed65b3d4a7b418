//! A plain static file server, as any host offers: files as they are, no rewriting, any sub-path,
//! and open to frames of other origins.

use std::fs;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

/// The longest request head that is read, in bytes.
const LONGEST_HEAD: u64 = 16 * 1024;

/// How long a kept connection may be silent.
const PATIENCE: Duration = Duration::from_secs(30);

/// A folder that is served below a path.
#[derive(Clone)]
pub struct Site {
    folder: PathBuf,
    /// Starts and ends with a slash.
    base: String,
}

impl Site {
    /// `folder` is served below `base`, of which the outer slashes may be left out.
    pub fn new(folder: &Path, base: &str) -> io::Result<Self> {
        let inner = base.trim_matches('/');
        let base = if inner.is_empty() { "/".to_owned() } else { format!("/{inner}/") };
        Ok(Self { folder: folder.canonicalize()?, base })
    }

    /// The address of the site at a listener.
    pub fn url(&self, listener: &TcpListener) -> io::Result<String> {
        Ok(format!("http://localhost:{}{}", listener.local_addr()?.port(), self.base))
    }

    /// Serves for ever, each connection in its own thread.
    pub fn serve(&self, listener: &TcpListener) {
        for stream in listener.incoming().flatten() {
            let site = self.clone();
            // A visitor who hangs up is no concern of the others.
            thread::spawn(move || site.converse(stream).ok());
        }
    }

    /// Answers the requests of one connection until it ends.
    fn converse(&self, stream: TcpStream) -> io::Result<()> {
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_nodelay(true)?;
        let mut to = stream.try_clone()?;
        let mut from = BufReader::new(stream);
        while let Some(request) = read_request(&mut from)? {
            self.answer(&request).write(&mut to, request.method == "HEAD")?;
        }
        Ok(())
    }

    fn answer(&self, request: &Request) -> Answer {
        if request.method != "GET" && request.method != "HEAD" {
            return Answer::page("405 Method Not Allowed", "Only GET and HEAD are answered");
        }
        let path = request.target.split(['?', '#']).next().unwrap_or_default();
        if format!("{path}/") == self.base {
            return Answer::redirect(&self.base);
        }
        let Some(inner) = path.strip_prefix(&self.base) else {
            return Answer::not_found();
        };
        let Some(file) = self.locate(inner) else {
            return Answer::not_found();
        };
        if file.is_dir() {
            return Answer::redirect(&format!("{path}/"));
        }
        match fs::read(&file) {
            Ok(body) => Answer { status: "200 OK", kind: media_type(&file), location: None, body },
            Err(_) => Answer::not_found(),
        }
    }

    /// The file or folder a path below the base means; nothing outside the site is ever found.
    fn locate(&self, inner: &str) -> Option<PathBuf> {
        let inner = percent_decode(inner)?;
        if inner.split('/').any(|part| part == "..") || inner.contains(['\\', '\0']) {
            return None;
        }
        let wanted = if inner.is_empty() || inner.ends_with('/') {
            self.folder.join(format!("{inner}index.html"))
        } else {
            self.folder.join(&inner)
        };
        let found = wanted.canonicalize().ok()?;
        found.starts_with(&self.folder).then_some(found)
    }
}

struct Request {
    method: String,
    target: String,
}

/// Reads the head of the next request; `None` at the end of the connection.
fn read_request(from: &mut BufReader<TcpStream>) -> io::Result<Option<Request>> {
    let mut head = from.take(LONGEST_HEAD);
    let mut first = String::new();
    if head.read_line(&mut first)? == 0 {
        return Ok(None);
    }
    loop {
        let mut line = String::new();
        if head.read_line(&mut line)? == 0 {
            return Ok(None);
        }
        if line.trim_end().is_empty() {
            break;
        }
    }
    let mut words = first.split_whitespace().map(str::to_owned);
    Ok(words.next().zip(words.next()).map(|(method, target)| Request { method, target }))
}

struct Answer {
    status: &'static str,
    kind: &'static str,
    location: Option<String>,
    body: Vec<u8>,
}

impl Answer {
    fn page(status: &'static str, text: &str) -> Self {
        let body = format!(
            "<!doctype html><html lang=\"en\"><title>{status}</title><p>{text}</p></html>\n"
        );
        Self { status, kind: "text/html; charset=utf-8", location: None, body: body.into_bytes() }
    }

    fn not_found() -> Self {
        Self::page("404 Not Found", "There is nothing at this address")
    }

    fn redirect(location: &str) -> Self {
        let page = Self::page("301 Moved Permanently", "The address ends with a slash");
        Self { location: Some(location.to_owned()), ..page }
    }

    fn write(&self, to: &mut TcpStream, head_only: bool) -> io::Result<()> {
        let mut answer = format!(
            "HTTP/1.1 {}\r\nContent-Type: {}\r\nContent-Length: {}\r\nCache-Control: no-cache\r\nX-Content-Type-Options: nosniff\r\nAccess-Control-Allow-Origin: *\r\n",
            self.status,
            self.kind,
            self.body.len()
        );
        if let Some(location) = &self.location {
            answer.push_str(&format!("Location: {location}\r\n"));
        }
        answer.push_str("\r\n");
        let mut answer = answer.into_bytes();
        if !head_only {
            answer.extend_from_slice(&self.body);
        }
        to.write_all(&answer)
    }
}

/// The media type by the ending of the name.
fn media_type(file: &Path) -> &'static str {
    match file.extension().and_then(|ending| ending.to_str()).unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "csv" => "text/csv; charset=utf-8",
        "txt" | "md" | "ts" => "text/plain; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        _ => "application/octet-stream",
    }
}

/// Resolves `%41` to `A`; `None` if the result is no text.
fn percent_decode(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        if byte == b'%' {
            let digits = std::str::from_utf8(after.get(..2)?).ok()?;
            bytes.push(u8::from_str_radix(digits, 16).ok()?);
            rest = after.get(2..)?;
        } else {
            bytes.push(byte);
            rest = after;
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use super::*;

    /// A small site, with a secret beside it.
    static FOLDER: LazyLock<PathBuf> = LazyLock::new(|| {
        let folder = std::env::temp_dir().join(format!("churn-lab-serve-{}", std::process::id()));
        fs::create_dir_all(folder.join("site/data")).unwrap();
        fs::write(folder.join("site/index.html"), "the page").unwrap();
        fs::write(folder.join("site/data/a b.csv"), "x,y").unwrap();
        fs::write(folder.join("site/app.wasm"), "code").unwrap();
        fs::write(folder.join("secret"), "not yours").unwrap();
        folder
    });

    /// Serves the site below `/lab/` and gives the whole answer to one request line.
    fn ask(request: &str) -> String {
        let site = Site::new(&FOLDER.join("site"), "lab").unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        thread::spawn(move || site.serve(&listener));

        let mut stream = TcpStream::connect(address).unwrap();
        write!(stream, "{request} HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
        stream.shutdown(std::net::Shutdown::Write).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    #[track_caller]
    fn check(request: &str, status: &str, parts: &[&str]) {
        let answer = ask(request);
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{request}: {answer}");
        for part in parts {
            assert!(answer.contains(part), "{request}: no {part:?} in {answer}");
        }
        assert!(!answer.contains("not yours"), "{request}: {answer}");
    }

    #[test]
    fn files_are_found_below_the_base_only() {
        check("GET /lab/", "200", &["the page", "text/html", "Cache-Control: no-cache"]);
        check("GET /lab/?view=explain", "200", &["the page"]);
        check("GET /lab/app.wasm", "200", &["application/wasm", "code"]);
        check("GET /lab/app.wasm", "200", &["Access-Control-Allow-Origin: *\r\n"]);
        check("GET /lab/data/a%20b.csv", "200", &["text/csv", "x,y"]);
        check("GET /lab", "301", &["Location: /lab/\r\n"]);
        check("GET /lab/data", "301", &["Location: /lab/data/\r\n"]);
        check("GET /", "404", &[]);
        check("GET /lab/explain", "404", &["nothing at this address"]);
        check("POST /lab/", "405", &[]);
    }

    #[test]
    fn a_head_request_gets_the_length_but_no_body() {
        check("HEAD /lab/", "200", &["Content-Length: 8\r\n"]);
        assert!(!ask("HEAD /lab/").contains("the page"));
    }

    #[test]
    fn nothing_outside_the_folder_is_given_away() {
        for path in [
            "../secret",
            "%2e%2e/secret",
            "..%2fsecret",
            "data/../../secret",
            "..\\secret",
            "/etc/hostname",
            "%ff",
            "%4",
        ] {
            check(&format!("GET /lab/{path}"), "404", &[]);
        }
    }
}
