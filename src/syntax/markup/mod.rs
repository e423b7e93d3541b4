//! The markup within a text: headings, links, code, comments, HTML.

mod anchor;
mod block;
mod code;
mod comment;
mod events;
mod heading;
mod html;
mod inline;
mod link;

pub use anchor::{AnchorIndex, AnchorNames, Fragment, anchors, anchors_of_outline};
pub use block::{Block, blocks, html};
pub use code::code;
pub use comment::{Comment, comments};
pub use events::{MarkdownEvent, markdown};
pub use heading::{HeadingText, heading, heading_of_lines};
pub use html::{ELEMENTS, element};
pub use inline::{Inline, blanked, inline, plain, uncommented, unstruck};
pub use link::{Link, LinkKind, links};
