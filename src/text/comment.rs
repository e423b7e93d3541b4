//! The comments in programs, by the ends of their files' names. A reader of lines, no parser: it is
//! made so that what it calls a comment is one, and some that are hard to tell are left out.

use super::Span;

/// How a language marks what is not for the machine.
struct Marks {
    /// The ends of file names, in lower case; a name without a dot is all of the name.
    names: &'static [&'static str],
    /// What a comment begins with that ends with its line.
    line: &'static [&'static str],
    /// What other comments begin and end with.
    block: &'static [(&'static str, &'static str)],
}

const C: &[(&str, &str)] = &[("/*", "*/")];
const XML: &[(&str, &str)] = &[("<!--", "-->")];

const LANGUAGES: &[Marks] = &[
    Marks {
        names: &[
            "rs", "c", "h", "cc", "cpp", "cxx", "hh", "hpp", "cs", "java", "kt", "kts", "scala",
            "go", "js", "jsx", "mjs", "cjs", "ts", "tsx", "mts", "cts", "swift", "m", "mm", "dart",
            "groovy", "gradle", "proto", "zig", "v", "sv", "sol", "glsl", "wgsl", "jsonc", "json5",
            "scss", "less", "fs", "fsx", "thrift", "bicep", "cue", "odin", "d", "jsonnet",
        ],
        line: &["//"],
        block: C,
    },
    Marks { names: &["css"], line: &[], block: C },
    Marks { names: &["php", "tf", "hcl", "nix"], line: &["//", "#"], block: C },
    Marks {
        names: &[
            "py",
            "pyi",
            "rb",
            "rake",
            "sh",
            "bash",
            "zsh",
            "fish",
            "pl",
            "pm",
            "r",
            "jl",
            "yml",
            "yaml",
            "toml",
            "ex",
            "exs",
            "cmake",
            "mk",
            "conf",
            "cfg",
            "properties",
            "graphql",
            "cr",
            "nim",
            "tcl",
            "awk",
            "feature",
            "bzl",
            "star",
            "ps1",
            "psm1",
            "rego",
            "just",
            "pp",
            "makefile",
            "dockerfile",
            "containerfile",
            "justfile",
            "gemfile",
            "rakefile",
            "vagrantfile",
            "jenkinsfile",
            "codeowners",
            "build",
            "workspace",
            "brewfile",
            "procfile",
            "cmakelists.txt",
            "requirements.txt",
        ],
        line: &["#"],
        block: &[],
    },
    Marks { names: &["sql", "lua", "adb", "ads", "vhd", "vhdl", "dhall"], line: &["--"], block: C },
    Marks { names: &["hs", "elm", "purs"], line: &["--"], block: &[("{-", "-}")] },
    Marks { names: &["ml", "mli"], line: &[], block: &[("(*", "*)")] },
    Marks {
        names: &["el", "lisp", "clj", "cljs", "cljc", "edn", "scm", "rkt", "ini"],
        line: &[";"],
        block: &[],
    },
    Marks { names: &["erl", "hrl", "tex"], line: &["%"], block: &[] },
    Marks {
        names: &["html", "htm", "xml", "xaml", "csproj", "fsproj", "props", "targets", "pom"],
        line: &[],
        block: XML,
    },
    Marks {
        names: &["vue", "svelte", "astro"],
        line: &["//"],
        block: &[("/*", "*/"), ("<!--", "-->")],
    },
];

/// Whether the comments of a file of this name can be told.
pub fn has_comments(name: &str) -> bool {
    marks(name).is_some()
}

fn marks(name: &str) -> Option<&'static Marks> {
    let name = name.rsplit('/').next().unwrap_or(name).to_lowercase();
    let end = name.rsplit_once('.').map(|(_, end)| end);
    // `Dockerfile.prod` is one, too.
    let first = name.split('.').next().unwrap_or_default();
    let is = |known: &&str| {
        *known == name || Some(*known) == end || (known.len() > 8 && *known == first)
    };
    LANGUAGES.iter().find(|one| one.names.iter().any(is))
}

