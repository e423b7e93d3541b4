//! Percent-encoding: the one place that encodes addresses and links, and decodes them.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use super::visible::is_unsafe;

/// The characters to encode in a path: all except letters, digits and `-._~/`, which every reader of addresses,
/// Markdown and HTML leaves alone.
const IN_PATH: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// The same for links that people read: punctuation without a special meaning stays.
const IN_LINK: &AsciiSet =
    &IN_PATH.remove(b'+').remove(b',').remove(b';').remove(b'=').remove(b'@').remove(b'!');

/// The characters to encode in an address that a person wrote. `%`, `#` and brackets depend on their position.
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

/// The same in Markdown, with brackets and parentheses, which would end a link.
const IN_DESTINATION: &AsciiSet = &IN_ADDRESS.add(b'(').add(b')').add(b'[').add(b']');

/// Encodes `path`, whose parts are separated by `/`, as a part of an address or a relative reference (RFC 3986) in ASCII.
pub fn url_path(path: &str) -> String {
    utf8_percent_encode(path, IN_PATH).to_string()
}

/// Encodes `path` as the destination of a link that people read in Markdown or HTML: letters of all scripts stay.
pub fn link_path(path: &str) -> String {
    encoded(path, IN_LINK)
}

/// Encodes `address`, a web address or its beginning, as a destination in Markdown. Its meaning stays the same.
pub fn link_address(address: &str) -> String {
    encoded(address, IN_DESTINATION)
}

/// Percent-encodes the characters of `address` that are not allowed in addresses.
pub fn url_address(address: &str) -> String {
    let mut encoded_address = String::with_capacity(address.len());
    // `[` and `]` are allowed in the host of an IPv6 address only.
    let host_start = address.find("://").map_or(0, |scheme_end| scheme_end + 3);
    let after_scheme = address.get(host_start..).unwrap_or_default();
    let host_end = after_scheme.find(['/', '?', '#']).filter(|_| host_start > 0);
    let host_end = host_end.map_or(0, |length| host_start + length);
    let mut in_fragment = false;
    for (offset, c) in address.char_indices() {
        let is_encoded = match c {
            '#' => std::mem::replace(&mut in_fragment, true),
            '%' => !begins_with_code(address.get(offset..).unwrap_or_default()),
            '[' | ']' => host_end > 0 && offset >= host_end,
            c if c.is_ascii() => false,
            c => is_unsafe_in_address(c),
        };
        if is_encoded {
            push_encoded(&mut encoded_address, c, NON_ALPHANUMERIC);
        } else if c.is_ascii() {
            push_encoded(&mut encoded_address, c, IN_ADDRESS);
        } else {
            encoded_address.push(c);
        }
    }
    encoded_address
}

/// The same in ASCII except for the host name, for programs that do not accept anything else.
pub fn url_in_ascii(address: &str) -> String {
    let address = url_address(address);
    let host_start = address.find("://").map_or(0, |scheme_end| scheme_end + 3);
    let path_offset = address.get(host_start..).and_then(|rest| rest.find(['/', '?', '#']));
    let path_start = path_offset.map_or(address.len(), |length| host_start + length);
    let (host, path) = address.split_at(path_start);
    format!("{host}{}", utf8_percent_encode(path, percent_encoding::CONTROLS))
}

/// Decodes `%20` and the like; everything else stays.
pub fn url_decoded(text: &str) -> Cow<'_, str> {
    percent_decode_str(text).decode_utf8_lossy()
}

/// Encodes the characters of `set`, and characters that are not visible; other non-ASCII characters stay.
fn encoded(text: &str, set: &'static AsciiSet) -> String {
    let mut encoded_text = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii() || is_unsafe_in_address(c) {
            push_encoded(&mut encoded_text, c, set);
        } else {
            encoded_text.push(c);
        }
    }
    encoded_text
}

/// Whether a non-ASCII character would end an address, or is not visible in it.
fn is_unsafe_in_address(c: char) -> bool {
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
