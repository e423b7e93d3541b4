//! Parsers of option values.

use crate::model::Date;

/// Parses a date of the form YYYY-MM-DD.
pub(crate) fn parse_date(text: &str) -> Result<Date, String> {
    Date::parse_iso(text).ok_or_else(|| "not a date of the form YYYY-MM-DD".to_owned())
}

/// Parses the name of a base. An empty name is refused: a script passes one if a variable is unset.
pub(crate) fn parse_base(text: &str) -> Result<String, String> {
    match text.trim() {
        "" => Err("the name is empty; give a branch, a tag or a commit".to_owned()),
        name => Ok(name.to_owned()),
    }
}
