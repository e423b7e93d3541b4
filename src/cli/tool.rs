//! What is about the program itself: `adr completions`, `adr man`, `adr config`

use std::path::{Path, PathBuf};

use clap_complete::Shell;

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
        session.ui.line(&path.to_string_lossy())?;
    }
    Ok(Outcome::Done)
}

fn page(command: clap::Command) -> Result<String> {
    let mut page = Vec::new();
    let rendered = clap_mangen::Man::new(command).render(&mut page);
    rendered.map_err(|source| Error::Output { source })?;
    Ok(String::from_utf8_lossy(&page).into_owned())
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
        session.ui.line(&path.to_string_lossy())?;
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
    session.ui.line(&format!("# the log is {folder}; read from {read}"))?;
    let table = toml::to_string(&project.config.table()).unwrap_or_default();
    session.ui.print(&table)?;
    Ok(Outcome::Done)
}
