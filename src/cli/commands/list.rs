//! `adr list`

use std::cmp::Reverse;
use std::path::{Path, PathBuf};

use anstyle::Style;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::cli::args::{RecordFilter, filter_outcome, matching_words, report_unreadable};
use crate::cli::session::{Outcome, Session};
use crate::cli::terminal::{StyledLine, Ui, counted, one_line};
use crate::export::{SelectedFields, log_json};
use crate::model::{Lifecycle, Log, Record, RecordId};
use crate::project::{Files, LogLocation, Project};
use crate::{Error, Refusal, Result};

/// List decisions
///
/// Prints a table on a terminal, the path of each record in a pipe, and all fields of each record with
/// --json. The table marks decisions that are in force (●), open (○) and not in force (×).
#[derive(clap::Args)]
#[command(before_long_help = "Examples:
  adr list
  adr list --json | jq -r '.records[] | select(.in_force) | .title'
  adr list --json=number,title --in-force
  adr list --status accepted --since 2026-01-01 --sort date
  adr list --long --status proposed
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

    /// Table that also shows who must act on open proposals, and who decided
    #[arg(short, long)]
    long: bool,

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
        ListFormat::Table => print_table(&mut session.ui, log, &ids, args.long)?,
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
                Err(no_use("--null", "only paths can end with a NUL byte"))
            }
            Some(format) if self.long && format != ListFormat::Table => {
                Err(no_use("--long", "only the table has a long form"))
            }
            Some(format) => Ok(format),
            None if self.long => Ok(ListFormat::Table),
            None if session.ui.is_terminal && !self.null => Ok(ListFormat::Table),
            None => Ok(ListFormat::Paths),
        }
    }
}

/// Refuses an option that the output format does not have.
fn no_use(option: &'static str, reason: &str) -> Error {
    let instead = Some(format!("adr list {option}"));
    Refusal::NoUse { option, reason: reason.to_owned(), instead }.into()
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

/// The number of spaces between two columns.
const COLUMN_GAP: usize = 2;

// The columns that have a style of their own, in the order of `TableRow::cells`.
const MARK_COLUMN: usize = 0;
/// Titles are shortened if the table is too wide.
const TITLE_COLUMN: usize = 2;
const STATUS_COLUMN: usize = 3;
const PEOPLE_COLUMN: usize = 5;

/// Whether a decision has to be followed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    InForce,
    /// A draft or a proposal.
    Open,
    /// Rejected, deprecated or superseded.
    NotInForce,
    /// The status has no known meaning.
    Unknown,
}

impl Standing {
    fn of(log: &Log, id: RecordId) -> Self {
        let status = log.record(id).status();
        match status.and_then(|status| status.meaning) {
            _ if log.in_force(id) => Self::InForce,
            Some(state) if state.is_open() => Self::Open,
            Some(_) => Self::NotInForce,
            None => Self::Unknown,
        }
    }

    fn mark(self) -> &'static str {
        match self {
            Self::InForce => "●",
            Self::Open => "○",
            Self::NotInForce => "×",
            Self::Unknown => " ",
        }
    }
}

/// A row of the table.
struct TableRow<'l> {
    record: &'l Record,
    standing: Standing,
    /// Mark, number, title, status, date and, in a long list, people. Missing fields are empty.
    cells: Vec<String>,
}

impl<'l> TableRow<'l> {
    fn new(log: &'l Log, id: RecordId, is_long: bool) -> Self {
        let record = log.record(id);
        let standing = Standing::of(log, id);
        let date = record.date().map(|date| date.to_string()).unwrap_or_default();
        let mut cells = vec![
            standing.mark().to_owned(),
            one_line(&number_text(record)),
            one_line(record.title_or_file()),
            status_text(log, id),
            date,
        ];
        if is_long {
            cells.push(people_text(record, standing));
        }
        Self { record, standing, cells }
    }

