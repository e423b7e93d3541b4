//! Templates of records: ours, and those of the team. What is filled in comes from `create`; where
//! the team's files are, `project` knows.

use serde::Serialize;
use tera::{Context, Kwargs, State, Tera, Value};

use crate::author::edits::{capital, yaml_list, yaml_scalar};
use crate::author::naming::slug;
use crate::{Error, Result};

/// A template that comes with the program.
#[derive(Debug)]
pub struct BuiltIn {
    /// As in `--template NAME`.
    pub name: &'static str,
    /// For whom it is, in one line.
    pub about: &'static str,
    /// Its source.
    pub text: &'static str,
}

macro_rules! built_in {
    ($name:literal, $about:literal) => {
        BuiltIn {
            name: $name,
            about: $about,
            text: include_str!(concat!("../../../templates/record/", $name, ".md")),
        }
    };
}

/// Every template that comes with the program, the default first.
pub static TEMPLATES: &[BuiltIn] = &[
    built_in!("nygard", "Status, Context, Decision, Consequences: short, and widely known"),
    built_in!("madr", "MADR 4.0 with all sections and a line of guidance for each"),
    built_in!("madr-minimal", "MADR 4.0 with the sections that every decision needs"),
    built_in!("madr-bare", "MADR 4.0 with all sections and no guidance"),
    built_in!("y-statement", "One sentence: in the context of, facing, we decided for"),
];

/// A template, wherever it comes from.
#[derive(Clone, Copy, Debug)]
pub struct Template<'t> {
    /// How errors name it: a path, or the name of a built-in.
    pub name: &'t str,
    /// Its source.
    pub text: &'t str,
}

/// What a template is filled in with. Every field is a variable of that name.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Filled<'t> {
    /// `None` where the log counts by dates.
    pub number: Option<u32>,
    /// The number as in the file's name, with what comes before it: `0012`, `ADR-0012`.
    pub id: &'t str,
    /// As typed.
    pub title: &'t str,
    /// `YYYY-MM-DD`.
    pub date: &'t str,
    /// In lower case, or as the team writes it.
    pub status: &'t str,
    /// Why the decision is due.
    pub context: Option<&'t str>,
    /// What was decided.
    pub decision: Option<&'t str>,
    /// What the decision has to satisfy.
    pub drivers: &'t [String],
    /// What was weighed.
    pub options: &'t [String],
    /// What follows.
    pub consequences: &'t [String],
    /// Who decided.
    pub deciders: &'t [String],
    /// Who was asked.
    pub consulted: &'t [String],
    /// Who was told.
    pub informed: &'t [String],
    /// Words to find it by.
    pub tags: &'t [String],
}

impl Template<'_> {
    /// Whether the variable `name` is used in it, here or in a template that it names.
    pub(crate) fn asks_for(&self, name: &str) -> bool {
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        let tags = ["{{", "{%"].into_iter().flat_map(|open| self.text.split(open).skip(1));
        let mut tags = tags.map(|rest| rest.split(['}', '%']).next().unwrap_or_default());
        tags.any(|tag| {
            tag.split(|c| !is_word(c)).any(|word| [name, "include", "extends"].contains(&word))
        })
    }

    /// Whether it is one of adr-tools with a place for `word`.
    pub(crate) fn has_word(&self, word: &str) -> bool {
        self.is_plain() && self.text.contains(word)
    }

    /// Whether it is filled in the way adr-tools does.
    fn is_plain(&self) -> bool {
        !self.text.contains("{{") && !self.text.contains("{%")
    }

    /// The text of a record.
    ///
    /// A template without `{{` and `{%` is filled in the way adr-tools does.
    ///
    /// # Errors
    ///
    /// [`Error::Template`] with the place in the template.
    pub fn fill(&self, with: &Filled<'_>) -> Result<String> {
        if self.is_plain() {
            return Ok(words(self.text, with));
        }
        let text = render(self, with)?;
        Ok(format!("{}\n", text.trim_end()))
    }
}

/// The text of `adr.toml` for a log in `dir` whose records are made from `template`.
///
/// # Errors
///
/// Never for what is given; the type is that of all rendering.
pub fn configuration(dir: &str, template: Option<&str>) -> Result<String> {
    #[derive(Serialize)]
    struct Values<'t> {
        dir: &'t str,
        template: Option<&'t str>,
    }
    let text = include_str!("../../../templates/init/adr.toml");
    render(&Template { name: "adr.toml", text }, &Values { dir, template })
}

