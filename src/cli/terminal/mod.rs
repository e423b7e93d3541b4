//! The terminal: streams, colours and errors, and the programs of the user that commands start.

mod browser;
mod completion_script;
mod editor;
mod environment;
mod error_code;
mod error_report;
mod markdown_table;
mod markdown_view;
mod styled_line;
mod threads;
mod ui;
mod usage_error;
mod wording;
mod wrapping;

pub(crate) use browser::open_in_browser;
pub(crate) use completion_script::{SHELL_VARIABLE, completion_script};
pub(crate) use editor::{editor_exit_code, has_editor, open_in_editor};
pub use environment::Environment;
pub(crate) use error_report::{ErrorReport, error_sentence};
pub(crate) use markdown_view::MarkdownView;
pub(crate) use styled_line::StyledLine;
pub(crate) use threads::start_threads;
pub(crate) use ui::{ColorChoice, Ui, UiOptions};
pub(crate) use usage_error::{UsageContext, report_usage_error};
pub(crate) use wording::{counted, one_line};
