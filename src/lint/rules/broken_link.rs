//! ADR409 `broken-link`

use std::collections::HashMap;

use super::link_text_mismatch::is_id_of_another;
use crate::format::Fact;
use crate::format::slug_in;
use crate::lint::{Check, Context, Diagnostic, Findings, Fix, Level, rule};
use crate::model::{Record, RecordId, Target};
use crate::syntax::{Link, LinkKind};
use crate::text::{Cover, Edit, Span, link_path, relative_path, text_prefix};

rule! {
    /// Reports relative links to files that do not exist.
    ///
    /// Links to Markdown files in the folder of the log are always checked. Links to other files, links
    /// that leave the folder, and links in HTML (`<a href>`) are checked if the log is in a git
    /// repository. A leading `/` is the root of the repository if the first folder of the path exists.
    /// Addresses with a scheme, pages (`.html`) and names without an extension, which a site may serve,
    /// are not checked.
    ///
    /// ## Why is this bad?
    ///
    /// Readers cannot look up what the decision is based on. Often the other record was renamed.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// See [the first design](0003-use-kafk.md).
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```markdown
    /// See [the first design](0003-use-kafka.md).
    /// ```
    ///
    /// ## Fix
    ///
    /// If exactly one record has the number or the name in the link, the link is changed to that record.
    /// The fix is safe if a word of the old name or of the link text confirms that it is the same record,
    /// and unsafe if only the number does. Paths that leave the log are not changed.
    pub(super) static RULE: Rule = {
        code: "ADR409",
        name: "broken-link",
        level: Level::Error,
        since: "0.1.0",
        check: Check::Text(check),
    };
}

fn check(record: &Record, context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(record_id) = context.id(record) else { return };
    let relation_links = RelationLinks::new(record);
    let links = context.links(record).iter().filter(|link| link.kind == LinkKind::Link);
    for link in links {
        let renamed_id = match context.target(record, &link.destination) {
            Target::Renamed(renamed_id) => Some(renamed_id),
            Target::Missing => None,
            _ => continue,
        };
        if renamed_id.is_none() && relation_links.contains(link) {
            continue; // ADR401 reports it.
        }
        let message =
            format!("{} links to `{}`, which does not exist", record.label(), link.destination);
        let finding = findings.report(link.destination_span, message);
        finding.cause(context.linked_file(record, &link.destination));
        let is_other_record = |renamed_id: &RecordId| *renamed_id != record_id;
        match renamed_id.filter(is_other_record).map(|renamed_id| context.log.record(renamed_id)) {
            Some(renamed_record) => redirect(record, link, renamed_record, finding),
            None => {
                finding.help("correct the path, or remove the link");
            }
        }
    }
}

/// Suggests a link to the record that has the number or the name.
fn redirect(record: &Record, link: &Link, renamed_record: &Record, finding: &mut Diagnostic) {
    let new_path = path_to(record, renamed_record, &link.destination);
    let (target_label, target_file) = (renamed_record.label(), &renamed_record.file);
    let is_same_record = is_same(link, renamed_record);
    if is_same_record {
        finding.help(format!("{target_label} is now in `{target_file}`"));
    } else {
        finding.help(format!("correct the path; {target_label} is `{target_file}`"));
    }
    if link.destination_span.of(record.text()) != link.destination {
        return;
    }
    let edits = vec![Edit::replace(link.destination_span, &new_path)];
    let fix_title = format!("link to `{new_path}`");
    finding.fix(if is_same_record {
        Fix::safe(fix_title, &record.source, edits).changing(&[
            Fact::Links,
            Fact::Relations,
            Fact::Options,
        ])
    } else {
        Fix::guess(fix_title, &record.source, edits).changing(&[
            Fact::Links,
            Fact::Relations,
            Fact::Options,
        ])
    });
}

/// The number of bytes of a name that are compared.
const LONGEST: usize = 500;

