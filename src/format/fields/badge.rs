//! Reads badges: pictures with the name of a field and its value.
//!
//! Known shapes: `![Status: accepted](…)`, with both in the alternative text; and the
//! address of a badge that is drawn on demand, `…/badge/status-accepted-green`, in which `--` is a
//! hyphen and `_` a space.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::text::Span;

/// A picture with what its alternative text or its address states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Badge {
    /// The bytes of the picture.
    pub span: Span,
    /// The name of the field, if there is one.
    pub key: Option<String>,
    pub value: String,
}

/// The pictures between the bytes of `span`, in the order of the text.
pub(crate) fn badges(text: &str, span: Span) -> Vec<Badge> {
    let piece = span.of(text);
    if !piece.contains("![") {
        return vec![];
    }
    let mut badges = Vec::new();
    let mut open_image: Option<(Span, String, String)> = None;
    for (event, range) in Parser::new_ext(piece, Options::empty()).into_offset_iter() {
        match event {
            Event::Start(Tag::Image { dest_url, .. }) => {
                let image = Span::from(range).shift(span.start);
                open_image = Some((image, dest_url.into_string(), String::new()));
            }
            Event::Text(words) | Event::Code(words) => {
                if let Some((_, _, alternative_text)) = &mut open_image {
                    alternative_text.push_str(&words);
                }
            }
            Event::End(TagEnd::Image) => {
                badges.extend(open_image.take().map(|(span, address, alternative_text)| {
                    let (key, value) = key_and_value(&alternative_text, &address);
                    Badge { span, key, value }
                }));
            }
            _ => {}
        }
    }
    badges
}

/// The key, if there is one, and the value of a picture.
fn key_and_value(alternative_text: &str, address: &str) -> (Option<String>, String) {
    let statement = alternative_text.split_once(':').filter(|(_, value)| !value.trim().is_empty());
    if let Some((key, value)) = statement {
        return (Some(key.trim().to_owned()), value.trim().to_owned());
    }
    match parts_of_address(address) {
        Some((key, value)) => (Some(key), value),
        None => (None, alternative_text.trim().to_owned()),
    }
}

/// The key and the value in the address of a badge that is drawn on demand.
fn parts_of_address(address: &str) -> Option<(String, String)> {
    // Marks a hyphen that does not separate two parts.
    const HYPHEN: &str = "\u{1}";
    let (_, path) = address.split_once("/badge/")?;
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let path = path.replace("--", HYPHEN).replace("%20", " ").replace('_', " ");
    let mut parts = path.split('-').map(|part| part.replace(HYPHEN, "-"));
    let (key, value) = (parts.next()?, parts.next()?);
    // The last part is the color.
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
    fn text_and_address_state_the_field_of_a_badge() {
        check("![Status: accepted](s.svg)", &[(Some("Status"), "accepted")]);
        check("![S](https://b.example/badge/Status-On_hold-red)", &[(Some("Status"), "On hold")]);
        check("![D](//b.example/badge/date-2026--01--02-blue)", &[(Some("date"), "2026-01-02")]);
        check("![Accepted](a.svg) ![x](y.png)", &[(None, "Accepted"), (None, "x")]);
        check("[Status: x](y)", &[]);
    }
}
