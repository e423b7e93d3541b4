//! Percent-encoding: the one place that writes what addresses and links may hold, and reads it again.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use super::visible::is_unsafe;

/// What a path does not hold as it is: all but letters, digits and `-._~/`. Every reader of addresses, of
/// Markdown and of HTML takes the rest for itself.
const IN_PATH: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// The same for links that people read: marks that mean nothing to any reader stay.
const IN_LINK: &AsciiSet =
    &IN_PATH.remove(b'+').remove(b',').remove(b';').remove(b'=').remove(b'@').remove(b'!');

/// What an address that a person wrote may not hold. `%`, `#` and brackets depend on their place.
const IN_ADDRESS: &AsciiSet = &percent_encoding::CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// The brackets and parentheses of an address, which would end a link in Markdown.
const IN_DESTINATION: &AsciiSet = &IN_ADDRESS.add(b'(').add(b')').add(b'[').add(b']');

/// `path`, whose parts are divided by `/`, as a part of an address or a relative reference (RFC 3986) in ASCII.
pub fn url_path(path: &str) -> String {
    utf8_percent_encode(path, IN_PATH).to_string()
}

/// `path` as the destination of a link that people read in Markdown or HTML: letters of all scripts stay.
pub fn link_path(path: &str) -> String {
    encoded(path, IN_LINK)
}

/// `address`, which may be one of the web or the beginning of one, as a destination in Markdown. What it means stays.
pub fn link_address(address: &str) -> String {
    encoded(address, IN_DESTINATION)
}

/// `address` with the characters that no address may hold percent-encoded.
pub fn url_address(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    // `[` and `]` belong to the host of an IPv6 address only.
    let host = address.find("://").map_or(0, |at| at + 3);
    let rest = address.get(host..).unwrap_or_default();
    let host = rest.find(['/', '?', '#']).filter(|_| host > 0).map_or(0, |length| host + length);
    let mut in_fragment = false;
    for (at, c) in address.char_indices() {
        let is_encoded = match c {
            '#' => std::mem::replace(&mut in_fragment, true),
            '%' => !begins_with_code(address.get(at..).unwrap_or_default()),
            '[' | ']' => host > 0 && at >= host,
            c if c.is_ascii() => false,
            c => is_odd(c),
        };
        if is_encoded {
            push_encoded(&mut out, c, NON_ALPHANUMERIC);
        } else if c.is_ascii() {
            push_encoded(&mut out, c, IN_ADDRESS);
        } else {
            out.push(c);
        }
    }
    out
}

/// The same in ASCII but for the name of its host: for programs that take nothing else.
pub fn url_in_ascii(address: &str) -> String {
    let address = url_address(address);
    let host = address.find("://").map_or(0, |at| at + 3);
    let path = address.get(host..).and_then(|rest| rest.find(['/', '?', '#']));
    let (host, path) = address.split_at(path.map_or(address.len(), |length| host + length));
    format!("{host}{}", utf8_percent_encode(path, percent_encoding::CONTROLS))
}

/// `%20` and the like as the characters that they mean; anything else as it is.
pub fn url_decoded(text: &str) -> Cow<'_, str> {
    percent_decode_str(text).decode_utf8_lossy()
}

/// `text` without the characters of `set`, and without those that cannot be seen; other letters than ASCII stay.
fn encoded(text: &str, set: &'static AsciiSet) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii() || is_odd(c) {
            push_encoded(&mut out, c, set);
        } else {
            out.push(c);
        }
    }
    out
}

/// Whether a character other than ASCII would end an address, or is not seen in it.
fn is_odd(c: char) -> bool {
    c.is_whitespace() || is_unsafe(c)
}

fn push_encoded(out: &mut String, c: char, set: &'static AsciiSet) {
    out.extend(utf8_percent_encode(c.encode_utf8(&mut [0; 4]), set));
}

fn begins_with_code(text: &str) -> bool {
    text.as_bytes().get(1..3).is_some_and(|two| two.iter().all(u8::is_ascii_hexdigit))
}

#[cfg(test)]
mod tests {
    use super::{link_address, link_path, url_address, url_decoded, url_in_ascii, url_path};

    #[test]
    fn a_path_is_one_word_and_decodes_to_itself() {
        let name = "a b/ü#?%20&amp;(c)[d]{e}'f'\"g\"<h>\\:`*|^\n\u{85}\u{202e}é.md";
        for written in [url_path(name), link_path(name)] {
            assert_eq!(url_decoded(&written), name);
            let ends = |c: char| c.is_whitespace() || "#?&()[]{}'\"<>\\:`*|^".contains(c);
            assert!(!written.contains(ends), "{written}");
        }
        assert_eq!(url_path("größe 1.md"), "gr%C3%B6%C3%9Fe%201.md");
        assert_eq!(link_path("größe 1+2,3.md"), "größe%201+2,3.md");
    }

    #[test]
    fn an_address_keeps_its_meaning() {
        assert_eq!(
            link_address("https://a.example/b (c)/?d=e#f"),
            "https://a.example/b%20%28c%29/?d=e#f"
        );
        assert_eq!(
            url_address("https://a.example/b c|d%zz%20[e]#f#g\u{a0}"),
            "https://a.example/b%20c%7Cd%25zz%20%5Be%5D#f%23g%C2%A0"
        );
        assert_eq!(url_address("http://[::1]:80/a"), "http://[::1]:80/a");
        assert_eq!(
            url_in_ascii("https://ä.example/größe %2F/"),
            "https://ä.example/gr%C3%B6%C3%9Fe%20%2F/"
        );
    }

    #[test]
    fn what_is_no_code_stays() {
        assert_eq!(url_decoded("100%-a%2"), "100%-a%2");
        assert_eq!(url_decoded("%C3%A4%FF"), "ä\u{fffd}");
    }
}
