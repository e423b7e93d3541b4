//! ADR411 `broken-image`

use crate::lint::{Check, Context, Findings, Level, rule};
use crate::model::{Record, Target};
use crate::syntax::LinkKind;

rule! {
    /// Reports images that do not exist.
    ///
    /// Checks relative paths and paths from the root of the repository, in Markdown and in HTML
    /// (`<img>`, `<source>`). Runs only if the log is in a git repository.
    ///
    /// ## Why is this bad?
    ///
    /// The diagram that explains the decision is missing from every page.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// ![The services](images/servces.svg)
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```markdown
    /// ![The services](images/services.svg)
    /// ```
    pub(super) static RULE: Rule = {
        code: "ADR411",
        name: "broken-image",
        level: Level::Error,
        since: "0.1.0",
        check: Check::Text(check),
    };
}

fn check(record: &Record, context: &Context<'_>, findings: &mut Findings<'_>) {
    let images = context.links(record).iter().filter(|link| link.kind == LinkKind::Image);
    for image in images {
        if context.target(record, &image.destination) == Target::Missing {
            findings
                .report(
                    image.destination_span,
                    format!(
                        "{} shows `{}`, which does not exist",
                        record.label(),
                        image.destination
                    ),
                )
                .cause(context.linked_file(record, &image.destination))
                .help("correct the path, or add the image");
        }
    }
}

#[cfg(test)]
mod tests {
    use snapbox::str;

    use super::RULE;
    use crate::lint::testing::{check, check_among};

    #[test]
    fn external_images_and_images_without_a_repository_pass() {
        check(&RULE, "# 1. A\n\n![a](a.png) ![b](https://example.org/b.png)\n", str![]);
    }

    #[test]
    fn a_missing_image_in_a_repository_is_reported() {
        let names = ["images", "images/a.png"];
        check_among(&RULE, &names, "# 1. A\n\n![a](images/a.png)\n", str![]);
        check_among(
            &RULE,
            &names,
            "---\nstatus: accepted\n---\n\n# A\n\n![b](images/b.png) ![c](c.png)\n",
            str![[r#"
0001-test.md:7:6: error[ADR411]: ADR-0001 shows `images/b.png`, which does not exist
  help: correct the path, or add the image
0001-test.md:7:25: error[ADR411]: ADR-0001 shows `c.png`, which does not exist
  help: correct the path, or add the image

"#]],
        );
    }

    #[test]
    fn images_in_html_are_images() {
        let names = ["images", "images/a.png"];
        check_among(
            &RULE,
            &names,
            "# 1. A\n\n<picture>\n<source srcset=\"images/a.png, images/b.png 2x\">\n<img alt=\"x > y\" src='c.png'>\n</picture>\n\n\
             `<img src=d.png>` <!-- <img src=e.png> --> <img src=images/a.png> <img src=https://example.org/f.png>\n",
            str![[r#"
0001-test.md:4:31: error[ADR411]: ADR-0001 shows `images/b.png`, which does not exist
  help: correct the path, or add the image
0001-test.md:5:23: error[ADR411]: ADR-0001 shows `c.png`, which does not exist
  help: correct the path, or add the image

"#]],
        );
    }
}
