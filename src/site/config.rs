//! How the site looks.

use serde::Deserialize;

/// `[site]` of `adr.toml`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Config {
    /// The name of the log; that of the project's folder, where it is not given.
    pub title: Option<String>,
    /// Where the site will be: what feeds and search engines need.
    pub base_url: Option<String>,
}
