//! What authors do to a log, as changes. Knows neither the disk nor the terminal: it is given a
//! log and gives [`Change`](crate::text::Change)s, or says what hinders it.

mod adopt;
mod adr_tools;
mod allowance;
mod amend;
mod beside;
mod case;
mod create;
mod day;
mod draft;
mod edit;
mod file_name;
mod first;
mod follow;
mod foreign;
mod front_matter;
mod guard;
mod heading;
mod history;
mod kept;
mod lines;
mod list;
mod moves;
mod names;
mod pipeline;
mod reason;
mod relate;
mod renumber;
mod restate;
mod revise;
mod scheme;
mod seen;
mod slug;
mod status_line;
mod target;
mod template;
#[cfg(test)]
mod testing;
mod tick;
mod title;
mod transition;
mod unlink;
mod yaml;

pub use adopt::is_record;
pub use adr_tools::{
    PLAIN_TEMPLATE, PlainRecord, first_record, is_plain_record, plain_file_name, plain_find,
    plain_graph, plain_number, plain_title, plain_toc, with_iso_dates, with_link, without_status,
};
pub use create::{Asked, Content, NewRecord, create, next_number};
pub use draft::Draft;
pub use edit::{Amendment, amend, date};
pub use first::{FIRST_TITLE, first_content, first_template};
pub use pipeline::{
    GITHUB_FILE, GITLAB_FILE, GITLAB_INCLUDE, GITLAB_PIPELINE, PRE_COMMIT_FILE, Pipeline, PreCommit,
};
pub use relate::{Claim, Revisions, Rules};
pub use renumber::{Doubt, Renumbering, in_doubt, renumber};
pub use scheme::Scheme;
pub use slug::slug;
pub use target::Target;
pub use template::{BuiltIn, Filled, TEMPLATES, Template, configuration};
pub use transition::{RequestedStatus, status_named};
pub use unlink::unlink;
