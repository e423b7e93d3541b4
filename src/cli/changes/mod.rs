//! What the commands that change a log share: how changes are planned, shown, written and reported.

mod edit_session;
mod record_creation;
mod record_list;
mod template_choice;
mod written;

pub(crate) use edit_session::{EditArgs, EditSession};
pub(crate) use record_creation::{
    FinishOptions, RecordRequest, draft_record, file_name_scheme, write_new_record,
};
pub(crate) use record_list::{LIST_START, RecordList, updated_list, with_updated_lists};
pub(crate) use template_choice::check_template;
pub(crate) use written::{preview, report_records, report_written};
