//! Reads XML as events: names with their namespaces, values with references resolved. Limits depth and size. Does not
//! depend on SVG.

use std::collections::BTreeMap;

use quick_xml::Reader as XmlReader;
use quick_xml::events::{BytesDecl, BytesStart, Event as XmlEvent};

use super::refused::Refused;

/// How deep elements may be nested.
const MAX_DEPTH: usize = 128;

/// How many elements a drawing may have.
const MAX_ELEMENTS: usize = 200_000;

/// How many attributes an element may have.
const MAX_ATTRIBUTES: usize = 256;

/// The namespace of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Namespace {
    Svg,
    Html,
    Xlink,
    Xml,
    Other,
    None,
}

impl Namespace {
    fn of(uri: &str) -> Self {
        match uri {
            "" => Self::None,
            "http://www.w3.org/2000/svg" => Self::Svg,
            "http://www.w3.org/1999/xhtml" => Self::Html,
            "http://www.w3.org/1999/xlink" => Self::Xlink,
            "http://www.w3.org/XML/1998/namespace" => Self::Xml,
            _ => Self::Other,
        }
    }
}

/// A part of a drawing.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum DrawingEvent {
    Start(Element),
    Text(String),
    End,
}

/// A start tag.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Element {
    pub namespace: Namespace,
    /// Without prefix.
    pub name: String,
    /// In text order, without declarations of namespaces.
    pub attributes: Vec<XmlAttribute>,
}

impl Element {
    /// The value of an attribute without namespace.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let is_wanted = |one: &&XmlAttribute| one.namespace == Namespace::None && one.name == name;
        self.attributes.iter().find(is_wanted).map(|attribute| attribute.value.as_str())
    }
}

#[derive(Debug, PartialEq, Eq)]
pub(super) struct XmlAttribute {
    pub namespace: Namespace,
    /// Without prefix.
    pub name: String,
    pub value: String,
}

pub(super) struct DrawingReader<'t> {
    xml: XmlReader<&'t [u8]>,
    /// The namespaces of each prefix, the innermost declaration last.
    namespaces: BTreeMap<String, Vec<Namespace>>,
    /// The prefixes that each open element declares.
    declared_prefixes: Vec<Vec<String>>,
    element_count: usize,
    has_started: bool,
    /// Whether the root is `svg` without a namespace, which is taken for SVG.
    assumes_svg: bool,
}

