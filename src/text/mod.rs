//! Texts, positions in them, and changes to them. Independent of records and of Markdown.

mod comment;
mod compare;
mod cover;
mod edits;
mod escaping;
mod fingerprint;
mod path;
mod span;
mod unique_names;

pub use comment::{comments, has_comments};
pub use compare::{
    Budget, DiffPart, LONGEST_WORD, LinePieces, allowed_typos, compare_words, nearest, rename_diff,
    text_prefix, unified_diff,
};
pub use cover::Cover;
pub use edits::{
    Change, Edit, Encoding, LineColumn, LineEnding, Overlap, Rewritten, Source, apply,
    line_endings, with_line_feeds,
};
pub use escaping::{
    breaks_line, entity, escape, escaped, json_without_commands, link_address, link_path,
    link_words, shell_path, shell_word, url_address, url_decoded, url_in_ascii, url_path, visible,
    visible_json, visible_lines, visible_name, visible_source, without_commands,
    xml_without_commands,
};
pub use fingerprint::Fingerprint;
pub use path::{parent_folder, path_argument, path_in, relative_path};
pub use span::{Span, Spanned};
pub use unique_names::UniqueNames;
