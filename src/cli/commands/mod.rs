//! The commands: the list of all, and one file for each. A command's `run` reads "open, do, print".

mod build;
mod completions;
mod config;
mod edit;
mod export;
mod graph;
mod help;
mod init;
mod link;
mod lint;
mod list;
mod man;
mod new;
mod renumber;
mod rule;
mod schema;
mod search;
mod serve;
mod show;
mod status;
mod supersede;
mod toc;

use super::command::{CommandEntry, HelpGroup};

/// Makes the entry of a command from its name, its group, and the module that holds its `Args` and `run`.
macro_rules! command {
    ($name:literal, $group:ident, $module:ident) => {
        command!($name, $group, $module::Args, $module::run)
    };
    ($name:literal, $group:ident, $args:ty, $run:path) => {
        CommandEntry::new(
            $name,
            HelpGroup::$group,
            <$args as clap::Args>::augment_args,
            |matches| {
                let args = <$args as clap::FromArgMatches>::from_arg_matches(matches)?;
                Ok(Box::new(move |session| $run(&args, session)))
            },
        )
    };
}

/// Every command, in the order in which the help lists them.
pub(crate) static COMMANDS: &[CommandEntry] = &[
    command!("init", Write, init),
    command!("new", Write, new).aliases(&["add"]),
    command!("edit", Write, edit).aliases(&["open"]),
    command!("status", Write, status),
    command!("supersede", Write, supersede),
    command!("link", Write, link),
    command!("renumber", Write, renumber).aliases(&["rename"]),
    command!("list", Read, list).aliases(&["ls"]),
    command!("show", Read, show).aliases(&["cat", "view"]),
    command!("search", Read, search).aliases(&["grep"]),
    command!("graph", Read, graph),
    command!("toc", Read, toc),
    command!("lint", Check, lint).aliases(&["check", "doctor"]),
    command!("rule", Check, rule).aliases(&["rules"]).without_log(),
    command!("build", Publish, build),
    command!("serve", Publish, serve),
    command!("export", Publish, export),
    command!("config", Other, config),
    command!("schema", Other, schema).without_log(),
    command!("completions", Other, completions).without_log(),
    command!("man", Other, man).without_log(),
    command!("help", Other, help).without_log(),
    command!("accept", Hidden, status::ShorthandArgs, status::accept).summary("Accept decisions"),
    command!("reject", Hidden, status::ShorthandArgs, status::reject).summary("Reject decisions"),
    command!("deprecate", Hidden, status::ShorthandArgs, status::deprecate)
        .summary("Deprecate decisions"),
    command!("propose", Hidden, status::ShorthandArgs, status::propose)
        .summary("Propose decisions"),
];
