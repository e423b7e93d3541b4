//! ADR409 `broken-link`

use std::collections::HashMap;

use super::link_text_mismatch::names_another;
use crate::format::Fact;
use crate::format::slug_in;
use crate::lint::{Check, Context, Diagnostic, Findings, Fix, Level, rule};
use crate::model::{Record, RecordId, Target};
use crate::syntax::{Link, LinkKind};
use crate::text::{Cover, Edit, Span, beginning, link_path, relative_path};

rule! {
    /// ## What it checks
    ///
    /// A relative link leads to a file that is there.
    ///
    /// Links to Markdown files below the folder of the log are always checked. Links to other
    /// files and out of the folder are checked if the log is in a git repository, links in HTML
    /// (`<a href>`) as well. A leading `/` is the root of the repository, if the first folder of
    /// the path is there. Not judged: addresses with a scheme, pages (`.html`), and names without
    /// extension, which a site may serve.
    ///
    /// ## Why it matters
    ///
    /// What a decision rests on cannot be looked up. Often the other record was renamed.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// See [the first design](0003-use-kafk.md).
    /// ```
    ///
    /// ## Fix
    ///
    /// Where exactly one record has the number or the name that the link was after, the link is
    /// made to lead there: safe where a word of the old name, or the words of the link, say that
    /// it is the same record, and unsafe where only the number does. A path out of the log is left
    /// alone.
    pub(super) static RULE: Rule = {
        code: "ADR409",
        name: "broken-link",
        level: Level::Error,
        since: "0.1.0",
        check: Check::Text(check),
    };
}

fn check(record: &Record, context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(id) = context.id(record) else { return };
    let dangling = Dangling::new(record);
    let links = context.links(record).iter().filter(|link| link.kind == LinkKind::Link);
    for link in links {
        let meant = match context.target(record, &link.destination) {
            Target::Renamed(meant) => Some(meant),
            Target::Missing => None,
            _ => continue,
        };
        if meant.is_none() && dangling.has(link) {
            continue; // ADR401
        }
        let message =
            format!("{} links to `{}`, which is not there", record.label(), link.destination);
        let finding = findings.report(link.destination_span, message);
        finding.cause(context.linked_file(record, &link.destination));
        let other = |meant: &RecordId| *meant != id;
        match meant.filter(other).map(|id| context.log.record(id)) {
            Some(meant) => redirect(record, link, meant, finding),
            None => {
                finding.help("correct the path, or remove the link");
            }
        }
    }
}

/// Offers to link to the record that has the number or the name.
fn redirect(record: &Record, link: &Link, meant: &Record, finding: &mut Diagnostic) {
    let path = path_to(record, meant, &link.destination);
    let (label, file) = (meant.label(), &meant.file);
    let sure = is_same(link, meant);
    if sure {
        finding.help(format!("{label} is now in `{file}`"));
    } else {
        finding.help(format!("correct the path; {label} is `{file}`"));
    }
    if link.destination_span.of(record.text()) != link.destination {
        return;
    }
    let edits = vec![Edit::replace(link.destination_span, &path)];
    let title = format!("link to `{path}`");
    finding.fix(if sure {
        Fix::safe(title, &record.source, edits).changing(&[
            Fact::Links,
            Fact::Relations,
            Fact::Options,
        ])
    } else {
        Fix::guess(title, &record.source, edits).changing(&[
            Fact::Links,
            Fact::Relations,
            Fact::Options,
        ])
    });
}

/// How much of a name is compared, in bytes.
const LONGEST: usize = 500;

/// Whether more than a number says that the link is after the record: a word of the old name or of
/// the link, or its id; or there is nothing but a number.
fn is_same(link: &Link, record: &Record) -> bool {
    let path = link.destination.split(['#', '?']).next().unwrap_or_default();
    let old = slug_in(path).map(|span| span.of(path)).unwrap_or_default();
    let new = slug_in(&record.file).map(|span| span.of(&record.file)).unwrap_or_default();
    let title = record.title.as_ref().map(|title| title.value.as_str()).unwrap_or_default();
    let (old, new, title, shown) = (words(old), words(new), words(title), words(&link.words));
    // The words beside the link name another record: ADR413 would speak of the link that is put right.
    if record.number.as_ref().is_some_and(|number| names_another(&link.words, number.value.value)) {
        return false;
    }
    share(&old, &new) || share(&old, &title) || share(&shown, &title)
}

