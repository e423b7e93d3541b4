//! One number for all inputs of a site.
//!
//! If an existing site has the same number, building it again changes nothing.

use std::hash::Hash;

use super::inputs::SiteInputs;
use crate::model::Log;
use crate::site::Config;
use crate::text::Fingerprint;

/// The fingerprint of all arguments of [`Site::new`](crate::site::Site::new) and of the version of the
/// `program`. The caller adds the content of the pictures and the word list that the log was read with.
pub fn fingerprint(
    program: &str,
    log: &Log,
    config: &Config,
    inputs: &SiteInputs<'_>,
) -> Fingerprint {
    let SiteInputs { title, folder, templates, pictures, left_out, .. } = inputs;
    let SiteInputs { destinations, findings, histories, changes, .. } = inputs;
    let mut fingerprint = Fingerprint::default();
    program.hash(&mut fingerprint);
    for record in log.records() {
        record.file.hash(&mut fingerprint);
        record.source.encoding().hash(&mut fingerprint);
        record.source.fingerprint().hash(&mut fingerprint);
    }
    log.skipped().hash(&mut fingerprint);
    config.hash(&mut fingerprint);
    (title, folder, templates).hash(&mut fingerprint);
    // The paths of the files differ between machines.
    for path in pictures.keys() {
        path.hash(&mut fingerprint);
    }
    (left_out, destinations).hash(&mut fingerprint);
    findings.is_some().hash(&mut fingerprint);
    for finding in findings.iter().flat_map(|findings| findings.iter()) {
        (finding.rule.code, finding.severity, &finding.message, &finding.site)
            .hash(&mut fingerprint);
    }
    histories.hash(&mut fingerprint);
    changes.hash(&mut fingerprint);
    fingerprint
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::PathBuf;

    use super::fingerprint;
    use crate::format::{Recognised, Words, recognise};
    use crate::model::{Histories, Log, SkipReason, Skipped};
    use crate::site::{Changes, Config, Destinations, Drafts, ForgeKind, SiteInputs};
    use crate::text::Source;

    fn log(file: &str, source: Source, skipped: Vec<Skipped>) -> Log {
        match recognise(source, file, &Words::new(std::iter::empty())) {
            Recognised::Record(record) => Log::new(vec![record], skipped),
            Recognised::Skipped(_) => Log::new(vec![], skipped),
        }
    }

    #[test]
    fn every_input_of_a_site_changes_it() {
        let (config, inputs) = (Config::default(), SiteInputs::default());
        let plain = |text: &str| log("0001-a.md", Source::new("a.md", text), vec![]);
        let of = |log: &Log| fingerprint("1", log, &config, &inputs);
        let with = |config: &Config, inputs: &SiteInputs<'_>| {
            fingerprint("1", &plain("# A"), config, inputs)
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
            fingerprint("2", &plain("# A"), &config, &inputs),
            with(&Config { title: text("T"), ..Config::default() }, &inputs),
            with(&Config { language: text("T"), ..Config::default() }, &inputs),
            with(&Config { forge: Some(ForgeKind::Gitea), ..Config::default() }, &inputs),
            with(&Config { drafts: Drafts::Hide, ..Config::default() }, &inputs),
            with(&config, &SiteInputs { title: "T".into(), ..SiteInputs::default() }),
            with(&config, &SiteInputs { folder: "T".into(), ..SiteInputs::default() }),
            with(&config, &SiteInputs { templates: &templates, ..SiteInputs::default() }),
            with(
                &config,
                &SiteInputs { destinations: Some(&destinations), ..SiteInputs::default() },
            ),
            with(&config, &SiteInputs { findings: Some(&[]), ..SiteInputs::default() }),
            with(&config, &SiteInputs { changes: Some(&changes), ..SiteInputs::default() }),
            with(
                &config,
                &SiteInputs { histories: Some(&Histories::default()), ..SiteInputs::default() },
            ),
            with(
                &config,
                &SiteInputs {
                    pictures: [("a.png".to_owned(), PathBuf::new())].into(),
                    ..SiteInputs::default()
                },
            ),
        ];
        let count = all.len();
        let seen: BTreeSet<String> = all.iter().map(ToString::to_string).collect();
        assert_eq!(seen.len(), count);
        assert_eq!(of(&plain("# A")), all[0]);
    }

    #[test]
    fn the_folder_of_the_log_does_not_matter() {
        let at = |path: &str, picture: &str| {
            let log = log("0001-a.md", Source::new(path, "# A"), vec![]);
            let pictures = [("a.png".to_owned(), PathBuf::from(picture))].into();
            fingerprint(
                "1",
                &log,
                &Config::default(),
                &SiteInputs { pictures, ..SiteInputs::default() },
            )
        };
        assert_eq!(at("a.md", "/home/a.png"), at("/x/a.md", "/x/a.png"));
    }
}