impl<'t> DrawingReader<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let mut xml = XmlReader::from_str(text);
        xml.config_mut().expand_empty_elements = true;
        Self {
            xml,
            namespaces: BTreeMap::new(),
            declared_prefixes: vec![],
            element_count: 0,
            has_started: false,
            assumes_svg: false,
        }
    }

    /// The next event; `None` at the end.
    pub(super) fn next(&mut self) -> Result<Option<DrawingEvent>, Refused> {
        loop {
            let event = self.xml.read_event().map_err(|_| Refused::Malformed)?;
            let is_first = !std::mem::replace(&mut self.has_started, true);
            let is_outside_root = self.declared_prefixes.is_empty();
            let text = match event {
                XmlEvent::Start(start) => return self.start(&start).map(Some),
                XmlEvent::End(_) => {
                    self.end();
                    return Ok(Some(DrawingEvent::End));
                }
                XmlEvent::Eof if is_outside_root && self.element_count > 0 => return Ok(None),
                XmlEvent::Decl(declaration) if is_first => {
                    check_declaration(&declaration)?;
                    continue;
                }
                XmlEvent::DocType(text) if is_outside_root && self.element_count == 0 => {
                    if text.contains('[') {
                        return Err(Refused::Declares);
                    }
                    continue;
                }
                XmlEvent::Comment(_) | XmlEvent::PI(_) => continue,
                XmlEvent::Text(text) => text.replace("\r\n", "\n").replace('\r', "\n"),
                XmlEvent::CData(text) if !is_outside_root => {
                    text.replace("\r\n", "\n").replace('\r', "\n")
                }
                XmlEvent::GeneralRef(name) => {
                    referenced_character(&name).ok_or(Refused::Malformed)?.into()
                }
                _ => return Err(Refused::Malformed),
            };
            if !text.chars().all(is_xml_character) || is_outside_root && !text.trim().is_empty() {
                return Err(Refused::Malformed);
            }
            if !is_outside_root {
                return Ok(Some(DrawingEvent::Text(text)));
            }
        }
    }

    fn start(&mut self, start: &BytesStart<'_>) -> Result<DrawingEvent, Refused> {
        let is_root = self.element_count == 0;
        self.element_count += 1;
        if self.declared_prefixes.is_empty() && !is_root {
            return Err(Refused::Malformed);
        }
        if self.declared_prefixes.len() == MAX_DEPTH || self.element_count > MAX_ELEMENTS {
            return Err(Refused::Large);
        }
        let mut unresolved = Vec::new();
        let mut prefixes = Vec::new();
        for attribute in start.attributes().with_checks(false) {
            let attribute = attribute.map_err(|_| Refused::Malformed)?;
            if unresolved.len() + prefixes.len() == MAX_ATTRIBUTES {
                return Err(Refused::Large);
            }
            let value = attribute_value(&attribute.value).ok_or(Refused::Malformed)?;
            match attribute.key.0.strip_prefix("xmlns") {
                Some("") => prefixes.push(self.declare("", &value)),
                Some(prefix) if prefix.starts_with(':') => {
                    let prefix = prefix.trim_start_matches(':');
                    prefixes.push(self.declare(prefix, &value));
                }
                _ => unresolved.push((attribute.key.0.to_owned(), value)),
            }
        }
        self.declared_prefixes.push(prefixes);
        // An element may declare the prefixes of its own name and attributes, so names are resolved last.
        let (namespace, name) = self.resolve(start.name().0, self.namespace(""));
        self.assumes_svg |= is_root && namespace == Namespace::None && name == "svg";
        let namespace = match namespace {
            Namespace::None if self.assumes_svg => Namespace::Svg,
            namespace => namespace,
        };
        let attributes = unresolved.into_iter().map(|(key, value)| {
            let (namespace, name) = self.resolve(&key, Namespace::None);
            XmlAttribute { namespace, name, value }
        });
        let attributes = attributes.collect();
        Ok(DrawingEvent::Start(Element { namespace, name, attributes }))
    }

    fn declare(&mut self, prefix: &str, uri: &str) -> String {
        self.namespaces.entry(prefix.to_owned()).or_default().push(Namespace::of(uri));
        prefix.to_owned()
    }

    fn end(&mut self) {
        for prefix in self.declared_prefixes.pop().unwrap_or_default() {
            if let Some(declarations) = self.namespaces.get_mut(&prefix) {
                declarations.pop();
            }
        }
    }

    fn namespace(&self, prefix: &str) -> Namespace {
        let declarations = self.namespaces.get(prefix);
        let declared = declarations.and_then(|declarations| declarations.last()).copied();
        match (declared, prefix) {
            (_, "xml") => Namespace::Xml,
            (Some(namespace), _) => namespace,
            (None, "") => Namespace::None,
            // The prefix is not declared.
            (None, _) => Namespace::Other,
        }
    }

    fn resolve(&self, name: &str, without_prefix: Namespace) -> (Namespace, String) {
        match name.split_once(':') {
            Some((prefix, name)) => (self.namespace(prefix), name.to_owned()),
            None => (without_prefix, name.to_owned()),
        }
    }
}

/// Refuses versions and encodings that this reader, for XML 1.0 in UTF-8, would misread.
fn check_declaration(declaration: &BytesDecl<'_>) -> Result<(), Refused> {
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

/// The value of an attribute; `None` if it contains an invalid reference or a character that is not allowed in XML.
fn attribute_value(raw: &str) -> Option<String> {
    let mut value = String::with_capacity(raw.len());
    let mut remaining = raw;
    while let Some((text_before, from_name)) = remaining.split_once('&') {
        let (name, text_after) = from_name.split_once(';')?;
        value.push_str(text_before);
        value.push(referenced_character(name)?);
        remaining = text_after;
    }
    value.push_str(remaining);
    value.chars().all(is_xml_character).then(|| value.replace(['\t', '\n', '\r'], " "))
}

/// The character of a reference `&name;`: one of five names, or a number.
fn referenced_character(name: &str) -> Option<char> {
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
    // `from_str_radix` would accept a sign.
    let is_number = !digits.is_empty() && digits.chars().all(|c| c.is_digit(radix));
    let code_point = u32::from_str_radix(digits, radix).ok().filter(|_| is_number)?;
    char::from_u32(code_point).filter(|c| is_xml_character(*c))
}

/// Whether a character is allowed in XML 1.0 (production 2).
fn is_xml_character(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..)
}
