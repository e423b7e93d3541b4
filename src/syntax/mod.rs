//! One Markdown file with spans: front matter, headings, statements, links. Knows no ADR.

mod anchor;
mod block;
mod code;
mod comment;
mod document;
mod front_matter;
mod inline;
mod key_lines;
mod link;
mod outline;
mod statement;

pub use anchor::{Anchor, AnchorIndex, AnchorNames, anchors};
pub use block::{Block, blocks, html};
pub use code::code;
pub use comment::{Comment, comments};
pub use document::{Document, Section, first_heading, parse};
pub use front_matter::{Entry, FrontMatter, Node, NodeKind, YamlFault};
pub use inline::{Inline, blanked, inline, plain, uncommented, unstruck};
pub use link::{Link, LinkKind, links};
pub use statement::{Form, Statement, statements};
