//! The commands of adr-tools.

use std::path::{Path, PathBuf};

use super::getopt::{getopt, getopts};
use super::help::{COMPLETER, REPORTS, print_completions, print_help};
use super::log_texts::{LogTexts, read_records};
use crate::author::{
    FIRST_TITLE, Filled, PLAIN_TEMPLATE, Template, first_record, plain_file_name, plain_graph,
    plain_toc, with_iso_dates, without_status,
};
use crate::cli::terminal::{Environment, Ui, editor_exit_code};
use crate::project::{PlainLog, read_text};
use crate::{Error, Result};

/// Runs a command of adr-tools. Returns the exit code.
pub(crate) fn run(words: &[String], environment: &Environment, ui: &mut Ui<'_>) -> Result<u8> {
    let arguments = words.get(1..).unwrap_or_default();
    match words.first().map(String::as_str) {
        Some("init") if asks_for_help(arguments) => {
            print_help(words.get(..1).unwrap_or_default(), environment, ui).map(|()| 0)
        }
        Some("init") => init(arguments, environment, ui),
        Some("new") => new(arguments, environment, ui),
        Some("link") => link(arguments, environment, ui),
        Some("list") => list(ui),
        Some("generate") => generate(arguments, ui),
        Some("upgrade-repository") => upgrade_repository(environment),
        Some("help") => print_help(arguments, environment, ui).map(|()| 0),
        Some(COMPLETER) => print_completions(arguments, ui).map(|()| 0),
        _ => print_help(&[], environment, ui).map(|()| 1),
    }
}

/// Whether the first argument asks for help. Others would be taken for a folder.
fn asks_for_help(arguments: &[String]) -> bool {
    matches!(arguments.first().map(String::as_str), Some("-h" | "--help"))
}

fn init(arguments: &[String], environment: &Environment, ui: &mut Ui<'_>) -> Result<u8> {
    if let Some(option) = arguments.first().and_then(|word| word.strip_prefix('-')) {
        let letter = option.chars().next().unwrap_or('-');
        return Ok(report_bad_option(&format!("illegal option -- {letter}"), ui));
    }
    let given_folder = arguments.first().filter(|word| !word.is_empty()).map(PathBuf::from);
    let log = given_folder.clone().map_or_else(PlainLog::find, |path| Ok(PlainLog::at(path)))?;
    let mut log_texts = LogTexts::open(log, environment)?;
    if given_folder.is_some() {
        log_texts.log.write_marker()?;
    }
    let file_name = plain_file_name(log_texts.next_number(), FIRST_TITLE);
    log_texts.texts.insert(file_name.clone(), first_record(&date(environment)?));
    log_texts.write()?;
    ui.path(&log_texts.log.folder.join(file_name))?;
    Ok(0)
}

fn date(environment: &Environment) -> Result<String> {
    match environment.variable("ADR_DATE") {
        Some(date) => Ok(date.to_owned()),
        None => environment.today().map(|date| date.to_string()),
    }
}

fn new(arguments: &[String], environment: &Environment, ui: &mut Ui<'_>) -> Result<u8> {
    let options = match getopts(arguments, "s:l:") {
        Ok(options) => options,
        Err(message) => return Ok(report_bad_option(&message, ui)),
    };
    let title = options.operands.join(" ");
    if title.is_empty() {
        ui.line("ERROR: no title given")?;
        return Ok(1);
    }
    let Some(links) = options.all('l').map(LinkOption::parse).collect::<Option<Vec<_>>>() else {
        ui.note("_adr_add_link: line 6: 2: LINK TYPE");
        return Ok(1);
    };
    let mut log_texts = LogTexts::open(PlainLog::find()?, environment)?;
    let number = log_texts.next_number();
    let file_name = plain_file_name(number, &title);
    let text = new_record(&log_texts.log, number, &title, environment)?;
    log_texts.texts.insert(file_name.clone(), text);
    for reference in options.all('s') {
        let old = log_texts.find(reference)?;
        log_texts.link(&old, "Superceded by", &file_name, ui);
        if let Some(text) = log_texts.texts.get_mut(&old) {
            *text = without_status(text);
        }
        log_texts.link(&file_name, "Supercedes", &old, ui);
    }
    for LinkOption { target, link, reverse_link } in links {
        let target = log_texts.find(&target)?;
        log_texts.link(&file_name, &link, &target, ui);
        log_texts.link(&target, &reverse_link, &file_name, ui);
    }
    log_texts.write()?;
    let path = log_texts.log.folder.join(file_name);
    if let Some(code) = editor_exit_code(environment, &path)? {
        return Ok(code);
    }
    ui.path(&path)?;
    Ok(0)
}

/// The value of `new -l`.
struct LinkOption {
    target: String,
    link: String,
    reverse_link: String,
}

impl LinkOption {
    /// Parses `TARGET:LINK:REVERSE-LINK`.
    fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split(':').map(str::to_owned).filter(|part| !part.is_empty());
        Some(Self { target: parts.next()?, link: parts.next()?, reverse_link: parts.next()? })
    }
}

