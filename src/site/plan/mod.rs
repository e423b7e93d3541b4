//! The inputs of a site, and the facts derived from them before a page is rendered.

mod changes;
mod facts;
mod findings;
mod fingerprint;
mod groups;
mod inputs;
mod project;
mod status_view;

pub use changes::Changes;
pub(super) use changes::{ChangeKind, RecordChange};
pub(super) use facts::Facts;
pub use fingerprint::fingerprint;
pub(super) use groups::{RecordGroup, group_of_value};
pub use inputs::SiteInputs;
pub(super) use project::url_path;
pub(super) use status_view::StatusView;
