//! The terminal: what was typed, and what is printed. Every command reads "open, do, print".

mod base;
mod baseline;
mod browser;
mod build;
mod code;
mod compat;
mod compat_help;
mod completion;
mod contents;
mod desk;
mod edit;
mod editor;
mod export;
mod fault;
mod filter;
mod findings;
mod getopt;
mod given;
mod global;
mod help;
mod init;
mod line;
mod link;
mod lint;
mod lint_input;
mod list;
mod new;
mod pipeline;
mod plan;
mod reference;
mod renumber;
mod rule;
mod schema;
mod scribe;
mod search;
mod serve;
mod show;
mod status;
mod supersede;
mod template;
mod threads;
mod toc;
mod tool;
mod topic;
mod ui;
mod unsaved;
mod usage;
mod wanted;

use std::cell::OnceCell;
use std::ffi::OsString;
use std::io::Write;
use std::mem::ManuallyDrop;
use std::process::ExitCode;

use clap::{FromArgMatches, Parser, Subcommand};

use global::Global;
pub use ui::Environment;
use ui::Ui;

use crate::model::{Date, Lifecycle};
use crate::project::{Project, Request, Setting};
use crate::{Error, Refusal, Result};

/// Architecture decisions in your repository: write, check, publish.
#[derive(Parser)]
#[command(name = "adr", version, disable_help_subcommand = true)]
struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    #[command(alias = "open")]
    Edit(edit::Args),
    Toc(Box<toc::Args>),
    Graph(Box<export::GraphArgs>),
    Export(Box<export::ExportArgs>),
    Completions(tool::CompletionsArgs),
    Man(tool::ManArgs),
    Config(tool::ConfigArgs),
    Schema(schema::Args),
    /// Explain a subject
    Help(topic::Args),
    Init(init::Args),
    #[command(alias = "add")]
    New(Box<new::Args>),
    Status(status::Args),
    #[command(hide = true, about = "Accept decisions")]
    Accept(status::Short),
    #[command(hide = true, about = "Reject decisions")]
    Reject(status::Short),
    #[command(hide = true, about = "Deprecate decisions")]
    Deprecate(status::Short),
    #[command(hide = true, about = "Propose decisions")]
    Propose(status::Short),
    Supersede(supersede::Args),
    Link(link::Args),
    #[command(alias = "rename")]
    Renumber(renumber::Args),
    Build(build::Args),
    Serve(serve::Args),
    #[command(alias = "ls")]
    List(list::Args),
    #[command(alias = "cat", alias = "view")]
    Show(show::Args),
    #[command(alias = "grep")]
    Search(search::Args),
    #[command(alias = "check", alias = "doctor")]
    Lint(lint::Args),
    #[command(alias = "rules")]
    Rule(rule::Args),
}

impl Command {
    /// Whether it reads a log, or may.
    fn reads_log(&self) -> bool {
        !matches!(
            self,
            Self::Completions(_) | Self::Man(_) | Self::Schema(_) | Self::Help(_) | Self::Rule(_)
        )
    }
}

/// How a command ended, where it could be carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// All is well: exit code 0.
    Done,
    /// There are findings, or nothing was found: exit code 1.
    Findings,
}

/// What a command has to work with.
struct Session<'a> {
    global: &'a Global,
    environment: &'a Environment,
    ui: Ui<'a>,
    /// What the program is, when it was asked for: its file is long.
    program: OnceCell<String>,
}

impl Session<'_> {
    /// The log that the options name. Never dropped: the system takes its memory back when the
    /// command ends, faster than record by record.
    fn open(&self) -> Result<ManuallyDrop<Project>> {
        self.open_anew().map(ManuallyDrop::new)
    }

    /// As [`open`](Self::open), for a command that asks for the fields of records, and not for their
    /// texts.
    fn survey(&self) -> Result<ManuallyDrop<Project>> {
        Project::open_fields(&self.request()).map(ManuallyDrop::new)
    }

    /// As [`open`](Self::open), for a command that opens it many times and gives its memory back.
    fn open_anew(&self) -> Result<Project> {
        Project::open(&self.request())
    }

    /// As [`open`](Self::open), for commands that change the log, unless they only `look`.
    fn open_to_change(&self, look: bool) -> Result<Project> {
        let open = if look { Project::open } else { Project::open_to_change };
        open(&self.request())
    }

    /// As [`open_to_change`](Self::open_to_change), for commands that may begin a log.
    fn open_or_begin(&self, look: bool) -> Result<Project> {
        let open = if look { Project::open_or_plan } else { Project::open_or_create };
        open(&self.request())
    }

    /// Refuses `--json` for a `command` whose output has a form of its own; `instead` prints JSON.
    fn no_json(&self, command: &str, instead: &str) -> Result<()> {
        if !self.global.json {
            return Ok(());
        }
        let what = "`--json`".to_owned();
        let reason = format!("{command} has a form of its own; {instead} prints the records");
        Err(Refusal::BadInput { what, reason }.into())
    }

    /// Whether a person is there to type and to look, and does not mind being asked.
    fn is_interactive(&self) -> bool {
        !self.global.no_input && self.environment.is_interactive()
    }

    /// What makes a site: another text for every program that may make another one.
    fn program(&self) -> &str {
        self.program.get_or_init(self.environment.program)
    }

    /// Lets nothing stay half done that a killed command left, and says so.
    fn recover(&mut self) {
        let found = match Project::recover(&self.request()) {
            Ok(Some(found)) => found,
            Ok(None) => return,
            // A command that only reads can go on; one that writes ends with this error.
            Err(error) => {
                self.ui.note(&format!("note: {error}; what is shown may be half of a change"));
                return;
            }
        };
        let what = if found.is_undone { "taken back" } else { "finished" };
        self.ui.note(&format!("note: an earlier command was interrupted; its work was {what}"));
        for path in &found.left {
            let path = path.display();
            self.ui.note(&format!("  `{path}` has changed since and was left as it is"));
        }
    }

    /// The log that the options name.
    fn request(&self) -> Request<'_> {
        let state = self.environment.state_folders();
        Request { dir: self.global.dir.as_deref(), settings: self.settings(), state }
    }

    /// What was set with `--config`.
    fn settings(&self) -> Vec<Setting> {
        self.global.config.iter().cloned().map(Setting).collect()
    }

    /// The day to take for today: `--today`, else `ADR_DATE`, else `SOURCE_DATE_EPOCH`, else the
    /// clock's.
    fn today(&self) -> Result<Date> {
        match self.global.today {
            Some(today) => Ok(today),
            None => self.environment.today(),
        }
    }
}