/// Returns whether more than the number shows that the link means the record: the words of the old
/// name or of the link text.
fn is_same(link: &Link, record: &Record) -> bool {
    let path = link.destination.split(['#', '?']).next().unwrap_or_default();
    let old_slug = slug_in(path).map(|span| span.of(path)).unwrap_or_default();
    let new_slug = slug_in(&record.file).map(|span| span.of(&record.file)).unwrap_or_default();
    let title = record.title.as_ref().map(|title| title.value.as_str()).unwrap_or_default();
    let (old_words, new_words) = (distinctive_words(old_slug), distinctive_words(new_slug));
    let (title_words, link_words) = (distinctive_words(title), distinctive_words(&link.words));
    // If the link text is the id of another record, ADR413 would report the fixed link.
    if record
        .number
        .as_ref()
        .is_some_and(|number| is_id_of_another(&link.words, number.value.value))
    {
        return false;
    }
    share_most_words(&old_words, &new_words)
        || share_most_words(&old_words, &title_words)
        || share_most_words(&link_words, &title_words)
}

/// Returns the distinctive words of a name in lower case. Only the beginning of a long name is read.
fn distinctive_words(name: &str) -> Vec<String> {
    const COMMON: [&str; 24] = [
        "use",
        "using",
        "adopt",
        "the",
        "for",
        "and",
        "with",
        "our",
        "from",
        "not",
        "adr",
        "adrs",
        "record",
        "records",
        "decision",
        "decisions",
        "architecture",
        "architectural",
        "add",
        "choose",
        "see",
        "this",
        "here",
        "link",
    ];
    // Names are compared word by word, and any number of links may lead to one title, so the length is
    // limited.
    let name = text_prefix(name, LONGEST);
    let lower_words = name.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
    let is_distinctive = |word: &String| {
        let is_number = word.bytes().all(|byte| byte.is_ascii_digit());
        word.chars().count() > 2 && !is_number && !COMMON.contains(&word.as_str())
    };
    lower_words.filter(is_distinctive).collect()
}

/// Returns whether more than half of the words of the shorter name occur in the other one, allowing for
/// misspellings. With half, `use-oracle-database` would match `use-postgres-database`.
fn share_most_words(one: &[String], other: &[String]) -> bool {
    // Words of up to three letters are too short for a misspelling.
    let is_long_enough = |a: &str, b: &str| {
        let (a, b) = (a.chars().count(), b.chars().count());
        a.max(b) > 4 * a.abs_diff(b).max(1)
    };
    let is_similar = |a: &str, b: &str| {
        a == b || is_long_enough(a, b) && strsim::normalized_damerau_levenshtein(a, b) > 0.75
    };
    let shared_words = one.iter().filter(|a| other.iter().any(|b| is_similar(a, b))).count();
    shared_words * 2 > one.len().min(other.len())
}

/// The links by which relations name records: for each destination, the spans of the relations and of
/// their references.
struct RelationLinks<'r>(HashMap<&'r str, (Cover, Cover)>);

impl<'r> RelationLinks<'r> {
    fn new(record: &'r Record) -> Self {
        let mut spans_by_destination: HashMap<&str, (Vec<Span>, Vec<Span>)> = HashMap::new();
        for relation in &record.relations {
            if let Some(destination) = &relation.reference.destination {
                let (relations, references) = spans_by_destination.entry(destination).or_default();
                relations.push(relation.span);
                references.push(relation.reference.span);
            }
        }
        let to_covers = |(relations, references)| (Cover::new(relations), Cover::new(references));
        Self(
            spans_by_destination
                .into_iter()
                .map(|(destination, spans)| (destination, to_covers(spans)))
                .collect(),
        )
    }

    /// Returns whether a relation names its record by this link.
    fn contains(&self, link: &Link) -> bool {
        self.0.get(link.destination.as_str()).is_some_and(|(relations, references)| {
            relations.holds(link.span) || references.has_within(link.span)
        })
    }
}

