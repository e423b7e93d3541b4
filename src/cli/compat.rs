//! `adr` as adr-tools has it: the same words typed, the same bytes printed and written.
//!
//! Only its own commands are taken over; all others are ours in this mode too.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use super::compat_help::{COMMANDS, COMPLETER, REPORTS, complete, explain};
use super::getopt::{getopt, getopts};
use super::ui::{Environment, Ui};
use super::{editor, help};
use crate::author::{
    Filled, PLAIN_TEMPLATE, PlainRecord, Template, first_record, is_plain_record, plain_file_name,
    plain_find, plain_graph, plain_number, plain_toc, with_iso_dates, with_link, without_status,
};
use crate::project::{PlainLog, asks_for_adr_tools, read_text};
use crate::text::{Edit, Source};
use crate::{Error, Result};

/// Refuses a tool whose ways nobody knows.
///
/// # Errors
///
/// Where the environment names one.
pub(super) fn check(environment: &Environment) -> Result<()> {
    match environment.variable("ADR_COMPAT").filter(|asked| *asked != "adr-tools") {
        Some(given) => Err(Error::Variable {
            name: "ADR_COMPAT",
            given: given.to_owned(),
            expected: "`adr-tools`",
        }),
        None => Ok(()),
    }
}

/// The words behind `adr`, if they are for this module.
pub(super) fn words(args: &[OsString], environment: &Environment) -> Option<Vec<String>> {
    if called_as(args) == Some(COMPLETER) {
        let rest = args.iter().skip(1).filter_map(|word| word.to_str().map(str::to_owned));
        return Some(std::iter::once(COMPLETER.to_owned()).chain(rest).collect());
    }
    let asked = environment.variable("ADR_COMPAT");
    let on = asked.map_or_else(|| asks_for_adr_tools(&[]), |asked| asked == "adr-tools");
    if !on {
        return None;
    }
    let words = args.iter().skip(1).map(|word| word.to_str().map(str::to_owned));
    let words: Vec<String> = words.collect::<Option<_>>()?;
    let Some(command) = words.first() else { return Some(words) };
    // `list --json` and its kin are ours.
    let leaves = command == "config" || (command == "list" && words.len() > 1);
    let is_theirs = COMMANDS.iter().any(|(name, _)| name == command) && !leaves;
    let is_ours = command.starts_with('-') || help::command().find_subcommand(command).is_some();
    (is_theirs || !is_ours).then_some(words)
}

/// The name by which the program was called, without its folder.
fn called_as(args: &[OsString]) -> Option<&str> {
    Path::new(args.first()?).file_stem()?.to_str()
}

/// Runs a command of adr-tools; gives the exit code.
pub(super) fn run(words: &[String], environment: &Environment, ui: &mut Ui<'_>) -> Result<u8> {
    let rest = words.get(1..).unwrap_or_default();
    match words.first().map(String::as_str) {
        Some("init") if asks_for_help(rest) => {
            explain(words.get(..1).unwrap_or_default(), environment, ui).map(|()| 0)
        }
        Some("init") => init(rest, environment, ui),
        Some("new") => new(rest, environment, ui),
        Some("link") => link(rest, environment, ui),
        Some("list") => list(ui),
        Some("generate") => generate(rest, ui),
        Some("upgrade-repository") => upgrade(environment),
        Some("help") => explain(rest, environment, ui).map(|()| 0),
        Some(COMPLETER) => complete(rest, ui).map(|()| 0),
        _ => explain(&[], environment, ui).map(|()| 1),
    }
}

/// Whether the first word asks how a command is used, where others would be taken for a folder.
fn asks_for_help(rest: &[String]) -> bool {
    matches!(rest.first().map(String::as_str), Some("-h" | "--help"))
}

/// The texts of a log while a command is at work on it.
struct Texts {
    log: PlainLog,
    before: BTreeMap<String, Source>,
    after: BTreeMap<String, String>,
}

impl Texts {
    fn open(mut log: PlainLog, environment: &Environment) -> Result<Self> {
        log.lock(&environment.state_folders())?;
        let before: BTreeMap<String, Source> = sources(&log)?.into_iter().collect();
        let text = |(name, source): (&String, &Source)| (name.clone(), source.text().to_owned());
        Ok(Self { log, after: before.iter().map(text).collect(), before })
    }

    /// The number after the highest that anything in the folder begins with.
    fn next(&self) -> u64 {
        self.log.names().iter().filter_map(|name| plain_number(name)).max().unwrap_or(0) + 1
    }

    fn find(&self, given: &str) -> Result<String> {
        let records: Vec<PlainRecord> =
            self.before.iter().map(|(name, one)| (name.clone(), one.text().to_owned())).collect();
        let found = plain_find(&records, given).map(str::to_owned);
        found.ok_or_else(|| Error::NoRecord { given: given.to_owned(), nearest: vec![] })
    }

