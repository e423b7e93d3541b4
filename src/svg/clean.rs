//! Writes a drawing from its events: allowed elements with allowed attributes. Other elements are dropped with their
//! content.

use std::collections::BTreeSet;

use super::allowed::{ELEMENTS, find};
use super::attribute::{WrittenAttribute, kept};
use super::cost::DrawingCost;
use super::css::referenced_ids;
use super::label::HtmlLabel;
use super::reader::{DrawingEvent, Element, Namespace};
use super::refused::Refused;
use super::sheet::cleaned_sheet;
use super::writer;

const ROOT_TAG: &str =
    "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\"";

/// An element that has been started and not ended.
struct OpenElement {
    name: &'static str,
    /// Its index among all elements.
    index: usize,
    /// Whether it has no content yet, so that its start tag lacks the `>`.
    is_empty: bool,
    /// Of a `switch`: the label that is shown if no other child is.
    fallback_label: Option<HtmlLabel>,
}

/// An element that contains only text.
struct TextElement {
    name: &'static str,
    media: Option<String>,
    text: String,
}

#[derive(Default)]
pub(super) struct Cleaner {
    written: String,
    open: Vec<OpenElement>,
    /// How many dropped elements are open.
    skipped_depth: usize,
    text_element: Option<TextElement>,
    label: Option<HtmlLabel>,
    cost: DrawingCost,
}

impl Cleaner {
    /// Handles the next event of the drawing.
    pub(super) fn handle(&mut self, event: DrawingEvent) -> Result<(), Refused> {
        match event {
            DrawingEvent::Start(_) if self.skipped_depth > 0 => self.skipped_depth += 1,
            DrawingEvent::End if self.skipped_depth > 0 => self.skipped_depth -= 1,
            DrawingEvent::Text(_) if self.skipped_depth > 0 => {}
            event if self.label.is_some() => return self.handle_in_label(event),
            DrawingEvent::Start(_) if self.text_element.is_some() => self.skipped_depth = 1,
            DrawingEvent::Start(element) => return self.start(&element),
            DrawingEvent::Text(text) => self.text(&text),
            DrawingEvent::End => return self.end(),
        }
        Ok(())
    }

    /// Returns the whole drawing.
    pub(super) fn finish(self) -> Result<String, Refused> {
        self.cost.check()?;
        Ok(self.written + "\n")
    }

    fn start(&mut self, element: &Element) -> Result<(), Refused> {
        let is_svg = element.namespace == Namespace::Svg;
        if self.open.is_empty() && !(is_svg && element.name == "svg") {
            return Err(Refused::OtherRoot);
        }
        let is_in_text = self.open.last().is_some_and(|open| is_text(open.name));
        let is_label = element.name == "foreignObject";
        // No browser has extensions that an SVG element could require.
        if !is_svg || !is_label && element.attribute("requiredExtensions").is_some() {
            self.skipped_depth = 1;
            return Ok(());
        }
        let is_css = |media_type: &str| media_type.eq_ignore_ascii_case("text/css");
        let name = match element.name.as_str() {
            "foreignObject" => {
                self.label = Some(HtmlLabel::new(element));
                return Ok(());
            }
            "style" if element.attribute("type").is_none_or(is_css) => {
                let media = element.attribute("media").filter(|media| is_media(media));
                let media = media.map(str::to_owned);
                self.text_element = Some(TextElement { name: "style", media, text: String::new() });
                return Ok(());
            }
            "title" => {
                self.text_element =
                    Some(TextElement { name: "title", media: None, text: String::new() });
                return Ok(());
            }
            // In an `img`, links do not work; only their content is visible.
            "a" => Some(if is_in_text { "tspan" } else { "g" }),
            name => find(ELEMENTS, name),
        };
        let is_allowed_here = |name: &&str| !is_in_text || matches!(*name, "tspan" | "textPath");
        if let Some(name) = name.filter(is_allowed_here) {
            return self.write_start(name, element);
        }
        self.skipped_depth = 1;
        Ok(())
    }

