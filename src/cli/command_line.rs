//! The definition of the whole command line, and the layout of its help.

use super::args::Global;
use super::command::HelpGroup;
use super::commands::COMMANDS;

/// The layout of a command's help: what it does, how it is used, then the details.
const COMMAND_HELP: &str =
    "{about-with-newline}\n{before-help}{usage-heading} {usage}\n\n{all-args}{after-help}";

/// The headings of the overview.
const HEADINGS: [(HelpGroup, &str); 4] = [
    (HelpGroup::Write, "Write"),
    (HelpGroup::Read, "Read"),
    (HelpGroup::Check, "Check"),
    (HelpGroup::Publish, "Publish"),
];

/// The end of the overview.
const OVERVIEW_END: &str = "\
Global: -C DIR  --dir DIR  -q  -v  --json  --color WHEN  --no-input  --config KEY=VALUE
        --today DATE
Exit codes: 0 success, 1 findings or nothing found, 2 error

Run `adr COMMAND --help` for examples and all options, `adr help topics` for other topics.
";

/// Returns the definition of the command line, with all commands and the overview as its help.
pub(crate) fn command_line() -> clap::Command {
    let definitions = COMMANDS.iter().map(|entry| entry.definition().help_template(COMMAND_HELP));
    let command_line = <Global as clap::Args>::augment_args(clap::Command::new("adr"))
        .next_help_heading(None)
        .about("Architecture decisions in your repository: write, check, publish")
        .long_about(None)
        .version(env!("CARGO_PKG_VERSION"))
        .disable_help_subcommand(true)
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommands(definitions);
    let overview = overview(&command_line);
    command_line.override_help(overview)
}

/// Returns the text of `adr --help`.
fn overview(command_line: &clap::Command) -> String {
    let summary = |command: &clap::Command| command.get_about().map(ToString::to_string);
    let summary_of = |name: &str| command_line.find_subcommand(name).and_then(summary);
    let names = |group: HelpGroup| {
        COMMANDS.iter().filter(move |entry| entry.group == group).map(|entry| entry.name)
    };
    let mut lines = vec![
        summary(command_line).unwrap_or_default(),
        String::new(),
        "Usage: adr <COMMAND>".to_owned(),
        String::new(),
    ];
    for (group, heading) in HEADINGS {
        lines.extend(names(group).enumerate().map(|(index, name)| {
            let heading = if index == 0 { heading } else { "" };
            format!("{heading:<8}  {name:<9}  {}", summary_of(name).unwrap_or_default())
        }));
    }
    lines.push(String::new());
    lines.push(format!("Also: {}", names(HelpGroup::Other).collect::<Vec<_>>().join(", ")));
    lines.push(OVERVIEW_END.to_owned());
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::command_line;

    #[test]
    fn the_help_of_every_visible_command_starts_with_examples() {
        for command in command_line().get_subcommands().filter(|command| !command.is_hide_set()) {
            let text = command.get_before_long_help().map(ToString::to_string).unwrap_or_default();
            let example = format!("Examples:\n  adr {}", command.get_name());
            assert!(text.starts_with(&example), "`{}` has no examples", command.get_name());
        }
    }

    #[test]
    fn the_command_line_is_consistent() {
        command_line().debug_assert();
    }
}
