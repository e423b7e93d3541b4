//! Writes a drawing again from its events: elements that are allowed, with attributes that are; all others
//! are dropped with what is in them.

use std::collections::BTreeSet;

use super::Refused;
use super::allowed::{ELEMENTS, find};
use super::attribute::{Written, kept};
use super::cost::Cost;
use super::css::ids;
use super::label::Label;
use super::reader::{Element, Event, Space};
use super::sheet::sheet;
use super::writer;

const ROOT: &str =
    "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\"";

/// An element that is written and has not ended.
struct Open {
    name: &'static str,
    /// Its place among all elements.
    place: usize,
    /// Whether its start tag still lacks its `>`.
    is_empty: bool,
    /// Of a `switch`: the label that is shown if nothing else in it is.
    label: Option<Label>,
}

/// An element of which only the words count.
struct Words {
    name: &'static str,
    media: Option<String>,
    text: String,
}

#[derive(Default)]
pub(super) struct Cleaner {
    out: String,
    open: Vec<Open>,
    /// How many elements are open of which nothing is written.
    skipped: usize,
    words: Option<Words>,
    label: Option<Label>,
    cost: Cost,
}

impl Cleaner {
    /// Takes the next part of the drawing.
    pub(super) fn take(&mut self, event: Event) -> Result<(), Refused> {
        match event {
            Event::Start(_) if self.skipped > 0 => self.skipped += 1,
            Event::End if self.skipped > 0 => self.skipped -= 1,
            Event::Text(_) if self.skipped > 0 => {}
            event if self.label.is_some() => return self.in_label(event),
            Event::Start(_) if self.words.is_some() => self.skipped = 1,
            Event::Start(element) => return self.start(&element),
            Event::Text(text) => self.text(&text),
            Event::End => return self.close(),
        }
        Ok(())
    }

    /// The whole drawing.
    pub(super) fn end(self) -> Result<String, Refused> {
        self.cost.check()?;
        Ok(self.out + "\n")
    }

    fn start(&mut self, element: &Element) -> Result<(), Refused> {
        let is_drawing = element.space == Space::Svg;
        if self.open.is_empty() && !(is_drawing && element.name == "svg") {
            return Err(Refused::OtherRoot);
        }
        let is_text = self.open.last().is_some_and(|open| is_text(open.name));
        let plain = |name: &str| {
            let mut all = element.attributes.iter();
            all.find(|one| one.space == Space::Bare && one.name == name).map(|one| &one.value)
        };
        let is_label = element.name == "foreignObject";
        // No browser knows an extension that an element of SVG could ask for.
        if !is_drawing || !is_label && plain("requiredExtensions").is_some() {
            self.skipped = 1;
            return Ok(());
        }
        let name = match element.name.as_str() {
            "foreignObject" => {
                self.label = Some(Label::new(&element.attributes));
                return Ok(());
            }
            "style" if plain("type").is_none_or(|kind| kind.eq_ignore_ascii_case("text/css")) => {
                let media = plain("media").filter(|media| is_media(media)).cloned();
                self.words = Some(Words { name: "style", media, text: String::new() });
                return Ok(());
            }
            "title" => {
                self.words = Some(Words { name: "title", media: None, text: String::new() });
                return Ok(());
            }
            // Links lead nowhere in a picture; what is in them is seen.
            "a" => Some(if is_text { "tspan" } else { "g" }),
            name => find(ELEMENTS, name),
        };
        if let Some(name) = name.filter(|name| !is_text || matches!(*name, "tspan" | "textPath")) {
            return self.element(name, element);
        }
        self.skipped = 1;
        Ok(())
    }

    fn element(&mut self, name: &'static str, element: &Element) -> Result<(), Refused> {
        let place = self.cost.add(self.open.last().map(|open| open.place));
        let mut written: Vec<Written> = Vec::new();
        let mut names = BTreeSet::new();
        for attribute in &element.attributes {
            if let Some(one) = kept(name, attribute)?.filter(|one| names.insert(one.0)) {
                self.refer(place, &one);
                written.push(one);
            }
        }
        self.content();
        let is_root = self.open.is_empty();
        self.out.push_str(if is_root { ROOT } else { "<" });
        self.out.push_str(if is_root { "" } else { name });
        for (name, value) in &written {
            writer::attribute(&mut self.out, name, value);
        }
        self.open.push(Open { name, place, is_empty: true, label: None });
        Ok(())
    }

    /// Notes what the element at `place` is called, and what it refers to.
    fn refer(&mut self, place: usize, (name, value): &Written) {
        match *name {
            "id" => self.cost.name(place, value),
            "href" | "xlink:href" => {
                if let Some(id) = value.strip_prefix('#') {
                    self.cost.refer(place, id);
                }
            }
            _ => ids(value).for_each(|id| self.cost.refer(place, id)),
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(words) = &mut self.words {
            words.text.push_str(text);
        } else if self.open.last().is_some_and(|open| is_text(open.name)) {
            self.content();
            writer::text(&mut self.out, text);
        }
    }

    fn close(&mut self) -> Result<(), Refused> {
        if let Some(words) = self.words.take() {
            self.write(&words);
            return Ok(());
        }
        if let Some(label) = self.open.last_mut().and_then(|open| open.label.take())
            && self.open.last().is_some_and(|open| open.is_empty)
        {
            self.put(&label.drawn()?);
        }
        let Some(open) = self.open.pop() else { return Err(Refused::Malformed) };
        if open.is_empty {
            self.out.push_str("/>");
        } else {
            self.out.push_str("</");
            self.out.push_str(open.name);
            self.out.push('>');
        }
        Ok(())
    }

    fn write(&mut self, words: &Words) {
        // Words that look like markup are for no reader.
        let text = match words.name {
            "style" => sheet(&words.text),
            _ => words.text.trim().to_owned(),
        };
        if text.is_empty() || words.name == "title" && text.contains('<') {
            return;
        }
        let mut written = format!("<{}", words.name);
        if let Some(media) = &words.media {
            writer::attribute(&mut written, "media", media);
        }
        written.push('>');
        writer::text(&mut written, &text);
        for part in ["</", words.name, ">"] {
            written.push_str(part);
        }
        self.put(&written);
    }

    fn in_label(&mut self, event: Event) -> Result<(), Refused> {
        let Some(label) = &mut self.label else { return Ok(()) };
        if !label.take(event) {
            return Ok(());
        }
        let Some(label) = self.label.take() else { return Ok(()) };
        match self.open.last_mut() {
            // What comes after it is there for those who cannot show HTML.
            Some(open) if open.name == "switch" => open.label = open.label.take().or(Some(label)),
            _ => self.put(&label.drawn()?),
        }
        Ok(())
    }

    /// Puts a whole element into the one that is open.
    fn put(&mut self, element: &str) {
        if !element.is_empty() {
            self.content();
            self.out.push_str(element);
        }
    }

    /// Something is about to be put into the innermost element.
    fn content(&mut self) {
        if let Some(open) = self.open.last_mut().filter(|open| open.is_empty) {
            open.is_empty = false;
            self.out.push('>');
        }
    }
}

fn is_text(name: &str) -> bool {
    matches!(name, "text" | "textPath" | "tspan")
}

fn is_media(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_alphanumeric() || " ():-.,".contains(c))
}
