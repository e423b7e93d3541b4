//! The syntax of languages, as far as highlighting needs it.

/// The syntax of a language.
#[derive(Debug)]
pub(super) struct Language {
    /// Its names after a fence, in lower case, separated by spaces.
    pub names: &'static str,
    /// The starts of comments that end with the line.
    pub comments: &'static [&'static str],
    /// The start and end of a comment of several lines.
    pub block_comment: Option<(&'static str, &'static str)>,
    /// The kinds of strings. If one start is a prefix of another, the longer one is first.
    pub strings: &'static [StringSyntax],
    /// How keys are recognised.
    pub keys: KeySyntax,
    /// The characters of words other than letters, digits, and `_`.
    pub word_characters: &'static str,
    /// Whether keywords may have any case.
    pub ignores_case: bool,
    /// Whether keywords are recognised only at the start of a line.
    pub keywords_first: bool,
    /// Its keywords, separated by spaces.
    pub keywords: &'static str,
}

/// A kind of string.
#[derive(Debug)]
pub(super) struct StringSyntax {
    pub start: &'static str,
    pub end: &'static str,
    pub extent: StringExtent,
    /// Whether a `\` escapes the next character.
    pub has_escapes: bool,
}

/// The extent of a string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StringExtent {
    /// Ends at the end of the line at the latest.
    Line,
    /// May span lines.
    Lines,
    /// A single character, for languages in which the quote has other uses.
    Character,
}

impl Language {
    /// Whether it has this name.
    pub(super) fn is_named(&self, name: &str) -> bool {
        self.names.split(' ').any(|known| known == name)
    }

    /// Whether `word` is one of its keywords.
    pub(super) fn is_keyword(&self, word: &str) -> bool {
        let equals = |keyword: &str| {
            keyword == word || self.ignores_case && keyword.eq_ignore_ascii_case(word)
        };
        self.keywords.split(' ').any(equals)
    }
}

/// How keys are recognised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum KeySyntax {
    /// The language has no keys.
    None,
    /// In quotes before a `:`.
    Quoted,
    /// At the start of a line or in quotes, before a `:`.
    Colon,
    /// At the start of a line, before a `=`.
    Equals,
}

const fn quoted(quote: &'static str, extent: StringExtent) -> StringSyntax {
    StringSyntax { start: quote, end: quote, extent, has_escapes: true }
}

const fn raw(start: &'static str, end: &'static str) -> StringSyntax {
    StringSyntax { start, end, extent: StringExtent::Lines, has_escapes: false }
}

const LINES: &[StringSyntax] = &[quoted("\"", StringExtent::Lines), raw("'", "'")];
const DOUBLE: &[StringSyntax] = &[quoted("\"", StringExtent::Line)];
const BOTH: &[StringSyntax] = &[quoted("\"", StringExtent::Line), quoted("'", StringExtent::Line)];
const TRIPLE: &[StringSyntax] = &[
    quoted("\"\"\"", StringExtent::Lines),
    quoted("'''", StringExtent::Lines),
    quoted("\"", StringExtent::Line),
    quoted("'", StringExtent::Line),
];
const RUST: &[StringSyntax] = &[
    raw("r#\"", "\"#"),
    raw("r\"", "\""),
    quoted("\"", StringExtent::Lines),
    quoted("'", StringExtent::Character),
];
const GO: &[StringSyntax] =
    &[raw("`", "`"), quoted("\"", StringExtent::Line), quoted("'", StringExtent::Line)];
const SCRIPT: &[StringSyntax] = &[
    quoted("`", StringExtent::Lines),
    quoted("\"", StringExtent::Line),
    quoted("'", StringExtent::Line),
];

/// A language with braces. The others are defined by their differences from it.
const C_LIKE: Language = Language {
    names: "c h cpp c++ cc hpp objectivec objc",
    comments: &["//"],
    block_comment: Some(("/*", "*/")),
    strings: BOTH,
    keys: KeySyntax::None,
    word_characters: "",
    ignores_case: false,
    keywords_first: false,
    keywords: "auto bool break case catch char class const constexpr continue default delete do \
              double else enum extern false float for if inline int long namespace new nullptr \
              private protected public return short signed sizeof static struct switch \
              template this throw true try typedef typename union unsigned using virtual void \
              while",
};

/// Configuration as lines of keys and values.
const LINES_OF_KEYS: Language = Language {
    names: "toml ini properties env dotenv conf editorconfig systemd",
    comments: &["#", ";"],
    block_comment: None,
    strings: TRIPLE,
    keys: KeySyntax::Equals,
    word_characters: "-.:",
    keywords: "true false",
    ..C_LIKE
};

