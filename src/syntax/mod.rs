//! One Markdown file with spans: front matter, headings, statements, links. Independent of decision records.

mod document;
mod front_matter;
mod markup;
mod outline;
mod section;
mod statement;
mod statement_line;
mod structure;

pub use document::{Document, first_heading, parse};
pub use front_matter::{Entry, FrontMatter, Node, NodeKind, YamlFault};
pub use markup::{
    AnchorIndex, AnchorNames, Block, Comment, ELEMENTS, Fragment, HeadingText, Inline, Link,
    LinkKind, MarkdownEvent, anchors, anchors_of_outline, blanked, blocks, code, comments, element,
    heading, heading_of_lines, html, inline, links, markdown, plain, uncommented, unstruck,
};
pub use section::Section;
pub use statement::{Form, Statement, statements};
pub use structure::{Line, LineKind, fence_info, lines};
