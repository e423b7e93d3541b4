//! One Markdown file with spans: front matter, headings, statements, links. Knows no ADR.

mod anchor;
mod block;
mod block_start;
mod code;
mod comment;
mod cursor;
mod document;
mod front_matter;
mod heading;
mod html;
mod inline;
mod key_lines;
mod line;
mod lines;
mod link;
mod markdown;
mod outline;
mod statement;

pub use anchor::{AnchorIndex, AnchorNames, Fragment, anchors, anchors_of_outline};
pub use block::{Block, blocks, html};
pub use block_start::fence_info;
pub use code::code;
pub use comment::{Comment, comments};
pub use document::{Document, Section, first_heading, parse};
pub use front_matter::{Entry, FrontMatter, Node, NodeKind, YamlFault};
pub use heading::{HeadingText, heading, heading_of_lines};
pub use html::{ELEMENTS, element};
pub use inline::{Inline, blanked, inline, plain, uncommented, unstruck};
pub use line::{Line, LineKind};
pub use lines::lines;
pub use link::{Link, LinkKind, links};
pub use markdown::{Piece, markdown};
pub use statement::{Form, Statement, statements};
