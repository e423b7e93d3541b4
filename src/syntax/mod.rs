//! One Markdown file with spans: front matter, headings, statements, links. Knows no ADR.

mod anchor;
mod block;
mod block_start;
mod comment;
mod cursor;
mod document;
mod front_matter;
mod inline;
mod key_lines;
mod line;
mod lines;
mod link;
mod outline;
mod statement;

pub use anchor::{Anchor, AnchorIndex, AnchorNames, anchors};
pub use block::{Block, blocks, html};
pub use block_start::fence_info;
pub use comment::{Comment, comments};
pub use document::{Document, Section, first_heading, parse};
pub use front_matter::{Entry, FrontMatter, Node, NodeKind, YamlFault};
pub use inline::{Inline, blanked, inline, plain, uncommented, unstruck};
pub use line::{Line, LineKind};
pub use lines::lines;
pub use link::{Link, LinkKind, links};
pub use statement::{Form, Statement, statements};
