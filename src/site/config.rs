//! How the site looks.

use serde::Deserialize;

/// `[site]` of `adr.toml`.
#[derive(Clone, Debug, Default, Hash, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Config {
    /// The name of the log; that of the project's folder, where it is not given.
    pub title: Option<String>,
    /// Where the site will be: what feeds and search engines need.
    pub base_url: Option<String>,
    /// Where the project is on its forge: `https://forge.example/team/project`. Links to other
    /// files of the project lead there.
    pub repository: Option<String>,
    /// What kind of forge that is, where the name of its host does not tell.
    pub forge: Option<ForgeKind>,
    /// The language of the records, as HTML names it: `de`, `pt-BR`. The pages speak it too, where they can: `en`, `de`.
    pub language: Option<String>,
    /// Whether drafts have pages.
    pub drafts: Drafts,
}

/// A kind of forge: how it writes addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ForgeKind {
    /// GitHub, its server included.
    GitHub,
    /// GitLab.
    GitLab,
    /// Gitea, Forgejo and Codeberg.
    Gitea,
    /// Bitbucket in the cloud.
    Bitbucket,
    /// Azure DevOps.
    Azure,
}

/// Whether the records that are being written are published.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Drafts {
    /// Like any other.
    #[default]
    Show,
    /// Not at all.
    Hide,
}
