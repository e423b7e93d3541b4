//! The build script: compiles `words.toml` into a static table of folded phrases, sorted by their bytes.
//!
//! Every command needs the table, and reading 2,600 phrases at run time took half of the time of `adr list`.
//! An unknown name in `words.toml` fails the build, because it becomes the name of a variant.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::PathBuf;

use folding::{folded, is_word_char};
use serde::Deserialize;

#[path = "folding.rs"]
mod folding;

/// Lists of words by language. The languages only order the file for its authors.
type ByLanguage = BTreeMap<String, Vec<String>>;

/// The content of `words.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WordLists {
    fields: BTreeMap<String, ByLanguage>,
    states: BTreeMap<String, ByLanguage>,
    own: BTreeMap<String, ByLanguage>,
    relations: BTreeMap<String, ByLanguage>,
    keys: BTreeMap<String, ByLanguage>,
    behind: BTreeMap<String, ByLanguage>,
    phrases: BTreeMap<String, ByLanguage>,
    sections: BTreeMap<String, ByLanguage>,
    months: ByLanguage,
}

/// The meaning of a phrase, as Rust expressions for the fields of `PhraseMeaning`.
#[derive(Default)]
struct PhraseSource {
    field: Option<String>,
    state: Option<BuiltInStatus>,
    relation: Option<String>,
    key: Option<String>,
    role: Option<String>,
    classes: Vec<String>,
}

struct BuiltInStatus {
    word: String,
    lifecycle: String,
}

/// The classes of phrases that are searched for within a text, like statuses and relations.
const SCANNED: [&str; 4] = ["partial", "denial", "but", "rest"];

type Phrases = BTreeMap<String, PhraseSource>;

#[expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a build script communicates with cargo by its output, its environment and a file"
)]
fn main() {
    println!("cargo::rerun-if-changed=src/format/words/words.toml");
    println!("cargo::rerun-if-changed=src/format/words/folding.rs");
    let words: WordLists =
        toml::from_str(include_str!("words.toml")).expect("`words.toml` is valid");
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo sets `OUT_DIR`"));
    std::fs::write(out.join("phrases.rs"), source(words)).expect("`OUT_DIR` can be written");
}

/// The Rust source of the tables.
fn source(words: WordLists) -> String {
    let mut source = verbs_after_object(&words.behind) + &months(&words.months);
    let mut phrases = phrases(words);
    let claiming = first_words(&phrases, PhraseSource::is_claim);
    let scanned = first_words(&phrases, PhraseSource::is_scanned);
    for word in scanned.union(&claiming) {
        phrases.entry(word.clone()).or_default();
    }
    let _ = writeln!(source, "static PHRASES: [Phrase; {}] = [", phrases.len());
    for (folded, meaning) in &phrases {
        let begins = scanned.contains(folded) || claiming.contains(folded);
        let PhraseSource { field, state, relation, key, role, classes } = meaning;
        let state = state.as_ref().map(BuiltInStatus::expression);
        let classes = match classes.as_slice() {
            [] => String::new(),
            classes => format!(".with({})", classes.join(").with(")),
        };
        let _ = writeln!(
            source,
            "Phrase {{ folded: {folded:?}, meaning: PhraseMeaning {{ field: {}, state: {}, relation: {}, \
             key: {}, role: {}, classes: WordClasses::NONE{}, begins: {begins}, begins_claim: {} }} }},",
            option(field.as_ref()),
            option(state.as_ref()),
            option(relation.as_ref()),
            option(key.as_ref()),
            option(role.as_ref()),
            classes,
            claiming.contains(folded),
        );
    }
    source + "];\n"
}

/// All phrases with their meanings. If two words of one table fold to the same phrase, the first
/// gives the field and the role, and the last the status and the relation.
fn phrases(words: WordLists) -> Phrases {
    let mut phrases = Phrases::new();
    for (name, languages) in words.fields {
        let (field, lowest) = match name.as_str() {
            "authors" => ("deciders", "ONLY_READ"),
            "state" => ("status", "ONLY_READ"),
            name => (name, ""),
        };
        for list in languages.into_values() {
            for (rank, word) in with_plain(list).iter().enumerate() {
                let rank = match (lowest, rank) {
                    ("", rank) => rank.to_string(),
                    (lowest, 0) => lowest.to_owned(),
                    (lowest, rank) => format!("{lowest} + {rank}"),
                };
                let value = format!("({}, {rank})", variant("Field", field));
                phrases.entry(folded(word)).or_default().field.get_or_insert(value);
            }
        }
    }
    for (name, word) in flat(words.states, with_plain) {
        let state = BuiltInStatus { word: name.clone(), lifecycle: variant("Lifecycle", &name) };
        phrases.entry(folded(&word)).or_default().state = Some(state);
    }
    for (name, word) in flat(words.own, with_plain) {
        let state = BuiltInStatus { word: word.clone(), lifecycle: variant("Lifecycle", &name) };
        phrases.entry(folded(&word)).or_default().state = Some(state);
    }
    for (name, word) in flat(words.relations, |list| list) {
        add_relation(&mut phrases, &name, &word);
    }
    for (name, word) in flat(words.keys, with_plain) {
        let key = variant("RelationKind", &name);
        phrases.entry(folded(&word)).or_default().key = Some(key);
    }
    for (name, word) in flat(words.phrases, |list| list) {
        phrases.entry(folded(&word)).or_default().classes.push(variant("WordClass", &name));
    }
    for (name, word) in flat(words.sections, with_plain) {
        let role = variant("Role", &name);
        phrases.entry(folded(&word)).or_default().role.get_or_insert(role);
    }
    phrases
}

