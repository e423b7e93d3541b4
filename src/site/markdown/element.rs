//! Which elements an author may use: whatever structures a text, and nothing that runs or fetches.

/// The elements that pages may have.
pub(super) const ELEMENTS: [&str; 61] = [
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
