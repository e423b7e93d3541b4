//! The engine room of pages: messages, templates, assets, and output in pieces.

mod asset;
mod frame;
mod json_pieces;
mod messages;
mod parts;
mod templates;

pub(super) use asset::{minified_style, without_comments};
pub(super) use frame::Frames;
pub(super) use json_pieces::json_pieces;
pub(super) use messages::{MESSAGES_FILE, Messages};
pub(super) use parts::{MARK, PART_LENGTH, PageValues, render_parts};
#[cfg(test)]
pub(super) use templates::TEMPLATES;
pub use templates::unknown_templates;
pub(super) use templates::{EXTRA_STYLE, built_in_templates, project_templates};
