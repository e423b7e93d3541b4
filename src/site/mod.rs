//! The log as a web site: plain files that need neither a server nor a script. Writes nothing.
//!
//! `plan` holds the inputs and the facts derived from them. `pages` make files from the facts, with the help
//! of the other modules. `site_files` joins the facts with the list of pages. Each file is rendered on
//! demand, so the whole site is never in memory.

mod build;
mod config;
mod links;
mod lists;
mod markdown;
mod page;
mod pages;
mod plan;
mod record;
mod render;
mod search;
mod site_files;

pub use build::WriteFile;
pub use config::{Config, Drafts, ForgeKind};
pub use links::{Destinations, destinations};
pub use plan::{Changes, SiteInputs, fingerprint};
pub use render::unknown_templates;
pub use site_files::Site;

use page::{Page, PageFile, PageFill, PageSubject};
