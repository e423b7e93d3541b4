//! The template engine: built-in templates, which a project can override one by one. Does not depend on records or
//! pages.

use std::borrow::Cow;

use tera::{Context, Kwargs, State, Tera};

use crate::{Error, Result, text};

/// Compiled templates, which any thread can render.
#[derive(Debug)]
pub struct Templates {
    tera: Tera,
}

impl Templates {
    /// The templates `built_in`, each a name and a text, overridden by the templates of `project` with the same name.
    /// Values are escaped in `.html`, `.xml` and `.svg`, and nowhere else. Escaping replaces U+0000, so the caller can
    /// use that character for marks.
    ///
    /// # Errors
    ///
    /// If a template does not compile, or uses an unknown filter or template.
    pub fn new(built_in: &[(&str, impl AsRef<str>)], project: &[(String, String)]) -> Result<Self> {
        let mut tera = Tera::new();
        tera.autoescape_on([".html", ".xml", ".svg"]);
        tera.set_escape_fn(|text, out| out.write_all(escaped(text).as_bytes()));
        // Filters are registered first, because adding a template checks the names of its filters.
        tera.register_filter("fill", fill);
        tera.register_filter("count", count);
        let is_overridden = |name: &str| project.iter().any(|(other, _)| other == name);
        let remaining_built_in = built_in.iter().filter(|(name, _)| !is_overridden(name));
        let remaining_built_in = remaining_built_in.map(|(name, text)| (*name, text.as_ref()));
        let from_project = project.iter().map(|(name, text)| (name.as_str(), text.as_str()));
        tera.add_raw_templates(remaining_built_in.chain(from_project)).map_err(compile_error)?;
        Ok(Self { tera })
    }

    /// Adds values for all templates.
    pub fn global(&mut self, values: Context) {
        self.tera.global_context().extend(values);
    }

    /// Renders the template `name`.
    ///
    /// # Errors
    ///
    /// If the template does not exist, or uses an unknown value.
    pub fn render(&self, name: &str, values: &Context) -> Result<String> {
        self.tera
            .render(name, values)
            .map_err(|source| Error::Template { name: name.to_owned(), source: Box::new(source) })
    }
}

/// A value as text in a page: escaped like the texts of records, and also for attributes in single quotes, which the
/// template of a project may have.
pub fn escaped(text: &str) -> Cow<'_, str> {
    let escaped_text = text::escaped(text);
    if !escaped_text.contains('\'') {
        return escaped_text;
    }
    escaped_text.replace('\'', "&#39;").into()
}

/// The error of a template that does not compile, with the name of the template if it is known.
fn compile_error(source: tera::Error) -> Error {
    let name = match source.kind() {
        tera::ErrorKind::SyntaxError(report) | tera::ErrorKind::RenderingError(report) => {
            report.filename().to_owned()
        }
        _ => String::from("templates"),
    };
    Error::Template { name, source: Box::new(source) }
}

/// `{{ "of {n}" | fill(n=3) }}`: replaces every `{key}` in a text by the argument of that name.
#[expect(clippy::needless_pass_by_value, reason = "the engine passes them by value")]
fn fill(text: &str, arguments: Kwargs, _: &State) -> String {
    let mut filled_text = text.to_owned();
    for (key, value) in arguments.iter() {
        filled_text = filled_text.replace(&format!("{{{key}}}"), &value.to_string());
    }
    filled_text
}

/// `{{ "{n} record|{n} records" | count(n=3) }}`: the form before the bar for one, the form
/// after it for any other number, with `{n}` replaced.
#[expect(clippy::needless_pass_by_value, reason = "the engine passes them by value")]
fn count(text: &str, arguments: Kwargs, _: &State) -> tera::TeraResult<String> {
    Ok(counted(text, arguments.must_get::<u64>("n")?))
}

/// The same as the filter `count`, for texts outside of templates.
pub fn counted(text: &str, n: u64) -> String {
    let (singular, plural) = text.split_once('|').unwrap_or((text, text));
    (if n == 1 { singular } else { plural }).replace("{n}", &n.to_string())
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
    fn one_takes_the_singular() {
        assert_eq!(render(r#"{{ "{n} day|{n} days" | count(n=1) }}"#), "1 day");
        assert_eq!(render(r#"{{ "{n} day|{n} days" | count(n=0) }}"#), "0 days");
    }

    #[test]
    fn a_template_of_the_project_overrides_only_one_of_ours() {
        let ours = [("a.html", "{% include \"b.html\" %}"), ("b.html", "ours")];
        let theirs = [("b.html".to_owned(), "theirs".to_owned())];
        let templates = Templates::new(&ours, &theirs).unwrap();
        assert_eq!(templates.render("a.html", &Context::new()).unwrap(), "theirs");
    }

    #[test]
    fn an_error_names_its_template() {
        let error = Templates::new(&[("a.html", "{{ x")], &[]).unwrap_err();
        assert_eq!(error.to_string(), "cannot render the template `a.html`");
    }
}
