//! An answer as it goes out.

use std::io::{self, Write};

/// What a request gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// As HTTP counts them: 200 for what is there.
    pub status: u16,
    /// See [`content_type`].
    pub content_type: &'static str,
    /// All bytes of it.
    pub body: Vec<u8>,
}

impl Answer {
    /// A page.
    pub fn html(status: u16, html: String) -> Self {
        Self { status, content_type: content_type("a.html"), body: html.into_bytes() }
    }

    /// A sentence.
    pub fn text(status: u16, text: &str) -> Self {
        let body = format!("{text}\n").into_bytes();
        Self { status, content_type: content_type("a.txt"), body }
    }

    /// Nothing at all.
    pub fn empty() -> Self {
        Self { status: 204, content_type: content_type("a.txt"), body: Vec::new() }
    }

    /// Sends it; the head alone, where no more is wanted.
    pub(super) fn send(&self, is_head: bool, to: &mut impl Write) -> io::Result<()> {
        let reason = match self.status {
            200 => "OK",
            204 => "No Content",
            404 => "Not Found",
            500 => "Internal Server Error",
            503 => "Service Unavailable",
            // Nobody reads it.
            _ => "Refused",
        };
        let allow = if self.status == 405 { "Allow: GET, HEAD\r\n" } else { "" };
        // A page says itself what it may do. What is neither a page nor a part of one, such as a
        // picture that is opened alone, runs nothing, fetches nothing, and is of no origin.
        let is_page =
            ["a.html", "a.css", "a.js"].iter().any(|name| self.content_type == content_type(name));
        let alone =
            if is_page { "" } else { "; sandbox; default-src 'none'; style-src 'unsafe-inline'" };
        let head = format!(
            "HTTP/1.1 {} {reason}\r\n\
             Content-Type: {}\r\n\
             Content-Length: {}\r\n\
             {allow}\
             Cache-Control: no-store\r\n\
             Content-Security-Policy: frame-ancestors 'none'{alone}\r\n\
             Cross-Origin-Resource-Policy: same-origin\r\n\
             X-Content-Type-Options: nosniff\r\n\
             Connection: close\r\n\r\n",
            self.status,
            self.content_type,
            self.body.len(),
        );
        let mut all = head.into_bytes();
        if !is_head {
            all.extend_from_slice(&self.body);
        }
        to.write_all(&all)
    }
}

/// What a browser has to take the file at `path` for, by its name.
pub fn content_type(path: &str) -> &'static str {
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
    match extension {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "md" => "text/markdown; charset=utf-8",
        "txt" => "text/plain; charset=utf-8",
        "xml" => "application/xml",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::{Answer, content_type};

    fn sent(answer: &Answer, is_head: bool) -> String {
        let mut out = Vec::new();
        answer.send(is_head, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_head_says_what_the_whole_would() {
        let answer = Answer::html(200, "<p>ä".to_owned());
        let head = "HTTP/1.1 200 OK\r\n\
            Content-Type: text/html; charset=utf-8\r\n\
            Content-Length: 5\r\n\
            Cache-Control: no-store\r\n\
            Content-Security-Policy: frame-ancestors 'none'\r\n\
            Cross-Origin-Resource-Policy: same-origin\r\n\
            X-Content-Type-Options: nosniff\r\n\
            Connection: close\r\n\r\n";
        assert_eq!(sent(&answer, true), head);
        assert_eq!(sent(&answer, false), format!("{head}<p>ä"));
    }

    #[test]
    fn what_is_no_page_runs_nothing() {
        for name in ["a.svg", "a.png", "a.xml", "a.json", "a.md", "a.txt", "a"] {
            let content_type = content_type(name);
            let answer = Answer { status: 200, content_type, body: vec![] };
            let policy = "\r\nContent-Security-Policy: frame-ancestors 'none'; sandbox; \
                          default-src 'none'; style-src 'unsafe-inline'\r\n";
            assert!(sent(&answer, true).contains(policy), "{name}");
        }
    }

    #[test]
    fn a_refused_method_names_those_that_are_not() {
        assert!(sent(&Answer::text(405, "no"), true).contains("\r\nAllow: GET, HEAD\r\n"));
    }
}
