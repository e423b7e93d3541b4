//! How much findings matter: the severity of one, the level of a rule, and the preset that maps levels to severities.

use serde::Deserialize;

/// How much a finding matters, the least severe first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Something is missing, or in a form that tools do not understand.
    Warning,
    /// The log contradicts itself, refers to something that does not exist, or cannot be read.
    Error,
}

impl Severity {
    /// All severities, the least severe first.
    pub(super) const ALL: [Self; 3] = [Self::Info, Self::Warning, Self::Error];

    /// In lower case, as in reports and in `adr.toml`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// How strict a check is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Preset {
    /// For a log that was never linted: advice, and errors only for what is wrong.
    #[default]
    Default,
    /// Missing content and wrong form are errors too, and warnings fail the run.
    Strict,
}

/// How much the findings of a rule matter before the configuration changes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// The log contradicts itself, refers to something that does not exist, or cannot be read: always an error.
    Error,
    /// Something is missing, or a matter of form: a warning, and an error under the strict preset.
    Form,
    /// A warning under every preset.
    Warning,
    /// Worth knowing, under every preset.
    Info,
    /// Off until the rule is selected; then a warning.
    Off,
}

impl Level {
    /// The severity under `preset`; `None` for [`Level::Off`].
    pub fn severity(self, preset: Preset) -> Option<Severity> {
        match (self, preset) {
            (Self::Error, _) | (Self::Form, Preset::Strict) => Some(Severity::Error),
            (Self::Form | Self::Warning, _) => Some(Severity::Warning),
            (Self::Info, _) => Some(Severity::Info),
            (Self::Off, _) => None,
        }
    }
}
