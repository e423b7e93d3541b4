//! `adr list`

use std::cmp::Reverse;
use std::path::{Path, PathBuf};

use anstyle::Style;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::cli::args::{RecordFilter, filter_outcome, matching_words, report_unreadable};
use crate::cli::session::{Outcome, Session};
use crate::cli::terminal::{StyledLine, Ui, counted, one_line};
use crate::export::{SelectedFields, log_json};
use crate::model::{Log, Record, RecordId};
use crate::project::{Files, LogLocation, Project};
use crate::{Refusal, Result};

/// List decisions
///
/// Prints a table on a terminal, the path of each record in a pipe, and all fields of each record with
/// --json.
#[derive(clap::Args)]
#[command(before_long_help = "Examples:
  adr list
  adr list --json | jq -r '.records[] | select(.in_force) | .title'
  adr list --json=number,title --in-force
  adr list --status accepted --since 2026-01-01 --sort date
  adr list postgres")]
pub(crate) struct Args {
    /// Only records with all these words in their title, id or file name
    #[arg(value_name = "WORDS")]
    words: Vec<String>,

    /// Sort order
    #[arg(long, value_name = "KEY", default_value = "number")]
    sort: SortKey,

    /// End each path with a NUL byte, for `xargs -0`
    #[arg(short = '0', long)]
    null: bool,

    /// Output format [default: table on a terminal, else paths]
    #[arg(long, value_name = "FORMAT", value_enum)]
    output_format: Option<ListFormat>,

    #[command(flatten)]
    filter: RecordFilter,
}

/// The output format of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum ListFormat {
    /// Number, title, status and date
    Table,
    /// One path per line
    Paths,
    /// All fields, as --json
    Json,
}

/// The sort order of a list.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum SortKey {
    /// By number, as in the log
    Number,
    /// Newest first, records without a date last
    Date,
    /// Alphabetical
    Title,
    /// In the order of the lifecycle
    Status,
}

pub(crate) fn run(args: &Args, session: &mut Session<'_>) -> Result<Outcome> {
    let format = args.format(session)?;
    let fields = session.global.fields().map(SelectedFields::named).transpose()?;
    let is_unfiltered = args.filter.is_empty() && args.words.is_empty();
    if format == ListFormat::Paths && is_unfiltered && matches!(args.sort, SortKey::Number) {
        return print_all_paths(args, session);
    }
    let project = session.survey()?;
    let log = &project.log;
    report_unreadable(&mut session.ui, log.skipped().iter());
    let mut ids = matching_words(log, args.filter.records(&project, session)?, &args.words);
    sort_records(log, &mut ids, args.sort);
    match format {
        ListFormat::Json => match fields {
            Some(fields) => session.ui.json(&fields.of(log, ids.clone()))?,
            None => session.ui.json(&log_json(log, ids.iter().copied()))?,
        },
        ListFormat::Table => print_table(&mut session.ui, log, &ids)?,
        ListFormat::Paths => {
            print_paths(args, ids.iter().map(|id| log.record(*id).source.path()), session)?;
        }
    }
    if log.records().is_empty() {
        report_empty_log(&project.place, session);
    }
    Ok(filter_outcome(&args.filter, &args.words, (log, &ids), session))
}

/// Prints the paths of all records. Most files are read only up to their title.
fn print_all_paths(args: &Args, session: &mut Session<'_>) -> Result<Outcome> {
    let Files { place, paths, skipped } = Project::files(&session.request())?;
    report_unreadable(&mut session.ui, skipped.iter());
    print_paths(args, paths.iter().map(PathBuf::as_path), session)?;
    if paths.is_empty() {
        report_empty_log(&place, session);
    }
    Ok(Outcome::Done)
}

fn print_paths<'p>(
    args: &Args,
    paths: impl Iterator<Item = &'p Path>,
    session: &mut Session<'_>,
) -> Result<()> {
    let mut escaped_count = 0;
    for path in paths {
        if args.null {
            session.ui.path_null(path)?;
        } else {
            escaped_count += usize::from(session.ui.path(path)?);
        }
    }
    if escaped_count > 0 {
        let names = counted(escaped_count, "name");
        session.ui.remark(&format!(
            "{names} with control characters, printed with escapes; `--null` prints them unchanged"
        ));
    }
    Ok(())
}

fn report_empty_log(place: &LogLocation, session: &mut Session<'_>) {
    let folder = place.folder.display();
    session.ui.remark(&format!("no records in {folder}; `adr new TITLE` writes the first one"));
}

