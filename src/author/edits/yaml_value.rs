//! Values as YAML. Does not depend on the text around them.

use serde_yaml::Value;

/// `text` as a YAML scalar: plain if every reader takes it for the same text, else in double quotes. Valid in block
/// and flow style.
pub(crate) fn yaml_scalar(text: &str) -> String {
    if is_plain(text) { text.to_owned() } else { yaml_quoted(text) }
}

/// `items` as a list in flow style.
pub(crate) fn yaml_list<'t>(items: impl IntoIterator<Item = &'t str>) -> String {
    let scalars: Vec<String> = items.into_iter().map(yaml_scalar).collect();
    format!("[{}]", scalars.join(", "))
}

/// `text` in double quotes, control characters escaped.
pub(crate) fn yaml_quoted(text: &str) -> String {
    // A JSON string is a YAML string, except for the characters that YAML counts as line breaks.
    let json = serde_json::Value::from(text).to_string();
    json.replace('\u{85}', "\\u0085").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}

/// `text` as the value of a key in block style, in which commas need no quotes; otherwise as [`yaml_scalar`].
pub(crate) fn yaml_line(text: &str) -> String {
    if is_plain_line(text) { text.to_owned() } else { yaml_quoted(text) }
}

/// Whether `text` needs no quotes after a key in block style, in which commas have no meaning.
pub(crate) fn is_plain_line(text: &str) -> bool {
    is_plain(&text.replace(',', ""))
}

fn is_plain(text: &str) -> bool {
    let reads_back = matches!(serde_yaml::from_str(text), Ok(Value::String(read)) if read == text);
    // YAML 1.1 reads these words as booleans; other tools may still do so.
    let is_boolean =
        ["y", "n", "yes", "no", "on", "off"].iter().any(|word| text.eq_ignore_ascii_case(word));
    // Would end a value in flow style, or start something else; `@` and `` ` `` are reserved.
    let is_structural = text.contains(['\n', '\r', ',', '[', ']', '{', '}', '#', '"', '\''])
        || text.contains(": ")
        || text.ends_with(':');
    let first_character = text.chars().next();
    let is_indicator =
        first_character.is_none_or(|c| !(c.is_alphanumeric() || c == '/' || c == '<'));
    // A date is text here, but a date for other readers.
    let is_date = text.starts_with(|c: char| c.is_ascii_digit()) && text.contains(['-', ':', '.']);
    reads_back && !is_boolean && !is_structural && !is_indicator && !is_date
}

#[cfg(test)]
mod tests {
    use super::{yaml_list, yaml_scalar};

    #[test]
    fn plain_words_stay_plain() {
        for text in ["accepted", "Ada Lovelace", "superseded by ADR-0003", "決定"] {
            assert_eq!(yaml_scalar(text), text);
        }
    }

    #[test]
    fn text_that_is_not_read_as_itself_is_quoted() {
        let texts = [
            "",
            "no",
            "12",
            "0012",
            "1e3",
            "null",
            "~",
            "a: b",
            "a:",
            "a #b",
            "@ada",
            "- a",
            "[x]",
            "2026-01-02",
            "a\nb",
            "x, y",
            "\"q\"",
            "!tag",
            "*a",
            "&a",
            "%",
            "`c`",
            "true",
            "a\tb",
            "\u{2028}",
            " padded ",
        ];
        for text in texts {
            let written = format!("key: {}\nlist: {}\n", yaml_scalar(text), yaml_list([text, "b"]));
            let read: serde_yaml::Value = serde_yaml::from_str(&written).unwrap();
            assert_eq!(read["key"].as_str(), Some(text), "{written}");
            assert_eq!(read["list"][0].as_str(), Some(text), "{written}");
        }
        assert_eq!(yaml_scalar("@ada"), "\"@ada\"");
    }
}
