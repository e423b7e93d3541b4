//! `adr lint --baseline`: reads and writes the file of accepted findings.

use std::path::PathBuf;

use crate::cli::session::Session;
use crate::cli::terminal::counted;
use crate::lint::{Baseline, Context, Diagnostic};
use crate::project::{read_text, write_file};
use crate::{Error, Result};

/// The options for a baseline.
#[derive(clap::Args)]
pub(crate) struct BaselineArgs {
    /// Do not report the findings in FILE, only additional ones
    #[arg(long, value_name = "FILE", help_heading = "Rule selection")]
    baseline: Option<PathBuf>,

    /// Write the baseline; an existing one only shrinks
    #[arg(long, requires = "baseline", help_heading = "Rule selection")]
    write_baseline: bool,
}

impl BaselineArgs {
    /// Removes the findings of the baseline from `findings`, after writing it if requested.
    pub(crate) fn apply(
        &self,
        context: &Context<'_>,
        findings: &mut Vec<Diagnostic>,
        session: &mut Session<'_>,
    ) -> Result<()> {
        let Some(path) = &self.baseline else { return Ok(()) };
        let mut baseline = Baseline::default();
        let exists = path.exists();
        if exists || !self.write_baseline {
            baseline = Baseline::read(&read_text(path)?)
                .map_err(|reason| Error::Baseline { path: path.clone(), reason })?;
        }
        if self.write_baseline {
            let current = Baseline::of(context, findings);
            let new_baseline = if exists { baseline.lowered(&current) } else { current };
            write_file(path, &new_baseline.to_text())?;
            let total = counted(new_baseline.count(), "finding");
            session.ui.remark(&match baseline.count().saturating_sub(new_baseline.count()) {
                0 => format!("The baseline holds {total}."),
                removed_count => {
                    format!("The baseline holds {total}, {removed_count} fewer than before.")
                }
            });
            baseline = new_baseline;
        }
        baseline.apply(context, findings);
        Ok(())
    }
}
