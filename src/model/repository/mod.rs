//! A log in its repository: tracked files, history, and other states of the log. Does not run git.

mod checkout;
mod history;
mod matching;
mod snapshot;

pub use checkout::{Checkout, Tracked};
pub use history::{Event, EventKind, Histories, History};
pub use matching::{RecordVersion, match_records};
pub use snapshot::{BaseSnapshots, Committed, Snapshot};
