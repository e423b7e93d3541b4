//! What a site is made from, in one number. Renders nothing: whoever has the number of an older
//! site knows whether building it again would change anything.

use std::hash::Hash;

use super::{Config, Setting};
use crate::model::Log;
use crate::text::Fingerprint;

/// A fingerprint of all that [`Site::new`](super::Site::new) is given, and of the `program`, in
/// whatever words. What the pictures show, and in which words a log was read, the caller adds.
pub fn fingerprint(
    program: &str,
    log: &Log,
    config: &Config,
    setting: &Setting<'_>,
) -> Fingerprint {
    // Named one by one, so that the compiler asks about a new one.
    let Setting { title, folder, templates, pictures, left_out, .. } = setting;
    let Setting { destinations, findings, histories, changes, .. } = setting;
    let mut whole = Fingerprint::default();
    program.hash(&mut whole);
    for record in log.records() {
        record.file.hash(&mut whole);
        record.source.encoding().hash(&mut whole);
        record.source.fingerprint().hash(&mut whole);
    }
    log.skipped().hash(&mut whole);
    config.hash(&mut whole);
    (title, folder, templates).hash(&mut whole);
    // Where they are differs from machine to machine.
    for path in pictures.keys() {
        path.hash(&mut whole);
    }
    (left_out, destinations).hash(&mut whole);
    findings.is_some().hash(&mut whole);
    for one in findings.iter().flat_map(|all| all.iter()) {
        (one.rule.code, one.severity, &one.message, &one.site).hash(&mut whole);
    }
    histories.hash(&mut whole);
    changes.hash(&mut whole);
    whole
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::PathBuf;

    use super::fingerprint;
    use crate::format::{Recognised, Words, recognise};
    use crate::model::{Histories, Log, SkipReason, Skipped};
    use crate::site::{Changes, Config, Destinations, Drafts, ForgeKind, Setting};
    use crate::text::Source;

    fn log(file: &str, source: Source, skipped: Vec<Skipped>) -> Log {
        match recognise(source, file, &Words::new(std::iter::empty())) {
            Recognised::Record(record) => Log::new(vec![record], skipped),
            Recognised::Skipped(_) => Log::new(vec![], skipped),
        }
    }

    #[test]
    fn whatever_goes_into_a_site_changes_it() {
        let (config, setting) = (Config::default(), Setting::default());
        let plain = |text: &str| log("0001-a.md", Source::new("a.md", text), vec![]);
        let of = |log: &Log| fingerprint("1", log, &config, &setting);
        let with = |config: &Config, setting: &Setting<'_>| {
            fingerprint("1", &plain("# A"), config, setting)
        };
        let skipped = Skipped { file: "x.rst".into(), reason: SkipReason::Markup };
        let templates = [("a.html".to_owned(), "a".to_owned())];
        let destinations = Destinations::default();
        let changes = Changes { base: "main".into(), all: vec![] };
        let text = |text: &str| Some(text.to_owned());
        let all = [
            of(&plain("# A")),
            of(&plain("# B")),
            of(&log("0002-a.md", Source::new("a.md", "# A"), vec![])),
            of(&log("0001-a.md", Source::decode("a.md", b"# A\xFF".to_vec()), vec![])),
            of(&log("0001-a.md", Source::new("a.md", "# A\u{FFFD}"), vec![])),
            of(&log("0001-a.md", Source::new("a.md", "# A"), vec![skipped])),
            fingerprint("2", &plain("# A"), &config, &setting),
            with(&Config { title: text("T"), ..Config::default() }, &setting),
            with(&Config { language: text("T"), ..Config::default() }, &setting),
            with(&Config { forge: Some(ForgeKind::Gitea), ..Config::default() }, &setting),
            with(&Config { drafts: Drafts::Hide, ..Config::default() }, &setting),
            with(&config, &Setting { title: "T".into(), ..Setting::default() }),
            with(&config, &Setting { folder: "T".into(), ..Setting::default() }),
            with(&config, &Setting { templates: &templates, ..Setting::default() }),
            with(&config, &Setting { destinations: Some(&destinations), ..Setting::default() }),
            with(&config, &Setting { findings: Some(&[]), ..Setting::default() }),
            with(&config, &Setting { changes: Some(&changes), ..Setting::default() }),
            with(
                &config,
                &Setting { histories: Some(&Histories::default()), ..Setting::default() },
            ),
            with(
                &config,
                &Setting {
                    pictures: [("a.png".to_owned(), PathBuf::new())].into(),
                    ..Setting::default()
                },
            ),
        ];
        let count = all.len();
        let seen: BTreeSet<String> = all.iter().map(ToString::to_string).collect();
        assert_eq!(seen.len(), count);
        assert_eq!(of(&plain("# A")), all[0]);
    }

    #[test]
    fn where_the_log_lies_does_not_matter() {
        let at = |path: &str, picture: &str| {
            let log = log("0001-a.md", Source::new(path, "# A"), vec![]);
            let pictures = [("a.png".to_owned(), PathBuf::from(picture))].into();
            fingerprint("1", &log, &Config::default(), &Setting { pictures, ..Setting::default() })
        };
        assert_eq!(at("a.md", "/home/a.png"), at("/x/a.md", "/x/a.png"));
    }
}
