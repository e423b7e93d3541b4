//! Functions for the tests of rules: text in, findings as text out.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use snapbox::IntoData;

use super::{CheckSettings, Config, Context, Diagnostic, Rule, lint, prepare};
use crate::format::{Recognised, Words, recognise};
use crate::model::{Checkout, Date, Log, NamesIn, Record, SkipReason, Skipped, Tracked};
use crate::text::{Change, Source};

/// Asserts what `rule` reports about a log of the one record `text`, called `0001-test.md`.
#[track_caller]
pub(crate) fn check(rule: &'static Rule, text: &str, expected: impl IntoData) {
    check_log(rule, &[("0001-test.md", text)], expected);
}

/// Asserts what `rule` reports about a log of the one record `text` under `config`.
#[track_caller]
pub(crate) fn check_with(
    rule: &'static Rule,
    config: &Config,
    text: &str,
    expected: impl IntoData,
) {
    let config = Config { select: vec![rule.code.to_owned()], ..config.clone() };
    check_config(&config, text, expected);
}

/// Asserts what these rules, by code, report together about a log of the one record `text`.
#[track_caller]
pub(crate) fn check_all(rules: &[&str], text: &str, expected: impl IntoData) {
    let select = rules.iter().map(|code| (*code).to_owned()).collect();
    check_config(&Config { select, ..Config::default() }, text, expected);
}

#[track_caller]
fn check_config(config: &Config, text: &str, expected: impl IntoData) {
    let log = log(vec![Source::new("0001-test.md", text)]);
    let today = Date::day(2026, 11, 2).unwrap();
    let settings = CheckSettings { folder: Path::new(""), today, config, names_in: &|_| None };
    let context = prepare(&log, settings).unwrap();
    snapbox::assert_data_eq!(self::text(&context, &lint(&context)), expected);
}

/// Asserts what `rule` reports about a log of these files.
#[track_caller]
pub(crate) fn check_log(rule: &'static Rule, files: &[(&str, &str)], expected: impl IntoData) {
    let sources = files.iter().map(|(file, text)| Source::new(*file, *text));
    check_sources(rule, sources.collect(), expected);
}

/// Asserts what `rule` reports about a log of files that may not be text.
#[track_caller]
pub(crate) fn check_sources(rule: &'static Rule, files: Vec<Source>, expected: impl IntoData) {
    let log = log(files);
    let reported = with(rule, &log, text);
    snapbox::assert_data_eq!(reported, expected);
}

/// Asserts what `rule` reports about a log in which this file or folder was skipped.
#[track_caller]
pub(crate) fn check_skipped(
    rule: &'static Rule,
    (file, reason): (&str, SkipReason),
    expected: impl IntoData,
) {
    let log = Log::new(vec![], vec![Skipped { file: file.to_owned(), reason }]);
    snapbox::assert_data_eq!(with(rule, &log, text), expected);
}

/// Asserts what `rule` reports about `text` in a repository with these files, relative to the log.
#[track_caller]
pub(crate) fn check_among(
    rule: &'static Rule,
    names: &[&str],
    text: &str,
    expected: impl IntoData,
) {
    let log = log(vec![Source::new("0001-test.md", text)]);
    let names_in = |folder: &str| {
        let split = |name: &&str| match name.rsplit_once('/') {
            Some((above, name)) => (above.to_owned(), name.to_owned()),
            None => (String::new(), (*name).to_owned()),
        };
        let below = names.iter().map(split).filter(|(above, _)| above == folder);
        let names: BTreeSet<String> = below.map(|(_, name)| name).collect();
        Some(Arc::new(names.into()))
    };
    snapbox::assert_data_eq!(with_names(rule, &log, &names_in, self::text), expected);
}

/// Asserts what `rule` reports about a log of these `files` in the folder `docs/adr` of a repository
/// in which git also tracks `tree`.
#[track_caller]
pub(crate) fn check_around(
    rule: &'static Rule,
    tree: &[(&str, &str)],
    files: &[(&str, &str)],
    expected: impl IntoData,
) {
    let texts = tree.iter().map(|(name, text)| Tracked {
        name: (*name).to_owned(),
        source: Source::new(*name, *text),
    });
    let mut texts: Vec<Tracked> = texts.collect();
    texts.sort_by(|a, b| a.name.cmp(&b.name));
    let names = texts.iter().map(|one| one.name.clone()).collect();
    let around = Checkout { log: "docs/adr/".to_owned(), names, texts };
    let log = log(files.iter().map(|(file, text)| Source::new(*file, *text)).collect());
    let reported = with_surroundings(rule, &log, (&|_| None, Some(&around)), text);
    snapbox::assert_data_eq!(reported, expected);
}

