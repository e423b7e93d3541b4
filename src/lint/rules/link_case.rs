//! ADR416 `link-case`

use crate::format::Fact;
use crate::lint::{Check, Context, Findings, Fix, Level, rule};
use crate::model::{Record, Target};
use crate::text::{Edit, Span, link_path, url_decoded};

rule! {
    /// Reports links that differ from the file name in case.
    ///
    /// ## Why is this bad?
    ///
    /// The link works on the author's machine, but not on Linux, on forges or on sites.
    ///
    /// ## Example
    ///
    /// The file is named `README.md`:
    ///
    /// ```markdown
    /// See [the index](Readme.md).
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```markdown
    /// See [the index](README.md).
    /// ```
    ///
    /// ## Fix
    ///
    /// The link takes the spelling of the file name (safe).
    pub(super) static RULE: Rule = {
        code: "ADR416",
        name: "link-case",
        level: Level::Error,
        since: "0.1.0",
        check: Check::Text(check),
    };
}

fn check(record: &Record, context: &Context<'_>, findings: &mut Findings<'_>) {
    for link in context.links(record) {
        let Target::OtherCase { name, .. } = context.target(record, &link.destination) else {
            continue;
        };
        let message =
            format!("{} links to `{}`, but the file is `{name}`", record.label(), link.destination);
        let finding = findings.report(link.destination_span, message);
        let written_destination = link.destination_span.of(record.text());
        let path = written_destination.split(['#', '?']).next().unwrap_or_default();
        let name_start = path.rfind('/').map_or(0, |slash| slash + 1);
        let old_name = url_decoded(path.get(name_start..).unwrap_or_default());
        // A folder name with different case is not fixed.
        if written_destination == link.destination
            && old_name.to_lowercase() == name.to_lowercase()
            && old_name != name
        {
            let name_span = Span::new(name_start, path.len()).shift(link.destination_span.start);
            let edits = vec![Edit::replace(name_span, link_path(&name))];
            finding.fix(Fix::safe(format!("link to `{name}`"), &record.source, edits).changing(&[
                Fact::Links,
                Fact::Relations,
                Fact::Options,
            ]));
        } else {
            finding.help("spell the path like the folders and files on disk");
        }
    }
}

#[cfg(test)]
mod tests {
    use snapbox::str;

    use super::RULE;
    use crate::lint::testing::{check_log, check_log_fix};

    const INDEX: (&str, &str) = ("README.md", "# Decisions\n\n- [A](0001-a.md)\n");

    #[test]
    fn the_same_spelling_passes() {
        check_log(&RULE, &[("0001-a.md", "# 1. A\n\n[i](README.md)\n"), INDEX], str![]);
        check_log(
            &RULE,
            &[("0001-a.md", "---\nstatus: accepted\n---\n\n# A\n\n[i](./README.md)\n"), INDEX],
            str![],
        );
    }

    #[test]
    fn another_case_is_reported_and_fixed() {
        let files = [("0001-a.md", "# 1. A\n\n[i](./Readme.md#decisions)\n"), INDEX];
        check_log(
            &RULE,
            &files,
            str![[r#"
0001-a.md:3:5: error[ADR416]: ADR-0001 links to `./Readme.md#decisions`, but the file is `README.md`
  fix: link to `README.md` [safe]

"#]],
        );
        check_log_fix(
            &RULE,
            &files,
            str![[r#"
# 1. A

[i](./README.md#decisions)

"#]],
        );
    }
}
