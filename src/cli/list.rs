//! `adr list`

use std::cmp::Reverse;
use std::path::{Path, PathBuf};

use anstyle::Style;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::filter::{self, Filter};
use super::findings::count;
use super::line::Line;
use super::reference::{one_line, report_unreadable};
use super::ui::Ui;
use super::{Outcome, Session};
use crate::export::{SelectedFields, log_json};
use crate::model::{Log, Record, RecordId};
use crate::project::{Files, Place, Project};
use crate::{Refusal, Result};

/// List decisions
///
/// On a terminal a table; in a pipe the path of each record, one a line; with --json all that is
/// known of each.
#[derive(clap::Args)]
#[command(before_long_help = "Examples:
  adr list
  adr list --json | jq -r '.records[] | select(.in_force) | .title'
  adr list --json=number,title --in-force
  adr list --status accepted --since 2026-01-01 --sort date
  adr list postgres")]
pub(super) struct Args {
    /// Only records with all these words in their title, id or file name
    #[arg(value_name = "WORDS")]
    words: Vec<String>,

    /// What to order by; the newest dates come first
    #[arg(long, value_name = "KEY", default_value = "number")]
    sort: Sort,

    /// End each path with a NUL byte, for `xargs -0`
    #[arg(short = '0', long)]
    null: bool,

    /// How to print [default: table on a terminal, else paths]
    #[arg(long, value_name = "FORMAT", value_enum)]
    output_format: Option<Format>,

    #[command(flatten)]
    filter: Filter,
}

/// How a list is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// Number, title, status and date
    Table,
    /// The path of each record, one a line
    Paths,
    /// All that is known of each, as --json
    Json,
}

/// What a list is ordered by.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Sort {
    /// As in the log: by file name, numbers as numbers
    Number,
    /// The newest first, those without a date last
    Date,
    /// As in a dictionary
    Title,
    /// In the order of a decision's life
    Status,
}

pub(super) fn run(args: &Args, session: &mut Session<'_>) -> Result<Outcome> {
    let format = args.format(session)?;
    let fields = session.global.fields().map(SelectedFields::named).transpose()?;
    let all = args.filter.is_empty() && args.words.is_empty();
    if format == Format::Paths && all && matches!(args.sort, Sort::Number) {
        return files(args, session);
    }
    let project = session.survey()?;
    let log = &project.log;
    report_unreadable(&mut session.ui, log.skipped().iter());
    let mut ids = filter::named(log, args.filter.records(&project, session)?, &args.words);
    sort(log, &mut ids, args.sort);
    match format {
        Format::Json => match fields {
            Some(fields) => session.ui.json(&fields.of(log, ids.clone()))?,
            None => session.ui.json(&log_json(log, ids.iter().copied()))?,
        },
        Format::Table => table(&mut session.ui, log, &ids)?,
        Format::Paths => {
            print_paths(args, ids.iter().map(|id| log.record(*id).source.path()), session)?;
        }
    }
    if log.records().is_empty() {
        is_empty(&project.place, session);
    }
    Ok(filter::end(&args.filter, &args.words, (log, &ids), session))
}

/// The paths of all records: of most files no more is read than their title.
fn files(args: &Args, session: &mut Session<'_>) -> Result<Outcome> {
    let Files { place, paths, skipped } = Project::files(&session.request())?;
    report_unreadable(&mut session.ui, skipped.iter());
    print_paths(args, paths.iter().map(PathBuf::as_path), session)?;
    if paths.is_empty() {
        is_empty(&place, session);
    }
    Ok(Outcome::Done)
}

fn print_paths<'p>(
    args: &Args,
    paths: impl Iterator<Item = &'p Path>,
    session: &mut Session<'_>,
) -> Result<()> {
    let mut escaped = 0;
    for path in paths {
        if args.null {
            session.ui.path_null(path)?;
        } else {
            escaped += usize::from(session.ui.path(path)?);
        }
    }
    if escaped > 0 {
        let names = count(escaped, "name");
        session.ui.remark(&format!(
            "{names} with control characters, written with escapes; `--null` prints them as they are"
        ));
    }
    Ok(())
}

fn is_empty(place: &Place, session: &mut Session<'_>) {
    let folder = place.folder.display();
    session.ui.remark(&format!("no records in {folder}; `adr new TITLE` writes the first"));
}

