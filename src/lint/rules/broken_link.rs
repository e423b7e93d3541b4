//! ADR409 `broken-link`

use crate::lint::{Check, Context, Findings, Fix, Level, Target, rule};
use crate::model::Record;
use crate::syntax::{Link, LinkKind};
use crate::text::Edit;

rule! {
    /// ## What it checks
    ///
    /// A relative link leads to a file that is there.
    ///
    /// Links to Markdown files below the folder of the log are always checked. Links to other
    /// files and out of the folder are checked where the log lies in a git repository. Not judged:
    /// addresses with a scheme or a leading `/`, pages (`.html`), and names without extension,
    /// which a site may serve.
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
    /// made to lead there (safe).
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
    for link in context.links(record) {
        if link.kind == LinkKind::Image
            || context.target(record, &link.destination) != Target::Missing
        {
            continue;
        }
        let meant = context.log.linked(id, &link.destination);
        if meant.is_none() && is_dangling_relation(record, link) {
            continue; // ADR401
        }
        let message =
            format!("{} links to `{}`, which is not there", record.label(), link.destination);
        let finding = findings.report(link.destination_span, message);
        let Some(meant) = meant.map(|id| context.log.record(id)) else {
            finding.help("correct the path, or remove the link");
            continue;
        };
        let path = path_to(record, meant, &link.destination);
        finding.help(format!("{} is now in `{}`", meant.label(), meant.file));
        let written = link.destination_span.of(record.text());
        if written == link.destination {
            let edits = vec![Edit::replace(link.destination_span, &path)];
            finding.fix(Fix::safe(format!("link to `{path}`"), &record.source, edits));
        }
    }
}

/// Whether the link is what a relation names its record by, and means none.
fn is_dangling_relation(record: &Record, link: &Link) -> bool {
    record.relations.iter().any(|relation| {
        let reference = &relation.reference;
        reference.destination.as_deref() == Some(link.destination.as_str())
            && (relation.span.contains(link.span) || link.span.contains(reference.span))
    })
}

/// How `from` links to `to`, keeping the fragment of `old`.
fn path_to(from: &Record, to: &Record, old: &str) -> String {
    let mut folder: Vec<&str> = from.file.split('/').collect();
    folder.pop();
    let mut parts: Vec<&str> = to.file.split('/').collect();
    let name = parts.pop().unwrap_or_default();
    let shared = folder.iter().zip(&parts).take_while(|(a, b)| a == b).count();
    let mut path = if old.starts_with("./") { "./".to_owned() } else { String::new() };
    path += &"../".repeat(folder.len() - shared);
    for part in parts.iter().skip(shared) {
        path = path + part + "/";
    }
    let fragment = old.find('#').and_then(|at| old.get(at..)).unwrap_or_default();
    (path + name).replace(' ', "%20") + fragment
}

#[cfg(test)]
mod tests {
    use snapbox::str;

    use super::RULE;
    use crate::lint::testing::{check, check_log, check_log_fix};

    const OTHER: (&str, &str) =
        ("themes/0002-use-nats.md", "# 2. Use NATS\n\n## Status\n\nAccepted\n");

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
                "# 1. A\n\n[b](0002-use-kafka.md#context) [b][two]\n\n[two]: themes/0002-x.md\n",
            ),
            OTHER,
        ];
        check_log(
            &RULE,
            &files,
            str![[r#"
0001-a.md:3:5: error[ADR409]: ADR-0001 links to `0002-use-kafka.md#context`, which is not there
  help: ADR-0002 is now in `themes/0002-use-nats.md`
  fix: link to `themes/0002-use-nats.md#context` [safe]
0001-a.md:3:32: error[ADR409]: ADR-0001 links to `themes/0002-x.md`, which is not there
  help: ADR-0002 is now in `themes/0002-use-nats.md`

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
}