/// The languages that are highlighted; code in any other stays plain.
pub(super) static LANGUAGES: &[Language] = &[
    C_LIKE,
    LINES_OF_KEYS,
    Language {
        names: "sh bash shell zsh console terminal shell-session",
        comments: &["#"],
        strings: LINES,
        word_characters: "-./",
        keywords: "case do done elif else esac exit export fi for function if in local return \
                  set source then unset until while",
        ..LINES_OF_KEYS
    },
    Language {
        names: "yaml yml",
        comments: &["#"],
        strings: &[quoted("\"", StringExtent::Lines), raw("'", "'")],
        keys: KeySyntax::Colon,
        word_characters: "-./:@",
        keywords: "true false null yes no",
        ..LINES_OF_KEYS
    },
    Language {
        names: "json jsonc json5 jsonl ndjson",
        strings: DOUBLE,
        keys: KeySyntax::Quoted,
        keywords: "true false null",
        ..C_LIKE
    },
    Language {
        names: "hcl terraform tf",
        comments: &["#", "//"],
        strings: DOUBLE,
        keys: KeySyntax::Equals,
        word_characters: "-",
        keywords: "data dynamic false for for_each if in locals module null output provider \
                  resource terraform true variable",
        ..C_LIKE
    },
    Language {
        names: "dockerfile docker containerfile",
        ignores_case: true,
        keywords_first: true,
        keys: KeySyntax::None,
        keywords: "add arg cmd copy entrypoint env expose from healthcheck label maintainer \
                  onbuild run shell stopsignal user volume workdir",
        comments: &["#"],
        strings: BOTH,
        ..LINES_OF_KEYS
    },
    Language {
        names: "makefile make gitignore nginx",
        comments: &["#"],
        keywords: "define else endef endif ifdef ifeq ifndef ifneq include",
        ..LINES_OF_KEYS
    },
    Language {
        names: "sql postgresql postgres mysql plsql tsql sqlite",
        comments: &["--"],
        ignores_case: true,
        keywords: "add all alter and as asc begin between by case check column commit \
                  constraint create default delete desc distinct drop else end exists false \
                  foreign from function grant group having if in index insert into is join key \
                  left like limit not null on or order outer primary references returning \
                  returns right rollback select set table then true union unique update using \
                  values view when where with",
        ..C_LIKE
    },
    Language {
        names: "rust rs",
        strings: RUST,
        keywords: "as async await break const continue crate dyn else enum extern false fn for \
                  if impl in let loop match mod move mut pub ref return self Self static \
                  struct super trait true type unsafe use where while",
        ..C_LIKE
    },
    Language {
        names: "go golang",
        strings: GO,
        keywords: "break case chan const continue default defer else fallthrough false for func \
                  go if import interface map nil package range return select struct switch \
                  true type var",
        ..C_LIKE
    },
    Language {
        names: "java kotlin kt kts scala groovy gradle csharp c# cs swift",
        strings: TRIPLE,
        keywords: "abstract as async await boolean break case catch class const continue data \
                  def default do double else enum extends false final finally float for fun \
                  func get guard if implements import in init instanceof int interface \
                  internal is let long namespace new nil null object override package private \
                  protected protocol public readonly record return sealed self set static \
                  string struct super switch this throw throws trait true try using val var \
                  void when where while with yield",
        ..C_LIKE
    },
    Language {
        names: "js javascript jsx mjs ts typescript tsx vue svelte node proto protobuf php",
        strings: SCRIPT,
        word_characters: "$",
        keywords: "abstract any as async await boolean break case catch class const continue \
                  default delete do else enum export extends false finally for from function \
                  if implements import in instanceof interface keyof let message never new \
                  null number of optional package private protected public readonly repeated \
                  return rpc service static string super switch syntax this throw true try \
                  type typeof undefined unknown var void while yield",
        ..C_LIKE
    },
    Language {
        names: "python py python3 ruby rb elixir starlark bazel graphql gql",
        comments: &["#"],
        block_comment: None,
        strings: TRIPLE,
        keywords: "and as assert async await begin break case class continue def del do elif \
                  else elsif end enum ensure except False false finally for from global if \
                  import in input interface is lambda match module mutation nil None nonlocal \
                  not null or pass query raise require rescue return self then True true try \
                  type union unless until when while with yield",
        ..C_LIKE
    },
];
