//! Reads an HTTP request, and refuses it if it does not come from this machine. Reads only the head, because no request
//! to this server has a body.

use std::io::Read;

use super::response::Response;

/// A valid request.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct HttpRequest {
    /// Begins with `/`, still encoded.
    pub path: String,
    /// The text after the `?`.
    pub query: String,
    /// Whether the method is `HEAD`.
    pub is_head: bool,
}

/// The size limit of a head, in bytes.
const MAX_HEAD: usize = 16 * 1024;

/// The names of this machine in requests from itself.
const HOSTS: [&str; 3] = ["localhost", "127.0.0.1", "[::1]"];

/// Reads a request while `has_time` returns true. Returns the response to an invalid request as an error, and `None` if
/// there is no request or it takes too long.
pub(super) fn read_request(
    stream: &mut impl Read,
    has_time: impl Fn() -> bool,
) -> Option<Result<HttpRequest, Response>> {
    let mut head = Vec::new();
    let mut buffer = [0; 1024];
    while !head.windows(4).any(|end| end == b"\r\n\r\n") {
        if head.len() > MAX_HEAD {
            return Some(Err(Response::text(431, "the header of the request is too long")));
        }
        let count = stream.read(&mut buffer).ok().filter(|count| *count > 0 && has_time())?;
        head.extend_from_slice(buffer.get(..count).unwrap_or_default());
    }
    Some(parse(&String::from_utf8_lossy(&head)))
}

fn parse(head: &str) -> Result<HttpRequest, Response> {
    let bad_request = |reason: &str| Response::text(400, reason);
    let mut lines = head.split("\r\n").take_while(|line| !line.is_empty());
    let words: Vec<&str> = lines.next().unwrap_or_default().split(' ').collect();
    let [method, target, version] = words.as_slice() else {
        return Err(bad_request("this is not an HTTP request"));
    };
    let headers: Option<Vec<(&str, &str)>> = lines.map(|line| line.split_once(':')).collect();
    let headers = headers.ok_or_else(|| bad_request("a header has no name"))?;
    let values_of = |name: &str| -> Vec<&str> {
        let named_headers = headers.iter().filter(|(other, _)| other.eq_ignore_ascii_case(name));
        named_headers.map(|(_, value)| value.trim()).collect()
    };
    if !version.starts_with("HTTP/1.") {
        return Err(Response::text(505, "this server supports only HTTP/1"));
    }
    match values_of("host").as_slice() {
        [host] if is_this_machine(host) => {}
        [_] => return Err(Response::text(421, "this server answers only requests to localhost")),
        _ => return Err(bad_request("a request must have exactly one host")),
    }
    let has_any =
        |name: &str, values: &[&str]| values_of(name).iter().any(|value| values.contains(value));
    let is_foreign = has_any("sec-fetch-site", &["cross-site", "same-site"]);
    // A link to a page is allowed, loading a script or a picture is not.
    if is_foreign && !has_any("sec-fetch-mode", &["navigate"]) {
        return Err(Response::text(403, "only pages of this server may load this"));
    }
    if !matches!(*method, "GET" | "HEAD") {
        return Err(Response::text(405, "only GET and HEAD are allowed"));
    }
    if !target.starts_with('/') {
        return Err(bad_request("a request must have a path"));
    }
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let (path, query) = (path.to_owned(), query.to_owned());
    Ok(HttpRequest { path, query, is_head: *method == "HEAD" })
}

