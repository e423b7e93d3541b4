//! Recognises records and reads their fields. Does not access the disk or other records;
//! [`Log`](crate::model::Log) resolves what needs the whole log.
//!
//! A record is recognised by its own shape and never by the shape of the log, because real logs mix them.
//! Every field is looked for in every place that is known for it, and the places are ranked.

mod edit_obstacle;
mod fact;
mod fields;
mod forms;
mod kind;
mod places;
mod reading;
mod recognise;
mod references;
mod statement;
mod words;

pub use crate::model::naming;
pub use edit_obstacle::{Obstacle, conflict_marker, obstacle};
pub use fact::Fact;
pub use fields::{date_in, shown_name, status_history};
pub use forms::FORMATS;
pub use kind::is_plainly_record;
pub use places::{FieldPlace, places};
pub use reading::Reading;
pub use recognise::{Recognised, recognise};
pub use references::{number_of, slug_in};
pub use statement::{TickBox, effective_text, tick_boxes};
pub use words::{Field, Wording, Words, wording};
