//! The relations between all records of a log.

mod chain_ends;
mod graph;

pub(super) use chain_ends::chain_ends;
pub(super) use graph::RelationGraph;
