//! Places of a text that speak of something outside the log, whatever number or name they hold: addresses
//! of other sites, of a state that never changes, of people.

use std::sync::LazyLock;

use regex::Regex;

use crate::author::edits::line_start;
use crate::text::{Cover, Edit, Span};

/// What an address holds; brackets only in pairs, as those around it are none of its own.
const REST: &str = r#"(?:[^\s<>"'`()\[\]]|\([^\s<>"'`()]*\))*"#;

/// Addresses of sites with and without a scheme, of people, of a state of a repository.
static ADDRESSES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let site = format!(r"\b[a-z][a-z0-9+.-]*://{REST}|\bmailto:{REST}");
    // As people write it in a sentence.
    let bare = format!(r"\b(?:[a-z0-9-]+\.)+(?:com|org|net|io|dev)/{REST}");
    let person = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+";
    let commit = format!(
        r#"[^\s<>"'`()\[\]]*\b(?:blob|tree|raw|blame|edit|commits?)/[0-9a-f]{{7,64}}/{REST}"#
    );
    Regex::new(&format!("(?i){site}|{bare}|{person}|{commit}")).ok()
});

/// Those of `edits` that change nothing foreign. The words of a link to an address stay with it, where
/// both would change.
pub(crate) fn at_home(text: &str, edits: Vec<Edit>) -> Vec<Edit> {
    if edits.is_empty() {
        return edits;
    }
    let Some(addresses) = &*ADDRESSES else { return edits };
    let places = Cover::new(edits.iter().map(|edit| edit.span));
    let found = addresses.find_iter(text).map(|found| Span::from(found.range()));
    let touched = found.filter(|address| places.overlaps(*address));
    let foreign = Cover::new(touched.map(|address| with_words(text, address)));
    edits.into_iter().filter(|edit| !foreign.overlaps(edit.span)).collect()
}

/// The address, from the bracket on that opens the words of the link to it.
fn with_words(text: &str, address: Span) -> Span {
    let before = text.get(..address.start).unwrap_or_default();
    let words = before.strip_suffix('<').unwrap_or(before).strip_suffix("](");
    let line = words.and_then(|words| words.get(line_start(words, words.len())..));
    match line.and_then(|line| line.rfind('[').map(|at| line.len() - at)) {
        Some(length) => {
            let end = words.map_or(address.start, str::len);
            Span::new(end - length, address.end)
        }
        None => address,
    }
}

/// Those of `places` that are not in an address.
pub(crate) fn not_in_address(text: &str, places: Vec<Span>) -> Vec<Span> {
    let edits = places.into_iter().map(|place| Edit::replace(place, "")).collect();
    at_home(text, edits).into_iter().map(|edit| edit.span).collect()
}

#[cfg(test)]
mod tests {
    use super::not_in_address;
    use crate::text::Span;

    /// What of the text may change, where all of it would.
    fn left(text: &str) -> Vec<&str> {
        let places: Vec<Span> =
            text.match_indices("0002").map(|(at, name)| Span::new(at, at + name.len())).collect();
        let before = |span: Span| text.get(span.start.saturating_sub(2)..span.start).unwrap();
        not_in_address(text, places).into_iter().map(before).collect()
    }

    #[test]
    fn an_address_is_told_from_what_stands_around_it() {
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
