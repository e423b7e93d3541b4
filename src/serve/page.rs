//! What the server adds to pages, and the page that it shows where there is no other.

use crate::text::entity;

/// Where a page asks whether it is still of today; the version that it has stands behind a `?`.
pub(super) const CHANGED: &str = "/-/changed";

/// The script that asks.
const RELOAD: &str = "/-/reload.js";

/// How the page of an error looks.
const STYLE: &str = "/-/error.css";

/// The file of the server itself at `path`, if there is one. No page of a site is below `/-/`.
pub fn own(path: &str) -> Option<&'static str> {
    match path {
        RELOAD => Some(include_str!("../../templates/serve/reload.js")),
        STYLE => Some(include_str!("../../templates/serve/error.css")),
        _ => None,
    }
}

/// A page that loads itself anew when the site is no longer of this `version`: it has one more
/// script, and its policy lets that one ask this server and nobody else.
pub fn with_reload(html: &str, version: &str) -> String {
    let script = script(version);
    let Some((head, rest)) = html.split_once("</head>") else { return format!("{html}{script}") };
    let closed = "default-src 'none';";
    let head = if head.contains("connect-src") {
        head.to_owned()
    } else {
        head.replacen(closed, &format!("{closed} connect-src 'self';"), 1)
    };
    format!("{head}{script}</head>{rest}")
}

fn script(version: &str) -> String {
    format!("<script src=\"{RELOAD}\" defer data-version=\"{}\"></script>\n", escaped(version))
}

/// The page that says why there is no site, until there is one again.
pub fn error_page(message: &str, causes: &[String], hint: Option<&str>, version: &str) -> String {
    let causes: Vec<String> =
        causes.iter().map(|cause| format!("<pre>{}</pre>\n", escaped(cause))).collect();
    let hint = hint.map(|hint| format!("<p class=\"hint\">{}</p>\n", escaped(hint)));
    format!(
        include_str!("../../templates/serve/error.html"),
        style = STYLE,
        script = script(version),
        message = escaped(message),
        causes = causes.concat(),
        hint = hint.unwrap_or_default(),
    )
}

/// `text` as a part of a page.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match entity(c) {
            Some(entity) => out.push_str(entity),
            None => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{error_page, with_reload};

    #[test]
    fn a_page_gets_a_script_and_may_ask_its_server() {
        let page = "<head><meta content=\"default-src 'none'; x\"></head><p>default-src 'none';";
        assert_eq!(
            with_reload(page, "12"),
            "<head><meta content=\"default-src 'none'; connect-src 'self'; x\">\
             <script src=\"/-/reload.js\" defer data-version=\"12\"></script>\n</head>\
             <p>default-src 'none';"
        );
    }

    #[test]
    fn a_page_of_a_template_without_head_or_policy_is_left_alone_otherwise() {
        let script = "<script src=\"/-/reload.js\" defer data-version=\"1\"></script>\n";
        assert_eq!(with_reload("<p>x", "1"), format!("<p>x{script}"));
        let open = "<head>connect-src *; default-src 'none';";
        assert_eq!(with_reload(&format!("{open}</head>"), "1"), format!("{open}{script}</head>"));
    }

    #[test]
    fn what_an_error_says_is_text() {
        let page = error_page("<b>{hint}", &["a & \"b\"".to_owned()], None, "<i>");
        assert!(page.contains("<p role=\"alert\">&lt;b&gt;{hint}</p>\n<pre>a &amp; &quot;b&quot;"));
        assert!(!page.contains("<b>") && !page.contains("<i>"), "{page}");
    }
}
