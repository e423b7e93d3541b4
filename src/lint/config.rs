//! Which rules apply, and how severely.

use serde::Deserialize;

/// `[lint]` of `adr.toml`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Config {}
