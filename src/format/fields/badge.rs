//! Pictures of a field: a badge with the field's name and its value.
//!
//! Known shapes: `![Status: accepted](…)`, with both in the words for those who do not see it; and the
//! address of a badge that is drawn on demand, `…/badge/status-accepted-green`, in which `--` is a
//! hyphen and `_` a blank.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::text::Span;

/// A picture, as far as its words and its address say what it shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Badge {
    /// The bytes of the picture.
    pub span: Span,
    /// The name of the field, where there is one.
    pub key: Option<String>,
    /// What it shows.
    pub value: String,
}

/// The pictures between the bytes of `span`, in the order of the text.
pub(crate) fn badges(text: &str, span: Span) -> Vec<Badge> {
    let piece = span.of(text);
    if !piece.contains("![") {
        return vec![];
    }
    let mut found = Vec::new();
    let mut open: Option<(Span, String, String)> = None;
    for (event, range) in Parser::new_ext(piece, Options::empty()).into_offset_iter() {
        match event {
            Event::Start(Tag::Image { dest_url, .. }) => {
                let at = Span::from(range).shift(span.start);
                open = Some((at, dest_url.into_string(), String::new()));
            }
            Event::Text(words) | Event::Code(words) => {
                if let Some((_, _, alt)) = &mut open {
                    alt.push_str(&words);
                }
            }
            Event::End(TagEnd::Image) => found.extend(open.take().map(|(span, address, alt)| {
                let (key, value) = shown(&alt, &address);
                Badge { span, key, value }
            })),
            _ => {}
        }
    }
    found
}

/// What a picture with these words and this address shows.
fn shown(alt: &str, address: &str) -> (Option<String>, String) {
    if let Some((key, value)) = alt.split_once(':').filter(|(_, value)| !value.trim().is_empty()) {
        return (Some(key.trim().to_owned()), value.trim().to_owned());
    }
    match drawn(address) {
        Some((key, value)) => (Some(key), value),
        None => (None, alt.trim().to_owned()),
    }
}

/// The two halves of a badge that is drawn from its address.
fn drawn(address: &str) -> Option<(String, String)> {
    const HYPHEN: &str = "\u{1}";
    let (_, path) = address.split_once("/badge/")?;
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let path = path.replace("--", HYPHEN).replace("%20", " ").replace('_', " ");
    let mut parts = path.split('-').map(|part| part.replace(HYPHEN, "-"));
    let (key, value) = (parts.next()?, parts.next()?);
    parts.next().is_some().then_some((key, value))
}

#[cfg(test)]
mod tests {
    use super::badges;
    use crate::text::Span;

    #[track_caller]
    fn check(text: &str, expected: &[(Option<&str>, &str)]) {
        let found = badges(text, Span::new(0, text.len()));
        let found: Vec<_> =
            found.iter().map(|one| (one.key.as_deref(), one.value.as_str())).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn words_and_address_say_what_a_badge_shows() {
        check("![Status: accepted](s.svg)", &[(Some("Status"), "accepted")]);
        check("![S](https://b.example/badge/Status-On_hold-red)", &[(Some("Status"), "On hold")]);
        check("![D](//b.example/badge/date-2026--01--02-blue)", &[(Some("date"), "2026-01-02")]);
        check("![Accepted](a.svg) ![x](y.png)", &[(None, "Accepted"), (None, "x")]);
        check("[Status: x](y)", &[]);
    }
}
