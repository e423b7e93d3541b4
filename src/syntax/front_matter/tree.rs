//! Front matter as a tree of values, every key and value with its bytes.

use crate::text::{Span, Spanned};

/// The YAML between `---` fences at the very top of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrontMatter {
    /// From the opening fence to the end of the closing fence's line.
    pub span: Span,
    /// The text between the fences.
    pub content: Span,
    /// The top level, in the order of the text; a key may occur twice.
    pub entries: Vec<Entry>,
    /// The fault in the YAML, if there is one. `entries` then contains what could be read line by line.
    pub fault: Option<YamlFault>,
}

/// Why front matter is not valid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YamlFault {
    /// The message of the YAML parser, or our own.
    pub message: String,
    /// The bytes at fault.
    pub span: Span,
}

/// A key and its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// As written, without quotes.
    pub key: Spanned<String>,
    /// The value after the colon.
    pub value: Node,
}

/// A value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// Its bytes, quotes and brackets included. Empty, after the colon, if there is no value.
    pub span: Span,
    /// The kind of the value, with its content.
    pub kind: NodeKind,
}

/// The kind of a YAML value. Scalars keep their source text: `0012` and `no` stay as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NodeKind {
    /// No value, `~` or `null`.
    Null,
    /// Text, a number, a date or a boolean: the text, with quotes and escapes resolved.
    Scalar(String),
    /// A list in either style.
    List(Vec<Node>),
    /// A mapping in either style.
    Map(Vec<Entry>),
}

impl FrontMatter {
    /// The first entry with one of `keys`, without regard to case and to `-` or `_`.
    pub fn entry(&self, keys: &[&str]) -> Option<&Entry> {
        self.entries.iter().find(|entry| keys.iter().any(|key| same_key(&entry.key.value, key)))
    }
}

impl Node {
    /// The text of a scalar that is not blank.
    pub fn scalar(&self) -> Option<&str> {
        match &self.kind {
            NodeKind::Scalar(text) if !text.trim().is_empty() => Some(text),
            _ => None,
        }
    }

    /// All scalars in it, at any depth, in order.
    pub fn scalars(&self) -> Vec<Spanned<&str>> {
        match &self.kind {
            NodeKind::Null => vec![],
            NodeKind::Scalar(text) => vec![Spanned::new(text.as_str(), self.span)],
            NodeKind::List(items) => items.iter().flat_map(Self::scalars).collect(),
            NodeKind::Map(entries) => {
                entries.iter().flat_map(|entry| entry.value.scalars()).collect()
            }
        }
    }
}

/// Whether two keys are equal except for case and the choice between `-`, `_` and space.
fn same_key(left: &str, right: &str) -> bool {
    let fold = |c: char| match c {
        '_' | ' ' => '-',
        c => c.to_ascii_lowercase(),
    };
    left.len() == right.len() && left.chars().map(fold).eq(right.chars().map(fold))
}
