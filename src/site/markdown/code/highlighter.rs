//! A scanner for comments, strings, numbers, keywords, and names.
//!
//! It knows no grammars, so it may confuse them, but it never changes the text. The time is linear in the length of
//! the text: every token is read once, and an end that was searched for without success is not searched for again.

use std::mem;

use super::language::{KeySyntax, LANGUAGES, Language, StringExtent, StringSyntax};
use crate::text::escape;

/// Writes `text` as HTML with the tokens of the language `name` in colours; plain if the language is unknown.
pub(crate) fn highlight(out: &mut String, text: &str, name: &str) {
    if ["diff", "patch"].contains(&name) {
        return highlight_diff(out, text);
    }
    let language = LANGUAGES.iter().find(|language| language.is_named(name));
    match language {
        Some(language) => CodeScanner::new(language, text, out).run(),
        None => escape(out, text),
    }
}

/// Colours the lines of a diff: added, removed, and headers.
fn highlight_diff(out: &mut String, text: &str) {
    for line in text.split_inclusive('\n') {
        let class = match line.as_bytes() {
            [b'+', b'+', b'+', ..] | [b'-', b'-', b'-', ..] | [b'@', b'@', ..] => "c",
            [b'+', ..] => "s",
            [b'-', ..] => "d",
            _ => {
                escape(out, line);
                continue;
            }
        };
        let (line, line_end) = line.strip_suffix('\n').map_or((line, ""), |line| (line, "\n"));
        write_token(out, line, class);
        out.push_str(line_end);
    }
}

fn write_token(out: &mut String, text: &str, class: &str) {
    out.push_str("<span class=\"");
    out.push_str(class);
    out.push_str("\">");
    escape(out, text);
    out.push_str("</span>");
}

/// A token that has a colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum CodeToken {
    Comment,
    Text,
    Number,
    Keyword,
    Key,
}

impl CodeToken {
    /// Its class in the style.
    fn class(self) -> &'static str {
        match self {
            Self::Comment => "c",
            Self::Text => "s",
            Self::Number => "n",
            Self::Keyword => "k",
            Self::Key => "p",
        }
    }
}

struct CodeScanner<'t, 'o> {
    language: &'static Language,
    remaining_text: &'t str,
    /// The last character before it.
    last_character: Option<char>,
    /// Whether the line has only spaces so far.
    at_line_start: bool,
    /// The ends of strings that do not occur in the remaining text.
    missing_ends: Vec<&'static str>,
    out: &'o mut String,
}

impl<'t, 'o> CodeScanner<'t, 'o> {
    fn new(language: &'static Language, text: &'t str, out: &'o mut String) -> Self {
        Self {
            language,
            remaining_text: text,
            last_character: None,
            at_line_start: true,
            missing_ends: Vec::new(),
            out,
        }
    }

    fn run(mut self) {
        let mut is_new_line = true;
        while let Some(first) = self.remaining_text.chars().next() {
            if mem::take(&mut is_new_line) && self.take_line_key() {
                continue;
            }
            let (length, token) = self.next_token(first);
            self.take(length.max(first.len_utf8()), token);
            is_new_line = first == '\n';
            self.at_line_start = is_new_line || self.at_line_start && first.is_whitespace();
        }
    }

    /// Writes the next `length` bytes.
    fn take(&mut self, length: usize, token: Option<CodeToken>) {
        let split = self.remaining_text.split_at_checked(length);
        let (text, text_after) = split.unwrap_or((self.remaining_text, ""));
        self.last_character = text.chars().next_back().or(self.last_character);
        self.remaining_text = text_after;
        match token.filter(|_| !text.is_empty()) {
            Some(token) => write_token(self.out, text, token.class()),
            None => escape(self.out, text),
        }
    }

    /// Writes the key or the section name at the start of this line. Returns whether there is one.
    fn take_line_key(&mut self) -> bool {
        let line = self.remaining_text.split('\n').next().unwrap_or_default();
        let (indent, key_length) = match self.language.keys {
            KeySyntax::Colon => yaml_key(line),
            KeySyntax::Equals if is_section_name(line) => {
                self.take(line.trim_end().len(), Some(CodeToken::Keyword));
                return true;
            }
            KeySyntax::Equals => self.assigned_key(line),
            KeySyntax::None | KeySyntax::Quoted => return false,
        };
        if key_length == 0 {
            return false;
        }
        self.take(indent, None);
        self.take(key_length, Some(CodeToken::Key));
        self.at_line_start = false;
        true
    }

