//! The templates of the pages: ours, and which files of the project take their place.

use super::message::{self, Messages};
use crate::template::escaped;

/// The name of the project's own style, which is sent behind ours.
pub(super) const EXTRA: &str = "extra.css";

/// Every template of ours, by its name below `templates/site/`.
pub(super) const TEMPLATES: &[(&str, &str)] = &[
    ("_base.html", include_str!("../../templates/site/_base.html")),
    ("_components.html", include_str!("../../templates/site/_components.html")),
    ("_dialog.html", include_str!("../../templates/site/_dialog.html")),
    ("_footer.html", include_str!("../../templates/site/_footer.html")),
    ("_head.html", include_str!("../../templates/site/_head.html")),
    ("_header.html", include_str!("../../templates/site/_header.html")),
    ("_lives.html", include_str!("../../templates/site/_lives.html")),
    ("_printed.html", include_str!("../../templates/site/_printed.html")),
    ("_printed_titles.html", include_str!("../../templates/site/_printed_titles.html")),
    ("_rows.html", include_str!("../../templates/site/_rows.html")),
    ("_titles.html", include_str!("../../templates/site/_titles.html")),
    ("badge.svg", include_str!("../../templates/site/badge.svg")),
    ("changes.html", include_str!("../../templates/site/changes.html")),
    ("feed.xml", include_str!("../../templates/site/feed.xml")),
    ("graph.html", include_str!("../../templates/site/graph.html")),
    ("group.html", include_str!("../../templates/site/group.html")),
    ("groups.html", include_str!("../../templates/site/groups.html")),
    ("health.html", include_str!("../../templates/site/health.html")),
    ("index.html", include_str!("../../templates/site/index.html")),
    ("not_found.html", include_str!("../../templates/site/not_found.html")),
    ("print.html", include_str!("../../templates/site/print.html")),
    ("record.html", include_str!("../../templates/site/record.html")),
    ("search.html", include_str!("../../templates/site/search.html")),
    ("sitemap.xml", include_str!("../../templates/site/sitemap.xml")),
    ("status.html", include_str!("../../templates/site/status.html")),
    ("timeline.html", include_str!("../../templates/site/timeline.html")),
];

/// Our templates with our words in them, where nothing else is asked of a word than to stand there: it is the
/// same on every page.
pub(super) fn worded(messages: &Messages) -> Vec<(&'static str, String)> {
    TEMPLATES.iter().map(|(name, text)| (*name, put_in(text, messages))).collect()
}

/// `text` with our words in the place of their keys.
fn put_in(text: &str, messages: &Messages) -> String {
    let mut parts = text.split(BEGIN);
    let mut done = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let asked = part.strip_prefix("t.").and_then(|asked| asked.split_once(" }}"));
        let word = asked.map(|(key, rest)| (messages.get(key), rest));
        // What is not there is the engine's to tell, and what reads like a template would be taken for one.
        match word.filter(|(word, _)| !word.is_empty() && !word.contains('{')) {
            Some((word, rest)) => {
                done.push_str(&escaped(word));
                done.push_str(rest);
            }
            None => done.extend([BEGIN, part]),
        }
    }
    done
}

/// How a template begins to ask for a value.
const BEGIN: &str = "{{ ";

/// Those of the project's files that are templates.
pub(super) fn below(files: &[(String, String)]) -> Vec<(String, String)> {
    let is_template =
        |name: &str| [".html", ".xml", ".svg", ".txt"].iter().any(|e| name.ends_with(e));
    files.iter().filter(|(name, _)| is_template(name)).cloned().collect()
}

/// Those of the project's files that nothing asks for, each with the name of ours that is nearest to its own.
/// A name that begins with `_` is a part of their own, and so is what another one of them names.
pub fn unknown_templates(files: &[(String, String)]) -> Vec<(&str, Option<&'static str>)> {
    let known = || TEMPLATES.iter().map(|(name, _)| *name).chain([EXTRA, message::FILE]);
    let is_named = |name: &str| files.iter().any(|(_, text)| text.contains(&format!("\"{name}\"")));
    let names = files.iter().map(|(name, _)| name.as_str());
    let unknown = names.filter(|name| {
        !name.starts_with(['_', '.']) && !known().any(|ours| ours == *name) && !is_named(name)
    });
    unknown
        .map(|name| {
            let far = known().map(|ours| (strsim::damerau_levenshtein(ours, name), ours));
            let near = far.filter(|(distance, ours)| *distance <= ours.len() / 3);
            (name, near.min().map(|(_, ours)| ours))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{TEMPLATES, put_in, unknown_templates};
    use crate::site::message::Messages;

    #[test]
    fn every_template_is_listed_in_order() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/templates/site");
        let mut files: Vec<String> = walkdir::WalkDir::new(folder)
            .into_iter()
            .filter_map(|entry| entry.unwrap().file_name().to_str().map(str::to_owned))
            .filter(|name| name.contains('.') && !name.starts_with("messages."))
            .collect();
        files.sort();
        let listed: Vec<_> = TEMPLATES.iter().map(|(name, _)| (*name).to_owned()).collect();
        assert_eq!(listed, files);
    }

    #[test]
    fn a_file_that_nothing_asks_for_is_told() {
        let files = [
            ("index.html", "{% include \"side.html\" %}"),
            ("_mine.html", ""),
            ("side.html", ""),
            ("extra.css", ""),
            ("messages.toml", ""),
            ("recrod.html", ""),
            ("nosuch.html", ""),
        ];
        let files = files.map(|(name, text)| (name.to_owned(), text.to_owned()));
        let unknown = unknown_templates(&files);
        assert_eq!(unknown, [("recrod.html", Some("record.html")), ("nosuch.html", None)]);
    }

    #[test]
    fn words_are_put_in_where_nothing_else_is_asked_of_them() {
        let theirs = "all = \"<All's>\"\nsearch = \"{n}\"\n";
        let messages = Messages::new(Some(theirs), None).unwrap();
        assert_eq!(put_in("a {{ t.all }} b", &messages), "a &lt;All&#39;s&gt; b");
        let kept = "{{ t.search }} {{ t.all | upper }} {{ t.unheard_of }} {{ t.";
        assert_eq!(put_in(kept, &messages), kept);
    }
}
