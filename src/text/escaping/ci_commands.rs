//! Protects text from CI runners, which look for commands in everything that a job prints: GitHub, Azure and
//! `TeamCity` for commands, GitLab for section marks.

use std::borrow::Cow;

/// Breaks with a space everything that a runner would obey: `##[…]`, `##vso[…]` and
/// `##teamcity[…]` anywhere in a line, `::name::` at the start of a line, and `section_start:1:a`.
pub fn without_commands(text: &str) -> Cow<'_, str> {
    let mut offsets: Vec<usize> =
        command_hashes(text).into_iter().map(|offset| offset + 1).collect();
    offsets.extend(line_commands(text));
    offsets.extend(sections(text));
    if offsets.is_empty() {
        return Cow::Borrowed(text);
    }
    offsets.sort_unstable();
    let mut safe = String::with_capacity(text.len() + offsets.len());
    let mut copied_up_to = 0;
    for offset in offsets {
        safe.push_str(text.get(copied_up_to..offset).unwrap_or_default());
        safe.push(' ');
        copied_up_to = offset;
    }
    safe.push_str(text.get(copied_up_to..).unwrap_or_default());
    Cow::Owned(safe)
}

/// The same for a JSON document, whose values stay the same. Its lines never begin with
/// a command, and it does not contain the characters that mark a section.
pub fn json_without_commands(text: &str) -> Cow<'_, str> {
    with_marks_as(text, "\\u0023")
}

/// The same for an XML document.
pub fn xml_without_commands(text: &str) -> Cow<'_, str> {
    with_marks_as(text, "&#35;")
}

/// Replaces the `#` that makes a command by an escape.
fn with_marks_as<'t>(text: &'t str, replacement: &str) -> Cow<'t, str> {
    let offsets = command_hashes(text);
    if offsets.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len() + replacement.len() * offsets.len());
    let mut copied_up_to = 0;
    for offset in offsets {
        safe.push_str(text.get(copied_up_to..offset).unwrap_or_default());
        safe.push_str(replacement);
        copied_up_to = offset + 1;
    }
    safe.push_str(text.get(copied_up_to..).unwrap_or_default());
    Cow::Owned(safe)
}

/// The offsets of the second `#` of each command that is obeyed anywhere in a line. Runners ignore case, and
/// characters that a language-aware comparison skips.
pub(super) fn command_hashes(text: &str) -> Vec<usize> {
    let mut hash_offsets = Vec::new();
    let mut previous_hash = None;
    for (offset, c) in text.char_indices() {
        match c {
            '#' if previous_hash.is_some()
                && begins_command(text.get(offset + 1..).unwrap_or_default()) =>
            {
                hash_offsets.push(offset);
                // A third `#` may begin another command.
                previous_hash = Some(offset);
            }
            '#' => previous_hash = Some(offset),
            c if is_skipped(c) => {}
            _ => previous_hash = None,
        }
    }
    hash_offsets
}

/// Whether the text after `##` makes it a command.
fn begins_command(after_hashes: &str) -> bool {
    const LONGEST: usize = "teamcity".len();
    let mut word = String::new();
    for c in after_hashes.chars().filter(|c| !is_skipped(*c)) {
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

/// The offsets after the first colon of `::name::` at the start of a line.
fn line_commands(text: &str) -> Vec<usize> {
    let mut offsets = Vec::new();
    let mut line_start = 0;
    for line in text.split_inclusive(['\n', '\r']) {
        let trimmed = line.trim_start_matches(|c: char| c.is_whitespace() || is_skipped(c));
        let after_colon = trimmed.strip_prefix(':');
        let command_name = after_colon
            .and_then(|after_colon| after_colon.trim_start_matches(is_skipped).strip_prefix(':'));
        if let (Some(after_colon), Some(command_name)) = (after_colon, command_name)
            && ends_name(command_name)
        {
            offsets.push(line_start + line.len() - after_colon.len());
        }
        line_start += line.len();
    }
    offsets
}

/// Whether the text after `::` is a name followed by `::`. A third colon does not begin a name: the
/// lines of our excerpts that name another file start that way.
fn ends_name(after_colons: &str) -> bool {
    let visible: String = after_colons.chars().filter(|c| !is_skipped(*c)).collect();
    !visible.starts_with(':') && visible.contains("::")
}

/// The offsets after `section_` if GitLab would start or end a section of the job log there.
fn sections(text: &str) -> impl Iterator<Item = usize> {
    const MARK: &str = "section_";
    text.match_indices(MARK).map(|(offset, _)| offset + MARK.len()).filter(move |offset| {
        let after_mark = text.get(*offset..).unwrap_or_default();
        let timestamp =
            after_mark.strip_prefix("start:").or_else(|| after_mark.strip_prefix("end:"));
        timestamp.is_some_and(|timestamp| timestamp.starts_with(|c: char| c.is_ascii_digit()))
    })
}

/// Whether a language-aware comparison skips this character.
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
