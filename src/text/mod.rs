//! Texts, the places in them, and the changes to them. Knows nothing of records or Markdown.

mod change;
mod comment;
mod compare;
mod cover;
mod diff;
mod edit;
mod ending;
mod escape;
mod fingerprint;
mod likeness;
mod markup;
mod nearest;
mod path;
mod runner;
mod shell;
mod source;
mod span;
mod unique;
mod url;
mod visible;

pub use change::{Change, Rewritten};
pub use comment::{comments, has_comments};
pub use compare::{Part, compare};
pub use cover::Cover;
pub use diff::{renamed, unified};
pub use edit::{Edit, Overlap, apply};
pub use ending::{Ending, endings, with_line_feeds};
pub use escape::{escape, escaped};
pub use fingerprint::Fingerprint;
pub use likeness::LinePieces;
pub use markup::{entity, link_words};
pub use nearest::{Budget, LONGEST, beginning, nearest, slips};
pub use path::{argument, below, parent, relative_path};
pub use runner::{json_without_commands, without_commands, xml_without_commands};
pub use shell::{shell_path, shell_word};
pub use source::{Encoding, LineColumn, Source};
pub use span::{Span, Spanned};
pub use unique::UniqueNames;
pub use url::{link_address, link_path, url_address, url_decoded, url_in_ascii, url_path};
pub use visible::{
    breaks_line, visible, visible_json, visible_lines, visible_name, visible_source,
};
