//! `adr serve` from the view of browsers and attackers: a real process, and HTTP over the loopback
//! interface.

#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "a panic fails the test")]

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Ipv6Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// A project, and the server process that serves it.
struct Served {
    folder: tempfile::TempDir,
    process: Child,
    port: u16,
}

impl Drop for Served {
    fn drop(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

/// A response.
struct Answer {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Answer {
    fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    /// The version of the page.
    fn version(&self) -> String {
        let text = self.text();
        let (_, rest) = text.split_once("data-version=\"").unwrap();
        rest.split_once('"').unwrap().0.to_owned()
    }
}

fn put(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn project() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "adr.toml", "dir = \"log\"\n");
    put(folder.path(), "log/0001-a.md", "# 1. Use files\n\n## Status\n\nAccepted\n\n![](a.png)\n");
    put(folder.path(), "log/0002-b.md", "# 2. Use paper\n\n## Status\n\nProposed\n");
    put(folder.path(), "log/a.png", "PNG");
    folder
}

fn adr(folder: &Path) -> Command {
    let mut adr = Command::new(env!("CARGO_BIN_EXE_adr"));
    adr.current_dir(folder).env("ADR_DATE", "2026-03-01");
    adr
}

/// Starts the server, and waits until it prints its address.
fn serve(folder: tempfile::TempDir, arguments: &[&str]) -> Served {
    let mut command = adr(folder.path());
    command.arg("serve").args(arguments).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut process = command.spawn().unwrap();
    let mut line = String::new();
    BufReader::new(process.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    let port = line.strip_prefix("http://127.0.0.1:").and_then(|rest| rest.strip_suffix("/\n"));
    let port = port.expect("an address").parse().unwrap();
    Served { folder, process, port }
}

fn started() -> Served {
    serve(project(), &["--port", "0"])
}

/// Sends a request without waiting for the response.
fn ask(address: SocketAddr, request: &str) -> TcpStream {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_mins(1))).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    stream
}

fn receive(mut stream: TcpStream) -> Answer {
    let mut all = Vec::new();
    stream.read_to_end(&mut all).unwrap();
    let end = all.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
    let body = all.split_off(end + 4);
    let head = String::from_utf8(all).unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    Answer { status, head, body }
}

impl Served {
    fn address(&self) -> SocketAddr {
        ([127, 0, 0, 1], self.port).into()
    }

    fn request(&self, method: &str, path: &str, headers: &str) -> Answer {
        let request = format!("{method} {path} HTTP/1.1\r\n{headers}\r\n");
        receive(ask(self.address(), &request))
    }

    fn get(&self, path: &str) -> Answer {
        self.request("GET", path, "Host: localhost\r\n")
    }