/// Returns the destination of a link from `from` to `to`, with the fragment of the old destination.
fn path_to(from: &Record, to: &Record, old_destination: &str) -> String {
    let prefix = if old_destination.starts_with("./") { "./" } else { "" };
    let fragment = old_destination
        .find('#')
        .and_then(|index| old_destination.get(index..))
        .unwrap_or_default();
    [prefix, &link_path(&relative_path(&from.file, &to.file)), fragment].concat()
}

#[cfg(test)]
mod tests {
    use snapbox::str;

    use super::RULE;
    use crate::lint::testing::{check, check_among, check_log, check_log_fix};

    const OTHER: (&str, &str) =
        ("themes/0002-use-nats.md", "# 2. Use NATS\n\n## Status\n\nAccepted\n");

    #[test]
    fn a_path_to_another_log_is_not_redirected() {
        let names = ["0001-test.md", "../services/api/docs/adr/0002-x.md", "../other/0003-y.md"];
        for path in ["../services/api/docs/adr/0001-use-rest.md", "../other/0001-x.md"] {
            let expected = format!(
                "0001-test.md:3:5: error[ADR409]: ADR-0001 links to `{path}`, which does not exist\n  help: correct the path, or remove the link\n"
            );
            check_among(&RULE, &names, &format!("# 1. A\n\n[x]({path})\n"), expected);
        }
    }

