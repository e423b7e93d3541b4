//! `adr` as adr-tools has it: the same words typed, the same bytes printed and written.
//!
//! Only its own commands are taken over; all others are ours in this mode too.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use super::ui::{Environment, Ui};
use super::{editor, help};
use crate::author::{
    Filled, PLAIN_TEMPLATE, PlainRecord, Template, first_record, is_plain_record, plain_file_name,
    plain_find, plain_graph, plain_number, plain_toc, with_iso_dates, with_link, without_accepted,
};
use crate::project::{PlainLog, asks_for_adr_tools, read_text};
use crate::{Error, Result};

/// The commands of adr-tools, in the order in which it shows them, and what they do.
const COMMANDS: &[(&str, &str)] = &[
    ("init", "init [DIRECTORY]: begins a log in DIRECTORY, else in doc/adr."),
    (
        "new",
        "new [-s SUPERCEDED]... [-l TARGET:LINK:REVERSE-LINK]... TITLE...: writes the next record.",
    ),
    ("link", "link SOURCE LINK TARGET REVERSE-LINK: lets two records name each other."),
    ("list", "list: prints the path of every record."),
    ("generate", "generate REPORT [OPTION]...: prints a report."),
    ("help", "help [COMMAND]: says how the commands are used."),
    ("upgrade-repository", "upgrade-repository: writes dates as YYYY-MM-DD."),
    ("config", "config: shows where the log is."),
];

const REPORTS: &str = "graph\ntoc\n";

