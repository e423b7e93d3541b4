//! Where a link may lead.

use crate::text::url_address;

/// What becomes of a link in a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Leads {
    /// To a page of the site, or to a place in the text: the address on the record's own page.
    Here(String),
    /// To another site.
    Away(String),
    /// Nowhere that a reader of the site could go: a file of the project that is not published, or an address that
    /// another program opens.
    Unpublished(String),
    /// To something that should be on the site and is not.
    Broken(String),
    /// To something that no page may lead to, such as `javascript:`: only the words are left.
    Refused,
}

/// The schemes that pages may lead to.
pub(super) const SCHEMES: [&str; 4] = ["http", "https", "mailto", "tel"];

/// The schemes of which nothing is shown: what runs, what embeds, and the disk of the reader.
const REFUSED: [&str; 4] = ["javascript", "vbscript", "data", "file"];

/// What `destination` is by itself, without regard to any record: an address elsewhere, something
/// refused, or `None` for a path or an anchor.
pub(crate) fn elsewhere(destination: &str) -> Option<Leads> {
    // Browsers ignore these characters before they look for a scheme.
    let clean: String = destination
        .trim_matches(|c: char| c.is_whitespace() || c.is_control())
        .chars()
        .filter(|c| !c.is_control())
        .collect();
    if let Some(rest) = clean.strip_prefix("//").or_else(|| clean.strip_prefix("\\\\")) {
        return Some(Leads::Away(url_address(&format!("https://{rest}"))));
    }
    let (scheme, rest) = clean.split_once(':')?;
    if !is_scheme(scheme) {
        return None;
    }
    let scheme = scheme.to_ascii_lowercase();
    // `http:path` is relative to the page in browsers; nobody means that.
    let is_web = scheme.starts_with("http") && SCHEMES.contains(&scheme.as_str());
    let is_complete = !is_web || rest.starts_with("//") && rest.len() > 2;
    Some(if REFUSED.contains(&scheme.as_str()) || !is_complete {
        Leads::Refused
    } else if SCHEMES.contains(&scheme.as_str()) {
        Leads::Away(url_address(&format!("{scheme}:{rest}")))
    } else {
        Leads::Unpublished(clean)
    })
}

fn is_scheme(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'))
}

/// The addresses in running text: the bytes of each. As on GitHub, an address ends at a blank, and
/// punctuation at its end belongs to the sentence.
pub(super) fn bare_addresses(text: &str) -> Vec<std::ops::Range<usize>> {
    let ends = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | '`');
    let mut found: Vec<std::ops::Range<usize>> = Vec::new();
    // Where the word ends that was looked at last: one word may hold any number of `http`.
    let mut end = 0;
    for (start, _) in text.match_indices("http") {
        let inside = found.last().is_some_and(|last| start < last.end);
        let word = text.get(..start).unwrap_or_default().ends_with(char::is_alphanumeric);
        let rest = text.get(start..).unwrap_or_default();
        let scheme = ["https://", "http://"].into_iter().find(|scheme| rest.starts_with(scheme));
        let Some(scheme) = scheme.filter(|_| !inside && !word) else { continue };
        let host = rest.get(scheme.len()..).unwrap_or_default();
        if !host.starts_with(|c: char| c.is_alphanumeric() || c == '[') {
            continue;
        }
        if end <= start {
            end = start + rest.find(ends).unwrap_or(rest.len());
        }
        let address = without_punctuation(text.get(start..end).unwrap_or_default());
        found.push(start..start + address.len());
    }
    found
}

fn without_punctuation(address: &str) -> &str {
    // Counted once: what is cut off at the end is taken off the count.
    let opened = address.bytes().filter(|byte| *byte == b'(').count();
    let mut closed = address.bytes().filter(|byte| *byte == b')').count();
    address.trim_end_matches(|c| match c {
        ')' if closed > opened => {
            closed -= 1;
            true
        }
        '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | '_' | '~' | '…' => true,
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::{Leads, bare_addresses, elsewhere};

    #[test]
    fn only_addresses_of_the_web_of_mail_and_of_telephones_lead_away() {
        let away = |to: &str| Some(Leads::Away(to.to_owned()));
        assert_eq!(elsewhere("HTTPS://a.example/b"), away("https://a.example/b"));
        assert_eq!(elsewhere("mailto:a@b.example"), away("mailto:a@b.example"));
        assert_eq!(elsewhere("tel:+49 30"), away("tel:+49%2030"));
        assert_eq!(elsewhere("chat:x"), Some(Leads::Unpublished("chat:x".to_owned())));
        assert_eq!(elsewhere("//a.example"), away("https://a.example"));
        assert_eq!(elsewhere("0001-a.md"), None);
        assert_eq!(elsewhere("#a:b"), None);
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
            assert_eq!(elsewhere(to), Some(Leads::Refused), "{to:?}");
        }
    }

    #[test]
    fn addresses_in_sentences_end_before_the_punctuation() {
        let text = "See https://a.example/x_(y), (http://b.example). Not xhttp://c or http://.";
        let found: Vec<_> = bare_addresses(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, ["https://a.example/x_(y)", "http://b.example"]);
    }

    #[test]
    fn brackets_and_points_at_the_end_are_those_of_the_sentence_however_many_there_are() {
        let many = 200_000;
        let (closing, points) = (")".repeat(many), ".".repeat(many));
        let nested = format!("https://a.example/{}x{}", "(".repeat(many), ")".repeat(many));
        for (text, expected) in [
            (format!("https://a.example/{closing}"), "https://a.example/"),
            (format!("https://a.example/(x){closing}{points}"), "https://a.example/(x)"),
            (format!("{nested}{closing}"), nested.as_str()),
        ] {
            let found = bare_addresses(&text);
            assert_eq!(found.iter().map(|one| &text[one.clone()]).collect::<Vec<_>>(), [expected]);
        }
        assert!(bare_addresses(&"http://-".repeat(many)).is_empty());
        let text = "http://-http://a.example/http://b";
        assert_eq!(bare_addresses(text).first(), Some(&(8..text.len())));
    }
}
