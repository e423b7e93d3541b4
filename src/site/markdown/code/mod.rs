//! Code with its parts in colours: a scanner for comments, strings, numbers, keywords and names. Knows no
//! grammar, so it may take a part for another one; it never changes the text.
//!
//! Time grows in step with the text, whatever it holds: every piece is read once, and what is
//! looked for to the end in vain is not looked for again.

use crate::text::escape;

mod language;

use language::{Extent, Keys, LANGUAGES, Language, Quote};

/// Writes `text` as HTML, with the colours of the language that authors call `name`; plain for one that is
/// not known.
pub(super) fn paint(out: &mut String, text: &str, name: &str) {
    if ["diff", "patch"].contains(&name) {
        return changes(out, text);
    }
    let known = LANGUAGES.iter().find(|language| language.is(name));
    match known {
        Some(language) => Scan::new(language, text, out).run(),
        None => escape(out, text),
    }
}

/// Lines of a change: those that come, those that go, and where they stand.
fn changes(out: &mut String, text: &str) {
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
        let (line, end) = line.strip_suffix('\n').map_or((line, ""), |line| (line, "\n"));
        out.push_str("<span class=\"");
        out.push_str(class);
        out.push_str("\">");
        escape(out, line);
        out.push_str("</span>");
        out.push_str(end);
    }
}

/// A part that has a colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Comment,
    Text,
    Number,
    Keyword,
    Name,
}

impl Part {
    /// Its class in the style.
    fn class(self) -> &'static str {
        match self {
            Self::Comment => "c",
            Self::Text => "s",
            Self::Number => "n",
            Self::Keyword => "k",
            Self::Name => "p",
        }
    }
}

struct Scan<'t, 'o> {
    language: &'static Language,
    rest: &'t str,
    /// What was read last.
    before: Option<char>,
    /// Whether nothing but blanks stands before it on its line.
    is_first: bool,
    /// The ends that were looked for up to the end of the text in vain.
    missing: Vec<&'static str>,
    out: &'o mut String,
}

impl<'t, 'o> Scan<'t, 'o> {
    fn new(language: &'static Language, rest: &'t str, out: &'o mut String) -> Self {
        Self { language, rest, before: None, is_first: true, missing: Vec::new(), out }
    }

    fn run(mut self) {
        let mut at_line = true;
        while let Some(first) = self.rest.chars().next() {
            if std::mem::take(&mut at_line) && self.line() {
                continue;
            }
            let (length, part) = self.piece(first);
            self.take(length.max(first.len_utf8()), part);
            at_line = first == '\n';
            self.is_first = at_line || self.is_first && first.is_whitespace();
        }
    }

    /// Writes the next `length` bytes.
    fn take(&mut self, length: usize, part: Option<Part>) {
        let (text, rest) = self.rest.split_at_checked(length).unwrap_or((self.rest, ""));
        self.before = text.chars().next_back().or(self.before);
        self.rest = rest;
        let Some(part) = part.filter(|_| !text.is_empty()) else { return escape(self.out, text) };
        self.out.push_str("<span class=\"");
        self.out.push_str(part.class());
        self.out.push_str("\">");
        escape(self.out, text);
        self.out.push_str("</span>");
    }