    /// The indent and the length of the key before a `=`; the length is 0 without a key.
    fn assigned_key(&self, line: &str) -> (usize, usize) {
        let assignment = line.trim_start();
        let is_key_character = |c: char| self.is_word_character(c) && c != ':';
        let after_key = assignment.trim_start_matches(is_key_character);
        let operator = after_key.trim_start();
        let is_assignment = operator.starts_with('=') && !operator.starts_with("==");
        let key_length = if is_assignment { assignment.len() - after_key.len() } else { 0 };
        (line.len() - assignment.len(), key_length)
    }

    /// The length and the kind of the next token.
    fn next_token(&mut self, first: char) -> (usize, Option<CodeToken>) {
        if let Some(length) = self.comment_length() {
            return (length, Some(CodeToken::Comment));
        }
        if let Some(length) = self.string_length() {
            let text_after = self.remaining_text.get(length..).unwrap_or_default();
            let is_before_colon = text_after.trim_start_matches([' ', '\t']).starts_with(':');
            let has_quoted_keys =
                matches!(self.language.keys, KeySyntax::Quoted | KeySyntax::Colon);
            let is_key = has_quoted_keys && is_before_colon;
            return (length, Some(if is_key { CodeToken::Key } else { CodeToken::Text }));
        }
        if first.is_ascii_digit() {
            return (self.number_length(), Some(CodeToken::Number));
        }
        if self.is_word_character(first) {
            let word_end = self.remaining_text.find(|c: char| !self.is_word_character(c));
            let length = word_end.unwrap_or(self.remaining_text.len());
            let word = self.remaining_text.get(..length).unwrap_or_default();
            let may_be_keyword = self.at_line_start || !self.language.keywords_first;
            let is_keyword =
                may_be_keyword && self.language.is_keyword(word.trim_end_matches(['.', ':']));
            return (length, is_keyword.then_some(CodeToken::Keyword));
        }
        // An escaped quote does not start a string.
        let escaped = self.remaining_text.chars().nth(1).filter(|_| first == '\\');
        (first.len_utf8() + escaped.map_or(0, char::len_utf8), None)
    }

    fn is_word_character(&self, c: char) -> bool {
        c.is_alphanumeric() || c == '_' || self.language.word_characters.contains(c)
    }

    /// The length of the comment that starts here.
    fn comment_length(&mut self) -> Option<usize> {
        if let Some((start, end)) = self.language.block_comment
            && let Some(comment) = self.remaining_text.strip_prefix(start)
        {
            let end_offset = comment.find(end).map_or(comment.len(), |offset| offset + end.len());
            return Some(start.len() + end_offset);
        }
        // A single character has other uses inside words: `a#b`, `$#`.
        let is_after_space = self.last_character.is_none_or(char::is_whitespace);
        let starts_here = |start: &&str| {
            self.remaining_text.starts_with(*start) && (start.len() > 1 || is_after_space)
        };
        let is_comment = self.language.comments.iter().any(starts_here);
        is_comment.then(|| self.line_length())
    }

    /// The length of the remaining line.
    fn line_length(&self) -> usize {
        self.remaining_text.find('\n').unwrap_or(self.remaining_text.len())
    }

    /// The length of the string that starts here.
    fn string_length(&mut self) -> Option<usize> {
        let mut kinds = self.language.strings.iter();
        let syntax = kinds.find(|syntax| self.remaining_text.starts_with(syntax.start))?;
        // Inside a word, the quote is an apostrophe or part of a name.
        let is_in_word = self.last_character.is_some_and(char::is_alphanumeric);
        if is_in_word && !syntax.start.starts_with('"') {
            return None;
        }
        let content = self.remaining_text.get(syntax.start.len()..).unwrap_or_default();
        let whole_length =
            |content_length: usize| syntax.start.len() + content_length + syntax.end.len();
        match syntax.extent {
            StringExtent::Character => character_length(content).map(whole_length),
            StringExtent::Line => {
                let line = content.split('\n').next().unwrap_or_default();
                let to_line_end = syntax.start.len() + line.len();
                Some(content_length(line, syntax).map_or(to_line_end, whole_length))
            }
            StringExtent::Lines if self.missing_ends.contains(&syntax.end) => {
                Some(self.line_length())
            }
            StringExtent::Lines => {
                let length = content_length(content, syntax);
                if length.is_none() {
                    self.missing_ends.push(syntax.end);
                }
                Some(length.map_or_else(|| self.line_length(), whole_length))
            }
        }
    }

