//! Completion with live values: what may stand where the cursor is, read from the log that the line
//! is about. Never fails and never says anything but values: a shell that completes cannot show an
//! error.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::{OsStr, OsString};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use clap::{Arg, ArgMatches, FromArgMatches};
use clap_complete::engine::{
    ArgValueCompleter, CompletionCandidate, PathCompleter, ValueCompleter,
};
use clap_complete::env::Shells;

use super::reference::one_line;
use super::{Environment, Global, enter, help, topic};
use crate::author::TEMPLATES;
use crate::lint::rules;
use crate::model::{Lifecycle, Record, RecordId, RelationKind};
use crate::project::{Project, Request, Setting};
use crate::text::breaks_line;

/// The variable that asks for values in place of a command; it holds the name of the shell.
const ASKS: &str = "COMPLETE";

/// A value, and a word about it.
type Value = (String, String);

/// The values for a word of an argument, of whose words so many stand before it; with what is typed
/// of it.
type Source = fn(&Scene, usize, &str) -> Vec<Value>;

/// What the values of arguments are, by what the help calls them. An argument with a closed list
/// of values, and one that is a path, needs no entry; `tests` name those that have no values.
static SOURCES: &[(&str, Source)] = &[
    ("REF", |scene, _, typed| scene.references(typed)),
    ("OLD", |scene, _, typed| scene.references(typed)),
    ("A", |scene, _, typed| scene.references(typed)),
    ("VERB", |scene, at, typed| match at {
        0 => starting(verbs(), typed),
        _ => scene.references(typed),
    }),
    ("STATE", |scene, _, typed| starting(scene.reachable(), typed)),
    ("STATUS", |scene, _, typed| starting(scene.statuses(), typed)),
    ("TAG", |scene, _, typed| starting(scene.words(tags), typed)),
    ("WORD", |scene, _, typed| starting(scene.words(tags), typed)),
    ("NAME", |scene, _, typed| starting(scene.words(people), typed)),
    ("RULE", |_, _, typed| starting(codes(), typed)),
    ("RULES", |_, _, typed| starting(codes(), typed)),
    ("NAME|FILE", |_, _, typed| starting(templates(typed), typed)),
    ("TOPIC", |_, _, typed| starting(topic::names(), typed)),
];

/// What is asked for, where the line is to be completed and not to be run.
pub(super) fn asked(environment: &Environment) -> Option<&str> {
    let shell = environment.variable(ASKS)?;
    Shells::builtins().completer(shell).map(|_| shell)
}

/// Writes the values for the word at the cursor; where there is no line yet, what registers the
/// completion. `args` is what the shell gives: our name, `--`, and the words of the line.
pub(super) fn run(shell: &str, args: &[OsString], environment: &Environment, out: &mut dyn Write) {
    let shells = Shells::builtins();
    let Some(completer) = shells.completer(shell) else { return };
    let line: Vec<OsString> = args.iter().skip_while(|arg| *arg != "--").skip(1).cloned().collect();
    let mut text = Vec::new();
    if line.is_empty() {
        text = registration(shell).into_bytes();
    } else {
        let at = environment.variable("_CLAP_COMPLETE_INDEX").and_then(|at| at.parse().ok());
        let scene = Scene::of(&line, at.unwrap_or(line.len() - 1), shell);
        let mut command = command(&Arc::new(scene));
        // Where nothing can be offered, nothing is.
        let here = Path::new(".");
        drop(completer.write_complete(&mut command, line, Some(here), &mut text));
    }
    drop(out.write_all(&text));
}

/// The text that teaches `shell` to ask us.
pub(super) fn registration(shell: &str) -> String {
    let shells = Shells::builtins();
    let mut text = Vec::new();
    if let Some(completer) = shells.completer(shell) {
        // Nothing can fail that is written to memory.
        drop(completer.write_registration(ASKS, "adr", "adr", "adr", &mut text));
    }
    if shell == "zsh" {
        // In a folder of `fpath` the text is the body of a function that is to complete at once.
        text.extend(b"\n[[ $funcstack[1] == _adr ]] && _clap_dynamic_completer_adr \"$@\"\ntrue\n");
    }
    String::from_utf8_lossy(&text).into_owned()
}