/// Reads the name of a base: a variable that is not set gives none.
fn name_of_base(text: &str) -> std::result::Result<String, String> {
    let given = Some(text.trim()).filter(|text| !text.is_empty());
    given
        .map(str::to_owned)
        .ok_or_else(|| "it is empty; name a branch, a tag or a commit".to_owned())
}

/// Runs the program: `args` as typed, the program's name first. Gives the exit code.
pub fn run(
    args: impl IntoIterator<Item = OsString>,
    environment: &Environment,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> ExitCode {
    let args: Vec<OsString> = args.into_iter().collect();
    if let Some(shell) = completion::asked(environment) {
        threads::start(environment);
        completion::run(shell, &args, environment, out);
        return ExitCode::SUCCESS;
    }
    if let Err(error) = compat::check(environment) {
        let json = args.iter().any(global::asks_for_json);
        Ui::new(environment, &Global::default(), out, err).error(&error, json);
        return ExitCode::from(2);
    }
    if let Some(words) = compat::words(&args, environment) {
        return run_compat(&words, environment, out, err);
    }
    let mut command = help::command();
    let json = args.iter().take_while(|arg| *arg != "--").any(global::asks_for_json);
    let matches = command.try_get_matches_from_mut(args);
    let cli = match matches.and_then(|matches| Cli::from_arg_matches(&matches)) {
        Ok(cli) => Cli { global: cli.global.settled(), ..cli },
        Err(error) => return usage::usage(error, &command, (environment, json), (out, err)),
    };
    if cli.command.reads_log() {
        threads::start(environment);
    }
    let ui = Ui::new(environment, &cli.global, out, err);
    let program = OnceCell::new();
    let mut session = Session { global: &cli.global, environment, ui, program };
    let outcome = enter(&cli.global)
        .and_then(|()| global::check(&cli))
        .map(|()| session.recover())
        .map(|()| global::tell(&cli.command, &mut session))
        .and_then(|()| dispatch(&cli.command, &mut session))
        .and_then(|outcome| session.ui.flush().map(|()| outcome));
    match outcome {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(1),
        Err(error) => {
            session.ui.error(&error, cli.global.json);
            ExitCode::from(2)
        }
    }
}

/// Runs a command as adr-tools would.
fn run_compat(
    words: &[String],
    environment: &Environment,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> ExitCode {
    let global = Global::default();
    let mut ui = Ui::new(environment, &global, out, err);
    match compat::run(words, environment, &mut ui).and_then(|code| ui.flush().map(|()| code)) {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            ui.error(&error, false);
            ExitCode::from(1)
        }
    }
}

fn dispatch(command: &Command, session: &mut Session<'_>) -> Result<Outcome> {
    match command {
        Command::Edit(args) => edit::run(args, session),
        Command::Toc(args) => toc::run(args, session),
        Command::Graph(args) => export::run_graph(args, session),
        Command::Export(args) => export::run(args, session),
        Command::Completions(args) => tool::completions(args, session),
        Command::Man(args) => tool::man(args, session),
        Command::Config(args) => tool::config(args, session),
        Command::Schema(args) => schema::run(args, session),
        Command::Help(args) => topic::run(args, session),
        Command::Init(args) => init::run(args, session),
        Command::New(args) => new::run(args, session),
        Command::Status(args) => status::run(args, session),
        Command::Accept(args) => status::run_short(Lifecycle::Accepted, args, session),
        Command::Reject(args) => status::run_short(Lifecycle::Rejected, args, session),
        Command::Deprecate(args) => status::run_short(Lifecycle::Deprecated, args, session),
        Command::Propose(args) => status::run_short(Lifecycle::Proposed, args, session),
        Command::Supersede(args) => supersede::run(args, session),
        Command::Link(args) => link::run(args, session),
        Command::Renumber(args) => renumber::run(args, session),
        Command::Build(args) => build::run(args, session),
        Command::Serve(args) => serve::run(args, session),
        Command::List(args) => list::run(args, session),
        Command::Lint(args) => lint::run(args, session),
        Command::Rule(args) => rule::run(args, session),
        Command::Show(args) => show::run(args, session),
        Command::Search(args) => search::run(args, session),
    }
}

/// Follows `-C`.
fn enter(global: &Global) -> Result<()> {
    let Some(start) = &global.start else { return Ok(()) };
    std::env::set_current_dir(start).map_err(|source| Error::Read { path: start.clone(), source })
}

fn date(text: &str) -> std::result::Result<Date, String> {
    Date::parse_iso(text).ok_or_else(|| "not a date of the form YYYY-MM-DD".to_owned())
}
