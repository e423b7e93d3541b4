//! Which elements an author may use: whatever structures a text, and nothing that runs or fetches.

use std::collections::HashSet;
use std::sync::LazyLock;

use ammonia::Builder;

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

/// Whether a tag is of an element that pages may have; others are shown as they are written, for
/// they are more often a word in angle brackets than HTML.
pub(super) fn is_element(tag: &str) -> bool {
    ELEMENTS.contains(&name_of(tag).as_str())
}

/// Whether a block begins with something of which nothing is ever shown.
pub(super) fn is_silent(tag: &str) -> bool {
    matches!(name_of(tag).as_str(), "script" | "style")
}

fn name_of(tag: &str) -> String {
    let name = tag.trim_start().trim_start_matches('<').trim_start_matches('/');
    let end = name.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(name.len());
    name.get(..end).unwrap_or_default().to_ascii_lowercase()
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
        .tags(ELEMENTS.into_iter().collect())
        .clean_content_tags(["script", "style", "svg", "math", "template"].into_iter().collect())
        .generic_attributes([KEY, "id"].into_iter().collect())
        .add_tag_attributes("a", ["href", "name"])
        .add_tag_attributes("img", ["src", "alt", "width", "height"])
        .add_tag_attributes("td", ["colspan", "rowspan"])
        .add_tag_attributes("th", ["colspan", "rowspan"])
        .add_tag_attributes("details", ["open"])
        .url_schemes(["http", "https", "mailto"].into_iter().collect::<HashSet<_>>())
        .url_relative(ammonia::UrlRelative::PassThrough)
        .link_rel(None)
        .strip_comments(true);
    cleaner
});
