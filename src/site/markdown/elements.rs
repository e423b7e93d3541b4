//! The HTML elements that authors may use: those that structure a text, none that run or load anything.

use std::collections::HashSet;
use std::sync::LazyLock;

use ammonia::Builder;

use super::destination::SCHEMES;

/// The elements that pages may contain.
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

/// The elements that are replaced by others.
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

/// The name of the element on a page for an element of an author.
pub(super) fn page_element(name: &str) -> &str {
    let entry = REPLACED.iter().find(|(replaced, _)| *replaced == name);
    entry.map_or(name, |(_, replacement)| replacement)
}

/// Whether a block starts with an element that is never shown.
pub(super) fn is_never_shown(tag: &str) -> bool {
    let tag = tag.to_ascii_lowercase();
    ["<script", "<style", "</script", "</style"].iter().any(|start| {
        tag.strip_prefix(start)
            .is_some_and(|after_name| !after_name.starts_with(|c: char| c.is_ascii_alphanumeric()))
    })
}

/// The attribute with the number of one of our tags. Names of attributes cannot be written with entities, so
/// searching for the plain text is enough.
pub(super) const NUMBER_ATTRIBUTE: &str = "data-adr";

/// The start of its name, which is kept if an author uses it, and the end, which is removed.
pub(super) const NUMBER_ATTRIBUTE_START: &str = "data";
pub(super) const NUMBER_ATTRIBUTE_END: &str = "-adr";

/// Makes HTML harmless.
pub(super) static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut cleaner = Builder::empty();
    cleaner
        .tags(ELEMENTS.into_iter().chain(REPLACED.map(|(name, _)| name)).collect())
        .clean_content_tags(["script", "style", "svg", "math", "template"].into_iter().collect())
        .generic_attributes([NUMBER_ATTRIBUTE, "id"].into_iter().collect())
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
    fn allowed_elements_are_markup() {
        for name in ELEMENTS.into_iter().chain(REPLACED.map(|(name, _)| name)) {
            assert_eq!(element(&format!("<{name}>")), Some(name));
        }
        for (_, replacement) in REPLACED {
            assert!(ELEMENTS.contains(&replacement), "{replacement}");
        }
    }
}
