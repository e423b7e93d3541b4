//! The configuration of a site.

use serde::Deserialize;

/// `[site]` of `adr.toml`.
#[derive(Clone, Debug, Default, Hash, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Config {
    /// The title of the log; by default the name of the project's folder.
    pub title: Option<String>,
    /// The address of the published site, which feeds and search engines need.
    pub base_url: Option<String>,
    /// The address of the project on its forge: `https://forge.example/team/project`. Links to
    /// other files of the project lead there.
    pub repository: Option<String>,
    /// The kind of the forge, if its host name does not show it.
    pub forge: Option<ForgeKind>,
    /// The language of the records as an HTML language tag: `de`, `pt-BR`. The pages use it too if it is
    /// built in: `en`, `de`.
    pub language: Option<String>,
    /// Whether drafts have pages.
    pub drafts: Drafts,
}

/// A kind of forge, which decides the form of addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ForgeKind {
    /// GitHub, including its server.
    GitHub,
    /// GitLab.
    GitLab,
    /// Gitea, Forgejo, and Codeberg.
    Gitea,
    /// Bitbucket Cloud.
    Bitbucket,
    /// Azure DevOps.
    Azure,
}

/// Whether drafts are published.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Drafts {
    /// Like any other record.
    #[default]
    Show,
    /// Not at all.
    Hide,
}