    /// Returns the cells in their colours. The titles of decisions that are not in force are dimmed.
    fn styled(&self, ui: &Ui<'_>, column: usize, text: &str) -> StyledLine {
        let dimmed = Style::new().dimmed();
        match column {
            MARK_COLUMN | STATUS_COLUMN => ui.in_status_color(self.record.status(), text),
            TITLE_COLUMN if self.standing == Standing::NotInForce => ui.styled(dimmed, text),
            TITLE_COLUMN => StyledLine::text(text),
            PEOPLE_COLUMN if self.standing == Standing::Open => StyledLine::text(text),
            _ => ui.styled(dimmed, text),
        }
    }
}

fn number_text(record: &Record) -> String {
    match (&record.id, &record.number) {
        (Some(id), _) => id.value.clone(),
        (None, Some(number)) => number.value.padded(usize::from(number.value.width)),
        (None, None) => String::new(),
    }
}

/// Returns the status, followed by the decision to follow instead.
fn status_text(log: &Log, id: RecordId) -> String {
    let record = log.record(id);
    let status = record.status().map(ToString::to_string).unwrap_or_default();
    let successors = if record.is(Lifecycle::Superseded) { log.current(id) } else { &[] };
    if successors.is_empty() {
        return one_line(&status);
    }
    let numbers: Vec<String> = successors.iter().map(|id| number_text(log.record(*id))).collect();
    one_line(&format!("{status} → {}", numbers.join(", ")))
}

/// Returns who must act on an open proposal, else who decided.
fn people_text(record: &Record, standing: Standing) -> String {
    let names: Vec<String> =
        record.decision_makers.iter().map(|name| one_line(&name.value)).collect();
    match (standing, names.is_empty()) {
        (Standing::Open, true) => "waiting for a decision maker".to_owned(),
        (Standing::Open, false) => format!("waiting for {}", names.join(", ")),
        _ => names.join(", "),
    }
}

/// Prints the records as a table. Titles are shortened so that it fits the terminal.
fn print_table(ui: &mut Ui<'_>, log: &Log, ids: &[RecordId], is_long: bool) -> Result<()> {
    let rows: Vec<TableRow<'_>> = ids.iter().map(|id| TableRow::new(log, *id, is_long)).collect();
    let widths = column_widths(&rows, ui);
    for row in &rows {
        let mut line = StyledLine::default();
        // Padding is written before the next cell that has text, so that no line ends in spaces.
        let mut padding = 0;
        for (column, (cell, width)) in row.cells.iter().zip(&widths).enumerate() {
            if *width == 0 {
                continue;
            }
            let text = shortened(cell, *width);
            if text.trim().is_empty() {
                padding += text.width();
            } else {
                line = line.and_text(&" ".repeat(padding)).and(&row.styled(ui, column, &text));
                padding = 0;
            }
            padding += width.saturating_sub(text.width()) + COLUMN_GAP;
        }
        ui.show(&line)?;
    }
    Ok(())
}

/// Returns the width of each column; 0 for a column without text. In a pipe nothing is shortened.
fn column_widths(rows: &[TableRow<'_>], ui: &Ui<'_>) -> Vec<usize> {
    let column_count = rows.first().map_or(0, |row| row.cells.len());
    let max_width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.cells.get(column));
        cells.map(|cell| cell.trim().width()).max().unwrap_or(0)
    };
    let mut widths: Vec<usize> = (0..column_count).map(max_width).collect();
    let table_width = if ui.is_terminal { ui.width } else { usize::MAX };
    let other_columns = widths.iter().enumerate().filter(|(column, _)| *column != TITLE_COLUMN);
    let other_width: usize =
        other_columns.filter(|(_, width)| **width > 0).map(|(_, width)| width + COLUMN_GAP).sum();
    if let Some(title_width) = widths.get_mut(TITLE_COLUMN) {
        *title_width =
            (*title_width).min(table_width.saturating_sub(other_width).max(MIN_TITLE_WIDTH));
    }
    widths
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
