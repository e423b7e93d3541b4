//! What authors do to a log, as changes. Knows neither the disk nor the terminal: it is given a
//! log and gives [`Change`](crate::text::Change)s, or says what hinders it.

mod create;
mod first;
mod scheme;
mod slug;
mod template;
mod yaml;

pub use create::{Content, NewRecord, create, next_number};
pub use first::{FIRST_TITLE, first_content, first_template};
pub use scheme::Scheme;
pub use slug::slug;
pub use template::{BuiltIn, Filled, TEMPLATES, Template, configuration};