    /// Waits until the site has another version.
    fn wait(&self, version: &str) -> TcpStream {
        let path = format!("/-/changed?{version}");
        ask(self.address(), &format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n"))
    }

    fn put(&self, name: &str, text: &str) {
        put(self.folder.path(), name, text);
    }
}

/// All files below `folder` with their bytes.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let walk = walkdir::WalkDir::new(folder).into_iter().map(|entry| entry.unwrap().into_path());
    let below = |path: &Path| path.strip_prefix(folder).unwrap().to_owned();
    walk.filter(|path| path.is_file()).map(|path| (below(&path), fs::read(path).unwrap())).collect()
}

#[test]
fn it_shows_what_a_build_writes_and_writes_nothing() {
    let folder = project();
    adr(folder.path()).args(["build", "-q"]).output().unwrap();
    let before = files(folder.path());
    let served = serve(folder, &["--port", "0"]);
    let site = files(&served.folder.path().join("site"));
    assert!(site.len() > 20, "{}", site.len());
    for (path, bytes) in &site {
        let path = path.to_str().unwrap();
        if path == ".adr-build" {
            continue;
        }
        let answer = served.get(&format!("/{path}"));
        assert_eq!(answer.status, 200, "{path}");
        if !path.contains(".html") {
            assert!(answer.body == *bytes, "{path}");
            continue;
        }
        let script = format!(
            "<script src=\"/-/reload.js\" defer data-version=\"{}\"></script>\n</head>",
            answer.version()
        );
        let without = answer.text().replace(&script, "</head>").replace(" connect-src 'self';", "");
        assert!(without.as_bytes() == bytes, "{path}");
    }
    assert_eq!(served.get("/").body, served.get("/index.html").body);
    assert_eq!(files(served.folder.path()), before);
}

#[test]
fn browsers_are_told_what_a_file_is() {
    let served = started();
    let style = served.get("/index.html").text();
    let style =
        style.split_once("stylesheet\" href=\"").unwrap().1.split_once('"').unwrap().0.to_owned();
    for (path, expected) in [
        ("/", "text/html; charset=utf-8"),
        (&*format!("/{style}"), "text/css; charset=utf-8"),
        ("/-/reload.js", "text/javascript; charset=utf-8"),
        ("/asset/search.js", "text/javascript; charset=utf-8"),
        ("/index.json", "application/json"),
        ("/badge.svg", "image/svg+xml"),
        ("/llms.txt", "text/plain; charset=utf-8"),
        ("/decisions/0001.md", "text/markdown; charset=utf-8"),
        ("/picture/a.png", "image/png"),
    ] {
        let answer = served.get(path);
        assert_eq!(answer.status, 200, "{path}");
        let line = format!("\r\nContent-Type: {expected}\r\n");
        assert!(answer.head.contains(&line), "{path}: {}", answer.head);
        let head = served.request("HEAD", path, "Host: localhost\r\n");
        assert_eq!((head.status, head.head, head.body), (200, answer.head, vec![]), "{path}");
    }
}

#[test]
fn nothing_but_the_site_can_be_asked_for() {
    let served = started();
    served.put("secret.txt", "Sesame");
    served.put("log/secret.md", "Sesame\n");
    served.put("log/secret.html", "Sesame");
    for path in [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/..\\secret.txt",
        "/decisions/../../secret.txt",
        "//secret.txt",
        "/secret.txt",
        "/log/secret.html",
        "/secret.html",
        "/adr.toml",
        "/.adr-build",
        "/picture/../../log/a.png",
        "/-/",
        "/-/../secret.txt",
        "/index.html/",
        "/%00",
    ] {
        let answer = served.get(path);
        assert_eq!(answer.status, 404, "{path}");
        assert!(!answer.text().contains("Sesame"), "{path}");
    }
    let absolute = format!("http://127.0.0.1:{}/", served.port);
    assert_eq!(served.request("GET", &absolute, "Host: localhost\r\n").status, 400);
    assert_eq!(served.request("GET", "secret.txt", "Host: localhost\r\n").status, 400);
}

#[test]
fn others_get_nothing() {
    let served = started();
    for (method, headers, expected) in [
        ("GET", "Host: evil.example\r\n", 421),
        ("GET", "Host: localhost.evil.example\r\n", 421),
        ("GET", "Host: 192.168.0.1:2011\r\n", 421),
        ("GET", "", 400),
        ("GET", "Host: localhost\r\nHost: evil.example\r\n", 400),
        (
            "GET",
            "Host: localhost\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\n",
            403,
        ),
        ("POST", "Host: localhost\r\n", 405),
        ("PUT", "Host: localhost\r\nContent-Length: 4\r\n", 405),
        ("DELETE", "Host: localhost\r\n", 405),
        ("OPTIONS", "Host: localhost\r\nOrigin: https://evil.example\r\n", 405),
    ] {
        for path in ["/", "/-/changed?x", "/-/reload.js", "/index.json"] {
            let answer = served.request(method, path, headers);
            assert_eq!(answer.status, expected, "{method} {path} {headers}");
            assert!(!answer.text().contains("Use files"), "{method} {path} {headers}");
        }
    }
    let answer = served.get("/asset/search.js");
    assert!(answer.head.contains("\r\nCross-Origin-Resource-Policy: same-origin\r\n"));
    assert!(answer.head.contains("\r\nContent-Security-Policy: frame-ancestors 'none'\r\n"));
    assert!(!answer.head.contains("Access-Control"));
    // An invalid request ends the connection, not the server.
    let rubbish = ask(served.address(), "\0\r\n\r\n");
    assert_eq!(receive(rubbish).status, 400);
    drop(ask(served.address(), "GET / HT"));
    assert_eq!(served.get("/").status, 200);
}

#[test]
fn a_word_of_the_policy_in_a_title_changes_no_policy() {
    let served = started();
    let page = served.get("/decisions/0001.html");
    let text =
        "# 1. Set connect-src and default-src 'none'; in our policy\n\n## Status\n\nAccepted\n";
    let waiting = served.wait(&page.version());
    served.put("log/0001-a.md", text);
    assert_eq!(receive(waiting).status, 200);
    let other = served.get("/decisions/0001.html");
    assert!(other.text().contains("<title>") && other.text().contains("Set connect-src"));
    let policy = |text: &str| {
        let from = text.split_once("http-equiv=\"Content-Security-Policy\" content=\"").unwrap().1;
        from.split_once('"').unwrap().0.to_owned()
    };
    assert_eq!(policy(&other.text()), policy(&page.text()));
    assert!(policy(&other.text()).contains("connect-src 'self'"));
}

#[test]
fn a_connection_too_many_is_told_so() {
    let served = started();
    let open: Vec<TcpStream> =
        (0..270).map(|_| TcpStream::connect(served.address()).unwrap()).collect();
    let asked =
        || receive(ask(served.address(), "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")).status;
    assert_eq!(asked(), 503);
    drop(open);
    // The server must first notice that the clients have disconnected.
    while asked() == 503 {}
    assert_eq!(asked(), 200);
}

#[test]
fn it_listens_on_this_machine_alone() {
    let served = started();
    let by_six = SocketAddr::from((Ipv6Addr::LOCALHOST, served.port));
    // Not every machine has IPv6.
    if TcpListener::bind((Ipv6Addr::LOCALHOST, 0)).is_ok() {
        let answer = receive(ask(by_six, "GET / HTTP/1.1\r\nHost: [::1]\r\n\r\n"));
        assert_eq!(answer.status, 200);
    }
    // Another loopback address: a server that listens on all addresses would answer.
    if cfg!(target_os = "linux") {
        assert!(TcpStream::connect(("127.0.0.2", served.port)).is_err());
    }
}

#[test]
fn whatever_is_saved_is_shown() {
    let served = started();
    let mut version = served.get("/").version();
    let mut shows = |what: &str, happens: &dyn Fn(), path: &str, text: &str| {
        let waiting = served.wait(&version);
        happens();
        let told = receive(waiting);
        assert_eq!(told.status, 200, "{what}");
        let page = served.get(path);
        version = served.get("/").version();
        assert!(page.text().contains(text), "{what}: {}", page.text());
    };
    let log = served.folder.path().join("log");
    let one = "# 1. Use a database\n\n## Status\n\nAccepted\n\n![](a.png)\n";
    shows(
        "an edit",
        &|| served.put("log/0001-a.md", one),
        "/decisions/0001.html",
        "Use a database",
    );
    shows(
        "a save by renaming",
        &|| {
            served.put("log/.0002-b.md.swp", "# 2. Use vellum\n\n## Status\n\nProposed\n");
            fs::rename(log.join(".0002-b.md.swp"), log.join("0002-b.md")).unwrap();
        },
        "/",
        "Use vellum",
    );
    let three = "# 3. Use stone\n";
    shows("a new record", &|| served.put("log/0003-c.md", three), "/", "Use stone");
    let renamed = || fs::rename(log.join("0003-c.md"), log.join("0004-c.md")).unwrap();
    shows("another name", &renamed, "/", "decisions/0004.html");
    let removed = || fs::remove_file(log.join("0004-c.md")).unwrap();
    shows("a removed record", &removed, "/decisions/0004.html", "Page not found");
    shows("a picture", &|| served.put("log/a.png", "GIF"), "/picture/a.png", "GIF");
    let config = "dir = \"log\"\nsite.title = \"Our ledger\"\n";
    shows("a configuration", &|| served.put("adr.toml", config), "/", "Our ledger");
    let template = || served.put("log/templates/site/not_found.html", "Gone: {{ title }}");
    shows("a template", &template, "/x", "Gone: Our ledger");
    let moved = || {
        fs::rename(&log, served.folder.path().join("other")).unwrap();
        served.put("adr.toml", "dir = \"other\"\n");
    };
    shows("another folder", &moved, "/", "Use vellum");
    let four = "# 4. Use wax\n";
    shows("a record there", &|| served.put("other/0004-d.md", four), "/", "Use wax");
}

#[test]
fn a_page_that_is_asked_for_is_never_old() {
    let served = started();
    for count in 0..50 {
        served.put("log/0002-b.md", &format!("# 2. Take {count:03}\n"));
        let page = served.get("/decisions/0002.html").text();
        assert!(page.contains(&format!("Take {count:03}")), "{count}");
    }
}

#[test]
fn a_save_that_changes_nothing_is_no_change() {
    let served = started();
    let before = served.get("/").version();
    let text = fs::read_to_string(served.folder.path().join("log/0001-a.md")).unwrap();
    served.put("log/0001-a.md", &text);
    assert_eq!(served.get("/").version(), before);
    // A tab with an old version gets the new version at once.
    assert_eq!(receive(served.wait("yesterday")).text(), format!("{before}\n"));
}

#[test]
fn a_site_that_cannot_be_built_says_why_until_it_can() {
    let served = started();
    let whole = served.get("/").version();
    for (what, file, broken, message) in [
        (
            "a configuration",
            "adr.toml",
            "dir = \"log\"\nfoo = \"<b>\"\n",
            "cannot use the configuration in `adr.toml`: line 2: unknown key `foo`",
        ),
        (
            "a template",
            "log/templates/site/record.html",
            "{{ <b>",
            "cannot render the template `record.html`",
        ),
        (
            "a template that is short of a value",
            "log/templates/site/record.html",
            "{{ nothing.at_all }}",
            "cannot render the template `record.html`",
        ),
    ] {
        let path = served.folder.path().join(file);
        let sound = fs::read_to_string(&path).ok();
        let waiting = served.wait(&whole);
        served.put(file, broken);
        assert_eq!(receive(waiting).status, 200, "{what}");
        let page = served.get("/decisions/0001.html");
        assert_eq!(page.status, 500, "{what}");
        assert!(page.text().contains(message), "{what}: {}", page.text());
        assert!(!page.text().contains("<b>"), "{what}: {}", page.text());
        assert_eq!(served.get("/-/error.css").status, 200, "{what}");

        let mut waiting = served.wait(&page.version());
        match sound {
            Some(text) => served.put(file, &text),
            None => fs::remove_file(path).unwrap(),
        }
        // A partly written file is a different site for a moment, but the last version is always shown.
        while let now = receive(waiting).text()
            && now.trim() != whole
        {
            waiting = served.wait(now.trim());
        }
        assert_eq!(served.get("/decisions/0001.html").status, 200, "{what}");
    }
}

#[test]
fn a_port_that_is_taken_is_named_and_another_one_found() {
    let taken = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let folder = project();
    let output = adr(folder.path()).args(["serve", "--port", &port]).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        said,
        format!(
            "error: cannot use port {port}: another program uses it; \
             omit `--port` to use the next free one\n"
        )
    );