fn render(template: &Template<'_>, with: &impl Serialize) -> Result<String> {
    let failed =
        |source| Error::Template { name: template.name.to_owned(), source: Box::new(source) };
    let mut tera = Tera::default();
    // Markdown is not HTML: whatever the file is called, nothing is escaped.
    tera.autoescape_on(Vec::<&'static str>::new());
    tera.register_filter("yaml", yaml_filter);
    tera.register_filter("toml", toml_filter);
    tera.register_filter("upper_first", upper_first);
    tera.register_filter("slug", |text: &str, _: Kwargs, _: &State<'_>| slug(text));
    let built_in = TEMPLATES.iter().map(|one| (format!("{}.md", one.name), one.text));
    let all = built_in.chain([(template.name.to_owned(), template.text)]);
    tera.add_raw_templates(all.collect::<Vec<_>>()).map_err(failed)?;
    let context = Context::from_serialize(with).map_err(failed)?;
    tera.render(template.name, &context).map_err(failed)
}

#[expect(clippy::needless_pass_by_value, reason = "the signature of a filter")]
fn yaml_filter(value: Value, _: Kwargs, _: &State<'_>) -> String {
    match value.as_array() {
        Some(items) => {
            let items: Vec<String> = items.iter().map(ToString::to_string).collect();
            yaml_list(items.iter().map(String::as_str))
        }
        None => yaml_scalar(&value.to_string()),
    }
}

fn toml_filter(text: &str, _: Kwargs, _: &State<'_>) -> String {
    toml::Value::from(text).to_string()
}

fn upper_first(text: &str, _: Kwargs, _: &State<'_>) -> String {
    capital(text)
}

/// Fills in a template of adr-tools: on every line the first `NUMBER`, `TITLE`, `DATE` and
/// `STATUS`. What was filled in is not looked at again, so a title may hold these words.
fn words(text: &str, with: &Filled<'_>) -> String {
    let number = with.number.map(|number| number.to_string()).unwrap_or_default();
    let status = capital(with.status);
    let values = [
        ("NUMBER", number.as_str()),
        ("TITLE", with.title),
        ("DATE", with.date),
        ("STATUS", &status),
    ];
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let mut found: Vec<(usize, &str, &str)> = values
            .iter()
            .filter_map(|(word, value)| Some((line.find(word)?, *word, *value)))
            .collect();
        found.sort_unstable();
        let mut rest = 0;
        for (at, word, value) in found {
            out.push_str(line.get(rest..at).unwrap_or_default());
            out.push_str(value);
            rest = at + word.len();
        }
        out.push_str(line.get(rest..).unwrap_or_default());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Filled, TEMPLATES, Template};

    fn with() -> Filled<'static> {
        let date = "2026-03-01";
        Filled { number: Some(7), id: "0007", title: "DATE & <T>", date, ..Filled::default() }
    }

    #[test]
    fn a_template_of_adr_tools_is_filled_in_once_a_line() {
        let text = "# NUMBER. TITLE TITLE\n\nDATE STATUS\n";
        let filled = Template { name: "t", text }.fill(&Filled { status: "proposed", ..with() });
        assert_eq!(filled.unwrap(), "# 7. DATE & <T> TITLE\n\n2026-03-01 Proposed\n");
    }

    #[test]
    fn a_mistake_in_a_template_is_shown_in_its_place() {
        let fails = |text| {
            let error = Template { name: "mine.md", text }.fill(&with()).unwrap_err();
            std::error::Error::source(&error).unwrap().to_string()
        };
        snapbox::assert_data_eq!(
            fails("# {{ titel }}\n"),
            snapbox::str![[r#"
error: Variable `titel` is not defined. Available variables: consequences, consulted, context, date, deciders, decision, drivers, id, informed, number, options, status, tags, title
 --> mine.md:1:6
  |
1 | # {{ titel }}
  |      ^^^^^
"#]]
        );
    }

    #[test]
    fn every_template_on_the_disk_is_listed() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/templates/record");
        let mut files: Vec<String> = walkdir::WalkDir::new(folder)
            .min_depth(1)
            .into_iter()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        files.sort();
        let mut names: Vec<String> =
            TEMPLATES.iter().map(|one| format!("{}.md", one.name)).collect();
        names.sort();
        assert_eq!(files, names);
    }
}
