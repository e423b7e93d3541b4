//! Records as pages show them: texts, links, statuses, relations, and history.

mod banner;
mod hidden_header;
mod history;
mod json;
mod lineage;
mod link_targets;
mod mentions;
mod record_text;
mod relations;
mod rendered;
mod search_entry;
mod summary;
mod view;

pub(super) use banner::{Banner, banner};
pub(super) use history::history;
pub(super) use lineage::lineage;
pub(super) use mentions::find_mentions;
pub(super) use record_text::RecordText;
pub(super) use relations::relations;
pub(super) use search_entry::add_to_index;
pub(super) use view::{ListRow, RecordLink};
