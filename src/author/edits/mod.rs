//! Edits of lines, lists and front matter.

mod inline_list;
mod letter_case;
mod lines;
mod overlap;
mod statement_line;
mod yaml_edit;
mod yaml_value;

pub(super) use inline_list::{append_item, cut, remove_item, whole_lines};
pub(super) use letter_case::{capital, like};
pub(super) use lines::{end_of_line, end_of_paragraph, eol, line_break, line_start, numbered_item};
pub(super) use overlap::apart;
pub(super) use statement_line::{
    Model, line_below_title, statement_below_title, statement_in_section, statement_like_status,
};
pub(super) use yaml_edit::{
    add_value, add_values, append_value, fill_value, new_key, new_list_key, new_raw_key,
    remove_value, set_value,
};
pub(super) use yaml_value::{yaml_line, yaml_list, yaml_scalar};
