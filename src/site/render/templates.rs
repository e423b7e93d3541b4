//! The templates of the pages: the built-in ones, and the files of the project that replace them.

use super::messages::{MESSAGES_FILE, Messages};
use crate::template::escaped;

/// The name of the project's own style, which is sent after ours.
pub(crate) const EXTRA_STYLE: &str = "extra.css";

/// The built-in templates, by their names below `templates/site/`.
pub(crate) const TEMPLATES: &[(&str, &str)] = &[
    ("_base.html", include_str!("../../../templates/site/_base.html")),
    ("_components.html", include_str!("../../../templates/site/_components.html")),
    ("_dialog.html", include_str!("../../../templates/site/_dialog.html")),
    ("_footer.html", include_str!("../../../templates/site/_footer.html")),
    ("_head.html", include_str!("../../../templates/site/_head.html")),
    ("_header.html", include_str!("../../../templates/site/_header.html")),
    ("_lives.html", include_str!("../../../templates/site/_lives.html")),
    ("_printed.html", include_str!("../../../templates/site/_printed.html")),
    ("_printed_titles.html", include_str!("../../../templates/site/_printed_titles.html")),
    ("_rows.html", include_str!("../../../templates/site/_rows.html")),
    ("_titles.html", include_str!("../../../templates/site/_titles.html")),
    ("badge.svg", include_str!("../../../templates/site/badge.svg")),
    ("changes.html", include_str!("../../../templates/site/changes.html")),
    ("feed.xml", include_str!("../../../templates/site/feed.xml")),
    ("graph.html", include_str!("../../../templates/site/graph.html")),
    ("group.html", include_str!("../../../templates/site/group.html")),
    ("groups.html", include_str!("../../../templates/site/groups.html")),
    ("health.html", include_str!("../../../templates/site/health.html")),
    ("index.html", include_str!("../../../templates/site/index.html")),
    ("not_found.html", include_str!("../../../templates/site/not_found.html")),
    ("print.html", include_str!("../../../templates/site/print.html")),
    ("record.html", include_str!("../../../templates/site/record.html")),
    ("search.html", include_str!("../../../templates/site/search.html")),
    ("sitemap.xml", include_str!("../../../templates/site/sitemap.xml")),
    ("status.html", include_str!("../../../templates/site/status.html")),
    ("timeline.html", include_str!("../../../templates/site/timeline.html")),
];

/// The built-in templates with the messages in them, unless a template does more with a message than to show
/// it. They are the same on every page, so they are inserted once.
pub(crate) fn built_in_templates(messages: &Messages) -> Vec<(&'static str, String)> {
    let insert = |(name, text): &(&'static str, &str)| (*name, insert_messages(text, messages));
    TEMPLATES.iter().map(insert).collect()
}

/// Replaces the keys in `text` by their messages.
fn insert_messages(text: &str, messages: &Messages) -> String {
    let mut segments = text.split(EXPRESSION_START);
    let mut inserted = segments.next().unwrap_or_default().to_owned();
    for segment in segments {
        let key = segment.strip_prefix("t.").and_then(|expression| expression.split_once(" }}"));
        let message = key.map(|(key, text_after)| (messages.get(key), text_after));
        // The engine reports an unknown key, and a text with a brace would be read as a template.
        match message.filter(|(message, _)| !message.is_empty() && !message.contains('{')) {
            Some((message, text_after)) => {
                inserted.push_str(&escaped(message));
                inserted.push_str(text_after);
            }
            None => inserted.extend([EXPRESSION_START, segment]),
        }
    }
    inserted
}

/// The start of an expression in a template.
const EXPRESSION_START: &str = "{{ ";

/// The templates among the files of a project.
pub(crate) fn project_templates(files: &[(String, String)]) -> Vec<(String, String)> {
    const EXTENSIONS: [&str; 4] = [".html", ".xml", ".svg", ".txt"];
    let is_template = |name: &str| EXTENSIONS.iter().any(|extension| name.ends_with(extension));
    files.iter().filter(|(name, _)| is_template(name)).cloned().collect()
}

/// The files of a project that nothing uses, each with the built-in name that is nearest to its own. A name
/// that starts with `_` is a part of a template of the project, and so is a file that another one names.
pub fn unknown_templates(files: &[(String, String)]) -> Vec<(&str, Option<&'static str>)> {
    let known_names =
        || TEMPLATES.iter().map(|(name, _)| *name).chain([EXTRA_STYLE, MESSAGES_FILE]);
    let is_named = |name: &str| files.iter().any(|(_, text)| text.contains(&format!("\"{name}\"")));
    let names = files.iter().map(|(name, _)| name.as_str());
    let unknown = names.filter(|name| {
        let is_known = known_names().any(|known| known == *name);
        !name.starts_with(['_', '.']) && !is_known && !is_named(name)
    });
    let nearest_known = |name: &str| {
        let distances =
            known_names().map(|known| (strsim::damerau_levenshtein(known, name), known));
        let near = distances.filter(|(distance, known)| *distance <= known.len() / 3);
        near.min().map(|(_, known)| known)
    };
    unknown.map(|name| (name, nearest_known(name))).collect()
}

#[cfg(test)]
mod tests {
    use super::{TEMPLATES, insert_messages, unknown_templates};
    use crate::site::render::Messages;

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
    fn a_file_that_nothing_uses_is_reported() {
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
    fn messages_without_filters_are_inserted() {
        let project_file = "all = \"<All's>\"\nsearch = \"{n}\"\n";
        let messages = Messages::new(Some(project_file), None).unwrap();
        assert_eq!(insert_messages("a {{ t.all }} b", &messages), "a &lt;All&#39;s&gt; b");
        let unchanged = "{{ t.search }} {{ t.all | upper }} {{ t.unheard_of }} {{ t.";
        assert_eq!(insert_messages(unchanged, &messages), unchanged);
    }
}
