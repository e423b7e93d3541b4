//! `/timeline.html`: a line for each decision, from the day it was taken to the day it ended.
//!
//! Nothing here depends on the day of the build: what is in force is open at the right end.

use serde::Serialize;
use tera::{Context, Value};

use crate::Result;
use crate::model::{Date, Lifecycle, RecordId};
use crate::site::view::{Reference, number};
use crate::site::{File, Fill, Page, Site, Values};

/// See the module.
pub(super) static PAGE: Page =
    Page { nav: Some("nav_timeline"), files, fill: Fill::Long("timeline.html", values) };

/// A decision on the time axis; places are parts of a hundred of its length.
#[derive(Debug, Serialize)]
struct Life<'s> {
    to: Reference<'s>,
    /// As lists show it.
    number: Option<String>,
    date: String,
    /// Whether it is out of force: rejected, deprecated, or replaced.
    quiet: bool,
    /// What took its place.
    successors: Vec<Reference<'s>>,
    from: String,
    length: String,
    /// The day it ended, where that is known.
    end: Option<String>,
    /// `held`, `ended`, or `moment` for what never came into force or ended at an unknown day.
    kind: &'static str,
}

/// The decisions of a year.
#[derive(Debug, Serialize)]
struct Year {
    year: i16,
    /// As `_lives.html` writes them.
    lives: Value,
}

/// Where it is, from the root of the site.
const PATH: &str = "timeline.html";

/// Where the decisions of a year are.
pub(super) fn of_year(year: i16) -> String {
    format!("{PATH}#Y{year}")
}

fn files(site: &Site<'_>) -> Vec<File> {
    let days = dated(site);
    let differ = days.first().zip(days.last()).is_some_and(|(a, b)| a.0 != b.0);
    if differ { vec![File::log(PATH)] } else { vec![] }
}

/// The records with a date, by date.
fn dated(site: &Site<'_>) -> Vec<(Date, RecordId)> {
    let all = site.log.iter();
    let mut dated: Vec<_> = all.filter_map(|(id, record)| Some((record.date()?, id))).collect();
    dated.sort_unstable();
    dated
}

fn values(site: &Site<'_>, file: &File) -> Result<Values> {
    let dated = dated(site);
    let mut values = Values::default();
    let (Some(first), Some(last)) = (dated.first(), dated.last()) else { return Ok(values) };
    let axis = Axis { from: days(first.0), to: days(last.0) };
    let year = |dated: &[(Date, RecordId)]| {
        let lives = dated.iter().map(|(date, id)| life(site, *id, *date, &axis));
        let lives = site.parts((file, "_lives.html"), Context::new(), lives)?;
        let year = dated.first().map_or(0, |(date, _)| date.year());
        Ok(Year { year, lives: values.part(lives) })
    };
    let years = dated.chunk_by(|(a, _), (b, _)| a.year() == b.year()).map(year);
    let years = years.collect::<Result<Vec<Year>>>()?;
    let context = &mut values.context;
    context.insert("jumps", &years.iter().map(|year| year.year).collect::<Vec<_>>());
    context.insert("years", &years);
    context.insert("ticks", &axis.ticks(first.0.year(), last.0.year()));
    context.insert("undated", &(site.log.records().len() - dated.len()));
    Ok(values)
}

fn life<'s>(site: &'s Site<'_>, id: RecordId, date: Date, axis: &Axis) -> Life<'s> {
    let record = site.log.record(id);
    let successors = site.log.successors(id);
    let ends = successors.iter().filter_map(|next| site.log.record(*next).date());
    let end = ends.min().or_else(|| site.ended(id)).filter(|end| *end >= date);
    let never = [Lifecycle::Draft, Lifecycle::Proposed, Lifecycle::Rejected];
    let from = axis.place(days(date));
    let (kind, to) = match end {
        Some(end) => ("ended", axis.place(days(end))),
        None if site.log.in_force(id) => ("held", WHOLE),
        None => ("moment", from),
    };
    let kind = if never.iter().any(|state| record.is(*state)) { "moment" } else { kind };
    Life {
        to: site.reference(id),
        number: number(record),
        date: date.to_string(),
        quiet: site.is_quiet(id),
        from: percent(from),
        length: percent(to - from),
        end: end.map(|end| end.to_string()),
        kind,
        successors: site.references(successors.iter().copied()),
    }
}

/// How long the axis is, in hundredths of its hundred parts.
const WHOLE: i64 = 10_000;

/// Room at the beginning of the axis for the first mark.
const BEFORE: i64 = 150;

/// Where the last day lies behind that. The rest is for the line of the last decision.
const LAST: i64 = 9_400;

/// The time that the picture covers, in days of a calendar in which every month has 31.
struct Axis {
    from: i64,
    to: i64,
}

impl Axis {
    /// Where a day lies on it, in hundredths of its hundred parts.
    fn place(&self, day: i64) -> i64 {
        let all = (self.to - self.from).max(MONTH);
        BEFORE + ((day - self.from) * LAST + all / 2).div_euclid(all)
    }

    /// The beginnings of years on it, with the years: all of them, or every second, or fifth, so that
    /// their names have room beside each other on a telephone.
    fn ticks(&self, first: i16, last: i16) -> Vec<(String, i16)> {
        let step = match last - first {
            ..=5 => 1,
            6..=10 => 2,
            11..=25 => 5,
            26..=50 => 10,
            _ => 25,
        };
        let years = (first..=last).filter(|year| year % step == 0);
        let places = years.map(|year| (self.place(i64::from(year) * 12 * MONTH), year));
        places
            .filter(|(place, _)| (0..=LAST).contains(place))
            .map(|(place, year)| (percent(place), year))
            .collect()
    }
}

/// How many days a month has here.
const MONTH: i64 = 31;

/// A date in such days since the year 0.
fn days(date: Date) -> i64 {
    let month = i64::from(date.year()) * 12 + i64::from(date.month_of_year()) - 1;
    month * MONTH + i64::from(date.day_of_month().unwrap_or(1)) - 1
}

/// A place or a length as a part of a hundred.
fn percent(hundredths: i64) -> String {
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}
