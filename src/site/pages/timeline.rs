//! `/timeline.html`: a line for each decision, from the date it was accepted to the date it was replaced.
//!
//! Nothing here depends on the date of the build: the lines of decisions in force are open on the right.

use serde::Serialize;
use tera::{Context, Value};

use crate::Result;
use crate::model::{Date, Lifecycle, RecordId};
use crate::site::links::display_number;
use crate::site::plan::Facts;
use crate::site::record::RecordLink;
use crate::site::render::{PageValues, render_parts};
use crate::site::{Page, PageFile, PageFill};

/// See the module.
pub(super) static PAGE: Page =
    Page { nav: Some("nav_timeline"), files, fill: PageFill::Long("timeline.html", values) };

/// A decision on the time axis. Positions are percentages of its length.
#[derive(Debug, Serialize)]
struct TimelineEntry<'s> {
    to: RecordLink<'s>,
    /// As lists show it.
    number: Option<String>,
    date: String,
    /// Whether it is out of force: rejected, deprecated, or replaced.
    quiet: bool,
    successors: Vec<RecordLink<'s>>,
    from: String,
    length: String,
    /// The date on which it ended, if known.
    end: Option<String>,
    /// `held`, `ended`, or `moment` for a decision that never came into force or ended on an unknown date.
    kind: &'static str,
}

/// The decisions of a year.
#[derive(Debug, Serialize)]
struct TimelineYear {
    year: i16,
    /// As `_lives.html` renders them.
    lives: Value,
}

/// Its address, relative to the root of the site.
const PATH: &str = "timeline.html";

/// The address of the decisions of a year.
pub(super) fn path_of_year(year: i16) -> String {
    format!("{PATH}#Y{year}")
}

fn files(facts: &Facts<'_>) -> Vec<PageFile> {
    let dated = dated_records(facts);
    let has_several_dates = dated.first().zip(dated.last()).is_some_and(|(a, b)| a.0 != b.0);
    if has_several_dates { vec![PageFile::log(PATH)] } else { vec![] }
}

/// The records with a date, by date.
fn dated_records(facts: &Facts<'_>) -> Vec<(Date, RecordId)> {
    let records = facts.log.iter();
    let mut dated: Vec<_> = records.filter_map(|(id, record)| Some((record.date()?, id))).collect();
    dated.sort_unstable();
    dated
}

fn values(facts: &Facts<'_>, file: &PageFile) -> Result<PageValues> {
    let dated = dated_records(facts);
    let mut values = PageValues::default();
    let (Some(first), Some(last)) = (dated.first(), dated.last()) else { return Ok(values) };
    let axis = TimeAxis { first_day: day_number(first.0), last_day: day_number(last.0) };
    let template = (file.path.as_str(), "_lives.html");
    let timeline_year = |dated: &[(Date, RecordId)]| {
        let entries = dated.iter().map(|(date, id)| timeline_entry(facts, *id, *date, &axis));
        let entries = render_parts(&facts.templates, template, Context::new(), entries)?;
        let year = dated.first().map_or(0, |(date, _)| date.year());
        Ok(TimelineYear { year, lives: values.add_part(entries) })
    };
    let years = dated.chunk_by(|(a, _), (b, _)| a.year() == b.year()).map(timeline_year);
    let years = years.collect::<Result<Vec<TimelineYear>>>()?;
    let context = &mut values.context;
    context.insert("jumps", &years.iter().map(|year| year.year).collect::<Vec<_>>());
    context.insert("years", &years);
    context.insert("ticks", &axis.ticks(first.0.year(), last.0.year()));
    context.insert("undated", &(facts.log.records().len() - dated.len()));
    Ok(values)
}

fn timeline_entry<'s>(
    facts: &'s Facts<'_>,
    id: RecordId,
    date: Date,
    axis: &TimeAxis,
) -> TimelineEntry<'s> {
    let record = facts.log.record(id);
    let successors = facts.log.successors(id);
    let successor_dates = successors.iter().filter_map(|next| facts.log.record(*next).date());
    let end_date = successor_dates.min().or_else(|| facts.end_date(id));
    let end_date = end_date.filter(|end_date| *end_date >= date);
    let start = axis.position(day_number(date));
    let never_in_force = [Lifecycle::Draft, Lifecycle::Proposed, Lifecycle::Rejected];
    let (kind, end) = match end_date {
        Some(end_date) => ("ended", axis.position(day_number(end_date))),
        None if facts.log.in_force(id) => ("held", AXIS_LENGTH),
        None => ("moment", start),
    };
    let is_moment = never_in_force.iter().any(|state| record.is(*state));
    TimelineEntry {
        to: facts.link(id),
        number: display_number(record),
        date: date.to_string(),
        quiet: facts.is_quiet(id),
        from: percent(start),
        length: percent(end - start),
        end: end_date.map(|end_date| end_date.to_string()),
        kind: if is_moment { "moment" } else { kind },
        successors: facts.links(successors.iter().copied()),
    }
}

/// The length of the axis, in hundredths of a percent.
const AXIS_LENGTH: i64 = 10_000;

/// The space before the first date, for its mark.
const LEFT_MARGIN: i64 = 150;

/// The distance from the first to the last date. The remaining space is for the line of the last decision.
const LAST_DATE: i64 = 9_400;

/// The days of a month. Every month has 31, which is exact enough for a drawing.
const MONTH: i64 = 31;

/// The time that the drawing covers, in [day numbers](day_number).
struct TimeAxis {
    first_day: i64,
    last_day: i64,
}

impl TimeAxis {
    /// The position of a day on the axis, in hundredths of a percent.
    fn position(&self, day: i64) -> i64 {
        let days = (self.last_day - self.first_day).max(MONTH);
        LEFT_MARGIN + ((day - self.first_day) * LAST_DATE + days / 2).div_euclid(days)
    }

    /// The positions of the starts of years, with the years. Steps of several years leave enough space for
    /// the labels on a phone.
    fn ticks(&self, first_year: i16, last_year: i16) -> Vec<(String, i16)> {
        let step = match last_year - first_year {
            ..=5 => 1,
            6..=10 => 2,
            11..=25 => 5,
            26..=50 => 10,
            _ => 25,
        };
        let years = (first_year..=last_year).filter(|year| year % step == 0);
        let positions = years.map(|year| (self.position(i64::from(year) * 12 * MONTH), year));
        positions
            .filter(|(position, _)| (0..=LAST_DATE).contains(position))
            .map(|(position, year)| (percent(position), year))
            .collect()
    }
}

/// The number of a date, in days of [`MONTH`] since the year 0.
fn day_number(date: Date) -> i64 {
    let month = i64::from(date.year()) * 12 + i64::from(date.month_of_year()) - 1;
    month * MONTH + i64::from(date.day_of_month().unwrap_or(1)) - 1
}

/// A position or a length in percent.
fn percent(hundredths: i64) -> String {
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}