    fn write_start(&mut self, name: &'static str, element: &Element) -> Result<(), Refused> {
        let index = self.cost.add(self.open.last().map(|open| open.index));
        let mut attributes: Vec<WrittenAttribute> = Vec::new();
        let mut attribute_names = BTreeSet::new();
        for attribute in &element.attributes {
            if let Some(attribute) = kept(name, attribute)?
                && attribute_names.insert(attribute.name)
            {
                self.count_references(index, &attribute);
                attributes.push(attribute);
            }
        }
        self.begin_content();
        if self.open.is_empty() {
            self.written.push_str(ROOT_TAG);
        } else {
            self.written.push('<');
            self.written.push_str(name);
        }
        for attribute in &attributes {
            writer::attribute(&mut self.written, attribute.name, &attribute.value);
        }
        self.open.push(OpenElement { name, index, is_empty: true, fallback_label: None });
        Ok(())
    }

    /// Records the id of an element, and the ids that it refers to.
    fn count_references(&mut self, index: usize, attribute: &WrittenAttribute) {
        match attribute.name {
            "id" => self.cost.add_id(index, &attribute.value),
            "href" | "xlink:href" => {
                if let Some(id) = attribute.value.strip_prefix('#') {
                    self.cost.add_reference(index, id);
                }
            }
            _ => {
                referenced_ids(&attribute.value).for_each(|id| self.cost.add_reference(index, id));
            }
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(text_element) = &mut self.text_element {
            text_element.text.push_str(text);
        } else if self.open.last().is_some_and(|open| is_text(open.name)) {
            self.begin_content();
            writer::text(&mut self.written, text);
        }
    }

    fn end(&mut self) -> Result<(), Refused> {
        if let Some(text_element) = self.text_element.take() {
            self.write_text_element(&text_element);
            return Ok(());
        }
        if let Some(label) = self.open.last_mut().and_then(|open| open.fallback_label.take())
            && self.open.last().is_some_and(|open| open.is_empty)
        {
            self.write_element(&label.into_svg()?);
        }
        let Some(ended) = self.open.pop() else { return Err(Refused::Malformed) };
        if ended.is_empty {
            self.written.push_str("/>");
        } else {
            self.written.push_str("</");
            self.written.push_str(ended.name);
            self.written.push('>');
        }
        Ok(())
    }

    fn write_text_element(&mut self, element: &TextElement) {
        let text = match element.name {
            "style" => cleaned_sheet(&element.text),
            _ => element.text.trim().to_owned(),
        };
        // A title that looks like markup is useless to readers.
        if text.is_empty() || element.name == "title" && text.contains('<') {
            return;
        }
        let mut element_text = format!("<{}", element.name);
        if let Some(media) = &element.media {
            writer::attribute(&mut element_text, "media", media);
        }
        element_text.push('>');
        writer::text(&mut element_text, &text);
        for part in ["</", element.name, ">"] {
            element_text.push_str(part);
        }
        self.write_element(&element_text);
    }

    fn handle_in_label(&mut self, event: DrawingEvent) -> Result<(), Refused> {
        let Some(label) = &mut self.label else { return Ok(()) };
        if !label.handle(event) {
            return Ok(());
        }
        let Some(label) = self.label.take() else { return Ok(()) };
        match self.open.last_mut() {
            // A later child is the fallback for readers that cannot show HTML, and is preferred to our conversion.
            Some(open) if open.name == "switch" => {
                open.fallback_label = open.fallback_label.take().or(Some(label));
            }
            _ => self.write_element(&label.into_svg()?),
        }
        Ok(())
    }

    /// Writes a whole element into the innermost open one.
    fn write_element(&mut self, element: &str) {
        if !element.is_empty() {
            self.begin_content();
            self.written.push_str(element);
        }
    }

    /// Ends the start tag of the innermost open element, before its first content.
    fn begin_content(&mut self) {
        if let Some(open) = self.open.last_mut().filter(|open| open.is_empty) {
            open.is_empty = false;
            self.written.push('>');
        }
    }
}

fn is_text(name: &str) -> bool {
    matches!(name, "text" | "textPath" | "tspan")
}

fn is_media(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_alphanumeric() || " ():-.,".contains(c))
}