impl Args {
    /// How the list is printed: as was asked for, else as whoever looks at it wants it.
    fn format(&self, session: &Session<'_>) -> Result<Format> {
        let json = session.global.json.then_some(Format::Json);
        match self.output_format.or(json) {
            Some(format) if self.null && format != Format::Paths => {
                let reason = "only paths are ended by a NUL byte".to_owned();
                Err(Refusal::NoUse { option: "--null", reason, instead: None }.into())
            }
            Some(format) => Ok(format),
            None if session.ui.is_terminal && !self.null => Ok(Format::Table),
            None => Ok(Format::Paths),
        }
    }
}

fn sort(log: &Log, ids: &mut [RecordId], by: Sort) {
    let record = |id: &RecordId| log.record(*id);
    match by {
        Sort::Number => {}
        Sort::Date => ids.sort_by_cached_key(|id| Reverse(record(id).date())),
        Sort::Title => ids.sort_by_cached_key(|id| record(id).title_or_file().to_lowercase()),
        Sort::Status => ids.sort_by_cached_key(|id| {
            let meaning = record(id).status().and_then(|status| status.meaning);
            (meaning.is_none(), meaning)
        }),
    }
}

/// A title is cut to no less than this, whatever the width of the terminal.
const MIN_TITLE: usize = 16;

/// Prints the records as a table that fits the terminal: the titles give way.
fn table(ui: &mut Ui<'_>, log: &Log, ids: &[RecordId]) -> Result<()> {
    let rows: Vec<(&Record, [String; 4])> =
        ids.iter().map(|id| (log.record(*id), row(log.record(*id)))).collect();
    let widest = |column: usize| {
        let cells = rows.iter().filter_map(|(_, row)| row.get(column));
        cells.map(|cell| cell.width()).max().unwrap_or(0)
    };
    let [number, status, date] = [widest(0), widest(2), widest(3)];
    let taken: usize =
        [number, status, date].iter().filter(|width| **width > 0).map(|w| w + 2).sum();
    // In a pipe nothing is cut.
    let width = if ui.is_terminal { ui.width } else { usize::MAX };
    let room = width.saturating_sub(taken).max(MIN_TITLE);
    let title = widest(1).min(room);
    for (record, row) in &rows {
        let [id, name, state, day] = row;
        let columns = [
            (number, ui.styled(Style::new().dimmed(), id), id.width()),
            (title, Line::text(&cut(name, title)), cut(name, title).width()),
            (status, ui.in_status_color(record.status(), state), state.width()),
            (date, ui.styled(Style::new().dimmed(), day), day.width()),
        ];
        let mut line = Line::default();
        let mut gap = 0;
        for (width, text, used) in columns.iter().filter(|(width, _, _)| *width > 0) {
            if *used > 0 {
                line = line.and_text(&" ".repeat(gap)).and(text);
                gap = 0;
            }
            gap += width.saturating_sub(*used) + 2;
        }
        ui.show(&line)?;
    }
    Ok(())
}

/// Number, title, status and date, as far as they are stated.
fn row(record: &Record) -> [String; 4] {
    let number = match (&record.id, &record.number) {
        (Some(id), _) => id.value.clone(),
        (None, Some(number)) => number.value.padded(usize::from(number.value.width)),
        (None, None) => String::new(),
    };
    let status = record.status().map(ToString::to_string).unwrap_or_default();
    let date = record.date().map(|date| date.to_string()).unwrap_or_default();
    [one_line(&number), one_line(record.title_or_file()), one_line(&status), date]
}

/// `text` on at most `width` columns, with `…` in the place of what is left out.
fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut used = 1;
    let fits = |c: &char| {
        used += c.width().unwrap_or(0);
        used <= width
    };
    let kept: String = text.chars().take_while(fits).collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::cut;

    #[test]
    fn wide_characters_count_twice() {
        assert_eq!(cut("決定を記録", 10), "決定を記録");
        assert_eq!(cut("決定を記録", 9), "決定を記…");
        assert_eq!(cut("決定を記録", 8), "決定を…");
    }

    #[test]
    fn no_blank_stands_before_the_dots() {
        assert_eq!(cut("use rust", 5), "use…");
    }
}
