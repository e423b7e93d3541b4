//! What the server adds to pages, and the page that it shows where there is no other.

use std::borrow::Cow;

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

/// How the policy of every page of ours begins, up to its first rule.
const POLICY: &str = "<meta http-equiv=\"Content-Security-Policy\" content=\"";

/// A page that loads itself anew when the site is no longer of this `version`: it has one more
/// script, and its policy lets that one ask this server and nobody else.
pub fn with_reload(html: &str, version: &str) -> String {
    let script = script(version);
    let Some((head, rest)) = html.split_once("</head>") else { return format!("{html}{script}") };
    format!("{}{script}</head>{rest}", may_ask(head))
}

/// The head of a page whose policy lets it ask this server; as it is, where it has no policy of
/// ours. What else is in the head, such as a title, is not looked at.
fn may_ask(head: &str) -> Cow<'_, str> {
    const CLOSED: &str = "default-src 'none';";
    let Some((before, from)) = head.split_once(POLICY) else { return Cow::Borrowed(head) };
    let Some((policy, after)) = from.split_once('"') else { return Cow::Borrowed(head) };
    if policy.contains("connect-src") {
        return Cow::Borrowed(head);
    }
    let policy = policy.replacen(CLOSED, &format!("{CLOSED} connect-src 'self';"), 1);
    Cow::Owned(format!("{before}{POLICY}{policy}\"{after}"))
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
        let page = |policy: &str, script: &str| {
            format!(
                "<head><title>Set connect-src 'none'; default-src 'none'; in http-equiv=</title>\
                 <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\
                 <meta name=\"description\" content=\"connect-src\">{script}</head><p>default-src 'none';"
            )
        };
        let script = "<script src=\"/-/reload.js\" defer data-version=\"12\"></script>\n";
        let asks = "default-src 'none'; connect-src 'self'; x";
        assert_eq!(with_reload(&page("default-src 'none'; x", ""), "12"), page(asks, script));
        // The page of the search asks already.
        assert_eq!(with_reload(&page(asks, ""), "12"), page(asks, script));
    }

    #[test]
    fn a_page_of_a_template_without_head_or_policy_is_left_alone_otherwise() {
        let script = "<script src=\"/-/reload.js\" defer data-version=\"1\"></script>\n";
        assert_eq!(with_reload("<p>x", "1"), format!("<p>x{script}"));
        let open = "<head><meta content=\"default-src 'none';\">";
        assert_eq!(with_reload(&format!("{open}</head>"), "1"), format!("{open}{script}</head>"));
    }

    #[test]
    fn what_an_error_says_is_text() {
        let page = error_page("<b>{hint}", &["a & \"b\"".to_owned()], None, "<i>");
        assert!(page.contains("<p role=\"alert\">&lt;b&gt;{hint}</p>\n<pre>a &amp; &quot;b&quot;"));
        assert!(!page.contains("<b>") && !page.contains("<i>"), "{page}");
    }
}