    #[test]
    fn a_fix_by_number_alone_is_unsafe() {
        let record =
            ("0001-record-architecture-decisions.md", "# 1. Record architecture decisions\n");
        let text = "# 4. A\n\n[Use Oracle](0001-use-oracle.md) [ADR-0001](0001-use-oracle.md) [x](0001.md) [Record decisions](0001-x.md) [x](0001-recording-architecture.md)\n";
        check_log(
            &RULE,
            &[("0004-a.md", text), record],
            str![[r#"
0004-a.md:3:14: error[ADR409]: ADR-0004 links to `0001-use-oracle.md`, which does not exist
  help: correct the path; ADR-0001 is `0001-record-architecture-decisions.md`
  fix: link to `0001-record-architecture-decisions.md` [unsafe]
0004-a.md:3:45: error[ADR409]: ADR-0004 links to `0001-use-oracle.md`, which does not exist
  help: correct the path; ADR-0001 is `0001-record-architecture-decisions.md`
  fix: link to `0001-record-architecture-decisions.md` [unsafe]
0004-a.md:3:69: error[ADR409]: ADR-0004 links to `0001.md`, which does not exist
  help: correct the path; ADR-0001 is `0001-record-architecture-decisions.md`
  fix: link to `0001-record-architecture-decisions.md` [unsafe]
0004-a.md:3:97: error[ADR409]: ADR-0004 links to `0001-x.md`, which does not exist
  help: correct the path; ADR-0001 is `0001-record-architecture-decisions.md`
  fix: link to `0001-record-architecture-decisions.md` [unsafe]
0004-a.md:3:112: error[ADR409]: ADR-0004 links to `0001-recording-architecture.md`, which does not exist
  help: correct the path; ADR-0001 is `0001-record-architecture-decisions.md`
  fix: link to `0001-record-architecture-decisions.md` [unsafe]

"#]],
        );
    }

    #[test]
    fn a_fix_by_half_of_a_name_or_against_the_link_text_is_unsafe() {
        let record = ("0001-use-postgres-database.md", "# 1. Use a Postgres database\n");
        let text = "# 4. A\n\n[x](0001-use-oracle-database.md) [ADR-0003](0001-postgres-database.md) [x](0001-postgres-database.md)\n";
        check_log(
            &RULE,
            &[("0004-a.md", text), record],
            str![[r#"
0004-a.md:3:5: error[ADR409]: ADR-0004 links to `0001-use-oracle-database.md`, which does not exist
  help: correct the path; ADR-0001 is `0001-use-postgres-database.md`
  fix: link to `0001-use-postgres-database.md` [unsafe]
0004-a.md:3:45: error[ADR409]: ADR-0004 links to `0001-postgres-database.md`, which does not exist
  help: correct the path; ADR-0001 is `0001-use-postgres-database.md`
  fix: link to `0001-use-postgres-database.md` [unsafe]
0004-a.md:3:76: error[ADR409]: ADR-0004 links to `0001-postgres-database.md`, which does not exist
  help: ADR-0001 is now in `0001-use-postgres-database.md`
  fix: link to `0001-use-postgres-database.md` [safe]

"#]],
        );
    }

    #[test]
    fn links_to_existing_files_pass() {
        check_log(
            &RULE,
            &[
                (
                    "0001-a.md",
                    "# 1. A\n\n## Status\n\nAccepted\n\n## Context\n\n[b](themes/0002-use-nats.md#status), [themes](themes), [here](#status)\n",
                ),
                OTHER,
                ("README.md", "# Decisions\n\n- [A](0001-a.md)\n"),
                (
                    "0003-c.md",
                    "---\nstatus: accepted\n---\n\n# C\n\n[index](README.md) [b][]\n\n[b]: ./themes/0002-use-nats.md\n",
                ),
            ],
            str![],
        );
    }

    #[test]
    fn a_link_to_a_missing_file_is_reported() {
        check(
            &RULE,
            "# 1. A\n\n## Status\n\nAccepted\n\n## Context\n\nSee [b](missing.md).\n",
            str![[r#"
0001-test.md:9:9: error[ADR409]: ADR-0001 links to `missing.md`, which does not exist
  help: correct the path, or remove the link

"#]],
        );
        check(
            &RULE,
            "---\nstatus: accepted\n---\n\n# A\n\nSee [b](<missing file.md>).\n",
            str![[r#"
0001-test.md:7:10: error[ADR409]: ADR-0001 links to `missing file.md`, which does not exist
  help: correct the path, or remove the link

"#]],
        );
    }

    #[test]
    fn links_that_cannot_be_checked_pass() {
        check(
            &RULE,
            "# A\n\n[a](../src/x.rs) [b](https://example.org/x.md) [c](/docs/x.md) [d](x.html) [e](x) [f](a.png) [g](mailto:a@b.md) [h]({{ x }}.md) [i](../y.md)\n",
            str![],
        );
    }

    #[test]
    fn links_in_code_pass() {
        check(&RULE, "# A\n\n`[b](x.md)`\n\n```\n[b](x.md)\n```\n\n<!-- [b](x.md) -->\n", str![]);
    }

    #[test]
    fn a_link_to_a_renamed_record_is_fixed() {
        let files = [
            (
                "0001-a.md",
                "# 1. A\n\n[b](0002-nats.md#context) [b][two]\n\n[two]: themes/0002-x.md\n",
            ),
            OTHER,
        ];
        check_log(
            &RULE,
            &files,
            str![[r#"
0001-a.md:3:5: error[ADR409]: ADR-0001 links to `0002-nats.md#context`, which does not exist
  help: ADR-0002 is now in `themes/0002-use-nats.md`
  fix: link to `themes/0002-use-nats.md#context` [safe]
0001-a.md:3:27: error[ADR409]: ADR-0001 links to `themes/0002-x.md`, which does not exist
  help: correct the path; ADR-0002 is `themes/0002-use-nats.md`

"#]],
        );
        check_log_fix(
            &RULE,
            &files,
            str![[r#"
# 1. A

[b](themes/0002-use-nats.md#context) [b][two]

[two]: themes/0002-x.md

"#]],
        );
    }

    #[test]
    fn a_relation_without_a_record_is_left_to_another_rule() {
        check(&RULE, "# 1. A\n\n## Status\n\nSuperseded by [2](0002-b.md)\n", str![""]);
    }

    #[test]
    fn a_path_from_the_root_and_a_link_in_html_are_links() {
        let names = ["..", "../..", "x"];
        check_among(
            &RULE,
            &names,
            "# 1. A\n\n<a href=\"gone.md\">x</a> [y](/gone.md) <m@example.org> [z](tel:+1) [up](../)\n",
            str![[r#"
0001-test.md:3:10: error[ADR409]: ADR-0001 links to `gone.md`, which does not exist
  help: correct the path, or remove the link

"#]],
        );
    }
}