/// Returns the text of a new record, from the template of the environment, of the log, or the built-in one.
fn new_record(
    log: &PlainLog,
    number: u64,
    title: &str,
    environment: &Environment,
) -> Result<String> {
    const LOG_TEMPLATE: &str = "templates/template.md";
    let log_template = log.folder.join(LOG_TEMPLATE);
    let (path, text) = match environment.variable("ADR_TEMPLATE").map(PathBuf::from) {
        Some(path) => (Some(path.clone()), Some(read_text(&path)?)),
        None if log_template.is_file() => (Some(log_template), Some(log.read(LOG_TEMPLATE)?)),
        None => (None, None),
    };
    let name = path.as_deref().map(Path::to_string_lossy).unwrap_or_default();
    let template = Template { name: &name, text: text.as_deref().unwrap_or(PLAIN_TEMPLATE) };
    let (number, date) = (u32::try_from(number).ok(), date(environment)?);
    template.fill(&Filled { number, title, date: &date, status: "Accepted", ..Filled::default() })
}

fn link(arguments: &[String], environment: &Environment, ui: &mut Ui<'_>) -> Result<u8> {
    const NAMES: [&str; 4] = ["SOURCE", "LINK", "TARGET", "REVERSE-LINK"];
    let is_missing = |index: &usize| arguments.get(*index).is_none_or(String::is_empty);
    if let Some(index) = (0..NAMES.len()).find(is_missing) {
        let name = NAMES.get(index).copied().unwrap_or_default();
        ui.note(&format!("adr-link: {}: {name}", index + 1));
        return Ok(1);
    }
    let [source, link, target, reverse_link] = arguments.get(..4).unwrap_or_default() else {
        return Ok(1);
    };
    let log = PlainLog::find()?;
    if !log.folder.is_dir() {
        return Err(Error::NoRecord { given: source.clone(), nearest: vec![] });
    }
    let mut log_texts = LogTexts::open(log, environment)?;
    let (from, to) = (log_texts.find(source)?, log_texts.find(target)?);
    log_texts.link(&from, link, &to, ui);
    log_texts.link(&to, reverse_link, &from, ui);
    log_texts.write()?;
    Ok(0)
}

fn list(ui: &mut Ui<'_>) -> Result<u8> {
    let log = PlainLog::find()?;
    if !log.folder.is_dir() {
        ui.line(&format!("The {} directory does not exist", log.folder.display()))?;
        return Ok(1);
    }
    for (file_name, _) in read_records(&log)? {
        ui.path(&log.folder.join(file_name))?;
    }
    Ok(0)
}

fn generate(arguments: &[String], ui: &mut Ui<'_>) -> Result<u8> {
    let options = arguments.get(1..).unwrap_or_default();
    match arguments.first().map(String::as_str) {
        None => ui.print(REPORTS).map(|()| 0),
        Some("toc") => generate_toc(options, ui),
        Some("graph") => generate_graph(options, ui),
        Some(report) => {
            ui.note(&format!(
                "adr-generate: unknown report `{report}`; the reports are graph and toc"
            ));
            Ok(127)
        }
    }
}

fn generate_graph(arguments: &[String], ui: &mut Ui<'_>) -> Result<u8> {
    let options = match getopts(arguments, "e:p:") {
        Ok(options) => options,
        Err(message) => return Ok(report_bad_option(&message, ui)),
    };
    let prefix = options.last('p').unwrap_or_default();
    let extension = options.last('e').unwrap_or(".html");
    let records = read_records(&PlainLog::find()?)?;
    ui.data(&plain_graph(&records, prefix, extension)).map(|()| 0)
}

fn generate_toc(arguments: &[String], ui: &mut Ui<'_>) -> Result<u8> {
    let options = match getopt(arguments, "i:o:p:") {
        Ok(options) => options,
        Err(message) => return Ok(report_bad_option(&message, ui)),
    };
    let mut text = String::from("# Architecture Decision Records\n\n");
    if let Some(intro) = options.last('i').filter(|path| !path.is_empty()) {
        text += &read_text(Path::new(intro))?;
        text.push('\n');
    }
    let records = read_records(&PlainLog::find()?)?;
    text += &plain_toc(&records, options.last('p').unwrap_or_default());
    if let Some(outro) = options.last('o').filter(|path| !path.is_empty()) {
        text.push('\n');
        text += &read_text(Path::new(outro))?;
    }
    ui.data(&text).map(|()| 0)
}

/// Reports invalid options. Returns the exit code.
fn report_bad_option(message: &str, ui: &mut Ui<'_>) -> u8 {
    ui.note(message);
    1
}

fn upgrade_repository(environment: &Environment) -> Result<u8> {
    let log = PlainLog::find()?;
    if !log.folder.is_dir() {
        return Ok(0);
    }
    let mut log_texts = LogTexts::open(log, environment)?;
    for text in log_texts.texts.values_mut() {
        *text = with_iso_dates(text);
    }
    log_texts.write()?;
    Ok(0)
}