/// The command line, with a source of values at every argument that has one.
fn command(scene: &Arc<Scene>) -> clap::Command {
    let mut command = help::command();
    let names: Vec<String> =
        command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    for name in names {
        command = command.mut_subcommand(name, |sub| sub.mut_args(|arg| with_values(arg, scene)));
    }
    command
}

fn with_values(arg: Arg, scene: &Arc<Scene>) -> Arg {
    let Some(source) = source(&arg) else { return arg };
    let (id, scene) = (arg.get_id().to_string(), Arc::clone(scene));
    arg.add(ArgValueCompleter::new(Values { source, id, scene }))
}

/// Where the values of an argument come from.
fn source(arg: &Arg) -> Option<Source> {
    // A base is a branch, and no record.
    if arg.get_id() == "base" || !arg.get_possible_values().is_empty() {
        return None;
    }
    let name = arg.get_value_names()?.first()?;
    SOURCES.iter().find(|(known, _)| *known == name.as_str()).map(|(_, source)| *source)
}

/// The values of one argument.
struct Values {
    source: Source,
    /// The argument, as the command calls it.
    id: String,
    scene: Arc<Scene>,
}

impl ValueCompleter for Values {
    // Not `complete_at`, which counts the first two words of an argument as one.
    fn complete(&self, current: &OsStr) -> Vec<CompletionCandidate> {
        let Some(typed) = current.to_str() else { return vec![] };
        let before = self.scene.given(&self.id).count();
        let values = match &*self.id {
            "by" => self.scene.successors(typed),
            _ => (self.source)(&self.scene, before, typed),
        };
        values.into_iter().map(|(value, about)| self.scene.candidate(&value, about)).collect()
    }
}

/// What was typed, and the log that it is about, which is read when a value is asked for.
struct Scene {
    global: Global,
    /// Whether the folder to start in is there.
    is_somewhere: bool,
    command: String,
    /// What the command was given so far.
    matches: ArgMatches,
    /// Whether the shell takes values as they are, blanks included.
    quotes: bool,
    project: OnceLock<Option<Project>>,
}

impl Scene {
    /// The line, of which the word `at` is being typed.
    fn of(line: &[OsString], at: usize, shell: &str) -> Self {
        let words = line.iter().enumerate().filter(|(index, _)| *index != at);
        let words = words.map(|(_, word)| word);
        let matches = help::command().ignore_errors(true).try_get_matches_from(words);
        let matches = matches.unwrap_or_default();
        let global = Global::from_arg_matches(&matches).unwrap_or_default();
        let is_somewhere = enter(&global).is_ok();
        let (command, matches) = match matches.subcommand() {
            Some((name, below)) => (name.to_owned(), below.clone()),
            None => (String::new(), ArgMatches::default()),
        };
        let quotes = shell == "bash";
        Self { global, is_somewhere, command, matches, quotes, project: OnceLock::new() }
    }

    /// The words that stand for an argument already.
    fn given(&self, id: &str) -> impl Iterator<Item = &String> {
        self.matches.try_get_many::<String>(id).ok().flatten().into_iter().flatten()
    }

    fn project(&self) -> Option<&Project> {
        let open = || {
            let settings: Vec<Setting> = self.global.config.iter().cloned().map(Setting).collect();
            let dir = self.global.dir.as_deref();
            Project::open_fields(&Request { dir, settings, ..Request::default() })
                .ok()
                .filter(|_| self.is_somewhere)
        };
        self.project.get_or_init(open).as_ref()
    }

    fn candidate(&self, value: &str, about: String) -> CompletionCandidate {
        let mut value = value.to_owned();
        if self.quotes {
            let special = |c: char| !(c.is_alphanumeric() || "-_./@:,+=~".contains(c));
            value = value
                .chars()
                .flat_map(|c| special(c).then_some('\\').into_iter().chain([c]))
                .collect();
        }
        let about = (!about.is_empty()).then(|| about.into());
        CompletionCandidate::new(value).help(about)
    }

