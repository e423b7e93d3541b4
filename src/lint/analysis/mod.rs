//! What rules share: how records are built, what they state about each other, and how they differ from the base.

mod base;
mod citation;
mod decision_text;
mod fix_suggestions;
mod numbering;
mod prose_lines;
mod record_anchors;
mod relation_claim;
mod similar_names;
mod structure;

pub use base::{Base, Pair};
pub(super) use base::{claimed_number, is_decided, status_word};
pub use citation::citation_words;
pub(super) use citation::{Citation, citations};
pub(super) use decision_text::{DecisionText, first_difference};
pub(super) use numbering::next_number;
pub(super) use prose_lines::{begins_with, lines, with_blank_line};
pub(super) use record_anchors::RecordAnchors;
pub(super) use relation_claim::{
    RelationClaim, answers, claims, in_status, is_undecided, phrase, status_place, status_words,
};
pub(super) use similar_names::SimilarNames;
pub(super) use structure::{
    has_duplicate_key, has_title, is_being_written, lacks, options, title_place,
};