/// Asserts what `text` is after every fix of `rule`, safe or not, and that the fixed text needs no
/// fix.
#[track_caller]
pub(crate) fn check_fix(rule: &'static Rule, text: &str, expected: impl IntoData) {
    check_log_fix(rule, &[("0001-test.md", text)], expected);
}

/// The same for the first of several files.
#[track_caller]
pub(crate) fn check_log_fix(rule: &'static Rule, files: &[(&str, &str)], expected: impl IntoData) {
    let once = fixed(rule, files);
    let again: Vec<(&str, &str)> =
        files.iter().zip(&once).map(|((file, _), text)| (*file, text.as_str())).collect();
    assert_eq!(fixed(rule, &again), once, "fixing twice differs from fixing once");
    snapbox::assert_data_eq!(once[0].clone(), expected);
}

/// The log of these files.
fn log(files: Vec<Source>) -> Log {
    let (mut records, mut skipped) = (Vec::<Record>::new(), Vec::new());
    for source in files {
        let file = source.path().to_string_lossy().into_owned();
        match recognise(source, &file, &Words::new(std::iter::empty())) {
            Recognised::Record(record) => records.push(record),
            Recognised::Skipped(one) => skipped.push(one),
        }
    }
    Log::new(records, skipped)
}

/// The findings of `rule` in a log without surroundings on 2 November 2026.
fn with<T>(
    rule: &'static Rule,
    log: &Log,
    see: impl FnOnce(&Context<'_>, &[Diagnostic]) -> T,
) -> T {
    with_names(rule, log, &|_| None, see)
}

/// The same with the names in folders.
fn with_names<T>(
    rule: &'static Rule,
    log: &Log,
    names_in: &NamesIn<'_>,
    see: impl FnOnce(&Context<'_>, &[Diagnostic]) -> T,
) -> T {
    with_surroundings(rule, log, (names_in, None), see)
}

/// The same with the files that git tracks.
fn with_surroundings<T>(
    rule: &'static Rule,
    log: &Log,
    (names_in, around): (&NamesIn<'_>, Option<&Checkout>),
    see: impl FnOnce(&Context<'_>, &[Diagnostic]) -> T,
) -> T {
    // Selects the family, so that there are summary findings, as by default.
    let family = rule.code.get(..4).unwrap_or_default().to_owned();
    let is_off = rule.level == super::Level::Off;
    let select = vec![if is_off { rule.code.to_owned() } else { family }];
    let config = Config { select, ..Config::default() };
    let today = Date::day(2026, 11, 2).unwrap();
    let settings = CheckSettings { folder: Path::new(""), today, config: &config, names_in };
    let context = prepare(log, settings).unwrap();
    let context = context.within(around);
    let mut found = lint(&context);
    found.retain(|one| one.rule.code == rule.code);
    see(&context, &found)
}

/// The findings in the form that the tests of rules compare.
fn text(context: &Context<'_>, found: &[Diagnostic]) -> String {
    let mut output = String::new();
    for one in found {
        let location = context.location(&one.site);
        let position = location.source.map(|source| source.line_column(location.span.start));
        let position =
            position.map_or(String::new(), |start| format!(":{}:{}", start.line, start.column));
        let path = if location.path.is_empty() { "." } else { &location.path };
        let (severity, code) = (one.severity.as_str(), one.rule.code);
        let _ = writeln!(output, "{path}{position}: {severity}[{code}]: {}", one.message);
        if let Some(label) = &one.label {
            let _ = writeln!(output, "  here: {label}");
        }
        for other in &one.related {
            let source = &context.log.record(other.record).source;
            let start = source.line_column(other.span.start);
            let path = source.path().display();
            let _ = writeln!(output, "  {path}:{}:{}: {}", start.line, start.column, other.message);
        }
        if let Some(help) = &one.help {
            let _ = writeln!(output, "  help: {help}");
        }
        if let Some(fix) = &one.fix {
            let _ = writeln!(output, "  fix: {} [{}]", fix.title, fix.safety.as_str());
        }
    }
    output
}

/// The files after every fix of `rule`.
fn fixed(rule: &'static Rule, files: &[(&str, &str)]) -> Vec<String> {
    let log = log(files.iter().map(|(file, text)| Source::new(*file, *text)).collect());
    with(rule, &log, |_, found| {
        let changes: Vec<&Change> =
            found.iter().filter_map(|one| one.fix.as_ref()).flat_map(|fix| &fix.changes).collect();
        let fixed = |(file, text): &(&str, &str)| {
            let mut all = Vec::new();
            for change in &changes {
                if let Change::Edit { path, edits } = change
                    && path == Path::new(file)
                {
                    all.extend(edits.iter().cloned());
                }
            }
            Source::new(*file, *text).edited(&all).unwrap()
        };
        files.iter().map(fixed).collect()
    })
}
