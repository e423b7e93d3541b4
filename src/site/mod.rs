//! The log as a web site: plain files that need neither a server nor a script. Writes nothing.
//!
//! `plan` holds what is known before a page is made; `page` is the type of a kind of page; `site_files` joins the
//! facts with the list of pages. A file is made only when it is asked for, so a site is never in memory as a whole.

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
