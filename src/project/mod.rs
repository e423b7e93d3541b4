//! The disk: finds a log, reads it, and writes changes and sites. The only room that reads or writes files. Does not
//! depend on the terminal.

mod conventions;
#[expect(clippy::disallowed_methods, reason = "the one module that opens files")]
mod disk;
mod git;
mod log;
mod open;
#[cfg_attr(test, expect(clippy::disallowed_methods, reason = "tests look at the disk"))]
mod path_policy;
mod project_files;
mod write;

pub use git::{BaseRequest, Branches, Repository, ResolvedBase, Tip};
pub use log::{
    Config, DiskState, FolderNames, LeftOut, LogLocation, NewLogFolder, Pictures, PlainLog,
    RepositoryRoot, Request, Setting, asks_for_adr_tools, read_picture,
};
pub use open::{Files, Project};
pub use project_files::{TemplateFile, read_here, read_text};
pub use write::{
    Recovered, SiteFolder, SiteSummary, StateFolders, append_output, preview_file, write_file,
    write_output,
};
