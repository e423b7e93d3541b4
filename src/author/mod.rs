//! What authors do to a log, as [`Change`](crate::text::Change)s: create, edit, relate and rename records. Depends on
//! neither the disk nor the terminal.

mod adr_tools;
mod create;
mod edits;
mod fields;
mod guard;
mod naming;
mod relations;
mod rename;
mod status;
#[cfg(test)]
mod testing;

pub use adr_tools::{
    PLAIN_TEMPLATE, PlainRecord, first_record, is_plain_record, plain_file_name, plain_find,
    plain_graph, plain_number, plain_title, plain_toc, with_iso_dates, with_link, without_status,
};
pub use create::{
    BuiltIn, Content, FIRST_TITLE, Filled, GITHUB_FILE, GITLAB_FILE, GITLAB_INCLUDE,
    GITLAB_PIPELINE, NewRecord, PRE_COMMIT_FILE, Pipeline, PreCommit, RecordDraft, RequestedFields,
    TEMPLATES, Template, configuration, create, first_content, first_template, is_record,
};
pub use fields::{Amendment, amend, set_date};
pub use naming::{RecordLink, Scheme, next_number, slug};
pub use relations::{RelationClaim, RelationEnd, Revisions, Rules, unlink};
pub use rename::{AmbiguousMention, Renumbering, ambiguous_mentions, renumber};
pub use status::{RequestedStatus, status_named};