/// The words that tell names apart, in lower case; those at the beginning of a name that is too long.
fn words(name: &str) -> Vec<String> {
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
    // Names are compared word by word, and any number of links may lead to one title.
    let name = beginning(name, LONGEST);
    let words = name.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
    let tells = |word: &String| {
        let number = word.bytes().all(|byte| byte.is_ascii_digit());
        word.chars().count() > 2 && !number && !COMMON.contains(&word.as_str())
    };
    words.filter(tells).collect()
}

/// Whether more than half of the words of the shorter name stand in the other one, slips aside. Half would make
/// `use-oracle-database` of `use-postgres-database`.
fn share(one: &[String], other: &[String]) -> bool {
    // In words of three letters and less there is no room for a slip.
    let has_room = |a: &str, b: &str| {
        let (a, b) = (a.chars().count(), b.chars().count());
        a.max(b) > 4 * a.abs_diff(b).max(1)
    };
    let near = |a: &str, b: &str| {
        a == b || has_room(a, b) && strsim::normalized_damerau_levenshtein(a, b) > 0.75
    };
    let common = one.iter().filter(|a| other.iter().any(|b| near(a, b))).count();
    common * 2 > one.len().min(other.len())
}

/// The links that relations name their records by: for every destination the relations and the references.
struct Dangling<'r>(HashMap<&'r str, (Cover, Cover)>);

impl<'r> Dangling<'r> {
    fn new(record: &'r Record) -> Self {
        let mut all: HashMap<&str, (Vec<Span>, Vec<Span>)> = HashMap::new();
        for relation in &record.relations {
            if let Some(destination) = &relation.reference.destination {
                let (relations, references) = all.entry(destination).or_default();
                relations.push(relation.span);
                references.push(relation.reference.span);
            }
        }
        let cover = |(relations, references)| (Cover::new(relations), Cover::new(references));
        Self(all.into_iter().map(|(destination, spans)| (destination, cover(spans))).collect())
    }

    /// Whether the link is what a relation names its record by.
    fn has(&self, link: &Link) -> bool {
        self.0.get(link.destination.as_str()).is_some_and(|(relations, references)| {
            relations.holds(link.span) || references.has_within(link.span)
        })
    }
}

/// How `from` links to `to`, keeping the fragment of `old`.
fn path_to(from: &Record, to: &Record, old: &str) -> String {
    let here = if old.starts_with("./") { "./" } else { "" };
    let fragment = old.find('#').and_then(|at| old.get(at..)).unwrap_or_default();
    [here, &link_path(&relative_path(&from.file, &to.file)), fragment].concat()
}

#[cfg(test)]
mod tests {
    use snapbox::str;

    use super::RULE;
    use crate::lint::testing::{check, check_among, check_log, check_log_fix};

    const OTHER: (&str, &str) =
        ("themes/0002-use-nats.md", "# 2. Use NATS\n\n## Status\n\nAccepted\n");

    #[test]
    fn a_path_out_of_the_log_leads_to_another_one() {
        let names = ["0001-test.md", "../services/api/docs/adr/0002-x.md", "../other/0003-y.md"];
        for path in ["../services/api/docs/adr/0001-use-rest.md", "../other/0001-x.md"] {
            let expected = format!(
                "0001-test.md:3:5: error[ADR409]: ADR-0001 links to `{path}`, which is not there\n  help: correct the path, or remove the link\n"
            );
            check_among(&RULE, &names, &format!("# 1. A\n\n[x]({path})\n"), expected);
        }
    }

