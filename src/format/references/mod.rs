//! How a text names records: file names, ids, links, and the words around them.

mod file_name;
mod reference;
mod reference_context;

pub(super) use file_name::{
    RecordFileName, has_known_prefix, has_shared_prefix, is_prefix, read_file_name,
};
pub use file_name::{number_of, slug_in};
pub(super) use reference::{
    Definitions, find_references, is_internet_rfc, joined_numbers, leading_numbers, whole_reference,
};
pub(super) use reference_context::{
    ends_verb_scope, in_part, is_joint, joins_part, remarks_on_part,
};
