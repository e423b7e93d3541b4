//! Which elements an author may use: whatever structures a text, and nothing that runs or fetches.

use std::collections::HashSet;
use std::sync::LazyLock;

use ammonia::Builder;

use super::destination::SCHEMES;

/// The elements that pages may have.
const ELEMENTS: [&str; 61] = [
    "a",
    "abbr",
    "b",
    "bdi",
    "bdo",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "section",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "u",
    "ul",
    "var",
    "wbr",
    "time",
];

/// The elements of which pages have another one instead.
const REPLACED: [(&str, &str); 21] = [
    ("acronym", "span"),
    ("address", "div"),
    ("article", "div"),
    ("aside", "div"),
    ("big", "span"),
    ("center", "div"),
    ("data", "span"),
    ("dir", "ul"),
    ("font", "span"),
    ("footer", "div"),
    ("header", "div"),
    ("hgroup", "div"),
    ("label", "span"),
    ("main", "div"),
    ("menu", "ul"),
    ("nav", "div"),
    ("nobr", "span"),
    ("output", "span"),
    ("search", "div"),
    ("strike", "s"),
    ("tt", "code"),
];

/// What a page has instead of an element of an author.
pub(super) fn on_page(name: &str) -> &str {
    REPLACED.iter().find(|(replaced, _)| *replaced == name).map_or(name, |(_, instead)| instead)
}

/// Whether a block begins with something of which nothing is ever shown.
pub(super) fn is_silent(tag: &str) -> bool {
    let tag = tag.to_ascii_lowercase();
    ["<script", "<style", "</script", "</style"].iter().any(|silent| {
        tag.strip_prefix(silent)
            .is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_alphanumeric()))
    })
}

/// The attribute that holds the number. Names of attributes cannot be spelled in entities, so it
/// is enough to look for it as it is written.
pub(super) const KEY: &str = "data-adr";

/// The word that is left of it where an author wrote it, and the rest.
pub(super) const KEY_WORD: &str = "data";
pub(super) const KEY_REST: &str = "-adr";

/// What makes HTML harmless.
pub(super) static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut cleaner = Builder::empty();
    cleaner
        .tags(ELEMENTS.into_iter().chain(REPLACED.map(|(name, _)| name)).collect())
        .clean_content_tags(["script", "style", "svg", "math", "template"].into_iter().collect())
        .generic_attributes([KEY, "id"].into_iter().collect())
        .add_tag_attributes("a", ["href", "name", "title"])
        .add_tag_attributes("img", ["src", "alt", "width", "height", "title"])
        .add_tag_attributes("td", ["colspan", "rowspan"])
        .add_tag_attributes("th", ["colspan", "rowspan"])
        .add_tag_attributes("details", ["open"])
        .url_schemes(SCHEMES.into_iter().collect::<HashSet<_>>())
        .url_relative(ammonia::UrlRelative::PassThrough)
        .link_rel(None)
        .strip_comments(true);
    cleaner
});

#[cfg(test)]
mod tests {
    use super::{ELEMENTS, REPLACED};
    use crate::syntax::element;

    #[test]
    fn what_pages_may_have_is_markup() {
        for name in ELEMENTS.into_iter().chain(REPLACED.map(|(name, _)| name)) {
            assert_eq!(element(&format!("<{name}>")), Some(name));
        }
        for (_, instead) in REPLACED {
            assert!(ELEMENTS.contains(&instead), "{instead}");
        }
    }
}