    /// The records that `typed` may become.
    fn references(&self, typed: &str) -> Vec<Value> {
        self.records(typed, |_, _| true)
    }

    /// The records that may take the place of others.
    fn successors(&self, typed: &str) -> Vec<Value> {
        self.records(typed, |project, id| project.log.in_force(id))
    }

    /// Of the records that `may` be meant, those whose number or id begins with `typed`, or a word
    /// of whose title does.
    fn records(&self, typed: &str, may: fn(&Project, RecordId) -> bool) -> Vec<Value> {
        let Some(project) = self.project() else { return vec![] };
        let log = &project.log;
        let names = Names::of(log.records());
        let typed = typed.to_lowercase();
        let is_word = typed.contains(char::is_alphabetic);
        let fits = |name: &str, record: &Record| {
            name.to_lowercase().starts_with(&typed)
                || is_word && words(record).any(|word| word.starts_with(&typed))
        };
        let mut values = Vec::new();
        for (_, record) in log.iter().filter(|(id, _)| may(project, *id)) {
            let name = names.name(record, &typed);
            // A shell would take it for more than one.
            if fits(&name, record) && !breaks_line(&name) {
                values.push((name, about(record)));
            }
        }
        values
    }

    /// The statuses that the record may go to.
    fn reachable(&self) -> Vec<Value> {
        let Some(project) = self.project() else { return states(&Lifecycle::ALL) };
        let found = self.given("reference").next().map(|given| project.log.find(given));
        let record = match found {
            Some(crate::model::Lookup::One(id)) => Some(project.log.record(id)),
            _ => None,
        };
        let meaning = record.and_then(Record::status).and_then(|status| status.meaning);
        let transitions = project.config.transitions();
        let next = meaning.map_or(Lifecycle::ALL.to_vec(), |from| transitions.after(from).to_vec());
        let team = project.config.status.words.iter();
        let own = team.filter(|(_, meaning)| next.contains(&meaning.0));
        let own = own.map(|(word, meaning)| (one_line(word), meaning.0.as_str().to_owned()));
        states(&next).into_iter().chain(own).collect()
    }

    /// The statuses that there are: for a filter also those that only a record has.
    fn statuses(&self) -> Vec<Value> {
        let mut values = states(&Lifecycle::ALL);
        let Some(project) = self.project() else { return values };
        let mut own: BTreeSet<String> = project.config.status.words.keys().cloned().collect();
        if !["new", "supersede"].contains(&&*self.command) {
            let used = project.log.records().iter().filter_map(Record::status);
            own.extend(used.map(|status| status.word.to_string()));
        }
        own.retain(|word| Lifecycle::named(word).is_none());
        values.extend(own.into_iter().map(|word| (one_line(&word), String::new())));
        values
    }

    /// The words that the records have in one of their lists, each with how many do.
    fn words(&self, list: fn(&Record) -> Vec<&str>) -> Vec<Value> {
        let Some(project) = self.project() else { return vec![] };
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for word in project.log.records().iter().flat_map(list) {
            *counts.entry(one_line(word)).or_default() += 1;
        }
        let about = |count| if count == 1 { "1 record".into() } else { format!("{count} records") };
        counts.into_iter().map(|(word, count)| (word, about(count))).collect()
    }
}

/// What names each record of a log and no other: its number, else its id, else its file.
struct Names {
    numbers: BTreeMap<u32, usize>,
    ids: BTreeMap<String, usize>,
}

impl Names {
    fn of(records: &[Record]) -> Self {
        let (mut numbers, mut ids) = (BTreeMap::new(), BTreeMap::new());
        for record in records {
            if let Some(number) = &record.number {
                *numbers.entry(number.value.value).or_default() += 1;
            }
            if let Some(id) = &record.id {
                *ids.entry(id.value.to_lowercase()).or_default() += 1;
            }
        }
        Self { numbers, ids }
    }

