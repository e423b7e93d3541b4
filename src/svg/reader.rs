//! XML as events: names with their namespaces, values without references. Bounded in depth and number,
//! and without knowledge of SVG.

use std::collections::BTreeMap;

use quick_xml::Reader as XmlReader;
use quick_xml::events::{BytesDecl, BytesStart, Event as XmlEvent};

use super::Refused;

/// How deep elements may be nested.
const DEEPEST: usize = 128;

/// How many elements a drawing may have.
const MOST_ELEMENTS: usize = 200_000;

/// How many attributes an element may have.
const MOST_ATTRIBUTES: usize = 256;

/// What a name belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Space {
    Svg,
    Html,
    Xlink,
    Xml,
    Other,
    /// No namespace.
    Bare,
}

impl Space {
    fn of(uri: &str) -> Self {
        match uri {
            "" => Self::Bare,
            "http://www.w3.org/2000/svg" => Self::Svg,
            "http://www.w3.org/1999/xhtml" => Self::Html,
            "http://www.w3.org/1999/xlink" => Self::Xlink,
            "http://www.w3.org/XML/1998/namespace" => Self::Xml,
            _ => Self::Other,
        }
    }
}

/// What the next part of a drawing is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Event {
    Start(Element),
    Text(String),
    End,
}

/// A start tag.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Element {
    pub space: Space,
    /// Without prefix.
    pub name: String,
    /// Without declarations of namespaces, in the order of the text.
    pub attributes: Vec<Attribute>,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) struct Attribute {
    pub space: Space,
    /// Without prefix.
    pub name: String,
    pub value: String,
}

pub(super) struct Reader<'t> {
    xml: XmlReader<&'t [u8]>,
    /// What each prefix means, the innermost meaning last.
    meanings: BTreeMap<String, Vec<Space>>,
    /// The prefixes that each open element declares.
    declared: Vec<Vec<String>>,
    elements: usize,
    is_begun: bool,
    /// Whether the root is called `svg` and no namespace is declared for it.
    is_bare: bool,
}

