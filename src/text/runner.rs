//! Text that no runner of pipelines takes for a command: those of GitHub, Azure and `TeamCity` look
//! for theirs in everything that a job prints, that of GitLab for the marks of its sections.

use std::borrow::Cow;

/// `text` with a space in everything that a runner would obey: `##[…]`, `##vso[…]` and
/// `##teamcity[…]` anywhere in a line, `::name::` at the beginning of one, and `section_start:1:a`.
pub fn without_commands(text: &str) -> Cow<'_, str> {
    let mut places: Vec<usize> = marks(text).into_iter().map(|at| at + 1).collect();
    places.extend(line_commands(text));
    places.extend(sections(text));
    if places.is_empty() {
        return Cow::Borrowed(text);
    }
    places.sort_unstable();
    let mut out = String::with_capacity(text.len() + places.len());
    let mut done = 0;
    for at in places {
        out.push_str(text.get(done..at).unwrap_or_default());
        out.push(' ');
        done = at;
    }
    out.push_str(text.get(done..).unwrap_or_default());
    Cow::Owned(out)
}

/// The same for a document in JSON, whose values stay what they are. None of its lines begins with
/// a command, and it holds none of the characters that mark a section.
pub fn json_without_commands(text: &str) -> Cow<'_, str> {
    with_marks_as(text, "\\u0023")
}

/// The same for a document in XML.
pub fn xml_without_commands(text: &str) -> Cow<'_, str> {
    with_marks_as(text, "&#35;")
}

/// `text` with another form of the `#` that makes a command.
fn with_marks_as<'t>(text: &'t str, form: &str) -> Cow<'t, str> {
    let places = marks(text);
    if places.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + form.len() * places.len());
    let mut done = 0;
    for at in places {
        out.push_str(text.get(done..at).unwrap_or_default());
        out.push_str(form);
        done = at + 1;
    }
    out.push_str(text.get(done..).unwrap_or_default());
    Cow::Owned(out)
}

/// The second `#` of each command that is obeyed anywhere in a line, in their order. Runners compare
/// by the rules of a language, which skip what cannot be seen, and in any case.
pub(super) fn marks(text: &str) -> Vec<usize> {
    let mut found = Vec::new();
    let mut before = None;
    for (at, c) in text.char_indices() {
        match c {
            '#' if before.is_some() && begins_command(text.get(at + 1..).unwrap_or_default()) => {
                found.push(at);
                // A third `#` begins another one.
                before = Some(at);
            }
            '#' => before = Some(at),
            c if is_skipped(c) => {}
            _ => before = None,
        }
    }
    found
}

/// Whether what follows `##` makes it a command.
fn begins_command(rest: &str) -> bool {
    const LONGEST: usize = "teamcity".len();
    let mut word = String::new();
    for c in rest.chars().filter(|c| !is_skipped(*c)) {
        match c {
            '[' => return matches!(word.as_str(), "" | "vso" | "teamcity"),
            c if c.is_ascii_alphabetic() && word.len() < LONGEST => {
                word.push(c.to_ascii_lowercase());
            }
            _ => return false,
        }
    }
    false
}

/// The places behind the first colon of `::name::`, where a line begins with it.
fn line_commands(text: &str) -> Vec<usize> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive(['\n', '\r']) {
        let trimmed = line.trim_start_matches(|c: char| c.is_whitespace() || is_skipped(c));
        let after = trimmed.strip_prefix(':');
        let name = after.and_then(|after| after.trim_start_matches(is_skipped).strip_prefix(':'));
        if let (Some(after), Some(name)) = (after, name)
            && ends_name(name)
        {
            found.push(start + line.len() - after.len());
        }
        start += line.len();
    }
    found
}

/// Whether what follows `::` in a line is a name, and another `::`. A third colon begins no name: so
/// begin the lines of our excerpts that name another file.
fn ends_name(rest: &str) -> bool {
    let rest: String = rest.chars().filter(|c| !is_skipped(*c)).collect();
    !rest.starts_with(':') && rest.contains("::")
}

/// The places behind `section_`, where GitLab would begin or end a section of the log.
fn sections(text: &str) -> impl Iterator<Item = usize> {
    const MARK: &str = "section_";
    text.match_indices(MARK).map(|(at, _)| at + MARK.len()).filter(move |at| {
        let rest = text.get(*at..).unwrap_or_default();
        let time = rest.strip_prefix("start:").or_else(|| rest.strip_prefix("end:"));
        time.is_some_and(|time| time.starts_with(|c: char| c.is_ascii_digit()))
    })
}

/// Characters that a comparison by the rules of a language skips.
fn is_skipped(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\r' | '\t')
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::{json_without_commands, without_commands};

    #[test]
    fn no_command_is_left() {
        for (text, expected) in [
            ("a ##[error]b", "a ## [error]b"),
            ("###[a]", "### [a]"),
            ("##[a]##[b]", "## [a]## [b]"),
            ("##vso[task.setvariable variable=x]y", "## vso[task.setvariable variable=x]y"),
            ("##VSO[a]", "## VSO[a]"),
            ("##teamcity[buildStatus]", "## teamcity[buildStatus]"),
            ("#\u{200d}#[a]", "#\u{200d}# [a]"),
            ("##\u{ad}\u{fe0f}[a]", "## \u{ad}\u{fe0f}[a]"),
            ("##\u{1b}[a]", "## \u{1b}[a]"),
            ("::error file=a::b", ": :error file=a::b"),
            ("a\n \u{a0}\t::stop-commands::x\nb", "a\n \u{a0}\t: :stop-commands::x\nb"),
            ("a\r::x::", "a\r: :x::"),
            ("\u{feff}:\u{200d}:x::", "\u{feff}: \u{200d}:x::"),
            ("section_start:1:a\r\u{1b}[0K", "section_ start:1:a\r\u{1b}[0K"),
            ("section_end:17:a", "section_ end:17:a"),
        ] {
            assert_eq!(without_commands(text), expected);
            assert_eq!(without_commands(expected), expected);
        }
    }

    #[test]
    fn other_text_is_left_alone() {
        for text in [
            "## Status",
            "##Title[a](b)",
            "#[a]",
            "# [a] ##",
            "::: note",
            " ::: docs/a::b.md:7:1",
            "::: tip ::: x",
            ":::note",
            "a ::b::",
            ":: a",
            "a::b::c",
            "section_start:",
            "# ##\n[a]",
        ] {
            assert_eq!(without_commands(text), text);
        }
    }

    #[test]
    fn json_keeps_its_values() {
        let value = serde_json::json!({ "##[a]": ["x ##vso[b]", "###[c]", "::d::"] });
        let text = value.to_string();
        let shown = json_without_commands(&text);
        assert!(!shown.contains("##[") && !shown.contains("##v"), "{shown}");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&shown).unwrap(), value);
    }

    #[test]
    fn runs_of_marks_take_linear_time() {
        let text = "#".repeat(200_000) + &"\u{200d}".repeat(200_000) + "[";
        assert_eq!(without_commands(&text).len(), text.len() + 1);
        let text = "#\u{200d}".repeat(200_000);
        assert_eq!(without_commands(&text), text);
    }
}