    /// The name that begins this line, if one does.
    fn line(&mut self) -> bool {
        let line = self.rest.split('\n').next().unwrap_or_default();
        let (indent, name) = match self.language.keys {
            Keys::Colon => {
                let rest = line.trim_start_matches([' ', '-']);
                let end = rest.find(['"', '\'', '#', '{', '[', '|', '>', '&', '*', '!']);
                let before = rest.get(..end.unwrap_or(rest.len())).unwrap_or_default();
                let name =
                    before.find(": ").or_else(|| before.trim_end().strip_suffix(':').map(str::len));
                (line.len() - rest.len(), name.unwrap_or_default())
            }
            Keys::Equals if is_section(line) => {
                self.take(line.trim_end().len(), Some(Part::Keyword));
                return true;
            }
            Keys::Equals => {
                let rest = line.trim_start();
                let is_word = |c: char| self.is_word(c) && c != ':';
                let value = rest.trim_start_matches(is_word);
                let is_key =
                    value.trim_start().starts_with('=') && !value.trim_start().starts_with("==");
                (line.len() - rest.len(), if is_key { rest.len() - value.len() } else { 0 })
            }
            Keys::None | Keys::Quoted => return false,
        };
        if name == 0 {
            return false;
        }
        self.take(indent, None);
        self.take(name, Some(Part::Name));
        self.is_first = false;
        true
    }

    /// How long the next piece is, and what.
    fn piece(&mut self, first: char) -> (usize, Option<Part>) {
        if let Some(length) = self.comment() {
            return (length, Some(Part::Comment));
        }
        if let Some(length) = self.quoted() {
            let after = self.rest.get(length..).unwrap_or_default().trim_start_matches([' ', '\t']);
            let names = matches!(self.language.keys, Keys::Quoted | Keys::Colon);
            let part = if names && after.starts_with(':') { Part::Name } else { Part::Text };
            return (length, Some(part));
        }
        if first.is_ascii_digit() {
            return (self.number(), Some(Part::Number));
        }
        if self.is_word(first) {
            let end = self.rest.find(|c: char| !self.is_word(c)).unwrap_or(self.rest.len());
            let word = self.rest.get(..end).unwrap_or_default();
            let may = self.is_first || !self.language.first_only;
            let is_keyword = may && self.language.has(word.trim_end_matches(['.', ':']));
            return (end, is_keyword.then_some(Part::Keyword));
        }
        let escaped =
            if first == '\\' { self.rest.chars().nth(1).map_or(0, char::len_utf8) } else { 0 };
        (first.len_utf8() + escaped, None)
    }

    fn is_word(&self, c: char) -> bool {
        c.is_alphanumeric() || c == '_' || self.language.word.contains(c)
    }

    /// The length of the comment that begins here.
    fn comment(&mut self) -> Option<usize> {
        if let Some((open, close)) = self.language.block
            && let Some(inside) = self.rest.strip_prefix(open)
        {
            let end = inside.find(close).map_or(inside.len(), |end| end + close.len());
            return Some(open.len() + end);
        }
        // A mark of one character has other uses inside of words: `a#b`, `$#`.
        let apart = self.before.is_none_or(char::is_whitespace);
        let begins = |mark: &&str| self.rest.starts_with(*mark) && (mark.len() > 1 || apart);
        let begun = self.language.comments.iter().any(begins);
        begun.then(|| self.to_end_of_line())
    }

    fn to_end_of_line(&self) -> usize {
        self.rest.find('\n').unwrap_or(self.rest.len())
    }

    /// The length of the string that begins here.
    fn quoted(&mut self) -> Option<usize> {
        let quote = self.language.quotes.iter().find(|quote| self.rest.starts_with(quote.open))?;
        // Inside of a word it is an apostrophe, or part of a name.
        if self.before.is_some_and(char::is_alphanumeric) && !quote.open.starts_with('"') {
            return None;
        }
        let inside = self.rest.get(quote.open.len()..).unwrap_or_default();
        let whole = |end: usize| quote.open.len() + end + quote.close.len();
        match quote.extent {
            Extent::Character => character(inside).map(whole),
            Extent::Line => {
                let line = inside.split('\n').next().unwrap_or_default();
                Some(end(line, quote).map_or(quote.open.len() + line.len(), whole))
            }
            Extent::Lines if self.missing.contains(&quote.close) => Some(self.to_end_of_line()),
            Extent::Lines => {
                let found = end(inside, quote);
                if found.is_none() {
                    self.missing.push(quote.close);
                }
                Some(found.map_or_else(|| self.to_end_of_line(), whole))
            }
        }
    }