    // The first port is in use, either by us or by another program.
    let _first = TcpListener::bind(("127.0.0.1", 2011));
    let served = serve(folder, &[]);
    assert!((2012..=2030).contains(&served.port), "{}", served.port);
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_it_and_frees_the_port() {
    let mut served = started();
    let before = files(served.folder.path());
    let waiting = served.wait(&served.get("/").version());
    let process = served.process.id().to_string();
    Command::new("kill").args(["-INT", &process]).status().unwrap();
    assert!(!served.process.wait().unwrap().success());
    drop(waiting);
    drop(TcpListener::bind(served.address()).unwrap());
    assert_eq!(files(served.folder.path()), before);
}

#[cfg(target_os = "linux")]
#[test]
fn the_browser_is_opened_when_somebody_wants_it() {
    use std::os::unix::fs::PermissionsExt as _;

    let folder = project();
    let opened = folder.path().join("opened");
    let tools = folder.path().join("tools");
    put(
        &tools,
        "xdg-open",
        "#!/bin/sh\necho \"$@\" > \"$OPENED.part\"\nmv \"$OPENED.part\" \"$OPENED\"\n",
    );
    fs::set_permissions(tools.join("xdg-open"), fs::Permissions::from_mode(0o755)).unwrap();
    let path = format!("{}:{}", tools.display(), std::env::var("PATH").unwrap());
    let mut command = adr(folder.path());
    command.args(["serve", "--open", "--port", "0"]).env("PATH", path).env("OPENED", &opened);
    let mut process = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(process.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    while !opened.exists() {
        std::thread::sleep(Duration::from_millis(10));
    }
    let served = Served { folder, process, port: 0 };
    assert_eq!(fs::read_to_string(&opened).unwrap(), line);
    drop(served);
}
