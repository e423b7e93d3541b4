//! The search index, and the words in it.

mod index;
mod tokenizer;

pub(super) use index::{IndexBuilder, IndexedRecord, ResultEntry, SearchIndex, index_part_paths};