    #[test]
    fn a_number_alone_is_no_more_than_a_guess() {
        let record =
            ("0001-record-architecture-decisions.md", "# 1. Record architecture decisions\n");
        let text = "# 4. A\n\n[Use Oracle](0001-use-oracle.md) [ADR-0001](0001-use-oracle.md) [x](0001.md) [Record decisions](0001-x.md) [x](0001-recording-architecture.md)\n";
        check_log(
            &RULE,
            &[("0004-a.md", text), record],
            str![[r#"
0004-a.md:3:14: error[ADR409]: ADR-0004 links to `0001-use-oracle.md`, which is not there
  help: correct the path; ADR-0001 is `0001-record-architecture-decisions.md`
  fix: link to `0001-record-architecture-decisions.md` [unsafe]
0004-a.md:3:45: error[ADR409]: ADR-0004 links to `0001-use-oracle.md`, which is not there
  help: correct the path; ADR-0001 is `0001-record-architecture-decisions.md`
  fix: link to `0001-record-architecture-decisions.md` [unsafe]
0004-a.md:3:69: error[ADR409]: ADR-0004 links to `0001.md`, which is not there
  help: correct the path; ADR-0001 is `0001-record-architecture-decisions.md`
  fix: link to `0001-record-architecture-decisions.md` [unsafe]
0004-a.md:3:97: error[ADR409]: ADR-0004 links to `0001-x.md`, which is not there
  help: correct the path; ADR-0001 is `0001-record-architecture-decisions.md`
  fix: link to `0001-record-architecture-decisions.md` [unsafe]
0004-a.md:3:112: error[ADR409]: ADR-0004 links to `0001-recording-architecture.md`, which is not there
  help: correct the path; ADR-0001 is `0001-record-architecture-decisions.md`
  fix: link to `0001-record-architecture-decisions.md` [unsafe]

"#]],
        );
    }

    #[test]
    fn half_of_a_name_and_the_words_of_another_record_make_it_a_guess() {
        let record = ("0001-use-postgres-database.md", "# 1. Use a Postgres database\n");
        let text = "# 4. A\n\n[x](0001-use-oracle-database.md) [ADR-0003](0001-postgres-database.md) [x](0001-postgres-database.md)\n";
        check_log(
            &RULE,
            &[("0004-a.md", text), record],
            str![[r#"
0004-a.md:3:5: error[ADR409]: ADR-0004 links to `0001-use-oracle-database.md`, which is not there
  help: correct the path; ADR-0001 is `0001-use-postgres-database.md`
  fix: link to `0001-use-postgres-database.md` [unsafe]
0004-a.md:3:45: error[ADR409]: ADR-0004 links to `0001-postgres-database.md`, which is not there
  help: correct the path; ADR-0001 is `0001-use-postgres-database.md`
  fix: link to `0001-use-postgres-database.md` [unsafe]
0004-a.md:3:76: error[ADR409]: ADR-0004 links to `0001-postgres-database.md`, which is not there
  help: ADR-0001 is now in `0001-use-postgres-database.md`
  fix: link to `0001-use-postgres-database.md` [safe]

"#]],
        );
    }

    #[test]
    fn links_to_what_is_there_pass() {
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
    fn a_link_to_nothing_is_reported() {
        check(
            &RULE,
            "# 1. A\n\n## Status\n\nAccepted\n\n## Context\n\nSee [b](missing.md).\n",
            str![[r#"
0001-test.md:9:9: error[ADR409]: ADR-0001 links to `missing.md`, which is not there
  help: correct the path, or remove the link

"#]],
        );
        check(
            &RULE,
            "---\nstatus: accepted\n---\n\n# A\n\nSee [b](<missing file.md>).\n",
            str![[r#"
0001-test.md:7:10: error[ADR409]: ADR-0001 links to `missing file.md`, which is not there
  help: correct the path, or remove the link

"#]],
        );
    }

    #[test]
    fn what_nobody_can_know_is_not_judged() {
        check(
            &RULE,
            "# A\n\n[a](../src/x.rs) [b](https://example.org/x.md) [c](/docs/x.md) [d](x.html) [e](x) [f](a.png) [g](mailto:a@b.md) [h]({{ x }}.md) [i](../y.md)\n",
            str![],
        );
    }

    #[test]
    fn links_in_code_are_none() {
        check(&RULE, "# A\n\n`[b](x.md)`\n\n```\n[b](x.md)\n```\n\n<!-- [b](x.md) -->\n", str![]);
    }

    #[test]
    fn a_link_to_a_renamed_record_is_made_to_lead_there() {
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
0001-a.md:3:5: error[ADR409]: ADR-0001 links to `0002-nats.md#context`, which is not there
  help: ADR-0002 is now in `themes/0002-use-nats.md`
  fix: link to `themes/0002-use-nats.md#context` [safe]
0001-a.md:3:27: error[ADR409]: ADR-0001 links to `themes/0002-x.md`, which is not there
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
    fn a_relation_that_names_no_record_is_another_matter() {
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
0001-test.md:3:10: error[ADR409]: ADR-0001 links to `gone.md`, which is not there
  help: correct the path, or remove the link

"#]],
        );
    }
}
