//! The destinations of links: which ones pages may link to.

use std::ops::Range;

use crate::text::url_address;

/// What a link in a record becomes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum LinkOutcome {
    /// A link to a page of the site or to an anchor in the text: the address relative to the record's own page.
    Internal(String),
    /// A link to another site.
    External(String),
    /// No link: the project's file is not published, or another program opens the address.
    Unpublished(String),
    /// A broken link: the target should be on the site but is not.
    Broken(String),
    /// No link, only its words: pages must not link to it, such as `javascript:`.
    Refused,
}

/// The schemes that pages may link to.
pub(super) const SCHEMES: [&str; 4] = ["http", "https", "mailto", "tel"];

/// The schemes of scripts, embedded data, and local files. Their addresses are not even shown.
const REFUSED_SCHEMES: [&str; 4] = ["javascript", "vbscript", "data", "file"];

/// What a link with an absolute address becomes; `None` for a path or an anchor, which depends on the record.
pub(crate) fn external_link(destination: &str) -> Option<LinkOutcome> {
    // Browsers ignore these characters when they look for a scheme.
    let clean: String = destination
        .trim_matches(|c: char| c.is_whitespace() || c.is_control())
        .chars()
        .filter(|c| !c.is_control())
        .collect();
    if let Some(host) = clean.strip_prefix("//").or_else(|| clean.strip_prefix("\\\\")) {
        return Some(LinkOutcome::External(url_address(&format!("https://{host}"))));
    }
    let (scheme, address) = clean.split_once(':')?;
    if !is_scheme(scheme) {
        return None;
    }
    let scheme = scheme.to_ascii_lowercase();
    // In browsers, `http:path` is relative to the page, which no author intends.
    let is_web = scheme.starts_with("http") && SCHEMES.contains(&scheme.as_str());
    let is_complete = !is_web || address.starts_with("//") && address.len() > 2;
    Some(if REFUSED_SCHEMES.contains(&scheme.as_str()) || !is_complete {
        LinkOutcome::Refused
    } else if SCHEMES.contains(&scheme.as_str()) {
        LinkOutcome::External(url_address(&format!("{scheme}:{address}")))
    } else {
        LinkOutcome::Unpublished(clean)
    })
}

fn is_scheme(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'))
}

/// The byte ranges of the addresses in running text. As on GitHub, an address ends at a space, and
/// punctuation at its end belongs to the sentence.
pub(super) fn bare_addresses(text: &str) -> Vec<Range<usize>> {
    let ends_word =
        |c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | '`');
    let mut addresses: Vec<Range<usize>> = Vec::new();
    // The end of the word that was read last. It is kept because a word may contain `http` many times.
    let mut word_end = 0;
    for (start, _) in text.match_indices("http") {
        let in_address = addresses.last().is_some_and(|last| start < last.end);
        let text_before = text.get(..start).unwrap_or_default();
        let in_word = text_before.ends_with(char::is_alphanumeric);
        let remaining_text = text.get(start..).unwrap_or_default();
        let scheme =
            ["https://", "http://"].into_iter().find(|scheme| remaining_text.starts_with(scheme));
        let Some(scheme) = scheme.filter(|_| !in_address && !in_word) else { continue };
        let host = remaining_text.get(scheme.len()..).unwrap_or_default();
        if !host.starts_with(|c: char| c.is_alphanumeric() || c == '[') {
            continue;
        }
        if word_end <= start {
            word_end = start + remaining_text.find(ends_word).unwrap_or(remaining_text.len());
        }
        let address = without_punctuation(text.get(start..word_end).unwrap_or_default());
        addresses.push(start..start + address.len());
    }
    addresses
}

fn without_punctuation(address: &str) -> &str {
    // Brackets are counted once; the count of closing ones falls as they are removed, so the time stays linear.
    let opening = address.bytes().filter(|byte| *byte == b'(').count();
    let mut closing = address.bytes().filter(|byte| *byte == b')').count();
    address.trim_end_matches(|c| match c {
        ')' if closing > opening => {
            closing -= 1;
            true
        }
        '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | '_' | '~' | '…' => true,
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::{LinkOutcome, bare_addresses, external_link};

    #[test]
    fn only_web_mail_and_telephone_addresses_are_external() {
        let external = |to: &str| Some(LinkOutcome::External(to.to_owned()));
        assert_eq!(external_link("HTTPS://a.example/b"), external("https://a.example/b"));
        assert_eq!(external_link("mailto:a@b.example"), external("mailto:a@b.example"));
        assert_eq!(external_link("tel:+49 30"), external("tel:+49%2030"));
        assert_eq!(external_link("chat:x"), Some(LinkOutcome::Unpublished("chat:x".to_owned())));
        assert_eq!(external_link("//a.example"), external("https://a.example"));
        assert_eq!(external_link("0001-a.md"), None);
        assert_eq!(external_link("#a:b"), None);
    }

    #[test]
    fn what_runs_or_embeds_is_refused_however_it_is_disguised() {
        for to in [
            "javascript:x",
            " java\tscript:x",
            "\u{1}JavaScript:x",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc",
            "http:x",
        ] {
            assert_eq!(external_link(to), Some(LinkOutcome::Refused), "{to:?}");
        }
    }

    #[test]
    fn addresses_in_sentences_end_before_the_punctuation() {
        let text = "See https://a.example/x_(y), (http://b.example). Not xhttp://c or http://.";
        let addresses: Vec<_> =
            bare_addresses(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(addresses, ["https://a.example/x_(y)", "http://b.example"]);
    }

    #[test]
    fn any_number_of_brackets_and_points_at_the_end_belongs_to_the_sentence() {
        let many = 200_000;
        let (closing, points) = (")".repeat(many), ".".repeat(many));
        let nested = format!("https://a.example/{}x{}", "(".repeat(many), ")".repeat(many));
        for (text, expected) in [
            (format!("https://a.example/{closing}"), "https://a.example/"),
            (format!("https://a.example/(x){closing}{points}"), "https://a.example/(x)"),
            (format!("{nested}{closing}"), nested.as_str()),
        ] {
            let addresses = bare_addresses(&text);
            assert_eq!(
                addresses.iter().map(|range| &text[range.clone()]).collect::<Vec<_>>(),
                [expected]
            );
        }
        assert!(bare_addresses(&"http://-".repeat(many)).is_empty());
        let text = "http://-http://a.example/http://b";
        assert_eq!(bare_addresses(text).first(), Some(&(8..text.len())));
    }
}
