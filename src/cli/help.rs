//! The help of the program and of its commands: one shape for all, made from what the commands
//! themselves say.

use clap::{Command, CommandFactory};

use super::Cli;

/// The commands that the help lists, in groups and in the order in which they are listed. Those
/// that the program does not have (yet) are left out.
const GROUPS: &[(&str, &[&str])] = &[
    ("Write", &["init", "new", "edit", "status", "supersede", "link", "renumber"]),
    ("Read", &["list", "show", "search", "graph", "toc"]),
    ("Check", &["lint", "rule"]),
    ("Publish", &["build", "serve", "export"]),
];

/// The commands that are only named.
const ALSO: &[&str] = &["config", "schema", "completions", "man", "help"];

/// How the help of every command is laid out: what it does, how it is used, then the details.
const COMMAND_HELP: &str =
    "{about-with-newline}\n{before-help}{usage-heading} {usage}\n\n{all-args}{after-help}";

/// What the overview ends with.
const END: &str = "\
Global: -C DIR  --dir DIR  -q  -v  --json  --color WHEN  --no-input  --config KEY=VALUE
        --today DATE
Exit: 0 done, 1 findings or nothing found, 2 could not run

Run `adr COMMAND --help` for examples and all options, `adr help topics` for subjects.
";

/// The command line, help included.
pub(super) fn command() -> Command {
    let mut command = Cli::command();
    let names: Vec<String> =
        command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    for name in names {
        command = command.mut_subcommand(name, |sub| sub.help_template(COMMAND_HELP));
    }
    let help = overview(&command);
    command.override_help(help)
}

/// What `adr --help` prints.
fn overview(command: &Command) -> String {
    let find = |name: &str| command.get_subcommands().find(|sub| sub.get_name() == name);
    let about = |command: &Command| command.get_about().map(ToString::to_string);
    let purpose = about(command).unwrap_or_default();
    let mut help = vec![purpose, String::new(), "Usage: adr <COMMAND>".to_owned(), String::new()];
    for (group, names) in GROUPS {
        let subs = names.iter().filter_map(|name| find(name)).enumerate();
        help.extend(subs.map(|(at, sub)| {
            let group = if at == 0 { *group } else { "" };
            format!("{group:<8}  {:<9}  {}", sub.get_name(), about(sub).unwrap_or_default())
        }));
    }
    help.push(String::new());
    let also: Vec<&str> = ALSO.iter().copied().filter(|name| find(name).is_some()).collect();
    if !also.is_empty() {
        help.push(format!("Also: {}", also.join(", ")));
    }
    help.push(END.to_owned());
    help.join("\n")
}

#[cfg(test)]
mod tests {
    use super::{ALSO, GROUPS, command};

    #[test]
    fn every_visible_command_is_in_the_overview() {
        let listed: Vec<&str> =
            GROUPS.iter().flat_map(|(_, names)| *names).chain(ALSO).copied().collect();
        for sub in command().get_subcommands().filter(|sub| !sub.is_hide_set()) {
            let count = listed.iter().filter(|name| **name == sub.get_name()).count();
            assert_eq!(count, 1, "`{}` in src/cli/help.rs", sub.get_name());
        }
    }

    #[test]
    fn the_help_of_every_visible_command_begins_with_examples() {
        for sub in command().get_subcommands().filter(|sub| !sub.is_hide_set()) {
            let before = sub.get_before_long_help().map(ToString::to_string).unwrap_or_default();
            let example = format!("Examples:\n  adr {}", sub.get_name());
            assert!(before.starts_with(&example), "`{}` has no examples", sub.get_name());
        }
    }

    #[test]
    fn the_command_line_is_consistent() {
        command().debug_assert();
    }
}
