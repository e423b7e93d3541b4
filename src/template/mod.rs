//! The template engine: our templates, overridden file by file from the project's folder.
//!
//! Knows neither records nor pages: it is given the names and texts of templates, and values.

use std::borrow::Cow;

use tera::{Context, Kwargs, State, Tera};

use crate::{Error, Result, text};

/// Templates that compile, ready to be filled in from any thread.
#[derive(Debug)]
pub struct Templates {
    tera: Tera,
}

impl Templates {
    /// The templates `ours`, each a name and a text, with `theirs` in the place of those that have
    /// the same name. Values are escaped in `.html`, `.xml` and `.svg`, and nowhere else; there none of them can
    /// bring the character U+0000 into a file, which can so be a mark of the caller's own.
    ///
    /// # Errors
    ///
    /// Where a template does not compile, or names a filter or a template that is not there.
    pub fn new(ours: &[(&str, impl AsRef<str>)], theirs: &[(String, String)]) -> Result<Self> {
        let mut tera = Tera::new();
        tera.autoescape_on([".html", ".xml", ".svg"]);
        tera.set_escape_fn(|text, out| out.write_all(escaped(text).as_bytes()));
        // Filters come first: the names in templates are checked when templates are added.
        tera.register_filter("fill", fill);
        tera.register_filter("count", count);
        let replaced = |name: &str| theirs.iter().any(|(other, _)| other == name);
        let ours = ours.iter().filter(|(name, _)| !replaced(name));
        let ours = ours.map(|(name, text)| (*name, text.as_ref()));
        let theirs = theirs.iter().map(|(name, text)| (name.as_str(), text.as_str()));
        tera.add_raw_templates(ours.chain(theirs)).map_err(fault)?;
        Ok(Self { tera })
    }

    /// Adds values that every template sees.
    pub fn global(&mut self, values: Context) {
        self.tera.global_context().extend(values);
    }

    /// Fills in the template `name`.
    ///
    /// # Errors
    ///
    /// Where the template is not there, or asks for a value that is not.
    pub fn render(&self, name: &str, values: &Context) -> Result<String> {
        self.tera
            .render(name, values)
            .map_err(|source| Error::Template { name: name.to_owned(), source: Box::new(source) })
    }
}

/// A value as it stands in a page: as texts of records are escaped, and also fit for attributes in single quotes,
/// which a template of a project may have.
pub fn escaped(text: &str) -> Cow<'_, str> {
    let escaped = text::escaped(text);
    if escaped.contains('\'') { escaped.replace('\'', "&#39;").into() } else { escaped }
}

/// The error of a template that does not compile, with the template's own name where it is known.
fn fault(source: tera::Error) -> Error {
    let name = match source.kind() {
        tera::ErrorKind::SyntaxError(report) | tera::ErrorKind::RenderingError(report) => {
            report.filename().to_owned()
        }
        _ => String::from("templates"),
    };
    Error::Template { name, source: Box::new(source) }
}

/// `{{ "of {n}" | fill(n=3) }}`: every `{key}` of a text replaced by the argument of that name.
#[expect(clippy::needless_pass_by_value, reason = "the engine hands them over")]
fn fill(text: &str, arguments: Kwargs, _: &State) -> String {
    let mut filled = text.to_owned();
    for (key, value) in arguments.iter() {
        filled = filled.replace(&format!("{{{key}}}"), &value.to_string());
    }
    filled
}

/// `{{ "{n} record|{n} records" | count(n=3) }}`: the form before the bar for one, that behind it
/// for any other number, with `{n}` replaced.
#[expect(clippy::needless_pass_by_value, reason = "the engine hands them over")]
fn count(text: &str, arguments: Kwargs, _: &State) -> tera::TeraResult<String> {
    Ok(counted(text, arguments.must_get::<u64>("n")?))
}

/// See `count`; for texts that are made outside templates.
pub fn counted(text: &str, n: u64) -> String {
    let (one, many) = text.split_once('|').unwrap_or((text, text));
    (if n == 1 { one } else { many }).replace("{n}", &n.to_string())
}

#[cfg(test)]
mod tests {
    use tera::Context;

    use super::Templates;

    fn render(text: &str) -> String {
        let templates = Templates::new(&[("a.html", text)], &[]).unwrap();
        let mut context = Context::new();
        context.insert("evil", "<b>\0\"'");
        templates.render("a.html", &context).unwrap()
    }

    #[test]
    fn values_are_escaped_and_texts_are_filled_in() {
        assert_eq!(render(r#"{{ "a {x}" | fill(x=evil) }}"#), "a &lt;b&gt;\u{fffd}&quot;&#39;");
    }

    #[test]
    fn one_is_a_form_of_its_own() {
        assert_eq!(render(r#"{{ "{n} day|{n} days" | count(n=1) }}"#), "1 day");
        assert_eq!(render(r#"{{ "{n} day|{n} days" | count(n=0) }}"#), "0 days");
    }

    #[test]
    fn a_template_of_the_project_takes_the_place_of_ours_alone() {
        let ours = [("a.html", "{% include \"b.html\" %}"), ("b.html", "ours")];
        let theirs = [("b.html".to_owned(), "theirs".to_owned())];
        let templates = Templates::new(&ours, &theirs).unwrap();
        assert_eq!(templates.render("a.html", &Context::new()).unwrap(), "theirs");
    }

    #[test]
    fn a_fault_names_its_template() {
        let error = Templates::new(&[("a.html", "{{ x")], &[]).unwrap_err();
        assert_eq!(error.to_string(), "cannot render the template `a.html`");
    }
}
