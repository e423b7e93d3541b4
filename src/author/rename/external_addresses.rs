//! Addresses in a text that refer to something outside the log, whatever number or name they contain: other sites,
//! fixed commits, people.

use std::sync::LazyLock;

use regex::Regex;

use crate::author::edits::line_start;
use crate::text::{Cover, Edit, Span};

/// The characters of an address. Brackets only in pairs: a bracket around the address is not part of it.
const ADDRESS_TAIL: &str = r#"(?:[^\s<>"'`()\[\]]|\([^\s<>"'`()]*\))*"#;

/// Addresses of sites with and without a scheme, of people, and of commits in a repository.
static ADDRESSES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let site = format!(r"\b[a-z][a-z0-9+.-]*://{ADDRESS_TAIL}|\bmailto:{ADDRESS_TAIL}");
    // As people write it in a sentence.
    let site_without_scheme = format!(r"\b(?:[a-z0-9-]+\.)+(?:com|org|net|io|dev)/{ADDRESS_TAIL}");
    let person = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+";
    let commit = format!(
        r#"[^\s<>"'`()\[\]]*\b(?:blob|tree|raw|blame|edit|commits?)/[0-9a-f]{{7,64}}/{ADDRESS_TAIL}"#
    );
    Regex::new(&format!("(?i){site}|{site_without_scheme}|{person}|{commit}")).ok()
});

/// The `edits` that touch no external address. If an edit would change an address, the words of a link to it stay
/// unchanged as well.
pub(crate) fn outside_addresses(text: &str, edits: Vec<Edit>) -> Vec<Edit> {
    if edits.is_empty() {
        return edits;
    }
    let Some(addresses) = &*ADDRESSES else { return edits };
    let edited_places = Cover::new(edits.iter().map(|edit| edit.span));
    let address_spans = addresses.find_iter(text).map(|address| Span::from(address.range()));
    let edited_addresses = address_spans.filter(|address| edited_places.overlaps(*address));
    let protected = Cover::new(edited_addresses.map(|address| with_link_words(text, address)));
    edits.into_iter().filter(|edit| !protected.overlaps(edit.span)).collect()
}

/// The address with the words of the link to it, from the opening bracket.
fn with_link_words(text: &str, address: Span) -> Span {
    let text_before = text.get(..address.start).unwrap_or_default();
    let up_to_words = text_before.strip_suffix('<').unwrap_or(text_before).strip_suffix("](");
    let line = up_to_words.and_then(|words| words.get(line_start(words, words.len())..));
    match line.and_then(|line| line.rfind('[').map(|bracket| line.len() - bracket)) {
        Some(words_length) => {
            let words_end = up_to_words.map_or(address.start, str::len);
            Span::new(words_end - words_length, address.end)
        }
        None => address,
    }
}

/// The `spans` that are not in an external address.
pub(crate) fn spans_outside_addresses(text: &str, spans: Vec<Span>) -> Vec<Span> {
    let edits = spans.into_iter().map(|span| Edit::replace(span, "")).collect();
    outside_addresses(text, edits).into_iter().map(|edit| edit.span).collect()
}

#[cfg(test)]
mod tests {
    use super::spans_outside_addresses;
    use crate::text::Span;

    /// What of the text may change, where all of it would.
    fn left(text: &str) -> Vec<&str> {
        let places: Vec<Span> =
            text.match_indices("0002").map(|(at, name)| Span::new(at, at + name.len())).collect();
        let before = |span: Span| text.get(span.start.saturating_sub(2)..span.start).unwrap();
        spans_outside_addresses(text, places).into_iter().map(before).collect()
    }

    #[test]
    fn external_addresses_are_recognised() {
        assert_eq!(left("[a](0002-a.md), `x/0002-a.md`, ADR-0002"), ["](", "x/", "R-"]);
        assert_eq!(left("https://e.org/blob/v1/0002-a.md and _/0002-a.md"), ["_/"]);
        assert_eq!(left("[x](https://e.org/0002-a.md),[y](0002-a.md)"), ["]("]);
        assert_eq!(left("(see https://e.org/(x)/0002-a.md)0002"), ["d)"]);
        assert_eq!(left("mailto:adr-0002@e.org adr-0002@e.org x0002"), [" x"]);
        assert_eq!(left("../blob/0a1b2c3d/docs/0002-a.md ../blob/main/0002-a.md"), ["n/"]);
        assert_eq!(left("[ADR-0002](https://e.org/0002) [R-0002](https://e.org/7)"), ["R-"]);
        assert_eq!(left("github.com/a/b/0002-a.md docs.old/0002-a.md"), ["d/"]);
    }
}