    /// The length of the number that begins here, with its unit.
    fn number(&self) -> usize {
        let mut rest = self.rest.char_indices().peekable();
        while let Some((at, c)) = rest.next() {
            let goes_on = c == '.' && rest.peek().is_some_and(|(_, next)| next.is_ascii_digit());
            if !goes_on && (c == '.' || !self.is_word(c)) {
                return at;
            }
        }
        self.rest.len()
    }
}

/// Whether a line is the name of a section in brackets, and no test of a shell.
fn is_section(line: &str) -> bool {
    let line = line.trim();
    line.starts_with('[') && line.ends_with(']') && !line.contains(' ')
}

/// Where a string ends whose inside begins here.
fn end(inside: &str, quote: &Quote) -> Option<usize> {
    if !quote.escapes {
        return inside.find(quote.close);
    }
    let mut at = 0;
    loop {
        let rest = inside.get(at..)?;
        let stop = rest.find(|c| c == '\\' || quote.close.starts_with(c))?;
        let found = rest.get(stop..)?;
        if found.starts_with(quote.close) {
            return Some(at + stop);
        }
        let mut taken = found.chars();
        let is_escape = taken.next() == Some('\\');
        let next = taken.next().filter(|_| is_escape).map_or(0, char::len_utf8);
        at += stop + 1 + next;
    }
}

