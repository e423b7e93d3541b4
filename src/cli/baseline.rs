//! `adr lint --baseline`: the file of known findings, read and written.

use std::path::PathBuf;

use super::Session;
use crate::lint::{Baseline, Context, Diagnostic};
use crate::project::{read_text, write_file};
use crate::{Error, Result};

/// What is known already.
#[derive(clap::Args)]
pub(super) struct Known {
    /// Leave out the findings in this file; more of them than it holds are shown
    #[arg(long, value_name = "FILE", help_heading = "Rule selection")]
    baseline: Option<PathBuf>,

    /// Write the baseline; one that is there only loses what is mended
    #[arg(long, requires = "baseline", help_heading = "Rule selection")]
    write_baseline: bool,
}

impl Known {
    /// Takes what is known out of `found`, after writing it down where that is wanted.
    pub(super) fn apply(
        &self,
        context: &Context<'_>,
        found: &mut Vec<Diagnostic>,
        session: &mut Session<'_>,
    ) -> Result<()> {
        let Some(path) = &self.baseline else { return Ok(()) };
        let mut known = Baseline::default();
        let is_there = path.exists();
        if is_there || !self.write_baseline {
            known = Baseline::read(&read_text(path)?)
                .map_err(|reason| Error::Baseline { path: path.clone(), reason })?;
        }
        if self.write_baseline {
            let now = Baseline::of(context, found);
            let new = if is_there { known.lowered(&now) } else { now };
            write_file(path, &new.to_text())?;
            session.ui.remark(&match known.count().saturating_sub(new.count()) {
                0 => format!(
                    "The baseline holds {}.",
                    super::findings::count(new.count(), "finding")
                ),
                gone => format!(
                    "The baseline holds {}, {gone} less than before.",
                    super::findings::count(new.count(), "finding")
                ),
            });
            known = new;
        }
        known.apply(context, found);
        Ok(())
    }
}
