//! Arguments that several commands share, and what they refer to.

mod base;
mod filter;
mod global;
mod pipelines;
mod record_input;
mod record_ref;
mod relation_words;
mod value;

pub(crate) use base::{BaseArgs, BasePurpose, Comparison, NamedBy};
pub(crate) use filter::{RecordFilter, filter_outcome, matching_words};
pub(crate) use global::{Global, is_json_option};
pub(crate) use pipelines::{PipelineArgs, PipelineChanges};
pub(crate) use record_input::RecordInput;
pub(crate) use record_ref::{
    find_record, find_record_by_words, label_and_title, report_faults, report_unreadable,
};
pub(crate) use relation_words::RelationWords;
pub(crate) use value::{parse_base, parse_date};
