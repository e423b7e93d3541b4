//! What a team configures: which rules apply, how severe they are, and what single rules need to know.

mod levels;
mod selector;
mod settings;

pub use levels::RuleLevels;
pub(super) use selector::{Selector, find_rule, selectors, unknown_rule};

pub use settings::{Config, Immutability, LevelSetting};
