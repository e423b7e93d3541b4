//! The sources of values for arguments.

use std::ffi::OsStr;
use std::path::PathBuf;

use clap::Arg;
use clap_complete::engine::{PathCompleter, ValueCompleter};

use super::context::{CompletionContext, CompletionValue};
use crate::author::TEMPLATES;
use crate::cli::command_line::command_line;
use crate::cli::help_topics::topic_and_command_names;
use crate::lint::rules;
use crate::model::{Record, RelationKind};

/// Returns the candidates for a value of an argument. The parameters are the number of values before it, and its
/// typed part.
pub(super) type ValueSource = fn(&CompletionContext, usize, &str) -> Vec<CompletionValue>;

/// The sources by the metavariables of arguments. Arguments with a fixed list of values and paths need no entry; the
/// test lists the metavariables without known values.
static SOURCES: &[(&str, ValueSource)] = &[
    ("REF", |context, _, typed| context.references(typed)),
    ("OLD", |context, _, typed| context.references(typed)),
    ("A", |context, _, typed| context.references(typed)),
    ("VERB", |context, values_before, typed| match values_before {
        0 => starting_with(typed, verbs()),
        _ => context.references(typed),
    }),
    ("STATE", |context, _, typed| starting_with(typed, context.next_statuses())),
    ("STATUS", |context, _, typed| starting_with(typed, context.statuses())),
    ("TAG", |context, _, typed| starting_with(typed, context.used_values(tags))),
    ("NAME", |context, _, typed| starting_with(typed, context.used_values(people))),
    ("RULE", |_, _, typed| starting_with(typed, rule_codes())),
    ("RULES", |_, _, typed| starting_with(typed, rule_codes())),
    ("NAME|FILE", |_, _, typed| starting_with(typed, templates(typed))),
    ("TOPIC", |_, _, typed| starting_with(typed, help_topics())),
];

/// Returns the source of values of an argument.
pub(super) fn value_source(arg: &Arg) -> Option<ValueSource> {
    // A base is a branch rather than a record.
    if arg.get_id() == "base" || !arg.get_possible_values().is_empty() {
        return None;
    }
    let metavariable = arg.get_value_names()?.first()?;
    let source = SOURCES.iter().find(|(name, _)| *name == metavariable.as_str());
    source.map(|(_, source)| *source)
}

fn starting_with(typed: &str, mut candidates: Vec<CompletionValue>) -> Vec<CompletionValue> {
    let typed = typed.to_lowercase();
    candidates.retain(|candidate| candidate.value.to_lowercase().starts_with(&typed));
    candidates
}

fn tags(record: &Record) -> Vec<&str> {
    record.tags.iter().map(|tag| &*tag.value).collect()
}

fn people(record: &Record) -> Vec<&str> {
    let lists = [&record.decision_makers, &record.consulted, &record.informed];
    lists.into_iter().flatten().map(|person| &*person.value).collect()
}

/// Returns the verbs of relations that the newer record states.
fn verbs() -> Vec<CompletionValue> {
    let verbs = RelationKind::ALL.into_iter().map(RelationKind::as_str);
    let verbs = verbs.filter(|verb| !verb.ends_with("-by") && *verb != "other");
    verbs.map(CompletionValue::plain).collect()
}

fn rule_codes() -> Vec<CompletionValue> {
    rules::RULES.iter().map(|rule| CompletionValue::new(rule.code, rule.name)).collect()
}

fn help_topics() -> Vec<CompletionValue> {
    let names = topic_and_command_names(&command_line()).into_iter();
    names.map(|(value, description)| CompletionValue { value, description }).collect()
}

/// Returns the built-in templates and files.
fn templates(typed: &str) -> Vec<CompletionValue> {
    let built_in =
        TEMPLATES.iter().map(|built_in| CompletionValue::new(built_in.name, built_in.about));
    let files = PathCompleter::file().complete(OsStr::new(typed)).into_iter();
    let files = files
        .map(|file| CompletionValue::plain(&PathBuf::from(file.get_value()).to_string_lossy()));
    built_in.chain(files).collect()
}

#[cfg(test)]
mod tests {
    use super::SOURCES;
    use crate::cli::command_line::command_line;

    /// The metavariables whose values cannot be known.
    const FREE: &[&str] = &[
        "DATE",
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
    ];

    #[test]
    fn every_argument_has_a_source_or_is_known_to_have_none() {
        for command in command_line().get_subcommands() {
            for arg in command.get_arguments().filter(|arg| arg.get_possible_values().is_empty()) {
                let is_path = arg.get_value_hint() != clap::ValueHint::Unknown;
                let name = arg.get_value_names().and_then(|names| names.first());
                let Some(name) = name.filter(|_| arg.get_action().takes_values() && !is_path)
                else {
                    continue;
                };
                let known_names = FREE.iter().chain(SOURCES.iter().map(|(known, _)| known));
                let count = known_names.filter(|known| **known == name.as_str()).count();
                let file = "src/cli/completion/sources.rs";
                assert_eq!(count, 1, "`{name}` of `{}` in {file}", command.get_name());
            }
        }
    }
}
