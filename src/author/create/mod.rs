//! New records, and the files that `adr init` writes.

mod adopt;
mod ci_files;
mod content;
mod draft;
mod first_record;
mod heading_style;
mod new_record;
mod template;

pub use adopt::is_record;
pub use ci_files::{
    GITHUB_FILE, GITLAB_FILE, GITLAB_INCLUDE, GITLAB_PIPELINE, PRE_COMMIT_FILE, Pipeline, PreCommit,
};
pub use content::{Content, NewRecord, RequestedFields};
pub use draft::RecordDraft;
pub(super) use first_record::{CONSEQUENCES, CONTEXT, DECISION};
pub use first_record::{FIRST_TITLE, first_content, first_template};
pub use new_record::create;
pub use template::{BuiltIn, Filled, TEMPLATES, Template, configuration};
