//! Compares texts and words.

mod diff_ops;
mod likeness;
mod nearest;
mod unified_diff;
mod word_diff;

pub(super) use diff_ops::diff_ops;
pub use likeness::LinePieces;
pub use nearest::{Budget, LONGEST_WORD, allowed_typos, nearest, text_prefix};
pub use unified_diff::{rename_diff, unified_diff};
pub use word_diff::{DiffPart, compare_words};