    /// The length of the number that starts here, with its unit.
    fn number_length(&self) -> usize {
        let mut characters = self.remaining_text.char_indices().peekable();
        while let Some((offset, c)) = characters.next() {
            let next_is_digit = characters.peek().is_some_and(|(_, next)| next.is_ascii_digit());
            let is_decimal_point = c == '.' && next_is_digit;
            if !is_decimal_point && (c == '.' || !self.is_word_character(c)) {
                return offset;
            }
        }
        self.remaining_text.len()
    }
}

/// The indent, with the hyphens of a list, and the length of the key before a `:`; the length is 0 without a key.
fn yaml_key(line: &str) -> (usize, usize) {
    let content = line.trim_start_matches([' ', '-']);
    // No plain key contains these characters.
    let plain_end = content.find(['"', '\'', '#', '{', '[', '|', '>', '&', '*', '!']);
    let plain_text = content.get(..plain_end.unwrap_or(content.len())).unwrap_or_default();
    let before_value = plain_text.find(": ");
    let at_end = || plain_text.trim_end().strip_suffix(':').map(str::len);
    let key_length = before_value.or_else(at_end);
    (line.len() - content.len(), key_length.unwrap_or_default())
}

/// Whether a line is the name of a section in brackets, and not a test in a shell script.
fn is_section_name(line: &str) -> bool {
    let line = line.trim();
    line.starts_with('[') && line.ends_with(']') && !line.contains(' ')
}

/// The length of the content of a string, up to its end; `None` if it does not end.
fn content_length(content: &str, syntax: &StringSyntax) -> Option<usize> {
    if !syntax.has_escapes {
        return content.find(syntax.end);
    }
    let mut offset = 0;
    loop {
        let remaining_content = content.get(offset..)?;
        let stop = remaining_content.find(|c| c == '\\' || syntax.end.starts_with(c))?;
        let text_at_stop = remaining_content.get(stop..)?;
        if text_at_stop.starts_with(syntax.end) {
            return Some(offset + stop);
        }
        let mut characters = text_at_stop.chars();
        let is_escape = characters.next() == Some('\\');
        let escaped = characters.next().filter(|_| is_escape);
        offset += stop + 1 + escaped.map_or(0, char::len_utf8);
    }
}

