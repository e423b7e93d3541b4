//! The ways of writing records, and how one is recognised.

mod formats;
mod madr;
mod nygard;
mod plain;
mod y_statement;

pub use formats::FORMATS;
pub(super) use formats::format_of;
