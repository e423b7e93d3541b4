//! The templates of the pages: ours, and which files of the project take their place.

/// Every template of ours, by its name below `templates/site/`.
pub(super) const TEMPLATES: &[(&str, &str)] = &[
    ("_base.html", include_str!("../../templates/site/_base.html")),
    ("_components.html", include_str!("../../templates/site/_components.html")),
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

/// Those of the project's files that are templates.
pub(super) fn below(files: &[(String, String)]) -> Vec<(String, String)> {
    let is_template =
        |name: &str| [".html", ".xml", ".svg", ".txt"].iter().any(|e| name.ends_with(e));
    files.iter().filter(|(name, _)| is_template(name)).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::TEMPLATES;

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
}