    /// Lets the record `from` name the record `to`.
    fn link(&mut self, from: &str, link: &str, to: &str, ui: &mut Ui<'_>) {
        let target = self.after.get(to).cloned().unwrap_or_default();
        let Some(text) = self.after.get_mut(from) else { return };
        match with_link(text, link, (to, &target)) {
            Some(linked) => *text = linked,
            None => ui.remark(&format!("{from} has no section `## Status`; no link was written")),
        }
    }

    fn write(&mut self) -> Result<()> {
        let mut after = self.after.clone();
        for (name, text) in &mut after {
            let source = self.before.get(name);
            // All other bytes are what adr-tools would write.
            if let Some(source) = source.filter(|source| source.written() != source.text()) {
                let edited = source.edited(&[Edit::between(source.text(), text)]);
                let path = || source.path().to_owned();
                *text = edited.map_err(|_| Error::Changed { path: path() })?;
            }
        }
        let written = |source: &Source| source.written().to_owned();
        let before = self.before.iter().map(|(name, source)| (name.clone(), written(source)));
        self.log.write(&before.collect(), &after)
    }
}

/// All records, by number.
fn records(log: &PlainLog) -> Result<Vec<PlainRecord>> {
    let text = |(name, source): (String, Source)| (name, source.text().to_owned());
    Ok(sources(log)?.into_iter().map(text).collect())
}

/// The files of all records, by number.
fn sources(log: &PlainLog) -> Result<Vec<(String, Source)>> {
    let mut names = log.names();
    names.retain(|name| is_plain_record(name));
    names.sort_by_key(|name| plain_number(name));
    let source = |name: String| log.read(&name).map(|text| (name.clone(), Source::new(name, text)));
    names.into_iter().map(source).collect()
}

fn init(rest: &[String], environment: &Environment, ui: &mut Ui<'_>) -> Result<u8> {
    if let Some(option) = rest.first().and_then(|word| word.strip_prefix('-')) {
        let letter = option.chars().next().unwrap_or('-');
        return Ok(unreadable(&format!("illegal option -- {letter}"), ui));
    }
    let named = rest.first().filter(|word| !word.is_empty()).map(PathBuf::from);
    let log = named.clone().map_or_else(PlainLog::find, |folder| Ok(PlainLog::at(folder)))?;
    let mut texts = Texts::open(log, environment)?;
    if named.is_some() {
        texts.log.write_marker()?;
    }
    let name = plain_file_name(texts.next(), crate::author::FIRST_TITLE);
    texts.after.insert(name.clone(), first_record(&date(environment)?));
    texts.write()?;
    ui.path(&texts.log.folder.join(name))?;
    Ok(0)
}

fn date(environment: &Environment) -> Result<String> {
    match environment.variable("ADR_DATE") {
        Some(date) => Ok(date.to_owned()),
        None => environment.today().map(|date| date.to_string()),
    }
}

fn new(rest: &[String], environment: &Environment, ui: &mut Ui<'_>) -> Result<u8> {
    let given = match getopts(rest, "s:l:") {
        Ok(given) => given,
        Err(message) => return Ok(unreadable(&message, ui)),
    };
    let title = given.words.join(" ");
    if title.is_empty() {
        ui.line("ERROR: no title given")?;
        return Ok(1);
    }
    let Some(links) = given.all('l').map(parts).collect::<Option<Vec<_>>>() else {
        ui.note("_adr_add_link: line 6: 2: LINK TYPE");
        return Ok(1);
    };
    let mut texts = Texts::open(PlainLog::find()?, environment)?;
    let number = texts.next();
    let name = plain_file_name(number, &title);
    let text = filled(&texts.log, (number, &title), environment)?;
    texts.after.insert(name.clone(), text);
    for old in given.all('s') {
        let old = texts.find(old)?;
        texts.link(&old, "Superceded by", &name, ui);
        if let Some(text) = texts.after.get_mut(&old) {
            *text = without_status(text);
        }
        texts.link(&name, "Supercedes", &old, ui);
    }
    for (target, link, reverse) in links {
        let target = texts.find(&target)?;
        texts.link(&name, &link, &target, ui);
        texts.link(&target, &reverse, &name, ui);
    }
    texts.write()?;
    let path = texts.log.folder.join(name);
    if let Some(code) = editor::run(environment, &path)? {
        return Ok(code);
    }
    ui.path(&path)?;
    Ok(0)
}

/// `TARGET:LINK:REVERSE`, taken apart.
fn parts(link: &str) -> Option<(String, String, String)> {
    let mut parts = link.split(':').map(str::to_owned).filter(|part| !part.is_empty());
    Some((parts.next()?, parts.next()?, parts.next()?))
}

