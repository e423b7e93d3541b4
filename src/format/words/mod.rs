//! The words that fields, statuses, relations and sections are written in, and how phrases are looked up.

mod dictionary;
mod empty_value;
mod folding;
mod meaning;
mod phrase;
mod section_role;
mod supersession_wording;
mod word_class;

pub use dictionary::Words;
pub(super) use empty_value::names_nothing;
pub use meaning::Field;
pub(super) use meaning::{ONLY_READ, PhraseMeaning};
pub(super) use phrase::{first_word, is_word, tokens};
pub use supersession_wording::{Wording, wording};
pub(super) use word_class::{WordClass, WordClasses};