/// Whether a host is this machine. The port is ignored, because it may have been forwarded.
fn is_this_machine(host: &str) -> bool {
    let port = host.rsplit_once(':').filter(|(_, port)| port.bytes().all(|c| c.is_ascii_digit()));
    let name = port.map_or(host, |(name, _)| name);
    HOSTS.iter().any(|known| known.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::{HttpRequest, is_this_machine, parse, read_request};

    fn status(head: &str) -> u16 {
        parse(&head.replace('\n', "\r\n")).map_or_else(|response| response.status, |_| 200)
    }

    #[test]
    fn a_request_is_read_in_any_number_of_pieces() {
        struct Slow<'t>(&'t [u8]);
        impl std::io::Read for Slow<'_> {
            fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
                let Some((first, rest)) = self.0.split_first() else { return Ok(0) };
                (into[0], self.0) = (*first, rest);
                Ok(1)
            }
        }
        let head = b"HEAD /a/b.html?q=1 HTTP/1.1\r\nhOsT:  localhost:2011 \r\n\r\nrest";
        let expected =
            HttpRequest { path: "/a/b.html".to_owned(), query: "q=1".to_owned(), is_head: true };
        let read = |mut stream: &mut dyn std::io::Read| read_request(&mut stream, || true);
        assert_eq!(read(&mut Slow(head)), Some(Ok(expected)));
        assert_eq!(read(&mut Slow(b"GET / HTTP/1.1\r\nHost: localhost\r\n")), None);
        assert_eq!(read(&mut &b""[..]), None);
        let turns = std::cell::Cell::new(0);
        let late = || {
            turns.set(turns.get() + 1);
            turns.get() < 10
        };
        assert_eq!(read_request(&mut Slow(head), late), None);
        assert_eq!(turns.get(), 10);
        let long = format!("GET /{} HTTP/1.1\r\n\r\n", "x".repeat(20_000));
        assert_eq!(read(&mut long.as_bytes()).unwrap().unwrap_err().status, 431);
    }

    #[test]
    fn only_this_machine_is_a_host() {
        for host in ["localhost", "LOCALHOST:80", "127.0.0.1:2011", "[::1]", "[::1]:2011"] {
            assert!(is_this_machine(host), "{host}");
        }
        for host in [
            "",
            ":80",
            "evil.example",
            "evil.example:2011",
            "localhost.evil.example",
            "evil.example:localhost",
            "localhost:80@evil.example",
            "127.0.0.1.evil.example",
            "0.0.0.0",
            "::1",
            "[::1]x",
            "[::2]:1",
            "user@localhost",
        ] {
            assert!(!is_this_machine(host), "{host}");
        }
    }

    #[test]
    fn an_invalid_request_gets_a_status() {
        for (head, expected) in [
            ("GET / HTTP/1.1\nHost: localhost\n\n", 200),
            ("GET / HTTP/1.0\nHost: localhost\n\n", 200),
            ("GET / HTTP/1.1\nHost: evil.example\n\n", 421),
            ("GET / HTTP/1.1\n\n", 400),
            ("GET / HTTP/1.1\nHost: localhost\nHost: evil.example\n\n", 400),
            ("GET http://localhost/ HTTP/1.1\nHost: localhost\n\n", 400),
            ("GET / HTTP/2\nHost: localhost\n\n", 505),
            ("GET /\n\n", 400),
            ("GET / HTTP/1.1\nHost localhost\n\n", 400),
            ("POST / HTTP/1.1\nHost: localhost\n\n", 405),
            ("get / HTTP/1.1\nHost: localhost\n\n", 405),
            ("OPTIONS * HTTP/1.1\nHost: localhost\n\n", 405),
        ] {
            assert_eq!(status(head), expected, "{head}");
        }
    }

    #[test]
    fn pages_of_others_may_only_link_here() {
        let from = |site: &str, mode: &str| {
            status(&format!(
                "GET / HTTP/1.1\nHost: localhost\nSec-Fetch-Site: {site}\nSec-Fetch-Mode: {mode}\n\n"
            ))
        };
        assert_eq!(from("same-origin", "no-cors"), 200);
        assert_eq!(from("none", "navigate"), 200);
        assert_eq!(from("cross-site", "navigate"), 200);
        assert_eq!(from("cross-site", "no-cors"), 403);
        assert_eq!(from("same-site", "cors"), 403);
    }
}