/// The text of a new record, from the template that the environment or the log has.
fn filled(log: &PlainLog, new: (u64, &str), environment: &Environment) -> Result<String> {
    const OWN: &str = "templates/template.md";
    let own = log.folder.join(OWN);
    let (path, own) = match environment.variable("ADR_TEMPLATE").map(PathBuf::from) {
        Some(path) => (Some(path.clone()), Some(read_text(&path)?)),
        None if own.is_file() => (Some(own), Some(log.read(OWN)?)),
        None => (None, None),
    };
    let name = path.as_deref().map(Path::to_string_lossy).unwrap_or_default();
    let template = Template { name: &name, text: own.as_deref().unwrap_or(PLAIN_TEMPLATE) };
    let date = date(environment)?;
    let number = u32::try_from(new.0).ok();
    template.fill(&Filled {
        number,
        title: new.1,
        date: &date,
        status: "Accepted",
        ..Filled::default()
    })
}

fn link(rest: &[String], environment: &Environment, ui: &mut Ui<'_>) -> Result<u8> {
    const NAMES: [&str; 4] = ["SOURCE", "LINK", "TARGET", "REVERSE-LINK"];
    let given = |at: usize| rest.get(at).filter(|word| !word.is_empty());
    if let Some(at) = (0..NAMES.len()).find(|at| given(*at).is_none()) {
        let name = NAMES.get(at).copied().unwrap_or_default();
        ui.note(&format!("adr-link: {}: {name}", at + 1));
        return Ok(1);
    }
    let [source, link, target, reverse] = rest.get(..4).unwrap_or_default() else { return Ok(1) };
    let log = PlainLog::find()?;
    if !log.folder.is_dir() {
        return Err(Error::NoRecord { given: source.clone(), nearest: vec![] });
    }
    let mut texts = Texts::open(log, environment)?;
    let (from, to) = (texts.find(source)?, texts.find(target)?);
    texts.link(&from, link, &to, ui);
    texts.link(&to, reverse, &from, ui);
    texts.write()?;
    Ok(0)
}

fn list(ui: &mut Ui<'_>) -> Result<u8> {
    let log = PlainLog::find()?;
    if !log.folder.is_dir() {
        ui.line(&format!("The {} directory does not exist", log.folder.display()))?;
        return Ok(1);
    }
    for (name, _) in records(&log)? {
        ui.path(&log.folder.join(name))?;
    }
    Ok(0)
}

fn generate(rest: &[String], ui: &mut Ui<'_>) -> Result<u8> {
    let options = rest.get(1..).unwrap_or_default();
    match rest.first().map(String::as_str) {
        None => ui.print(REPORTS).map(|()| 0),
        Some("toc") => toc(options, ui),
        Some("graph") => {
            let given = match getopts(options, "e:p:") {
                Ok(given) => given,
                Err(message) => return Ok(unreadable(&message, ui)),
            };
            let prefix = given.last('p').unwrap_or_default();
            let extension = given.last('e').unwrap_or(".html");
            ui.data(&plain_graph(&records(&PlainLog::find()?)?, prefix, extension)).map(|()| 0)
        }
        Some(other) => {
            ui.note(&format!(
                "adr-generate: no report is called `{other}`; there are graph and toc"
            ));
            Ok(127)
        }
    }
}

fn toc(options: &[String], ui: &mut Ui<'_>) -> Result<u8> {
    let given = match getopt(options, "i:o:p:") {
        Ok(given) => given,
        Err(message) => return Ok(unreadable(&message, ui)),
    };
    let mut text = String::from("# Architecture Decision Records\n\n");
    if let Some(intro) = given.last('i').filter(|path| !path.is_empty()) {
        text += &read_text(Path::new(intro))?;
        text.push('\n');
    }
    text += &plain_toc(&records(&PlainLog::find()?)?, given.last('p').unwrap_or_default());
    if let Some(outro) = given.last('o').filter(|path| !path.is_empty()) {
        text.push('\n');
        text += &read_text(Path::new(outro))?;
    }
    ui.data(&text).map(|()| 0)
}

/// Says that options cannot be read; gives the exit code.
fn unreadable(message: &str, ui: &mut Ui<'_>) -> u8 {
    ui.note(message);
    1
}

fn upgrade(environment: &Environment) -> Result<u8> {
    let log = PlainLog::find()?;
    if !log.folder.is_dir() {
        return Ok(0);
    }
    let mut texts = Texts::open(log, environment)?;
    for text in texts.after.values_mut() {
        *text = with_iso_dates(text);
    }
    texts.write()?;
    Ok(0)
}
