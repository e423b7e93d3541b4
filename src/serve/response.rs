//! An HTTP response, and how it is sent.

use std::io::{self, Write};

/// The response to a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// The HTTP status code.
    pub status: u16,
    /// See [`content_type`].
    pub content_type: &'static str,
    /// The whole body.
    pub body: Vec<u8>,
}

impl Response {
    /// An HTML page.
    pub fn html(status: u16, html: String) -> Self {
        Self { status, content_type: content_type("a.html"), body: html.into_bytes() }
    }

    /// A plain text.
    pub fn text(status: u16, text: &str) -> Self {
        let body = format!("{text}\n").into_bytes();
        Self { status, content_type: content_type("a.txt"), body }
    }

    /// An empty response.
    pub fn empty() -> Self {
        Self { status: 204, content_type: content_type("a.txt"), body: Vec::new() }
    }

    /// Sends the response, without its body if the request was `HEAD`.
    ///
    /// # Errors
    ///
    /// If the connection fails.
    pub(super) fn send(&self, is_head: bool, stream: &mut impl Write) -> io::Result<()> {
        let reason_phrase = match self.status {
            200 => "OK",
            204 => "No Content",
            404 => "Not Found",
            500 => "Internal Server Error",
            503 => "Service Unavailable",
            // Browsers ignore it.
            _ => "Refused",
        };
        let allow_header = if self.status == 405 { "Allow: GET, HEAD\r\n" } else { "" };
        // A page has a policy in its own head. Everything else, such as a picture that is opened directly, gets one here:
        // it may run and fetch nothing, and has no origin.
        let is_page_or_part =
            ["a.html", "a.css", "a.js"].iter().any(|name| self.content_type == content_type(name));
        let sandbox_policy = if is_page_or_part {
            ""
        } else {
            "; sandbox; default-src 'none'; style-src 'unsafe-inline'"
        };
        let head = format!(
            "HTTP/1.1 {} {reason_phrase}\r\n\
             Content-Type: {}\r\n\
             Content-Length: {}\r\n\
             {allow_header}\
             Cache-Control: no-store\r\n\
             Content-Security-Policy: frame-ancestors 'none'{sandbox_policy}\r\n\
             Cross-Origin-Resource-Policy: same-origin\r\n\
             X-Content-Type-Options: nosniff\r\n\
             Connection: close\r\n\r\n",
            self.status,
            self.content_type,
            self.body.len(),
        );
        let mut bytes = head.into_bytes();
        if !is_head {
            bytes.extend_from_slice(&self.body);
        }
        stream.write_all(&bytes)
    }
}

/// The content type of the file at `path`, from its extension.
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
    use super::{Response, content_type};

    fn sent(response: &Response, is_head: bool) -> String {
        let mut out = Vec::new();
        response.send(is_head, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_head_is_the_same_with_and_without_a_body() {
        let response = Response::html(200, "<p>ä".to_owned());
        let head = "HTTP/1.1 200 OK\r\n\
            Content-Type: text/html; charset=utf-8\r\n\
            Content-Length: 5\r\n\
            Cache-Control: no-store\r\n\
            Content-Security-Policy: frame-ancestors 'none'\r\n\
            Cross-Origin-Resource-Policy: same-origin\r\n\
            X-Content-Type-Options: nosniff\r\n\
            Connection: close\r\n\r\n";
        assert_eq!(sent(&response, true), head);
        assert_eq!(sent(&response, false), format!("{head}<p>ä"));
    }

    #[test]
    fn files_other_than_pages_run_nothing() {
        for name in ["a.svg", "a.png", "a.xml", "a.json", "a.md", "a.txt", "a"] {
            let content_type = content_type(name);
            let response = Response { status: 200, content_type, body: vec![] };
            let policy = "\r\nContent-Security-Policy: frame-ancestors 'none'; sandbox; \
                          default-src 'none'; style-src 'unsafe-inline'\r\n";
            assert!(sent(&response, true).contains(policy), "{name}");
        }
    }

    #[test]
    fn the_response_to_a_refused_method_lists_the_allowed_ones() {
        assert!(sent(&Response::text(405, "no"), true).contains("\r\nAllow: GET, HEAD\r\n"));
    }
}