/// Where a single character in quotes ends: `x'`, `\n'`, `\u{1f600}'`.
fn character(inside: &str) -> Option<usize> {
    const LONGEST: usize = 12;
    let mut rest = inside.char_indices().take(LONGEST);
    let (_, first) = rest.next()?;
    let mut rest = rest.skip(usize::from(first == '\\'));
    match first {
        '\\' => rest.find(|(_, c)| *c == '\'').map(|(at, _)| at),
        _ => rest.next().filter(|(_, c)| *c == '\'').map(|(at, _)| at),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{LANGUAGES, paint};

    fn painted(name: &str, text: &str) -> String {
        let mut out = String::new();
        paint(&mut out, text, name);
        // For the eye: [k:let] is a keyword.
        out.replace("<span class=\"", "[").replace("\">", ":").replace("</span>", "]")
    }

    #[test]
    fn code_of_an_unknown_language_stays_plain() {
        assert_eq!(painted("brainfuck", "let \"x\" # 1 <\n"), "let &quot;x&quot; # 1 &lt;\n");
    }

    #[test]
    fn rust_has_lifetimes_beside_characters() {
        assert_eq!(
            painted(
                "rust",
                "fn a<'a>(b: &'a str) { // c\n    let d = ['e', '\\'', '\\u{1f600}']; r#\"f\"g\"# }"
            ),
            "[k:fn] a&lt;'a&gt;(b: &amp;'a str) { [c:// c]\n    [k:let] d = [[s:'e'], [s:'\\''], \
             [s:'\\u{1f600}']]; [s:r#&quot;f&quot;g&quot;#] }"
        );
    }

    #[test]
    fn yaml_has_names_values_and_words_with_hyphens() {
        assert_eq!(
            painted(
                "yaml",
                "# a\nkind: Role # b\nitems:\n  - name: my-app-1\n    on: true\n    \"q\": 'it''s'\n    n: 10Gi\n    u: http://x/#y\n    t: don't\n"
            ),
            "[c:# a]\n[p:kind]: Role [c:# b]\n[p:items]:\n  - [p:name]: my-app-1\n    [p:on]: [k:true]\n    \
             [p:&quot;q&quot;]: [s:'it'][s:'s']\n    [p:n]: [n:10Gi]\n    [p:u]: http://x/#y\n    [p:t]: don't\n"
        );
    }

    #[test]
    fn json_tells_names_from_texts() {
        assert_eq!(
            painted("json", "{\"a\" : \"b\\\"\", \"c\": [1.5, null]}"),
            "{[p:&quot;a&quot;] : [s:&quot;b\\&quot;&quot;], [p:&quot;c&quot;]: [[n:1.5], [k:null]]}"
        );
    }

    #[test]
    fn shell_toml_and_terraform_have_assignments() {
        assert_eq!(
            painted("bash", "A=1\n[ -f b ]\nif [ $# -gt 2 ]; then echo \"a\nb\" # c\nfi\n"),
            "[p:A]=[n:1]\n[ -f b ]\n[k:if] [ $# -gt [n:2] ]; [k:then] echo [s:&quot;a\nb&quot;] [c:# c]\n[k:fi]\n"
        );
        assert_eq!(
            painted("toml", "[a.b]\nc-d = \"e\" # f\n"),
            "[k:[a.b]]\n[p:c-d] = [s:&quot;e&quot;] [c:# f]\n"
        );
        assert_eq!(
            painted("hcl", "resource \"a\" \"b\" {\n  c = true // d\n}\n"),
            "[k:resource] [s:&quot;a&quot;] [s:&quot;b&quot;] {\n  [p:c] = [k:true] [c:// d]\n}\n"
        );
    }

    #[test]
    fn case_and_place_of_keywords_are_those_of_the_language() {
        assert_eq!(painted("sql", "Select 1 -- x\n"), "[k:Select] [n:1] [c:-- x]\n");
        assert_eq!(painted("dockerfile", "FROM a\nRUN copy b\n"), "[k:FROM] a\n[k:RUN] copy b\n");
        assert_eq!(painted("go", "a := `b\\`; If\n"), "a := [s:`b\\`]; If\n");
        assert_eq!(
            painted("python", "'''a\nb''' if x: y(1..2)"),
            "[s:'''a\nb'''] [k:if] x: y([n:1]..[n:2])"
        );
    }

    #[test]
    fn what_never_ends_goes_to_the_end_of_its_line() {
        assert_eq!(painted("js", "a = `b\nc = `d"), "a = [s:`b\nc = `]d");
        assert_eq!(painted("js", "a = `b\nc = \"d\ne"), "a = [s:`b]\nc = [s:&quot;d]\ne");
        assert_eq!(painted("c", "/* a\n"), "[c:/* a\n]");
    }

    #[test]
    fn lines_that_come_and_go_are_told_apart() {
        assert_eq!(
            painted("diff", "--- a\n+++ b\n@@ -1 +1 @@\n-<old>\n+new\n same"),
            "[c:--- a]\n[c:+++ b]\n[c:@@ -1 +1 @@]\n[d:-&lt;old&gt;]\n[s:+new]\n same"
        );
    }

    #[test]
    fn no_text_is_changed_or_takes_long() {
        let pieces = [
            "\"", "'", "`", "\\", "/*", "*/", "#", "//", "\n", "é", "1.", ": ", "=", "[", "\"\"\"",
            "r#\"", " a", "-",
        ];
        for language in LANGUAGES {
            let name = language.names.split(' ').next().unwrap();
            for (at, one) in pieces.iter().enumerate() {
                for other in &pieces[at..] {
                    let text = format!("{one}{other}").repeat(300) + one;
                    let mut out = String::new();
                    paint(&mut out, &text, name);
                    let mut plain = String::new();
                    super::escape(&mut plain, &text);
                    let spans = ["c", "s", "n", "k", "p"].map(|c| format!("<span class=\"{c}\">"));
                    let bare = spans.iter().fold(out, |out, span| out.replace(span, ""));
                    assert_eq!(bare.replace("</span>", ""), plain, "{name}: {one:?} {other:?}");
                }
            }
        }
    }

    #[test]
    fn a_name_belongs_to_one_language() {
        let names: Vec<&str> = LANGUAGES.iter().flat_map(|one| one.names.split(' ')).collect();
        assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
    }
}
