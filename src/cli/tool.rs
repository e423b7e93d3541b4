//! What is about the program itself: `adr completions`, `adr man`, `adr config`

use std::path::{Path, PathBuf};

use clap_complete::Shell;

use super::line::Line;
use super::{Outcome, Session, completion, help};
use crate::project::write_file;
use crate::{Error, Result};

/// Completions for a shell
///
/// Prints what teaches the shell to complete commands, options and values: records by number with
/// their titles, statuses, tags, people, rules, templates. Let the shell read it when it starts, so
/// that it fits the program that is installed.
#[derive(clap::Args)]
#[command(before_long_help = "Examples:
  adr completions bash    # in ~/.bashrc: eval \"$(adr completions bash)\"
  adr completions zsh     # in ~/.zshrc, after compinit: source <(adr completions zsh)
  adr completions fish    # in config.fish: adr completions fish | source")]
pub(super) struct CompletionsArgs {
    /// Which shell
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

pub(super) fn completions(args: &CompletionsArgs, session: &mut Session<'_>) -> Result<Outcome> {
    session.ui.print(&completion::registration(&args.shell.to_string()))?;
    Ok(Outcome::Done)
}

/// Man pages
///
/// Prints the manual page of the program; with --out writes one for every command.
#[derive(clap::Args)]
#[command(before_long_help = "Examples:
  adr man | man -l -
  adr man --out /usr/local/share/man/man1")]
pub(super) struct ManArgs {
    /// The folder to write all pages to
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

pub(super) fn man(args: &ManArgs, session: &mut Session<'_>) -> Result<Outcome> {
    let mut command = help::command();
    // The options that all commands share come into each of them.
    command.build();
    let Some(out) = &args.out else {
        session.ui.print(&page(command)?)?;
        return Ok(Outcome::Done);
    };
    let visible = command.get_subcommands().filter(|sub| !sub.is_hide_set());
    let subs: Vec<clap::Command> = visible
        .map(|sub| {
            let name = format!("adr-{}", sub.get_name());
            sub.clone().name(name.clone()).bin_name(name)
        })
        .collect();
    for command in std::iter::once(command.clone()).chain(subs) {
        let path = out.join(format!("{}.1", command.get_name()));
        write_file(&path, &page(command)?)?;
        session.ui.path(&path)?;
    }
    Ok(Outcome::Done)
}

fn page(command: clap::Command) -> Result<String> {
    let mut page = Vec::new();
    // What the short help leaves out would stand here without a word about it.
    let command = command.mut_args(|arg| arg.hide_short_help(false));
    let examples = command.get_before_long_help().map(ToString::to_string).unwrap_or_default();
    let rendered = clap_mangen::Man::new(command).render(&mut page);
    rendered.map_err(|source| Error::Output { source })?;
    let page = String::from_utf8_lossy(&page).into_owned();
    Ok(page.replacen("\n.SH OPTIONS\n", &format!("\n{}.SH OPTIONS\n", section(&examples)), 1))
}

/// Examples as the help has them, in the form of a manual page.
fn section(examples: &str) -> String {
    let Some((title, lines)) = examples.split_once(":\n") else { return String::new() };
    let escaped = |line: &str| line.trim().replace('\\', "\\e").replace('-', "\\-");
    let lines: Vec<String> = lines.lines().map(escaped).collect();
    format!(".SH {}\n.nf\n{}\n.fi\n", title.to_uppercase(), lines.join("\n"))
}

/// Show the configuration
///
/// Prints where the log is and which file says so, and what holds: what adr.toml says, with
/// --config over it.
#[derive(clap::Args)]
#[command(before_long_help = "Examples:
  adr config
  adr config path
  adr config show --config template=madr")]
pub(super) struct ConfigArgs {
    /// `show` for all of it, `path` for the file alone
    #[arg(value_name = "WHAT", default_value = "show", value_parser = ["show", "path"])]
    what: String,
}

pub(super) fn config(args: &ConfigArgs, session: &mut Session<'_>) -> Result<Outcome> {
    let project = session.open()?;
    let path = project.place.config.as_deref();
    if args.what == "path" {
        let Some(path) = path else {
            session.ui.remark("no adr.toml is read; all is as by default");
            return Ok(Outcome::Findings);
        };
        session.ui.path(path)?;
        return Ok(Outcome::Done);
    }
    let folder = project.place.folder.to_string_lossy().into_owned();
    if session.global.json {
        let json = serde_json::json!({
            "schema_version": crate::export::SCHEMA_VERSION,
            "log": folder,
            "path": path.map(Path::to_string_lossy),
            "settings": project.config.table(),
        });
        session.ui.json(&json)?;
        return Ok(Outcome::Done);
    }
    let read = path.map_or("no file".into(), Path::to_string_lossy);
    session.ui.show(&Line::text(&format!("# the log is {folder}; read from {read}")))?;
    let table = toml::to_string(&project.config.table()).unwrap_or_default();
    session.ui.print(&table)?;
    Ok(Outcome::Done)
}

#[cfg(test)]
mod tests {
    use super::{help, page};

    #[test]
    fn a_manual_page_has_the_examples_of_the_help_and_a_word_about_each_option() {
        let mut command = help::command();
        command.build();
        let status = command.find_subcommand("status").unwrap().clone();
        let text = page(status).unwrap();
        let examples = ".SH EXAMPLES\n.nf\nadr status 12\nadr status 12 accepted\n";
        assert!(text.contains(examples), "{text}");
        for sub in command.get_subcommands().filter(|sub| !sub.is_hide_set()) {
            let text = page(sub.clone()).unwrap();
            assert!(text.contains(".SH EXAMPLES\n"), "{text}");
            let mut silent = text.split(".TP\n").filter(|part| part.lines().nth(1) == Some(""));
            assert_eq!(silent.next(), None, "{}", sub.get_name());
        }
    }
}
