//! Edits of lines, lists and front matter. Each keeps the style of the text around it.

mod inline_list;
mod letter_case;
mod lines;
mod overlap;
mod statement_line;
mod yaml_edit;
mod yaml_value;

pub(super) use inline_list::{append_item, lines_with_ending, removable_lines, remove_item};
pub(super) use letter_case::{capitalized, in_case_of};
pub(super) use lines::{
    hard_break, line_end, line_ending, line_start, numbered_item, paragraph_end,
};
pub(super) use overlap::without_overlaps;
pub(super) use statement_line::{
    LineStyle, line_below_title, statement_below_title, statement_in_section, statement_like_status,
};
pub(super) use yaml_edit::{
    add_value, add_values, append_value, fill_value, new_key, new_list_key, new_raw_key,
    remove_value, set_value,
};
pub(super) use yaml_value::{yaml_line, yaml_list, yaml_scalar};
