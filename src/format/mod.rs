//! Ways of writing records, and how the fields of one are recognised. Knows no disk, and no other
//! record: what needs the whole log is settled by [`Log`](crate::model::Log).
//!
//! A record is recognised by its own shape and never by that of the log: real logs mix them. Every
//! field is looked for in every place where one is known to stand, and the places are ranked.

mod badge;
mod bare;
mod choice;
mod claim;
mod claims;
mod date;
mod draft;
mod elsewhere;
mod folding;
mod front_matter;
mod glance;
mod head;
mod identity;
mod kind;
mod madr;
mod name;
mod nothing;
mod nygard;
mod obstacle;
mod own_words;
mod part;
mod passage;
mod people;
mod phrase;
mod place;
mod plain;
mod reach;
mod read_passage;
mod reading;
mod record;
mod reference;
mod relation;
mod remark;
mod role;
mod says;
mod section;
mod stance;
mod status;
mod subject;
mod tick_box;
mod title;
mod unit_status;
mod voices;
mod wording;
mod words;
mod y_statement;

pub use crate::model::naming;
pub use bare::live;
pub use date::date_in;
pub use glance::is_plainly_record;
pub use name::{number_of, slug_in};
pub use obstacle::{Obstacle, conflict_marker, obstacle};
pub use people::shown_name;
pub use place::{Place, places};
pub use reading::{Fact, Reading};
pub use record::{Recognised, recognise};
pub use status::status_history;
pub use tick_box::{TickBox, tick_boxes};
pub use wording::{Wording, wording};
pub use words::{Field, Words};

use crate::model::Format;

/// Every way of writing that we know, the most particular first.
pub static FORMATS: &[&Format] =
    &[&y_statement::FORMAT, &madr::FORMAT, &nygard::FORMAT, &plain::FORMAT];