/// The length of a single character before its closing quote: `x'`, `\n'`, `\u{1f600}'`.
fn character_length(content: &str) -> Option<usize> {
    const MAX_CHARACTERS: usize = 12;
    let mut characters = content.char_indices().take(MAX_CHARACTERS);
    let (_, first) = characters.next()?;
    let is_escape = first == '\\';
    let mut after_first = characters.skip(usize::from(is_escape));
    let mut is_quote = |(_, c): &(usize, char)| *c == '\'';
    let closing_quote = if is_escape {
        after_first.find(is_quote)
    } else {
        after_first.next().filter(&mut is_quote)
    };
    closing_quote.map(|(offset, _)| offset)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{LANGUAGES, highlight};

    fn highlighted(name: &str, text: &str) -> String {
        let mut out = String::new();
        highlight(&mut out, text, name);
        // Readable in the tests below: [k:let] is a keyword.
        out.replace("<span class=\"", "[").replace("\">", ":").replace("</span>", "]")
    }

    #[test]
    fn code_of_an_unknown_language_stays_plain() {
        assert_eq!(highlighted("brainfuck", "let \"x\" # 1 <\n"), "let &quot;x&quot; # 1 &lt;\n");
    }

    #[test]
    fn rust_has_lifetimes_and_characters() {
        assert_eq!(
            highlighted(
                "rust",
                "fn a<'a>(b: &'a str) { // c\n    let d = ['e', '\\'', '\\u{1f600}']; r#\"f\"g\"# }"
            ),
            "[k:fn] a&lt;'a&gt;(b: &amp;'a str) { [c:// c]\n    [k:let] d = [[s:'e'], [s:'\\''], \
             [s:'\\u{1f600}']]; [s:r#&quot;f&quot;g&quot;#] }"
        );
    }

    #[test]
    fn yaml_has_keys_values_and_words_with_hyphens() {
        assert_eq!(
            highlighted(
                "yaml",
                "# a\nkind: Role # b\nitems:\n  - name: my-app-1\n    on: true\n    \"q\": 'it''s'\n    n: 10Gi\n    u: http://x/#y\n    t: don't\n"
            ),
            "[c:# a]\n[p:kind]: Role [c:# b]\n[p:items]:\n  - [p:name]: my-app-1\n    [p:on]: [k:true]\n    \
             [p:&quot;q&quot;]: [s:'it'][s:'s']\n    [p:n]: [n:10Gi]\n    [p:u]: http://x/#y\n    [p:t]: don't\n"
        );
    }

    #[test]
    fn json_distinguishes_keys_from_strings() {
        assert_eq!(
            highlighted("json", "{\"a\" : \"b\\\"\", \"c\": [1.5, null]}"),
            "{[p:&quot;a&quot;] : [s:&quot;b\\&quot;&quot;], [p:&quot;c&quot;]: [[n:1.5], [k:null]]}"
        );
    }

    #[test]
    fn shell_toml_and_terraform_have_assignments() {
        assert_eq!(
            highlighted("bash", "A=1\n[ -f b ]\nif [ $# -gt 2 ]; then echo \"a\nb\" # c\nfi\n"),
            "[p:A]=[n:1]\n[ -f b ]\n[k:if] [ $# -gt [n:2] ]; [k:then] echo [s:&quot;a\nb&quot;] [c:# c]\n[k:fi]\n"
        );
        assert_eq!(
            highlighted("toml", "[a.b]\nc-d = \"e\" # f\n"),
            "[k:[a.b]]\n[p:c-d] = [s:&quot;e&quot;] [c:# f]\n"
        );
        assert_eq!(
            highlighted("hcl", "resource \"a\" \"b\" {\n  c = true // d\n}\n"),
            "[k:resource] [s:&quot;a&quot;] [s:&quot;b&quot;] {\n  [p:c] = [k:true] [c:// d]\n}\n"
        );
    }

    #[test]
    fn case_and_position_of_keywords_depend_on_the_language() {
        assert_eq!(highlighted("sql", "Select 1 -- x\n"), "[k:Select] [n:1] [c:-- x]\n");
        assert_eq!(
            highlighted("dockerfile", "FROM a\nRUN copy b\n"),
            "[k:FROM] a\n[k:RUN] copy b\n"
        );
        assert_eq!(highlighted("go", "a := `b\\`; If\n"), "a := [s:`b\\`]; If\n");
        assert_eq!(
            highlighted("python", "'''a\nb''' if x: y(1..2)"),
            "[s:'''a\nb'''] [k:if] x: y([n:1]..[n:2])"
        );
    }

    #[test]
    fn an_unclosed_string_ends_with_its_line() {
        assert_eq!(highlighted("js", "a = `b\nc = `d"), "a = [s:`b\nc = `]d");
        assert_eq!(highlighted("js", "a = `b\nc = \"d\ne"), "a = [s:`b]\nc = [s:&quot;d]\ne");
        assert_eq!(highlighted("c", "/* a\n"), "[c:/* a\n]");
    }

    #[test]
    fn added_and_removed_lines_differ() {
        assert_eq!(
            highlighted("diff", "--- a\n+++ b\n@@ -1 +1 @@\n-<old>\n+new\n same"),
            "[c:--- a]\n[c:+++ b]\n[c:@@ -1 +1 @@]\n[d:-&lt;old&gt;]\n[s:+new]\n same"
        );
    }

    #[test]
    fn no_text_is_changed_or_slow() {
        let pieces = [
            "\"", "'", "`", "\\", "/*", "*/", "#", "//", "\n", "é", "1.", ": ", "=", "[", "\"\"\"",
            "r#\"", " a", "-",
        ];
        for language in LANGUAGES {
            let name = language.names.split(' ').next().unwrap();
            for (index, piece) in pieces.iter().enumerate() {
                for other in &pieces[index..] {
                    let text = format!("{piece}{other}").repeat(300) + piece;
                    let mut out = String::new();
                    highlight(&mut out, &text, name);
                    let mut plain = String::new();
                    super::escape(&mut plain, &text);
                    let spans = ["c", "s", "n", "k", "p"].map(|c| format!("<span class=\"{c}\">"));
                    let bare = spans.iter().fold(out, |out, span| out.replace(span, ""));
                    assert_eq!(bare.replace("</span>", ""), plain, "{name}: {piece:?} {other:?}");
                }
            }
        }
    }

    #[test]
    fn a_name_belongs_to_one_language() {
        let names: Vec<&str> =
            LANGUAGES.iter().flat_map(|language| language.names.split(' ')).collect();
        assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
    }
}