fn add_relation(phrases: &mut Phrases, name: &str, word: &str) {
    let kind = variant("RelationKind", name);
    let meaning = phrases.entry(folded(word)).or_default();
    // `remplace` is a verb, and not `remplacé` without its accent.
    if name == "supersedes" {
        meaning.state = None;
    }
    meaning.relation = Some(kind.clone());
    let Some(plain) = unaccented(word) else { return };
    let meaning = phrases.entry(folded(&plain)).or_default();
    // Nor is `complete` the verb `complète`.
    if meaning.relation.is_none() && meaning.state.is_none() {
        meaning.relation = Some(kind);
    }
}

impl PhraseSource {
    /// Whether a claim about another record can begin with the phrase.
    fn is_claim(&self) -> bool {
        let is_end = |state: &BuiltInStatus| state.lifecycle == "Lifecycle::Superseded";
        self.relation.is_some() || self.key.is_some() || self.state.as_ref().is_some_and(is_end)
    }

    /// Whether the phrase is searched for within a text.
    fn is_scanned(&self) -> bool {
        let scanned = SCANNED.map(|name| variant("WordClass", name));
        self.state.is_some() || self.classes.iter().any(|class| scanned.contains(class))
    }
}

impl BuiltInStatus {
    fn expression(&self) -> String {
        let Self { word, lifecycle } = self;
        format!("Status {{ word: Cow::Borrowed({word:?}), meaning: Some({lifecycle}) }}")
    }
}

/// The first words of the phrases with a meaning for which `counts` is true.
fn first_words(phrases: &Phrases, counts: impl Fn(&PhraseSource) -> bool) -> BTreeSet<String> {
    let counted = phrases.iter().filter(|(_, meaning)| counts(meaning));
    let first = |folded: &String| {
        let mut words = folded.split(|c| !is_word_char(c)).filter(|word| !word.is_empty());
        words.next().map(str::to_owned)
    };
    counted.filter_map(|(folded, _)| first(folded)).collect()
}

/// Verbs that follow their object, with the words that deny them.
fn verbs_after_object(behind: &BTreeMap<String, ByLanguage>) -> String {
    let mut verbs = String::new();
    let mut denials = String::new();
    for (name, word) in flat(behind.clone(), |list| list) {
        let _ = match name.as_str() {
            "denied" => write!(denials, "{word:?}, "),
            name => write!(verbs, "({word:?}, {}), ", variant("RelationKind", name)),
        };
    }
    format!(
        "pub(super) static VERBS_AFTER_OBJECT: &[(&str, RelationKind)] = &[{verbs}];\n\
         pub(super) static DENIALS_AFTER_OBJECT: &[&str] = &[{denials}];\n"
    )
}

/// The names of the months. If two languages share a name, the last one counts.
fn months(languages: &ByLanguage) -> String {
    assert!(languages.values().all(|list| list.len() == 12), "a year has twelve months");
    let lists = languages.values().flat_map(|list| list.iter().zip(1..));
    let months: BTreeMap<&String, i8> = lists.collect();
    let months: Vec<String> = months.iter().map(|month| format!("{month:?}")).collect();
    format!("pub(super) static MONTHS: &[(&str, i8)] = &[{}];\n", months.join(", "))
}

/// The words of all languages with the name of their list.
fn flat(
    table: BTreeMap<String, ByLanguage>,
    prepare: fn(Vec<String>) -> Vec<String>,
) -> Vec<(String, String)> {
    let lists = table.into_iter().flat_map(|(name, languages)| {
        languages.into_values().map(move |list| (name.clone(), prepare(list)))
    });
    lists.flat_map(|(name, list)| list.into_iter().map(move |word| (name.clone(), word))).collect()
}

/// The words, and after them those with accents as they are spelled on keyboards without accents.
fn with_plain(mut list: Vec<String>) -> Vec<String> {
    let plain = list.iter().filter_map(|word| unaccented(word));
    let plain: Vec<String> = plain.filter(|word| !list.contains(word)).collect();
    list.extend(plain);
    list
}

/// The word without its accents; `None` if it has none.
fn unaccented(word: &str) -> Option<String> {
    let bare = |c: char| match c {
        'à' | 'á' | 'â' | 'ã' => 'a',
        'ç' => 'c',
        'è' | 'é' | 'ê' | 'ë' => 'e',
        'ì' | 'í' | 'î' => 'i',
        'ñ' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' => 'o',
        'ù' | 'ú' | 'û' => 'u',
        c => c,
    };
    let spelled = word.replace('ä', "ae").replace('ö', "oe").replace('ü', "ue");
    let plain: String = spelled.chars().map(bare).collect();
    (plain != word).then_some(plain)
}

/// The path of the variant for a name in kebab case: `superseded-by`, `SupersededBy`.
fn variant(of: &str, name: &str) -> String {
    let capital = |part: &str| {
        let mut letters = part.chars();
        letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect::<String>()
    };
    format!("{of}::{}", name.split('-').map(capital).collect::<String>())
}

fn option(value: Option<&String>) -> String {
    value.map_or("None".to_owned(), |value| format!("Some({value})"))
}
