//! A parser for our own HTML: every tag closed, every attribute in double quotes. Anything else is an error
//! in the page.

use std::collections::BTreeMap;

/// A tag that opens an element.
#[derive(Debug)]
pub(crate) struct Tag {
    pub(crate) name: String,
    pub(crate) attributes: BTreeMap<String, String>,
}

/// Elements that have no end.
const VOID: [&str; 8] = ["meta", "link", "br", "hr", "img", "input", "wbr", "col"];

/// The opening tags of a page, in order.
///
/// # Panics
///
/// If the page is not well-formed.
pub(crate) fn tags(page: &str) -> Vec<Tag> {
    let mut tags: Vec<Tag> = Vec::new();
    let mut open: Vec<String> = Vec::new();
    let mut rest = page.strip_prefix("<!doctype html>").expect("a document type");
    while let Some((_, tag)) = rest.split_once('<') {
        let (tag, after) = tag.split_once('>').expect("a closed tag");
        rest = after;
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(name), "closed in the wrong order");
            continue;
        }
        let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        let is_void = VOID.contains(&name) || attributes.ends_with('/');
        if !is_void {
            open.push(name.to_owned());
        }
        let attributes = read_attributes(attributes.trim_end_matches('/'));
        tags.push(Tag { name: name.to_owned(), attributes });
    }
    assert!(open.is_empty(), "left open: {open:?}");
    tags
}

fn read_attributes(text: &str) -> BTreeMap<String, String> {
    let mut attributes = BTreeMap::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let end = rest.find([' ', '=']).unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        let (value, after) = match after.strip_prefix("=\"") {
            Some(after) => after.split_once('"').expect("a closed value"),
            None => ("", after),
        };
        let is_name = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        assert!(is_name && !name.is_empty(), "invalid attribute name: `{name}`");
        let old = attributes.insert(name.to_owned(), unescape(value));
        assert!(old.is_none(), "`{name}` twice in `{text}`");
        rest = after.trim_start();
    }
    attributes
}

fn unescape(text: &str) -> String {
    let known = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#x2F;", "/")];
    let plain = known.iter().fold(text.to_owned(), |text, (name, c)| text.replace(name, c));
    plain.replace("&amp;", "&")
}