impl<'t> Reader<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let mut xml = XmlReader::from_str(text);
        xml.config_mut().expand_empty_elements = true;
        let (meanings, declared) = (BTreeMap::new(), vec![]);
        Self { xml, meanings, declared, elements: 0, is_begun: false, is_bare: false }
    }

    /// The next event, `None` at the end.
    pub(super) fn next(&mut self) -> Result<Option<Event>, Refused> {
        loop {
            let event = self.xml.read_event().map_err(|_| Refused::Malformed)?;
            let is_first = !std::mem::replace(&mut self.is_begun, true);
            let is_outside = self.declared.is_empty();
            let text = match event {
                XmlEvent::Start(start) => return self.start(&start).map(Some),
                XmlEvent::End(_) => {
                    self.close();
                    return Ok(Some(Event::End));
                }
                XmlEvent::Eof if is_outside && self.elements > 0 => return Ok(None),
                XmlEvent::Decl(declaration) if is_first => {
                    check(&declaration)?;
                    continue;
                }
                XmlEvent::DocType(text) if is_outside && self.elements == 0 => {
                    if text.contains('[') {
                        return Err(Refused::Declares);
                    }
                    continue;
                }
                XmlEvent::Comment(_) | XmlEvent::PI(_) => continue,
                XmlEvent::Text(text) => text.replace("\r\n", "\n").replace('\r', "\n"),
                XmlEvent::CData(text) if !is_outside => {
                    text.replace("\r\n", "\n").replace('\r', "\n")
                }
                XmlEvent::GeneralRef(name) => reference(&name).ok_or(Refused::Malformed)?.into(),
                _ => return Err(Refused::Malformed),
            };
            if !text.chars().all(is_allowed) || is_outside && !text.trim().is_empty() {
                return Err(Refused::Malformed);
            }
            if !is_outside {
                return Ok(Some(Event::Text(text)));
            }
        }
    }

    fn start(&mut self, start: &BytesStart<'_>) -> Result<Event, Refused> {
        let is_root = self.elements == 0;
        self.elements += 1;
        if self.declared.is_empty() && !is_root {
            return Err(Refused::Malformed);
        }
        if self.declared.len() == DEEPEST || self.elements > MOST_ELEMENTS {
            return Err(Refused::Large);
        }
        let mut written = Vec::new();
        let mut prefixes = Vec::new();
        for attribute in start.attributes().with_checks(false) {
            let attribute = attribute.map_err(|_| Refused::Malformed)?;
            if written.len() + prefixes.len() == MOST_ATTRIBUTES {
                return Err(Refused::Large);
            }
            let value = decoded(&attribute.value).ok_or(Refused::Malformed)?;
            match attribute.key.0.strip_prefix("xmlns") {
                Some("") => prefixes.push(self.declare("", &value)),
                Some(prefix) if prefix.starts_with(':') => {
                    let prefix = prefix.trim_start_matches(':');
                    prefixes.push(self.declare(prefix, &value));
                }
                _ => written.push((attribute.key.0.to_owned(), value)),
            }
        }
        self.declared.push(prefixes);
        let (space, name) = self.resolved(start.name().0, self.meaning(""));
        self.is_bare |= is_root && space == Space::Bare && name == "svg";
        let space = if self.is_bare && space == Space::Bare { Space::Svg } else { space };
        let attributes = written.into_iter().map(|(key, value)| {
            let (space, name) = self.resolved(&key, Space::Bare);
            Attribute { space, name, value }
        });
        let attributes = attributes.collect();
        Ok(Event::Start(Element { space, name, attributes }))
    }

    fn declare(&mut self, prefix: &str, uri: &str) -> String {
        self.meanings.entry(prefix.to_owned()).or_default().push(Space::of(uri));
        prefix.to_owned()
    }

    fn close(&mut self) {
        for prefix in self.declared.pop().unwrap_or_default() {
            if let Some(meanings) = self.meanings.get_mut(&prefix) {
                meanings.pop();
            }
        }
    }

    fn meaning(&self, prefix: &str) -> Space {
        let known = self.meanings.get(prefix).and_then(|all| all.last()).copied();
        match (known, prefix) {
            (_, "xml") => Space::Xml,
            (Some(space), _) => space,
            (None, "") => Space::Bare,
            // Nothing says what it means.
            (None, _) => Space::Other,
        }
    }

    fn resolved(&self, name: &str, without_prefix: Space) -> (Space, String) {
        match name.split_once(':') {
            Some((prefix, name)) => (self.meaning(prefix), name.to_owned()),
            None => (without_prefix, name.to_owned()),
        }
    }
}

/// Refuses what a reader of UTF-8 and XML 1.0 would read wrongly.
fn check(declaration: &BytesDecl<'_>) -> Result<(), Refused> {
    let version = declaration.version().map_err(|_| Refused::Malformed)?;
    if version != "1.0" {
        return Err(Refused::Malformed);
    }
    match declaration.encoding() {
        None => Ok(()),
        Some(Ok(name)) if name.eq_ignore_ascii_case("utf-8") => Ok(()),
        Some(_) => Err(Refused::Encoding),
    }
}

/// The value of an attribute; `None` if it holds a reference or a character that XML does not have.
fn decoded(raw: &str) -> Option<String> {
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((before, after)) = rest.split_once('&') {
        let (name, after) = after.split_once(';')?;
        out.push_str(before);
        out.push(reference(name)?);
        rest = after;
    }
    out.push_str(rest);
    out.chars().all(is_allowed).then(|| out.replace(['\t', '\n', '\r'], " "))
}

/// The character that `&name;` means. There are five names, and numbers.
fn reference(name: &str) -> Option<char> {
    let number = match name {
        "amp" => return Some('&'),
        "lt" => return Some('<'),
        "gt" => return Some('>'),
        "quot" => return Some('"'),
        "apos" => return Some('\''),
        _ => name.strip_prefix('#')?,
    };
    let (digits, radix) = match number.strip_prefix('x') {
        Some(digits) => (digits, 16),
        None => (number, 10),
    };
    // A sign would be read as part of the number.
    let is_number = !digits.is_empty() && digits.chars().all(|c| c.is_digit(radix));
    let number = u32::from_str_radix(digits, radix).ok().filter(|_| is_number)?;
    char::from_u32(number).filter(|c| is_allowed(*c))
}

/// Whether XML 1.0 may hold the character (production 2).
fn is_allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..)
}