impl Args {
    /// Returns the requested format, else the one that suits the output.
    fn format(&self, session: &Session<'_>) -> Result<ListFormat> {
        let json = session.global.json.then_some(ListFormat::Json);
        match self.output_format.or(json) {
            Some(format) if self.null && format != ListFormat::Paths => {
                let reason = "only paths can end with a NUL byte".to_owned();
                Err(Refusal::NoUse { option: "--null", reason, instead: None }.into())
            }
            Some(format) => Ok(format),
            None if session.ui.is_terminal && !self.null => Ok(ListFormat::Table),
            None => Ok(ListFormat::Paths),
        }
    }
}

fn sort_records(log: &Log, ids: &mut [RecordId], key: SortKey) {
    let record = |id: &RecordId| log.record(*id);
    match key {
        SortKey::Number => {}
        SortKey::Date => ids.sort_by_cached_key(|id| Reverse(record(id).date())),
        SortKey::Title => ids.sort_by_cached_key(|id| record(id).title_or_file().to_lowercase()),
        SortKey::Status => ids.sort_by_cached_key(|id| {
            let state = record(id).status().and_then(|status| status.meaning);
            (state.is_none(), state)
        }),
    }
}

/// The width to which titles are shortened at most, on any terminal.
const MIN_TITLE_WIDTH: usize = 16;

/// Prints the records as a table. Titles are shortened so that it fits the terminal.
fn print_table(ui: &mut Ui<'_>, log: &Log, ids: &[RecordId]) -> Result<()> {
    let rows: Vec<(&Record, [String; 4])> =
        ids.iter().map(|id| (log.record(*id), table_row(log.record(*id)))).collect();
    let max_width = |column: usize| {
        let cells = rows.iter().filter_map(|(_, row)| row.get(column));
        cells.map(|cell| cell.width()).max().unwrap_or(0)
    };
    let [number_width, status_width, date_width] = [max_width(0), max_width(2), max_width(3)];
    let other_columns: usize = [number_width, status_width, date_width]
        .iter()
        .filter(|width| **width > 0)
        .map(|width| width + COLUMN_GAP)
        .sum();
    // Nothing is shortened in a pipe.
    let table_width = if ui.is_terminal { ui.width } else { usize::MAX };
    let available_width = table_width.saturating_sub(other_columns).max(MIN_TITLE_WIDTH);
    let title_width = max_width(1).min(available_width);
    for (record, [number, title, status, date]) in &rows {
        let title = shortened(title, title_width);
        let dimmed = Style::new().dimmed();
        let cells = [
            (number_width, ui.styled(dimmed, number), number.width()),
            (title_width, StyledLine::text(&title), title.width()),
            (status_width, ui.in_status_color(record.status(), status), status.width()),
            (date_width, ui.styled(dimmed, date), date.width()),
        ];
        let mut line = StyledLine::default();
        // Padding is written before the next cell that has text, so that no line ends in spaces.
        let mut padding = 0;
        for (column_width, text, text_width) in cells.iter().filter(|(width, _, _)| *width > 0) {
            if *text_width > 0 {
                line = line.and_text(&" ".repeat(padding)).and(text);
                padding = 0;
            }
            padding += column_width.saturating_sub(*text_width) + COLUMN_GAP;
        }
        ui.show(&line)?;
    }
    Ok(())
}

/// The number of spaces between two columns.
const COLUMN_GAP: usize = 2;

/// Returns number, title, status and date; empty texts for missing fields.
fn table_row(record: &Record) -> [String; 4] {
    let number = match (&record.id, &record.number) {
        (Some(id), _) => id.value.clone(),
        (None, Some(number)) => number.value.padded(usize::from(number.value.width)),
        (None, None) => String::new(),
    };
    let status = record.status().map(ToString::to_string).unwrap_or_default();
    let date = record.date().map(|date| date.to_string()).unwrap_or_default();
    [one_line(&number), one_line(record.title_or_file()), one_line(&status), date]
}

/// Returns `text` shortened to `max_width` columns, with `…` at the end if something is omitted.
fn shortened(text: &str, max_width: usize) -> String {
    if text.width() <= max_width {
        return text.to_owned();
    }
    // The ellipsis takes one column.
    let mut used_width = 1;
    let fits = |c: &char| {
        used_width += c.width().unwrap_or(0);
        used_width <= max_width
    };
    let kept_text: String = text.chars().take_while(fits).collect();
    format!("{}…", kept_text.trim_end())
}

#[cfg(test)]
mod tests {
    use super::shortened;

    #[test]
    fn wide_characters_count_twice() {
        assert_eq!(shortened("決定を記録", 10), "決定を記録");
        assert_eq!(shortened("決定を記録", 9), "決定を記…");
        assert_eq!(shortened("決定を記録", 8), "決定を…");
    }

    #[test]
    fn there_is_no_space_before_the_ellipsis() {
        assert_eq!(shortened("use rust", 5), "use…");
    }
}