    /// The name of `record`, with leading zeros unless `typed` begins without.
    fn name(&self, record: &Record, typed: &str) -> String {
        let number = record.number.as_ref().map(|number| number.value);
        if let Some(number) = number.filter(|n| self.numbers.get(&n.value) == Some(&1)) {
            let bare = typed.starts_with(|c: char| c.is_ascii_digit() && c != '0');
            return number.padded(if bare { 1 } else { usize::from(number.width) });
        }
        let id = record.id.as_ref().map(|id| &id.value);
        match id.filter(|id| self.ids.get(&id.to_lowercase()) == Some(&1)) {
            Some(id) => one_line(id),
            None => one_line(&record.file),
        }
    }
}

/// The words of a title, in lower case.
fn words(record: &Record) -> impl Iterator<Item = String> {
    let words = record.title_or_file().split(|c: char| !c.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(str::to_lowercase)
}

fn about(record: &Record) -> String {
    let status = record.status().map(|status| format!(" ({status})")).unwrap_or_default();
    one_line(&format!("{}{status}", record.title_or_file()))
}

fn starting(mut values: Vec<Value>, typed: &str) -> Vec<Value> {
    let typed = typed.to_lowercase();
    values.retain(|(value, _)| value.to_lowercase().starts_with(&typed));
    values
}

fn tags(record: &Record) -> Vec<&str> {
    record.tags.iter().map(|tag| &*tag.value).collect()
}

fn people(record: &Record) -> Vec<&str> {
    let lists = [&record.decision_makers, &record.consulted, &record.informed];
    lists.into_iter().flatten().map(|name| &*name.value).collect()
}

fn states(states: &[Lifecycle]) -> Vec<Value> {
    states.iter().map(|state| (state.as_str().to_owned(), String::new())).collect()
}

fn verbs() -> Vec<Value> {
    let active = RelationKind::ALL.into_iter().map(RelationKind::as_str);
    let active = active.filter(|verb| !verb.ends_with("-by") && *verb != "other");
    active.map(|verb| (verb.to_owned(), String::new())).collect()
}

fn codes() -> Vec<Value> {
    rules::RULES.iter().map(|rule| (rule.code.to_owned(), rule.name.to_owned())).collect()
}

/// Our templates, and files.
fn templates(typed: &str) -> Vec<Value> {
    let ours = TEMPLATES.iter().map(|ours| (ours.name.to_owned(), ours.about.to_owned()));
    let files = PathCompleter::file().complete(OsStr::new(typed)).into_iter();
    let files = files.map(|file| {
        (PathBuf::from(file.get_value()).to_string_lossy().into_owned(), String::new())
    });
    ours.chain(files).collect()
}

#[cfg(test)]
mod tests {
    use super::{SOURCES, help};

    /// What the help calls arguments of which nobody can know the values.
    const FREE: &[&str] = &[
        "COUNT",
        "EXTENSION",
        "FORMAT=PATH",
        "KEY=VALUE",
        "N",
        "NUM",
        "PREFIX",
        "REF:VERB[:REVERSE]",
        "TEXT",
        "TITLE",
        "URL",
        "WORDS",
        "YYYY-MM-DD",
    ];

    #[test]
    fn every_argument_has_values_or_is_known_to_have_none() {
        for sub in help::command().get_subcommands() {
            for arg in sub.get_arguments().filter(|arg| arg.get_possible_values().is_empty()) {
                let is_path = arg.get_value_hint() != clap::ValueHint::Unknown;
                let name = arg.get_value_names().and_then(|names| names.first());
                let Some(name) = name.filter(|_| arg.get_action().takes_values() && !is_path)
                else {
                    continue;
                };
                let known = FREE.iter().chain(SOURCES.iter().map(|(known, _)| known));
                let count = known.filter(|known| **known == name.as_str()).count();
                assert_eq!(count, 1, "`{name}` of `{}` in src/cli/completion.rs", sub.get_name());
            }
        }
    }
}
