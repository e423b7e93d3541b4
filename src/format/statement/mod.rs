//! The one reading of a text about a record: its passages and units, the verbs in them, their subjects, and
//! whether the text asserts them. Status and relations are two views of it.

mod assertion;
mod check_box;
mod claimed_relation;
mod clause;
mod effective_text;
mod open_choice;
mod parsed_passage;
mod passage;
mod reader;
mod subject;
mod unit_claims;
mod verb;
mod verb_claim;
mod verb_scope;
mod word_order;

pub(super) use assertion::{RecordMention, SentenceReader};
pub use check_box::{TickBox, tick_boxes};
pub(super) use claimed_relation::{ClaimedRelation, is_supersession, partial};
pub(super) use clause::{is_adverb, is_number, nearby_after};
pub use effective_text::effective_text;
pub(super) use open_choice::{OpenChoice, open_choice};
pub(super) use parsed_passage::{ParsedPassage, ParsedUnit};
pub(super) use passage::{MAX_STATEMENT, Passage, Unit, UnitForm, after_leading_date};
pub(super) use reader::{OwnNames, StatementReader};
pub(super) use unit_claims::VerbPosition;
pub(super) use verb_claim::{UnitClaims, VerbClaim};