/// The comments of `text`, the file `name`, in their order; those of a line without its end. None
/// for a language that is not known.
pub fn comments(name: &str, text: &str) -> Vec<Span> {
    let Some(marks) = marks(name) else { return vec![] };
    let mut found = Vec::new();
    let mut at = 0;
    let mut line_start = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let line_end = memchr::memchr(b'\n', rest.as_bytes()).map_or(text.len(), |end| at + end);
        let line = text.get(at..line_end).unwrap_or_default();
        let before = text.get(line_start..at).unwrap_or_default().len();
        let whole = text.get(line_start..line_end).unwrap_or_default();
        match first(marks, whole, before) {
            Some((start, None)) => {
                found.push(Span::new(line_start + start, line_end));
                at = line_end + 1;
            }
            Some((start, Some((open, close)))) => {
                let start = line_start + start;
                let inner = start + open.len();
                let end = text.get(inner..).and_then(|rest| rest.find(close));
                at = end.map_or(text.len(), |end| inner + end + close.len());
                found.push(Span::new(start, at));
                let begun = text.get(..at).and_then(|before| before.rfind('\n'));
                line_start = begun.map_or(0, |end| end + 1);
                continue;
            }
            None => at += line.len() + 1,
        }
        line_start = at;
    }
    found
}

type Block = (&'static str, &'static str);

/// The first mark of a comment in `line` at or behind the byte `from`, and whether it is of a block.
fn first(marks: &Marks, line: &str, from: usize) -> Option<(usize, Option<Block>)> {
    let lines = marks.line.iter().filter_map(|mark| Some((place(line, from, mark)?, None)));
    let blocks = marks.block.iter().map(|block| (block.0, Some(*block)));
    let blocks = blocks.filter_map(|(mark, block)| Some((place(line, from, mark)?, block)));
    lines.chain(blocks).min_by_key(|(at, _)| *at)
}

/// Where `mark` begins a comment: behind a blank or a sign that ends what is before, and in no string.
fn place(line: &str, from: usize, mark: &str) -> Option<usize> {
    let mut search = from;
    loop {
        let at = search + line.get(search..)?.find(mark)?;
        let before = line.get(..at)?;
        let ends = |c: char| c.is_whitespace() || ";,(){}[]>/*-".contains(c);
        let is_string = ['"', '`'].iter().any(|quote| before.matches(*quote).count() % 2 == 1);
        if before.chars().next_back().is_none_or(ends) && !is_string {
            return Some(at);
        }
        search = at + mark.len();
    }
}

#[cfg(test)]
mod tests {
    use super::comments;

    fn words(name: &str, text: &str) -> Vec<String> {
        comments(name, text).into_iter().map(|span| span.of(text).to_owned()).collect()
    }

    #[test]
    fn a_comment_is_what_the_language_calls_one() {
        let rust = "//! a\nlet x = \"// b\"; // c\n/* d\n e */ f(); // g\nlet url = x://h;\n";
        assert_eq!(words("src/x.rs", rust), ["//! a", "// c", "/* d\n e */", "// g"]);
        assert_eq!(words("a.py", "# a\nx = '#b' # c\n\"# d\"\n"), ["# a", "# c"]);
        assert_eq!(words("q.SQL", "-- a\nselect 1 --b\n"), ["-- a", "--b"]);
        assert_eq!(words("p.html", "<p>a</p>\n<!-- b\nc -->d\n"), ["<!-- b\nc -->"]);
        assert_eq!(words("Dockerfile.prod", "# a\nRUN b\n"), ["# a"]);
    }

    #[test]
    fn prose_and_data_have_none() {
        for name in ["README.md", "notes.txt", "data.json", "x"] {
            assert_eq!(words(name, "# a\n// b\n"), Vec::<String>::new(), "{name}");
        }
    }

    #[test]
    fn what_does_not_end_ends_with_the_text() {
        assert_eq!(words("a.c", "x /* a\nb"), ["/* a\nb"]);
        assert_eq!(words("a.c", "ä // ö"), ["// ö"]);
    }
}