/// The words behind `adr`, if they are for this module.
pub(super) fn words(args: &[OsString], environment: &Environment) -> Option<Vec<String>> {
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

/// Runs a command of adr-tools; gives the exit code.
pub(super) fn run(words: &[String], environment: &Environment, ui: &mut Ui<'_>) -> Result<u8> {
    let rest = words.get(1..).unwrap_or_default();
    match words.first().map(String::as_str) {
        Some("init") => init(rest, environment, ui),
        Some("new") => new(rest, environment, ui),
        Some("link") => link(rest, ui),
        Some("list") => list(ui),
        Some("generate") => generate(rest, ui),
        Some("upgrade-repository") => upgrade(),
        Some("help") => explain(rest, ui),
        _ => usage(ui).map(|()| 1),
    }
}

fn usage(ui: &mut Ui<'_>) -> Result<()> {
    ui.print("usage: adr help COMMAND [ARG] ...\nCOMMAND is one of: \n")?;
    for (name, _) in COMMANDS {
        ui.line(&format!("  {name}"))?;
    }
    ui.line("Run 'adr help COMMAND' for help on a specific command.")
}

fn explain(rest: &[String], ui: &mut Ui<'_>) -> Result<u8> {
    let known = |word: &String| COMMANDS.iter().find(|(name, _)| name == word);
    let Some((name, text)) = rest.first().and_then(known) else {
        usage(ui)?;
        return Ok(u8::from(!rest.is_empty()));
    };
    ui.line(&format!("adr {text}"))?;
    if *name == "generate" {
        ui.print("\nSubcommands:\n  adr generate graph\n  adr generate toc\n")?;
    }
    Ok(0)
}

/// The texts of a log while a command is at work on it.
struct Texts {
    log: PlainLog,
    before: BTreeMap<String, String>,
    after: BTreeMap<String, String>,
}

impl Texts {
    fn open(mut log: PlainLog) -> Result<Self> {
        log.lock()?;
        let before: BTreeMap<String, String> = records(&log)?.into_iter().collect();
        Ok(Self { log, after: before.clone(), before })
    }

    /// The number after the highest that anything in the folder begins with.
    fn next(&self) -> u64 {
        self.log.names().iter().filter_map(|name| plain_number(name)).max().unwrap_or(0) + 1
    }

    fn find(&self, given: &str) -> Result<String> {
        let records: Vec<PlainRecord> =
            self.before.iter().map(|(name, text)| (name.clone(), text.clone())).collect();
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
        self.log.write(&self.before, &self.after)
    }
}

/// All records, by number.
fn records(log: &PlainLog) -> Result<Vec<PlainRecord>> {
    let mut names = log.names();
    names.retain(|name| is_plain_record(name));
    names.sort_by_key(|name| plain_number(name));
    names.into_iter().map(|name| log.read(&name).map(|text| (name, text))).collect()
}

fn init(rest: &[String], environment: &Environment, ui: &mut Ui<'_>) -> Result<u8> {
    let named = rest.first().map(PathBuf::from);
    let log = named.clone().map_or_else(PlainLog::find, PlainLog::at);
    let mut texts = Texts::open(log)?;
    if named.is_some() {
        texts.log.name_here()?;
    }
    let name = plain_file_name(texts.next(), crate::author::FIRST_TITLE);
    texts.after.insert(name.clone(), first_record(&date(environment)?));
    texts.write()?;
    ui.line(&texts.log.folder.join(name).to_string_lossy())?;
    Ok(0)
}

fn date(environment: &Environment) -> Result<String> {
    match environment.variable("ADR_DATE") {
        Some(date) => Ok(date.to_owned()),
        None => environment.today().map(|date| date.to_string()),
    }
}

/// What was typed behind `new`.
#[derive(Default)]
struct Typed {
    superseded: Vec<String>,
    links: Vec<String>,
    title: String,
}

/// Reads options as `getopts` does; the first letter that is no option is the error.
fn typed(rest: &[String]) -> std::result::Result<Typed, String> {
    let mut typed = Typed::default();
    let mut rest = rest.iter();
    while let Some(word) = rest.as_slice().first() {
        let Some(option) = word.strip_prefix('-').filter(|option| !option.is_empty()) else {
            break;
        };
        rest.next();
        if option == "-" {
            break;
        }
        let mut letters = option.chars();
        let letter = letters.next().unwrap_or_default();
        let attached = letters.as_str();
        let list = match letter {
            's' => &mut typed.superseded,
            'l' => &mut typed.links,
            other => return Err(format!("illegal option -- {other}\nNot implemented: ?")),
        };
        let value =
            if attached.is_empty() { rest.next().cloned() } else { Some(attached.to_owned()) };
        let missing = || format!("option requires an argument -- {letter}\nNot implemented: ?");
        list.push(value.ok_or_else(missing)?);
    }
    typed.title = rest.map(String::as_str).collect::<Vec<_>>().join(" ");
    Ok(typed)
}

fn new(rest: &[String], environment: &Environment, ui: &mut Ui<'_>) -> Result<u8> {
    let typed = match typed(rest) {
        Ok(typed) => typed,
        Err(message) => {
            ui.note(&message);
            return Ok(1);
        }
    };
    if typed.title.is_empty() {
        ui.line("ERROR: no title given")?;
        return Ok(1);
    }
    let Some(links) = typed.links.iter().map(|link| parts(link)).collect::<Option<Vec<_>>>() else {
        ui.note("_adr_add_link: line 6: 2: LINK TYPE");
        return Ok(1);
    };
    let mut texts = Texts::open(PlainLog::find())?;
    let number = texts.next();
    let name = plain_file_name(number, &typed.title);
    let text = filled(&texts.log.folder, (number, &typed.title), environment)?;
    texts.after.insert(name.clone(), text);
    for old in &typed.superseded {
        let old = texts.find(old)?;
        texts.link(&old, "Superceded by", &name, ui);
        if let Some(text) = texts.after.get_mut(&old) {
            *text = without_accepted(text);
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
    ui.line(&path.to_string_lossy())?;
    Ok(0)
}

/// `TARGET:LINK:REVERSE`, taken apart.
fn parts(link: &str) -> Option<(String, String, String)> {
    let mut parts = link.split(':').map(str::to_owned).filter(|part| !part.is_empty());
    Some((parts.next()?, parts.next()?, parts.next()?))
}

/// The text of a new record, from the template that the environment or the log has.
fn filled(folder: &Path, new: (u64, &str), environment: &Environment) -> Result<String> {
    let own = folder.join("templates/template.md");
    let path = environment.variable("ADR_TEMPLATE").map(PathBuf::from);
    let path = path.or_else(|| own.is_file().then_some(own));
    let own = path.as_deref().map(read_text).transpose()?;
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

fn link(rest: &[String], ui: &mut Ui<'_>) -> Result<u8> {
    let [source, link, target, reverse] = rest.get(..4).unwrap_or(rest) else {
        let names = ["SOURCE", "LINK", "TARGET", "REVERSE-LINK"];
        let missing = names.get(rest.len()).copied().unwrap_or_default();
        ui.note(&format!("adr-link: {}: {missing}", rest.len() + 1));
        return Ok(1);
    };
    let mut texts = Texts::open(PlainLog::find())?;
    let (from, to) = (texts.find(source)?, texts.find(target)?);
    texts.link(&from, link, &to, ui);
    texts.link(&to, reverse, &from, ui);
    texts.write()?;
    Ok(0)
}

fn list(ui: &mut Ui<'_>) -> Result<u8> {
    let log = PlainLog::find();
    if !log.folder.is_dir() {
        ui.line(&format!("The {} directory does not exist", log.folder.display()))?;
        return Ok(1);
    }
    for (name, _) in records(&log)? {
        ui.line(&log.folder.join(name).to_string_lossy())?;
    }
    Ok(0)
}

fn generate(rest: &[String], ui: &mut Ui<'_>) -> Result<u8> {
    let option = |letter: &str| {
        let at = rest.iter().position(|word| word == letter)?;
        rest.get(at + 1).cloned()
    };
    let prefix = option("-p").unwrap_or_default();
    match rest.first().map(String::as_str) {
        None => ui.print(REPORTS).map(|()| 0),
        Some("toc") => {
            let mut text = String::from("# Architecture Decision Records\n\n");
            if let Some(intro) = option("-i") {
                text += &read_text(Path::new(&intro))?;
                text.push('\n');
            }
            text += &plain_toc(&records(&PlainLog::find())?, &prefix);
            if let Some(outro) = option("-o") {
                text.push('\n');
                text += &read_text(Path::new(&outro))?;
            }
            ui.print(&text).map(|()| 0)
        }
        Some("graph") => {
            let extension = option("-e").unwrap_or_else(|| ".html".to_owned());
            ui.print(&plain_graph(&records(&PlainLog::find())?, &prefix, &extension)).map(|()| 0)
        }
        Some(other) => {
            ui.note(&format!(
                "adr-generate: no report is called `{other}`; there are graph and toc"
            ));
            Ok(127)
        }
    }
}

fn upgrade() -> Result<u8> {
    let mut texts = Texts::open(PlainLog::find())?;
    for text in texts.after.values_mut() {
        *text = with_iso_dates(text);
    }
    texts.write()?;
    Ok(0)
}
