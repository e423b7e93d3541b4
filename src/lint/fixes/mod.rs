//! Applying fixes to the whole log: selected together, checked again, and reverted if they made things worse. Works on
//! texts; the caller writes them to the disk.

mod changed_texts;
mod fix_loop;
mod fix_selection;
mod planned_fix;
mod regressions;
mod side_effects;

pub use changed_texts::ChangedTexts;
pub use fix_loop::{FixOutcome, IsWanted};
