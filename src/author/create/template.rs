//! Templates of records: built-in ones, and ones that the team wrote. `new_record` provides the values; `project` reads the
//! team's files.

use serde::Serialize;
use tera::{Context, Kwargs, State, Tera, Value};

use crate::author::edits::{capitalized, yaml_list, yaml_scalar};
use crate::author::naming::slug;
use crate::{Error, Result};

/// A template that comes with the program.
#[derive(Debug)]
pub struct BuiltIn {
    /// As in `--template NAME`.
    pub name: &'static str,
    /// A description in one line.
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

/// A template, built-in or from a file.
#[derive(Clone, Copy, Debug)]
pub struct Template<'t> {
    /// Its name in errors: a path, or the name of a built-in template.
    pub name: &'t str,
    /// Its source.
    pub text: &'t str,
}

/// The values that a template is filled in with. Every field is a variable of that name.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Filled<'t> {
    /// `None` if the log names records by date.
    pub number: Option<u32>,
    /// The number as in the file's name, with its prefix: `0012`, `ADR-0012`.
    pub id: &'t str,
    /// As typed.
    pub title: &'t str,
    /// `YYYY-MM-DD`.
    pub date: &'t str,
    /// In lower case, or as the team writes it.
    pub status: &'t str,
    /// Why a decision is needed.
    pub context: Option<&'t str>,
    /// The decision.
    pub decision: Option<&'t str>,
    /// What the decision has to satisfy.
    pub drivers: &'t [String],
    /// The options that were considered.
    pub options: &'t [String],
    /// The consequences.
    pub consequences: &'t [String],
    /// The decision makers.
    pub deciders: &'t [String],
    /// The people who were consulted.
    pub consulted: &'t [String],
    /// The people who were informed.
    pub informed: &'t [String],
    /// The tags.
    pub tags: &'t [String],
}

impl Template<'_> {
    /// Whether the template uses the variable `name`, or includes another template that may use it.
    pub(super) fn uses_variable(&self, name: &str) -> bool {
        let is_word_character = |c: char| c.is_alphanumeric() || c == '_';
        let tags = ["{{", "{%"].into_iter().flat_map(|open| self.text.split(open).skip(1));
        let mut tags = tags.map(|text| text.split(['}', '%']).next().unwrap_or_default());
        tags.any(|tag| {
            let mut words = tag.split(|c| !is_word_character(c));
            words.any(|word| [name, "include", "extends"].contains(&word))
        })
    }

    /// Whether it is a template of adr-tools with the placeholder `word`.
    pub(super) fn has_word(&self, word: &str) -> bool {
        self.is_adr_tools() && self.text.contains(word)
    }

    /// Whether it is filled in as adr-tools does.
    fn is_adr_tools(&self) -> bool {
        !self.text.contains("{{") && !self.text.contains("{%")
    }

    /// Returns the text of a record.
    ///
    /// A template without `{{` and `{%` is filled in as adr-tools does.
    ///
    /// # Errors
    ///
    /// [`Error::Template`] with the place in the template.
    pub fn fill(&self, values: &Filled<'_>) -> Result<String> {
        if self.is_adr_tools() {
            return Ok(with_placeholders_filled(self.text, values));
        }
        let text = render(self, values)?;
        Ok(format!("{}\n", text.trim_end()))
    }
}

/// Returns the text of `adr.toml` for a log in `dir` whose records use `template`.
///
/// # Errors
///
/// Never for these values.
pub fn configuration(dir: &str, template: Option<&str>) -> Result<String> {
    #[derive(Serialize)]
    struct ConfigurationValues<'t> {
        dir: &'t str,
        template: Option<&'t str>,
    }
    let text = include_str!("../../../templates/init/adr.toml");
    let values = ConfigurationValues { dir, template };
    render(&Template { name: "adr.toml", text }, &values)
}

fn render(template: &Template<'_>, values: &impl Serialize) -> Result<String> {
    let template_error =
        |source| Error::Template { name: template.name.to_owned(), source: Box::new(source) };
    let mut tera = Tera::default();
    // Markdown is not HTML: escape nothing, for any file extension.
    tera.autoescape_on(Vec::<&'static str>::new());
    tera.register_filter("yaml", yaml_filter);
    tera.register_filter("toml", toml_filter);
    tera.register_filter("upper_first", upper_first);
    tera.register_filter("slug", |text: &str, _: Kwargs, _: &State<'_>| slug(text));
    let built_in = TEMPLATES.iter().map(|one| (format!("{}.md", one.name), one.text));
    let sources = built_in.chain([(template.name.to_owned(), template.text)]);
    tera.add_raw_templates(sources.collect::<Vec<_>>()).map_err(template_error)?;
    let context = Context::from_serialize(values).map_err(template_error)?;
    tera.render(template.name, &context).map_err(template_error)
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
    capitalized(text)
}

/// Fills in a template of adr-tools: the first `NUMBER`, `TITLE`, `DATE` and `STATUS` of every line.
fn with_placeholders_filled(text: &str, values: &Filled<'_>) -> String {
    let number = values.number.map(|number| number.to_string()).unwrap_or_default();
    let status = capitalized(values.status);
    let placeholders = [
        ("NUMBER", number.as_str()),
        ("TITLE", values.title),
        ("DATE", values.date),
        ("STATUS", &status),
    ];
    let mut filled = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let mut replacements: Vec<(usize, &str, &str)> = placeholders
            .iter()
            .filter_map(|(word, value)| Some((line.find(word)?, *word, *value)))
            .collect();
        replacements.sort_unstable();
        let mut copied_end = 0;
        for (offset, word, value) in replacements {
            filled.push_str(line.get(copied_end..offset).unwrap_or_default());
            filled.push_str(value);
            copied_end = offset + word.len();
        }
        filled.push_str(line.get(copied_end..).unwrap_or_default());
    }
    filled
}

#[cfg(test)]
mod tests {
    use super::{Filled, TEMPLATES, Template};

    fn with() -> Filled<'static> {
        let date = "2026-03-01";
        Filled { number: Some(7), id: "0007", title: "DATE & <T>", date, ..Filled::default() }
    }

    #[test]
    fn a_template_of_adr_tools_is_filled_in_once_per_line() {
        let text = "# NUMBER. TITLE TITLE\n\nDATE STATUS\n";
        let filled = Template { name: "t", text }.fill(&Filled { status: "proposed", ..with() });
        assert_eq!(filled.unwrap(), "# 7. DATE & <T> TITLE\n\n2026-03-01 Proposed\n");
    }

    #[test]
    fn an_error_in_a_template_has_its_place() {
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
