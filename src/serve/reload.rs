//! Makes pages reload themselves, and provides the page for errors.

use std::borrow::Cow;

use crate::text::entity;

/// The path at which a page asks for changes. Its own version follows a `?`.
pub(super) const CHANGED_PATH: &str = "/-/changed";

/// The script that asks for changes.
const RELOAD_PATH: &str = "/-/reload.js";

/// The style sheet of the error page.
const STYLE_PATH: &str = "/-/error.css";

/// The server's own file at `path`, if there is one. No page of a site is below `/-/`.
pub(super) fn own_file(path: &str) -> Option<&'static str> {
    match path {
        RELOAD_PATH => Some(include_str!("../../templates/serve/reload.js")),
        STYLE_PATH => Some(include_str!("../../templates/serve/error.css")),
        _ => None,
    }
}

/// The start of the policy in every page of ours, up to its first rule.
const POLICY_START: &str = "<meta http-equiv=\"Content-Security-Policy\" content=\"";

/// Makes a page reload itself when the site is newer than `version`: adds a script, and lets the policy of the page
/// connect to this server only.
pub fn with_reload(html: &str, version: &str) -> String {
    let script = reload_script(version);
    let Some((head, body)) = html.split_once("</head>") else { return format!("{html}{script}") };
    format!("{}{script}</head>{body}", with_connect_policy(head))
}

/// The head of a page with a policy that allows connections to this server. Returned unchanged if it has no policy of
/// ours. Only the policy is searched, because a title may contain the same words.
fn with_connect_policy(head: &str) -> Cow<'_, str> {
    const DEFAULT_RULE: &str = "default-src 'none';";
    let Some((text_before, policy_on)) = head.split_once(POLICY_START) else {
        return Cow::Borrowed(head);
    };
    let Some((policy, text_after)) = policy_on.split_once('"') else { return Cow::Borrowed(head) };
    if policy.contains("connect-src") {
        return Cow::Borrowed(head);
    }
    let new_rules = format!("{DEFAULT_RULE} connect-src 'self';");
    let new_policy = policy.replacen(DEFAULT_RULE, &new_rules, 1);
    Cow::Owned(format!("{text_before}{POLICY_START}{new_policy}\"{text_after}"))
}

fn reload_script(version: &str) -> String {
    format!("<script src=\"{RELOAD_PATH}\" defer data-version=\"{}\"></script>\n", escaped(version))
}

/// The page that is shown instead of a site that cannot be built. Reloads itself as soon as that is possible.
pub fn error_page(message: &str, causes: &[String], hint: Option<&str>, version: &str) -> String {
    let cause_elements: Vec<String> =
        causes.iter().map(|cause| format!("<pre>{}</pre>\n", escaped(cause))).collect();
    let hint_element = hint.map(|hint| format!("<p class=\"hint\">{}</p>\n", escaped(hint)));
    format!(
        include_str!("../../templates/serve/error.html"),
        style = STYLE_PATH,
        script = reload_script(version),
        message = escaped(message),
        causes = cause_elements.concat(),
        hint = hint_element.unwrap_or_default(),
    )
}

/// `text`, escaped for a page.
fn escaped(text: &str) -> String {
    let mut escaped_text = String::with_capacity(text.len());
    for character in text.chars() {
        match entity(character) {
            Some(entity) => escaped_text.push_str(entity),
            None => escaped_text.push(character),
        }
    }
    escaped_text
}

#[cfg(test)]
mod tests {
    use super::{error_page, with_reload};

    #[test]
    fn a_page_gets_a_script_and_may_connect_to_its_server() {
        let page = |policy: &str, script: &str| {
            format!(
                "<head><title>Set connect-src 'none'; default-src 'none'; in http-equiv=</title>\
                 <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\
                 <meta name=\"description\" content=\"connect-src\">{script}</head><p>default-src 'none';"
            )
        };
        let script = "<script src=\"/-/reload.js\" defer data-version=\"12\"></script>\n";
        let connects = "default-src 'none'; connect-src 'self'; x";
        assert_eq!(with_reload(&page("default-src 'none'; x", ""), "12"), page(connects, script));
        // The search page has the rule already.
        assert_eq!(with_reload(&page(connects, ""), "12"), page(connects, script));
    }

    #[test]
    fn a_page_without_head_or_policy_only_gets_the_script() {
        let script = "<script src=\"/-/reload.js\" defer data-version=\"1\"></script>\n";
        assert_eq!(with_reload("<p>x", "1"), format!("<p>x{script}"));
        let open = "<head><meta content=\"default-src 'none';\">";
        assert_eq!(with_reload(&format!("{open}</head>"), "1"), format!("{open}{script}</head>"));
    }

    #[test]
    fn the_message_of_an_error_is_escaped() {
        let page = error_page("<b>{hint}", &["a & \"b\"".to_owned()], None, "<i>");
        assert!(page.contains("<p role=\"alert\">&lt;b&gt;{hint}</p>\n<pre>a &amp; &quot;b&quot;"));
        assert!(!page.contains("<b>") && !page.contains("<i>"), "{page}");
    }
}
