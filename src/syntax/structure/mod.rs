//! The block structure of a text, line by line.

mod block_start;
mod cursor;
mod line;
mod line_scanner;

pub use block_start::fence_info;
pub use line::{Line, LineKind};
pub(super) use line_scanner::LineScanner;
pub use line_scanner::lines;
