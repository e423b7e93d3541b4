//! The block structure of a text, line by line.

mod block_start;
mod cursor;
mod line;
mod line_scanner;
mod region;

pub use block_start::fence_info;
pub use line::{Line, LineKind};
pub(super) use line_scanner::LineScanner;
pub use region::lines;
