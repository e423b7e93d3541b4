//! Writes files: changes to a log, all of them or none, and the files of a site. Does not depend on what they hold.

mod apply;
mod build_lock;
mod control_files;
#[cfg_attr(test, expect(clippy::disallowed_methods, reason = "tests look at the disk"))]
mod journal;
mod lock;
mod manifest;
mod output;
mod patch;
mod plan;
mod preview;
#[cfg_attr(test, expect(clippy::disallowed_methods, reason = "tests look at the disk"))]
mod site_folder;
mod step;

pub(super) use apply::apply;
pub(super) use control_files::ControlFiles;
pub use control_files::StateFolders;
pub use journal::Recovered;
pub(super) use journal::{carry_out, recover};
pub(super) use lock::{Lock, read_consistently};
pub(super) use manifest::{ChangeTime, Manifest, change_time, is_site};
pub use output::{append_output, write_file, write_output};
pub use patch::unified as preview_file;
pub(super) use plan::PlanInputs;
pub(super) use preview::preview;
pub use site_folder::{SiteFolder, SiteSummary};
pub(super) use step::FileStep;
