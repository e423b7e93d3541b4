//! What many records of a log have in common, as one finding in the place of many. Knows of a rule
//! no more than its code.

use std::collections::BTreeMap;

use super::{Check, Context, Diagnostic, Findings, Level, Rule, Severity, Site, rules};

/// Findings that have one cause where many records have them.
struct Wall {
    code: &'static str,
    /// After "12 of 15 records".
    words: &'static str,
    /// They are folded where more than one in so many records has one.
    part: usize,
}

/// The rules of which that can be said, besides those of presence.
const WALLS: [Wall; 8] = [
    Wall { code: "ADR201", words: "have front matter that is not valid", part: 2 },
    Wall { code: "ADR207", words: "state dates in another form than YYYY-MM-DD", part: 5 },
    Wall { code: "ADR212", words: "spell a status or a relation in an unusual way", part: 5 },
    Wall { code: "ADR306", words: "have empty sections", part: 5 },
    Wall { code: "ADR307", words: "have places that wait to be filled in", part: 5 },
    Wall { code: "ADR308", words: "hold comments of their template", part: 5 },
    Wall { code: "ADR309", words: "skip a level of headings", part: 5 },
    Wall { code: "ADR505", words: "have been proposed for too long", part: 5 },
];

/// Fewer are no custom, however small the log is.
const FEWEST: usize = 5;

/// What a run is to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coverage {
    /// The whole log.
    Log,
    /// Some files of it: of these it is shown where in each file a finding is, also if other files have the like.
    Part,
}

/// `found` with one finding on the log in the place of those that many records share, but for
/// rules that somebody asked for by their codes, and under the strict preset.
pub(super) fn folded(
    context: &Context<'_>,
    mut found: Vec<Diagnostic>,
    coverage: Coverage,
) -> Vec<Diagnostic> {
    let mut counts: BTreeMap<(&str, Severity), usize> = BTreeMap::new();
    for one in found.iter().filter(|one| matches!(one.site, Site::Record(..))) {
        *counts.entry((one.rule.code, one.severity)).or_default() += 1;
    }
    for rule in rules::RULES {
        if context.levels.one_by_one(rule) {
            continue;
        }
        let wall = WALLS.iter().find(|wall| wall.code == rule.code);
        let count = |severity| counts.get(&(rule.code, severity)).copied().unwrap_or_default();
        let kinds = [Severity::Info, Severity::Warning, Severity::Error];
        match (rule.check, wall) {
            (_, Some(_)) if coverage == Coverage::Part => {}
            (_, Some(wall)) => {
                for severity in
                    kinds.into_iter().filter(|kind| is_wall(context, wall, count(*kind)))
                {
                    report(
                        context,
                        (rule, severity),
                        (count(severity), wall.words),
                        &mut found,
                        |one| one.severity == severity,
                    );
                }
            }
            (Check::Presence { lack, .. }, None) => {
                let all = kinds.into_iter().map(count).sum();
                if context.is_custom(all) {
                    let severity = context.levels.severity(rule, Level::Warning);
                    let severity = severity.unwrap_or(Severity::Warning);
                    report(context, (rule, severity), (all, lack), &mut found, |_| true);
                }
            }
            _ => {}
        }
    }
    found
}

fn is_wall(context: &Context<'_>, wall: &Wall, count: usize) -> bool {
    count >= FEWEST && count * wall.part > context.log.records().len()
}

/// One finding in the place of those of the rule that are `meant`.
fn report(
    context: &Context<'_>,
    (rule, severity): (&'static Rule, Severity),
    (count, words): (usize, &str),
    found: &mut Vec<Diagnostic>,
    meant: impl Fn(&Diagnostic) -> bool,
) {
    let all = context.log.records().len();
    let folded: Vec<Diagnostic> =
        found.extract_if(.., |one| one.rule.code == rule.code && meant(one)).collect();
    let records = folded.iter().filter_map(|one| match one.site {
        Site::Record(id, _) => Some(id),
        Site::File(_) | Site::Tracked(..) | Site::Log => None,
    });
    let records = records.collect();
    let parts = folded.iter().map(|one| one.site.clone()).collect();
    // What is to be done about each of them, where that is the same.
    let help = folded.first().and_then(|first| first.help.clone());
    let help = help.filter(|help| folded.iter().all(|one| one.help.as_ref() == Some(help)));
    let help = help.map(|help| help + "; ").unwrap_or_default();
    let mut findings = Findings::new(rule, &context.levels, None, found);
    let one = findings.report_at(Site::Log, format!("{count} of {all} records {words}"));
    one.severity(severity)
        .help(format!("{help}run `adr lint --select {}` to see which", rule.code));
    (one.records, one.parts) = (records, parts);
}

#[cfg(test)]
mod tests {
    use super::WALLS;
    use crate::lint::rules;

    #[test]
    fn every_wall_is_of_a_rule() {
        for wall in WALLS {
            assert!(rules::find(wall.code).is_some(), "{}", wall.code);
        }
    }
}
