//! The project that a site belongs to: its names and its addresses.

use std::path::PathBuf;

use crate::site::Config;
use crate::site::links::ForgeProject;
use crate::text::url_in_ascii;
use crate::{Error, Result};

/// The project of a log.
pub(crate) struct SiteProject {
    /// The title of the log.
    pub title: String,
    /// The folder of the log as pages show it; `.` for the root of the project.
    pub folder: String,
    /// The address of the published site, with a `/` at its end.
    pub base_url: Option<String>,
    /// The project on its forge.
    pub forge: Option<ForgeProject>,
}

impl SiteProject {
    /// Reads the project from the configuration; `title` is used if the configuration has none.
    ///
    /// # Errors
    ///
    /// If a configured address is not a web address.
    pub(crate) fn new(config: &Config, title: String, folder: String) -> Result<Self> {
        let title = config.title.clone().unwrap_or(title);
        Ok(Self { title, folder, base_url: base_url(config)?, forge: forge(config)? })
    }

    /// The path of a file relative to the root of the project; `file` is relative to the folder of the log.
    pub(crate) fn path_of(&self, file: &str) -> String {
        match self.folder.as_str() {
            "." => file.to_owned(),
            folder => [folder, "/", file].concat(),
        }
    }
}

/// The address of the published site, in the form that feeds and sitemaps use.
fn base_url(config: &Config) -> Result<Option<String>> {
    let Some(configured) = config.base_url.as_deref() else { return Ok(None) };
    Ok(Some(url_in_ascii(&web_address("base-url", configured)?)))
}

/// The project on its forge; the address for cloning is accepted too.
fn forge(config: &Config) -> Result<Option<ForgeProject>> {
    let Some(configured) = config.repository.as_deref() else { return Ok(None) };
    let web_page = configured.strip_suffix(".git").unwrap_or(configured);
    Ok(ForgeProject::new(&web_address("repository", web_page)?, config.forge))
}

/// Checks the web address that the setting `key` has, and adds a `/` to its end.
fn web_address(key: &str, configured: &str) -> Result<String> {
    let schemes = ["https://", "http://"];
    let after_scheme = schemes.iter().find_map(|scheme| configured.strip_prefix(scheme));
    let is_address = |after_scheme: &str| {
        let is_forbidden = |c: char| c.is_whitespace() || c.is_control() || "\"<>#?".contains(c);
        after_scheme.starts_with(|c: char| c.is_alphanumeric() || c == '[')
            && !after_scheme.contains(is_forbidden)
    };
    if after_scheme.is_some_and(is_address) {
        Ok(format!("{}/", configured.trim_end_matches('/')))
    } else {
        let reason =
            format!("{key} is `{configured}`, not an address like `https://example.org/adr/`");
        Err(Error::Config { path: PathBuf::from("[site]"), reason, nearest: None })
    }
}

/// The path of a web address, from the `/` after the host.
pub(crate) fn url_path(address: &str) -> &str {
    let host_start = address.find("//").map_or(0, |offset| offset + 2);
    let path_start = address.get(host_start..).and_then(|remainder| remainder.find('/'));
    path_start.and_then(|offset| address.get(host_start + offset..)).unwrap_or("/")
}
